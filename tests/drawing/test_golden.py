"""Pictures look as they did when somebody looked at them; `make gallery ARGS=--keep` keeps how they look now."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.gallery.cases import cases

GOLDEN = Path(__file__).parent / "golden"
MOST_DIFFERENT = 1.5
"""Mean difference of a channel, of 255: more than another version's smoothing of edges, less than a sign moved."""
CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_picture_looks_as_it_did(name, confined):
    order = CASES[name]
    drawn = Image.open(io.BytesIO(confined.run(order.function, *order.values).data)).convert("RGB")
    with Image.open(GOLDEN / f"{name}.png") as opened:
        golden = opened.convert("RGB")
    assert drawn.size == golden.size
    assert max(ImageStat.Stat(ImageChops.difference(drawn, golden)).mean) < MOST_DIFFERENT


def test_every_golden_picture_is_of_a_case():
    assert {file.stem for file in GOLDEN.glob("*.png")} == set(CASES)


def test_sign_that_moved_is_seen(confined):
    def of(tex):
        order = CASES["formula-fraction"]
        return Image.open(io.BytesIO(confined.run(order.function, [tex]).data)).convert("RGB")

    one, other = of("x + y"), of("y + x")
    assert one.size == other.size
    assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) > 0.01
