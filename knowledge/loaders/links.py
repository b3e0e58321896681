"""The links and pictures that a note's lines name, written in place or by reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from markdown_it.common.utils import normalizeReference

MAX_LINKS = 2_000

_LABEL = r"[^\[\]\n]{0,500}(?:\[[^\[\]\n]{0,200}\][^\[\]\n]{0,200}){0,3}"
_ADDRESS = r"<[^<>\n]{0,1000}>[^()\n]{0,200}|[^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,500}){0,3}"
LINK = re.compile(
    rf"(?<![!\\])\[(?P<label>{_LABEL})\]\((?P<target>{_ADDRESS})\)"
    r"|(?<![!\\])\[\[(?P<wiki>[^\[\]\n|#]{1,300})[^\[\]\n]{0,300}\]\]"
    r"|<a\s[^<>\n]{0,300}?\bhref\s*=\s*[\"']?(?P<href>[^\"'<>\s]{1,1000}+)[^<>\n]{0,300}+>(?:(?P<inner>[^<>\n]{0,200})</a>)?",
    re.IGNORECASE,
)
PICTURE = re.compile(
    rf"(?<!\\)!\[{_LABEL}\]\((?:{_ADDRESS})\)|(?<!\\)!\[\[[^\[\]\n]{{1,500}}\]\]|<img\s[^<>\n]{{1,2000}}>",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"(?<!\\)!\[\[([^\[\]\n|#]{1,300})")
_PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|jpe|jfif|gif|webp|svg|bmp|tiff?|avif|heic)$", re.IGNORECASE)
_REFERENCE = re.compile(rf"(?<!\\)(?P<mark>!?)\[(?P<text>{_LABEL})\](?:\[(?P<label>[^\[\]\n]{{0,500}})\])?(?![(\[:])")
_REMOTE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]{1,20}:|//|#)")
_TITLE = re.compile(r"\s[\"'(].*$")
_SPECIAL = re.compile(r"[\s()]")


def targets(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the targets of the links to files, as written, each once, in order; at most 2,000."""
    found: dict[str, None] = {}
    for line in lines:
        linked = [_target(match) for match in LINK.finditer(line)] if "[" in line or "<" in line else []
        if "![[" in line:
            embedded = (match[1].strip() for match in _EMBEDDED.finditer(line))
            linked += [target for target in embedded if not _PICTURE_FILE.search(target)]
        found.update(dict.fromkeys(target for target in linked if target and not _REMOTE.match(target)))
        if len(found) >= MAX_LINKS:
            break
    return tuple(found)[:MAX_LINKS]


def written_out(lines: tuple[str, str], defined: Mapping[str, str], used: set[str]) -> tuple[str, str]:
    """Return two readings of a line with the links and pictures by reference written in place: ``[text](address)``.

    Args:
        lines: as shown, and column for column with code and formulas covered.
        defined: addresses by label, in the form that the Markdown parser gives a label.
        used: gets the labels that were found.
    """
    pieces: tuple[list[str], list[str]] = ([], [])
    at = 0
    for match in _REFERENCE.finditer(lines[1]):
        label = normalizeReference(match["label"] or match["text"])
        if label in defined and not label.startswith("^"):
            used.add(label)
            end_of_text = match.end("text") + 1
            for reading, line in enumerate(lines):
                pieces[reading].append(f"{line[at:end_of_text]}({_written(defined[label])})")
            at = match.end()
    return "".join((*pieces[0], lines[0][at:])), "".join((*pieces[1], lines[1][at:]))


def _written(address: str) -> str:
    """Return an address that the parser has encoded as an author would write it."""
    plain = address if _REMOTE.match(address) else unquote(address)
    return f"<{plain}>" if _SPECIAL.search(plain) else plain


def _target(match: re.Match[str]) -> str:
    written = match["target"] or match["wiki"] or match["href"] or ""
    return _TITLE.sub("", written.strip()).strip("<>").strip()
