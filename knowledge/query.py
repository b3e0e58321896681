"""Reading a question: cleaned, cut into what it names, each with the ways in which the notes may say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.asked import clean, language_of, without_question_words
from knowledge.glossary import name_key
from knowledge.han_spans import HanSpans
from knowledge.latin_spans import LatinSpans
from knowledge.model import Language
from knowledge.spans import Alternative, Lexicon, Naming, Span, trivial
from knowledge.terms import Analyzer
from knowledge.text import HAN, HAN_RUN, LATIN_COMPOUND, fold, word_term

PREFIX = 0.8
MAX_SPANS = 24
MAX_BEGINNINGS = 12
_ATOM = re.compile(f"[{HAN}]+|{LATIN_COMPOUND.pattern}")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read.

    Attributes:
        text: as asked, cleaned.
        spans: empty if there is nothing to look for.
        telling: it names something, and is not made of question words alone.
        key: what the question and a heading that says just this have in common.
    """

    text: str
    language: Language
    spans: tuple[Span, ...]
    key: str = ""
    telling: bool = True


class QueryReader:
    """Reads questions against one state of the notes. Immutable and thread-safe."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon) -> None:
        self._naming = naming = Naming(analyzer, lexicon)
        self._lexicon = lexicon
        self._han = HanSpans(naming, lexicon, analyzer.segmenter)
        self._latin = LatinSpans(naming, lexicon)

    def warm(self) -> None:
        """Make the tables for names, slips and pinyin now, the last two by asking for what no notes have."""
        self._naming.warm()
        for unknown in ("qzxjqzxj", "龘龘龘龘"):
            self.read(unknown)

    def read(self, asked: str, language: Language | None = None) -> Query:
        """Return what *asked* looks for; *language* overrides the one that it is written in."""
        text = clean(asked)
        folded = without_question_words(fold(text))
        spans = tuple(self._spans(folded))[:MAX_SPANS]
        telling = not all(trivial(span.text) for span in spans)
        return Query(text, language or language_of(text), spans, name_key(folded), telling)

    def _spans(self, folded: str) -> Iterator[Span]:
        atoms = _ATOM.findall(folded)
        if sum(map(len, atoms)) == 1:
            yield self._beginning(atoms[0] if HAN_RUN.match(atoms[0]) else word_term(atoms[0]))
            return
        spans = [span for group in _by_script(atoms) for span in self._of_group(group)]
        # Question words go, but never all that was asked.
        yield from [span for span in spans if not trivial(span.text)] or spans

    def _of_group(self, group: Sequence[str]) -> Iterator[Span]:
        return self._han.of_run(group[0]) if HAN_RUN.match(group[0]) else self._latin.of_words(group)

    def _beginning(self, letter: str) -> Span:
        """Read a single character as the beginning of a word: 注 asks for 注意力 too."""
        begun = [Alternative((term,), weight=PREFIX) for term in self._lexicon.starting(letter) if term != letter]
        return Span(letter, (Alternative((letter,)), *begun[:MAX_BEGINNINGS]))


def _by_script(atoms: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield each Han run alone, and the Latin words between two runs together."""
    for han, group in groupby(atoms, key=lambda atom: HAN_RUN.match(atom) is not None):
        if han:
            yield from ([run] for run in group)
        else:
            yield list(group)
