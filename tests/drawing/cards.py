"""What is written on a card."""

from xml.etree import ElementTree as ET

from drawing import svg

NAMESPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<b>&amp;</text></svg>", '"/><image href="/etc/passwd"/>', "a" + "\u0301" * 300, "\u202eabc", "\x00\x1b[31m", "",
    "עברית العربية", "ภาษาไทย हिन्दी 한국어", "👩‍👩‍👧‍👦🏳️‍🌈🇨🇳1️⃣" * 9, "﷽" * 20, "x" * 3_000, "\ud800\udfff",
)  # fmt: skip
"""Names."""


def texts(made):
    """Return the texts of a card in order; fails if it is no XML or nothing but what we draw is in it."""
    root = ET.fromstring(made[0])  # noqa: S314 - our own
    tags = {element.tag.removeprefix(NAMESPACE) for element in root.iter()}
    ours = "svg rect text g clipPath circle line polyline polygon linearGradient stop"
    assert tags <= set(ours.split())
    return ["".join(element.itertext()) for element in root.iter(f"{NAMESPACE}text")]


def size(data):
    """Return the width and height of a PNG."""
    assert data.startswith(b"\x89PNG")
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def drawn(confined, function, values):
    """Return how wide the card is that *function* draws of *values*, and how high."""
    outcome = confined.run(function, values)
    assert size(outcome.data) == tuple(outcome.value)
    assert outcome.value[0] == svg.WIDTH
    return outcome.value
