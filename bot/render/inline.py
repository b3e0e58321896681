"""Discord's inline Markdown from a note's: the source passes through; links, pictures, HTML and mentions are rewritten.

A small scanner and not a parser, because Discord's own rules show bold and code that CommonMark does not. Every
step is bounded, so that a hostile line costs a time in proportion to its length.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from html.entities import html5
from typing import Final
from urllib.parse import urlsplit

BREAK: Final = "\u200b"
"""A zero-width space: where it stands, Discord sees no mention."""
_START: Final = re.compile(r"[`\\<!\[@|&]")
_TICKS: Final = re.compile(r"`+")
_LINK: Final = re.compile(
    r"\[((?:[^\[\]\\]|\\.|!?\[[^\[\]]{0,300}\](?:\([^()\s]{0,500}\))?){0,1000})\]"
    r"\(\s{0,9}(<[^<>\n]{0,1000}>|[^\s()<>]{0,1000}(?:\([^\s()<>]{0,300}\)[^\s()<>]{0,300}){0,9})"
    r"(?:\s{1,9}(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s{0,9}\)"
)
_AUTOLINK: Final = re.compile(r"<https?://[^\s<>]{1,1000}>")
_MENTION: Final = re.compile(r"<(?:[@#:]|a:|t:|id:|/[^<>:]{1,100}:[0-9])")
_EVERYBODY: Final = re.compile(r"@(?=everyone|here)")
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,11})(?:\s[^<>]{0,1000})?/?>")
_ATTRIBUTE: Final = re.compile(r"""\b(href|src|alt)\s?=\s?(?:"([^"]{0,1000})"|'([^']{0,1000})')""", re.IGNORECASE)
_ANCHOR: Final = re.compile(r"<a\s([^<>]{0,1000})>([^<>]{0,300})</a>", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{1,9}://)?((?:[\w-]{1,63}\.){1,9}[a-z]{2,24})(?![\w.])", re.IGNORECASE)
_LONGEST_COMMENT: Final = 10_000
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LOOKS: Final = re.compile(r"[\\*_~`\s\u200b]")
"""What a label's look is free of, when it is compared with an address."""
_MARKS: Final = re.compile(r"([\\*_~`|<>\[\]()#@-])")
_TAGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("br", "hr"), "\n"),
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
    **dict.fromkeys(("code", "kbd", "tt"), "`"),
    **dict.fromkeys(("u", "ins"), "__"),
    **dict.fromkeys(
        ("a", "p", "div", "span", "font", "center", "sub", "sup", "small", "big", "mark", "details", "summary", "table",
         "thead", "tbody", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "section", "article",
         "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "picture", "source", "video", "audio", "iframe"),
        BREAK,  # not nothing, or what stands around it could join to a mention
    ),
}  # fmt: skip


def inline(text: str) -> str:
    """Return *text* as Discord is to get it; nothing that can be read is lost."""
    out: list[str] = []
    at = 0
    while found := _START.search(text, at):
        out.append(text[at : found.start()])
        shown, at = _RULES[found[0]](text, found.start())
        out.append(shown)
    out.append(text[at:])
    return "".join(out)


def escape(text: str) -> str:
    """Return plain *text* so that Discord shows it as it is, on one line, and nobody is mentioned."""
    return _EVERYBODY.sub("@" + BREAK, _MARKS.sub(r"\\\1", " ".join(text.split())))


def code_span(text: str) -> str:
    """Return plain *text* as inline code, on one line."""
    return f"`{' '.join(text.split()).replace('`', 'ˋ') or ' '}`"


def link(label: str, target: str) -> str:
    """Return a link whose *label* (Discord Markdown) does not claim to lead elsewhere; else label and address apart.

    Only web addresses become links: one into the repository, or of another scheme, leaves its label.
    """
    address = target.strip("<>").strip()
    if not address.lower().startswith(("http://", "https://")) or not (host := _host(address)):
        return label
    address = address.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
    label = " ".join(label.split())
    claimed = _HOST.search(_LOOKS.sub("", label))
    if claimed and claimed[1].casefold().removeprefix("www.") != host:
        return f"{label} (<{address}>)"
    return f"[{label or host}]({address})"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").casefold().removeprefix("www.")
    except ValueError:
        return ""


def _code(text: str, at: int) -> tuple[str, int]:
    ticks = _TICKS.match(text, at)
    assert ticks is not None  # noqa: S101 - the caller saw a backquote here
    closing = re.compile(rf"(?<!`){ticks[0]}(?!`)").search(text, ticks.end())
    end = closing.end() if closing else ticks.end()
    return text[at:end], end


def _escaped(text: str, at: int) -> tuple[str, int]:
    return text[at : at + 2], at + 2


def _angle(text: str, at: int) -> tuple[str, int]:
    if text.startswith("<!--", at):
        end = text.find("-->", at, at + _LONGEST_COMMENT)
        return (BREAK, end + 3) if end >= 0 else ("<", at + 1)
    if address := _AUTOLINK.match(text, at):
        return address[0], address.end()
    if _MENTION.match(text, at):
        return "<" + BREAK, at + 1
    if anchor := _ANCHOR.match(text, at):
        return link(inline(anchor[2]), _attributes(anchor[1]).get("href", "")), anchor.end()
    tag = _TAG.match(text, at)
    return (_tag(tag), tag.end()) if tag and tag[1].lower() in {*_TAGS, "img"} else ("<", at + 1)


def _tag(tag: re.Match[str]) -> str:
    if tag[1].lower() != "img":
        return _TAGS[tag[1].lower()]
    attributes = _attributes(tag[0])
    return _picture(escape(attributes.get("alt", "")), attributes.get("src", ""))


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): html.unescape(quoted or single) for name, quoted, single in _ATTRIBUTE.findall(tag)}


def _image(text: str, at: int) -> tuple[str, int]:
    found = _LINK.match(text, at + 1)
    return (_picture(inline(found[1]), found[2]), found.end()) if found else ("!", at + 1)


def _picture(alt: str, target: str) -> str:
    return link(f"🖼 {alt}".strip(), target)


def _bracket(text: str, at: int) -> tuple[str, int]:
    found = _LINK.match(text, at)
    return (link(inline(found[1]), found[2]), found.end()) if found else ("[", at + 1)


def _at(text: str, at: int) -> tuple[str, int]:
    return ("@" + BREAK if _EVERYBODY.match(text, at) else "@"), at + 1


def _bar(text: str, at: int) -> tuple[str, int]:
    # Two bars are a spoiler in Discord and a norm or a divergence in notes.
    return ("\\|\\|", at + 2) if text.startswith("||", at) else ("|", at + 1)


def _entity(text: str, at: int) -> tuple[str, int]:
    found = _ENTITY.match(text, at)
    if found is None or (found[0][1] != "#" and found[0][1:] not in html5):
        return "&", at + 1
    shown = html.unescape(found[0])
    apart = BREAK if shown in {"<", "@"} else ""
    return (escape(shown) + apart if shown.isprintable() and not shown.isspace() else " "), found.end()


_RULES: Final[Mapping[str, Callable[[str, int], tuple[str, int]]]] = {
    "`": _code,
    "\\": _escaped,
    "<": _angle,
    "!": _image,
    "[": _bracket,
    "@": _at,
    "|": _bar,
    "&": _entity,
}
