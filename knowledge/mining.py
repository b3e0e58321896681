"""Terms that the notes themselves name in both languages: ``激活函数（Activation Function）``, headings of twins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.glossary import Term
from knowledge.model import Note, Section
from knowledge.text import HAN, HAN_RUN, LATIN_WORD

MAX_HAN = 12
MAX_WORDS = 5
MAX_TERMS = 20_000
NUMBERING = re.compile(
    r"^\s*(?:第\s*[一二三四五六七八九十百\d]+\s*[章节部]|[一二三四五六七八九十]{1,3}\s*[、.．]|[IVX]{1,5}\.(?=\s)|"
    r"[(（]?\d+(?:\.\d+)*\s*[)）.、．:：](?!\d)\s*|\d+(?:\.\d+)+(?=\s)|问题\s*\d+\s*[:：]|[Qq]\d+\s*[:：.])\s*"
)
_LATIN = r"[A-Za-z][A-Za-z0-9]*(?:[ \-][A-Za-z0-9]+){0,4}"
_HAN_NAME = f"[{HAN}]{{2,{MAX_HAN}}}"
# Only where the left end is sure: at the begin of a line, of a bold text or of a list entry.
# Spaces never run over the end of a line: thousands of empty lines would be tried from each of them.
_S = r"[^\S\n]"
_BEGIN = rf"(?:^|\*\*|__){_S}*(?:[-*+]{_S}+|\d+[.、]{_S}*|#{{1,6}}{_S}+)?(?:\*\*)?"
_HAN_FIRST = re.compile(rf"{_BEGIN}(?P<zh>{_HAN_NAME}){_S}*[(（]{_S}*(?P<en>{_LATIN}){_S}*[)）]", re.M)
_LATIN_FIRST = re.compile(rf"{_BEGIN}(?P<en>{_LATIN}){_S}*[(（]{_S}*(?P<zh>{_HAN_NAME}){_S}*[)）]", re.M)


def mined(notes: Sequence[Note], twins: Mapping[str, Section]) -> tuple[Term, ...]:
    """Return the terms that *notes* name in both languages, each once, in order of the notes.

    Args:
        notes: all notes.
        twins: by section id, the section that says the same in the other language.
    """
    found: dict[Term, None] = {}
    for term in _all(notes, twins):
        found[term] = None
        if len(found) >= MAX_TERMS:
            break
    return tuple(found)


def plain_heading(heading: str) -> str:
    """Return *heading* without its number: ``5. SwiGLU`` gives SwiGLU."""
    return NUMBERING.sub("", heading).strip() or heading


def _all(notes: Sequence[Note], twins: Mapping[str, Section]) -> Iterator[Term]:
    for note in notes:
        for section in note.sections:
            yield from _in_text(f"{plain_heading(section.title)}\n{'' if section.overview else section.text}")
            twin = twins.get(section.id)
            if twin is not None:
                yield from _of_pair(plain_heading(section.title), plain_heading(twin.title))


def _in_text(text: str) -> Iterable[Term]:
    for pattern in (_HAN_FIRST, _LATIN_FIRST):
        for match in pattern.finditer(text):
            yield Term(zh=(match["zh"],), en=(match["en"],))


def _of_pair(heading: str, other: str) -> Iterator[Term]:
    if HAN_RUN.fullmatch(heading) and len(heading) <= MAX_HAN and not HAN_RUN.search(other):
        words = LATIN_WORD.findall(other)
        if 0 < len(words) <= MAX_WORDS:
            yield Term(zh=(heading,), en=(" ".join(words),))
