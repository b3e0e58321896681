"""A large made-up group's notes: sections whose words are as unevenly spread as in real ones."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from knowledge.glossary import Term
from knowledge.model import Block, BlockKind, Note, Section
from knowledge.terms import SectionTerms
from knowledge.text import HAN_RUN

SECTIONS_A_NOTE = 10
BODY_WORDS = 120
RARE_WORDS = 60_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Notes with the terms of their sections, as if segmented."""

    notes: tuple[Note, ...]
    terms: tuple[SectionTerms, ...]


def make(size: int, names: Sequence[Term], rng: random.Random) -> Corpus:
    """Return *size* sections about the subjects in *names*; the same for the same *rng*."""
    words = _Words(names, rng)
    notes, terms = [], []
    for number in range(size // SECTIONS_A_NOTE):
        note, found = _note(number, words)
        notes.append(note)
        terms.extend(found)
    return Corpus(tuple(notes), tuple(terms))


class _Words:
    """Draws words by Zipf's law: the n-th most frequent is drawn 1/n as often as the first."""

    def __init__(self, names: Sequence[Term], rng: random.Random) -> None:
        self._rng = rng
        self.headings = [name for term in names for name in (*term.zh[:1], *term.en[:1])]
        known = list(dict.fromkeys(word for name in self.headings for word in _pieces(name)))
        rng.shuffle(known)
        self._all = known + [_invented(rng) for _ in range(RARE_WORDS)]
        self._weights = list(accumulate(1 / place for place in range(2, len(self._all) + 2)))

    def draw(self, count: int) -> list[str]:
        """Return *count* words."""
        return self._rng.choices(self._all, cum_weights=self._weights, k=count)

    def heading(self) -> str:
        """Return the name of one subject."""
        return self._rng.choice(self.headings)


def _note(number: int, words: _Words) -> tuple[Note, list[SectionTerms]]:
    file = f"folder{number % 40}/note{number}.md"
    title = words.heading()
    sections, terms = [], []
    for place in range(SECTIONS_A_NOTE):
        heading, body = words.heading(), words.draw(BODY_WORDS)
        key = hashlib.sha256(f"{file}{place}".encode()).hexdigest()[:16]
        lines = (place * 10 + 1, place * 10 + 10)
        block = Block(BlockKind.TEXT, heading, lines)
        headings = (title, f"{heading} {place}")
        sections.append(Section(key, file, headings, 2, lines, (block,), "zh" if HAN_RUN.search(heading) else "en"))
        terms.append(_terms(heading, title, body))
    return Note(file, str(number), title, "zh", tuple(sections)), terms


def _terms(heading: str, title: str, body: Sequence[str]) -> SectionTerms:
    return SectionTerms(
        heading=" ".join(_pieces(heading)),
        ancestors=" ".join(_pieces(title)),
        name="note",
        bold="",
        body=" ".join(body),
    )


def _pieces(name: str) -> list[str]:
    if HAN_RUN.fullmatch(name):
        return [name[i : i + 2] for i in range(0, len(name) - 1, 2)] + ([name] if len(name) > 2 else [])
    return name.lower().replace("-", " ").split()


def _invented(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return "".join(chr(rng.randrange(0x4E00, 0x6E00)) for _ in range(2))
    return "".join(rng.choice("abcdefghijklmnoprstuvw") for _ in range(rng.randrange(4, 10)))


def write(root: Path, files: int, names: Sequence[Term], rng: random.Random) -> None:
    """Write a repository of *files* notes of ten sections each below *root*, in folders of 50."""
    words = _Words(names, rng)
    for number in range(files):
        path = root / f"folder{number // 50}" / f"note{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = [f"# {words.heading()}"]
        for _ in range(SECTIONS_A_NOTE):
            parts += [f"## {words.heading()}", " ".join(words.draw(BODY_WORDS))]
        path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def text(names: Sequence[Term], words: int, rng: random.Random) -> str:
    """Return running text of so many words; Chinese ones stand without spaces, as they do in notes."""
    drawn = _Words(names, rng).draw(words)
    return "".join(word if HAN_RUN.fullmatch(word) else f" {word} " for word in drawn)
