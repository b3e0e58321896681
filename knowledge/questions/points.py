"""The key points of a written answer, taken from its lists and sentences: what a reader ticks off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from knowledge.loaders import formulas
from knowledge.loaders.inline import plain_heading
from knowledge.loaders.layout import Kind, Run, lay_out
from knowledge.loaders.mask import mask
from knowledge.model import BlockKind
from knowledge.questions.model import MOST_POINTS
from knowledge.text import HAN, HAN_RUN

LONGEST: Final = 100
"""Characters of a point: a checkbox has no more."""
_SHORTEST: Final = 4
"""Letters of a point; a Chinese character says as much as two."""
_ITEM: Final = re.compile(r"([ \t]*)(?:[-*+]|\d{1,3}[.、)）]|[(（]\d{1,3}[)）]|[①-⑳])[ \t]*(?=\S)")
_SENTENCE: Final = re.compile(
    r"(?<=[。！？；])\s*|(?<=[.!?;])(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<!cf\.)(?<!al\.)\s+(?=\S)"
)

_CLAUSE: Final = re.compile(r"[，,；;：:、（(—]")
_WRAP: Final = re.compile(f"(?<=[{HAN}，。；：、！？）”])\n(?=[{HAN}（“])")
_LEADS_ON: Final = ("：", ":")
_POINTS_ON: Final = re.compile(r"(?:[详参]?见|参考|请看)(?!到)|(?:see|cf\.)\s", re.IGNORECASE)
"""How a sentence begins that only says where to read on."""
_FULL_STOPS: Final = tuple("。！？.!?；;")
_ENDS: Final = "。.;；，,、 \t"


def of(answer: str) -> tuple[str, ...]:
    """Return the key points of *answer*, at most 10, in its order, as plain text with formulas as written.

    Items of lists and sentences are points; a sentence that only leads on to a list is none. An answer that is
    nothing but code has its first statements as points.
    """
    sheet, runs = lay_out(mask(answer.split("\n")))
    prose = [part for run in runs if _is_prose(run) for part in _parts(sheet.shown[run.start : run.end])]
    found = dict.fromkeys(point for part in prose if (point := _point(part)))
    if not found:
        code = (line for run in runs for line in sheet.shown[run.start : run.end])
        found = dict.fromkeys(point for line in code if (point := _statement(line)))
    return tuple(found)[:MOST_POINTS]


def _is_prose(run: Run) -> bool:
    return isinstance(run.label, Kind) and run.label.kind is BlockKind.TEXT


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """Yield the items of lists whole, with the lines that go on with them, and the sentences between."""
    held: list[str] = []
    item = ended = False
    for line in (*lines, ""):
        begins = _ITEM.match(line)
        if begins or not line.strip() or (item and not line[:1].isspace() and ended):
            yield from (_joined(held),) if item else sentences(_joined(held))
            held, item = [line[begins.end() if begins else 0 :].strip()], begins is not None
        else:
            held.append(line.strip())
        ended = line.endswith("  ") or line.rstrip().endswith(_FULL_STOPS)


def _joined(lines: Sequence[str]) -> str:
    """Return *lines* as one, with no space where a line of Chinese was wrapped."""
    return _WRAP.sub("", "\n".join(lines)).replace("\n", " ")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of *text*; a full stop in a formula or code ends none."""
    covered = text
    for span in formulas.find(text):
        covered = covered[: span.start] + "x" * (span.end - span.start) + covered[span.end :]
    at = 0
    for found in _SENTENCE.finditer(covered):
        yield text[at : found.start()]
        at = found.end()
    yield text[at:]


def _point(part: str) -> str:
    text = plain_heading(part.strip())
    if text.endswith(_LEADS_ON) or _POINTS_ON.match(text) or weight(text) < _SHORTEST:
        return ""
    return _short(text.rstrip(_ENDS))


def _short(text: str) -> str:
    """Return *text* cut at the end of a clause, if it is too long for a checkbox."""
    if len(text) <= LONGEST:
        return text
    ends = [found.start() for found in _CLAUSE.finditer(text[: LONGEST - 1])]
    spaces = text.rfind(" ", 0, LONGEST - 1)
    end = next((end for end in reversed(ends) if end >= LONGEST // 2), max(spaces, 0) or LONGEST - 1)
    return text[:end].rstrip(_ENDS) + "…"


def _statement(line: str) -> str:
    text = " ".join(line.split())
    if text.startswith(("```", "~~~", "#", "//")) or weight(text) < _SHORTEST:
        return ""
    return _short(text)


def weight(text: str) -> int:
    """Return how much *text* says, in letters; a Chinese character says as much as two."""
    return sum(character.isalnum() for character in text) + sum(map(len, HAN_RUN.findall(text)))
