"""The terms of a section, field by field: what the index counts and the cache keeps."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import PurePosixPath

from knowledge.model import Block, BlockKind, Note, Section
from knowledge.segment import RUN_BREAK, Segmenter
from knowledge.text import fold, latin_terms, searchable

# Changes whenever the same note would give other terms: it is part of every cache key.
TERMS_VERSION = 5

_BOLD = re.compile(r"\*\*([^*\n]{1,80})\*\*|__([^_\n]{1,80})__")
_IDENTIFIER = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")
_LANGUAGE_MARK = re.compile(
    r"(?i:[\W_]*(?<![a-z])(?:zh|cn|en|eng|chs|chinese|english)(?:[-_](?:cn|us))?$)|(?<=[a-z])(?:Cn|En|CN|EN)$"
)
_TRIVIAL = frozenset("的了是在和与及或把被让使也都就而之其等这那我你他它们个为以于吗呢吧着")


@dataclass(frozen=True, slots=True)
class SectionTerms:
    """What can be found of one section; each field is its terms in order, separated by spaces."""

    heading: str
    ancestors: str
    name: str
    bold: str
    body: str


class Analyzer:
    """Turns notes and names into terms. Thread-safe; the same text always gives the same terms."""

    def __init__(self, segmenter: Segmenter) -> None:
        self.segmenter = segmenter

    def terms(self, text: str) -> list[str]:
        """Return the terms of *text*, Latin ones first; trivial Chinese words are left out."""
        return self.terms_of_folded(fold(text))

    def of_note(self, note: Note) -> tuple[SectionTerms, ...]:
        """Return the terms of each section of *note*, in order."""
        name = " ".join(self.terms(_name_words(note)))
        return tuple(self._of_section(section, name) for section in note.sections)

    def _of_section(self, section: Section, name: str) -> SectionTerms:
        heading, identifiers = _identifiers_apart(fold(section.title))
        ancestors = fold("\n".join(section.headings[:-1]))
        body = "\n".join((fold(searchable(_body(section))), *identifiers))
        bold = "\n".join(first or second for first, second in _BOLD.findall(body))
        return SectionTerms(
            heading=" ".join(self.terms_of_folded(heading)),
            ancestors=" ".join(self.terms_of_folded(ancestors)),
            name=name,
            bold=" ".join(self.terms_of_folded(bold)),
            body=" ".join(self.terms_of_folded(body)),
        )

    def terms_of_folded(self, folded: str) -> list[str]:
        """Return the terms of a text that is folded already."""
        return latin_terms(folded) + list(_paired(self.segmenter.search_words(folded)))


def _identifiers_apart(heading: str) -> tuple[str, list[str]]:
    """Return *heading* with each identifier as one word, and the identifiers; as it is where it says nothing else.

    ``Dropout (lora_dropout)`` is about dropout: that it names an option of LoRA weighs as much as if its text did.
    """
    if not any(map(str.isalpha, _IDENTIFIER.sub("", heading))):
        return heading, []
    return _IDENTIFIER.sub(lambda found: found[0].replace("_", "").casefold(), heading), _IDENTIFIER.findall(heading)


def _paired(words: Iterable[str]) -> Iterator[str]:
    """Yield *words*, and each pair of characters that the dictionary left alone: together they may be a word."""
    before = ""
    for word in words:
        if word in _TRIVIAL or word == RUN_BREAK:
            before = ""
            continue
        yield word
        if len(word) > 1:
            before = ""
            continue
        if before:
            yield before + word
        before = word


def rows(sections: Sequence[SectionTerms]) -> list[list[str]]:
    """Return *sections* as plain lists, for JSON; ``from_rows`` is the way back."""
    return [list(astuple(section)) for section in sections]


def from_rows(data: Sequence[Sequence[str]]) -> tuple[SectionTerms, ...]:
    """Return the sections that ``rows`` made.

    Raises:
        TypeError: the data is not of that shape.
    """
    return tuple(SectionTerms(*map(_text, _list(row))) for row in _list(data))


def pack(sections: Sequence[SectionTerms]) -> bytes:
    """Return *sections* in a fifth of the memory; ``unpack`` is the way back."""
    return zlib.compress(json.dumps(rows(sections), ensure_ascii=False).encode("utf-8", "surrogatepass"), level=1)


def unpack(packed: bytes) -> tuple[SectionTerms, ...]:
    """Return the sections that ``pack`` took."""
    return from_rows(json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass")))


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _body(section: Section) -> str:
    if section.overview:
        return ""
    return "\n\n".join(map(_block_words, section.blocks))


def _block_words(block: Block) -> str:
    if block.kind is BlockKind.IMAGE and block.picture is not None:
        return f"{block.picture.alt} {PurePosixPath(block.picture.path).stem}"
    return block.text


def _name_words(note: Note) -> str:
    stem = _LANGUAGE_MARK.sub("", PurePosixPath(note.file).stem)
    folder = PurePosixPath(note.file).parent.name
    return "\n".join((stem, folder, *note.aliases, *note.tags))
