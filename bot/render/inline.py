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

from bot.render import emphasis, tags
from bot.render.tags import BREAK

_START: Final = re.compile(r"[`\\<!\[@|&_]|\*\*|==|https?://", re.IGNORECASE)
_TICKS: Final = re.compile(r"`+")
_LINK: Final = re.compile(
    r"\[((?>[^\[\]\\!]|\\.|!?\[[^\[\]]{0,300}\](?:\([^()\s]{0,500}\))?|!){0,1000}+)\]"
    r"\(\s{0,9}(<[^<>\n]{0,1000}>|[^\s()<>]{0,1000}(?:\([^\s()<>]{0,300}\)[^\s()<>]{0,300}){0,9})"
    r"(?:\s{1,9}(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s{0,9}\)"
)
_WIKI: Final = re.compile(r"\[\[([^\[\]|#\n]{0,300})(?:#([^\[\]|\n]{0,300}))?(?:\|([^\[\]\n]{0,300}))?\]\]")
_SIZE: Final = re.compile(r"\d{1,5}(?:x\d{1,5})?")
"""Of a picture; no label."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_INDEXED: Final = re.compile(r"[\w)\]]", re.ASCII)
"""What stands before two brackets that are an index."""
_NOTE: Final = re.compile(r"\[\^([^\[\]\s]{1,50})\]")
_AUTOLINK: Final = re.compile(r"<https?://[^\s<>]{1,1000}>")
_ADDRESS: Final = re.compile(r"https?://[\w\-.~:/?#@!$&+,;=%]{1,1000}", re.IGNORECASE | re.ASCII)
_MENTION: Final = re.compile(r"<(?:[@#:]|a:|t:|id:|/[^<>:]{1,100}:[0-9])")
_EVERYBODY: Final = re.compile(r"@(?=everyone|here)")
_HOST: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{1,9}://)?((?:[\w-]{1,63}\.){1,9}[a-z]{2,24})(?![\w.])", re.IGNORECASE)
_LONGEST_COMMENT: Final = 10_000
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LOOKS: Final = re.compile(r"[\\*_~`\s\u200b]")
"""What a label's look is free of, when it is compared with an address."""
_MARKS: Final = re.compile(r"([\\*_~`|<>\[\]()#@-])")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def inline(text: str, restored: Callable[[str], str] = str) -> str:
    """Return *text* as Discord is to get it; nothing that can be read is lost.

    Args:
        text: a note's Markdown.
        restored: puts back into a label what was taken out of the text before; a label is judged by what it shows.
    """
    return _Scanner(restored).of(text)


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


class _Scanner:
    """Reads a text from mark to mark. Each rule returns what to show, and where to go on."""

    def __init__(self, restored: Callable[[str], str]) -> None:
        self._restored = restored
        self._rules: Mapping[str, Callable[[str, int], tuple[str, int]]] = {
            "`": _code,
            "\\": _escaped,
            "<": self._angle,
            "!": self._image,
            "[": self._bracket,
            "@": _at,
            "|": _bar,
            "&": _entity,
            "h": _address,
            "*": lambda text, at: emphasis.stars(text, at, self.of),
            "=": lambda text, at: emphasis.marked(text, at, self.of),
            "_": lambda text, at: emphasis.underscores(text, at, self.of),
        }

    def of(self, text: str) -> str:
        """Return *text* as Discord is to get it."""
        out: list[str] = []
        at = 0
        while found := _START.search(text, at):
            out.append(text[at : found.start()])
            shown, at = self._rules[found[0][0].lower()](text, found.start())
            out.append(shown)
        out.append(text[at:])
        return "".join(out)

    def _link(self, label: str, target: str) -> str:
        return link(self._restored(label), self._restored(target))

    def _angle(self, text: str, at: int) -> tuple[str, int]:
        if text.startswith("<!--", at):
            end = text.find("-->", at, at + _LONGEST_COMMENT)
            return (BREAK, end + 3) if end >= 0 else ("<", at + 1)
        if address := _AUTOLINK.match(text, at):
            return address[0], address.end()
        if _MENTION.match(text, at):
            return "<" + BREAK, at + 1
        if anchor := tags.ANCHOR.match(text, at):
            return self._link(self.of(anchor[2]), tags.attributes(anchor[1]).get("href", "")), anchor.end()
        if script := tags.SCRIPT.match(text, at):
            return escape(tags.script(script)), script.end()
        tag = tags.TAG.match(text, at)
        return (self._tag(tag), tag.end()) if tag and tag[1].lower() in {*tags.TAGS, "img"} else ("<", at + 1)

    def _tag(self, tag: re.Match[str]) -> str:
        if tag[1].lower() != "img":
            return tags.TAGS[tag[1].lower()]
        attributes = tags.attributes(tag[0])
        return self._picture(escape(attributes.get("alt", "")), attributes.get("src", ""))

    def _image(self, text: str, at: int) -> tuple[str, int]:
        if wiki := _WIKI.match(text, at + 1):
            return f"🖼 {self._page(wiki)}", wiki.end()
        found = _LINK.match(text, at + 1)
        return (self._picture(self.of(found[1]), found[2]), found.end()) if found else ("!", at + 1)

    def _picture(self, alt: str, target: str) -> str:
        return self._link(f"🖼 {alt}".strip(), target)

    def _bracket(self, text: str, at: int) -> tuple[str, int]:
        if found := _LINK.match(text, at):
            return self._link(self.of(found[1]), found[2]), found.end()
        if (wiki := _WIKI.match(text, at)) and not _INDEXED.match(text[at - 1 : at]):
            return self._page(wiki), wiki.end()
        note = _NOTE.match(text, at)
        return (footnote(note[1]), note.end()) if note else ("[", at + 1)

    def _page(self, found: re.Match[str]) -> str:
        """Return what a link of a wiki shows: its label, else the page and the heading."""
        page, heading, label = ((part or "").strip() for part in found.groups())
        named = label if label and not _SIZE.fullmatch(label) else " › ".join(filter(None, (page, heading)))
        return self.of(named) if _LETTER.search(named) else escape(found[0])


def footnote(name: str) -> str:
    """Return the sign of a footnote."""
    return name.translate(_RAISED) if name.isascii() and name.isdigit() else f"\\[{escape(name)}\\]"


def _code(text: str, at: int) -> tuple[str, int]:
    ticks = _TICKS.match(text, at)
    assert ticks is not None  # noqa: S101 - the caller saw a backquote here
    closing = re.compile(rf"(?<!`){ticks[0]}(?!`)").search(text, ticks.end())
    end = closing.end() if closing else ticks.end()
    return text[at:end], end


def _escaped(text: str, at: int) -> tuple[str, int]:
    return text[at : at + 2], at + 2


def _address(text: str, at: int) -> tuple[str, int]:
    found = _ADDRESS.match(text, at)
    end = found.end() if found else at + 1
    return _EVERYBODY.sub("@" + BREAK, text[at:end]), end


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
