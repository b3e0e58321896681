"""Questions made from the notes themselves, without a model: what a term is, what it is called in the other language.

Rather none than a silly one: only terms of a glossary, or headings, that the notes really use are asked for, with
wrong choices of the same kind; what would give the answer away, or have two answers, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from knowledge.glossary import Glossary, Term, name_key
from knowledge.mining import plain_heading
from knowledge.model import Language, Note
from knowledge.questions import definitions
from knowledge.questions.definitions import Definition
from knowledge.questions.model import Difficulty, Kind, Origin, Question, question_id
from knowledge.questions.neighbours import Neighbours, of_form
from knowledge.questions.occurrences import Home, Occurrences, own_sections
from knowledge.text import HAN_RUN, LATIN_WORD

MOST: Final = 600
"""Questions in all."""
WRONG_CHOICES: Final = 3
_FEWEST_HAN: Final = 3
_FEWEST_LETTERS: Final = 8
_ABBREVIATION: Final = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z][A-Za-z0-9]{2,7}")
_PARTS: Final = re.compile(r"[（(]([^（）()]+)[）)]|[,，、/&]|\s(?:and|vs\.?)\s|[与和]")


def questions(notes: Sequence[Note], glossary: Glossary) -> tuple[Question, ...]:
    """Return the questions that can be made of *notes*, always the same ones for the same notes.

    Args:
        notes: in order; tables of contents give none.
        glossary: terms that can be relied on, those of one field side by side.
    """
    maker = _Maker(notes, glossary)
    return tuple(islice(chain(maker.of_definitions(), maker.of_names(), maker.of_abbreviations()), MOST))


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a question is put in one language."""

    which: str
    called: str
    stands: str
    see: str


_WORDED: Final = {
    "zh": _Wording(
        which="下面说的是哪个术语？\n\n> {sentence}",
        called="“{name}”对应的英文术语是哪一个？",
        stands="“{name}”是哪个英文术语的缩写？请写出全称。",
        see="{fact}（见《{title}》）",
    ),
    "en": _Wording(
        which="Which term is described here?\n\n> {sentence}",
        called="Which Chinese term means “{name}”?",
        stands="What does “{name}” stand for?",
        see="{fact} (see “{title}”)",
    ),
}


class _Maker:
    """Makes the questions of one state of the notes."""

    def __init__(self, notes: Sequence[Note], glossary: Glossary) -> None:
        self._notes = notes
        self._glossary = glossary
        self._used = Occurrences(notes, glossary)
        self._near = Neighbours(glossary, self._used)

    def of_definitions(self) -> Iterator[Question]:
        """Yield what asks for the term that a sentence describes: each term once in a language."""
        seen: set[tuple[str, Language]] = set()
        for note, section in own_sections(self._notes):
            for definition in definitions.find(note, section):
                key = (name_key(definition.name), definition.language)
                question = None if key in seen else self._of_definition(definition)
                if question is not None:
                    seen.add(key)
                    yield question

    def of_names(self) -> Iterator[Question]:
        """Yield what asks for the name of a term in the other language, in each language."""
        for term in dict.fromkeys(term for term, _ in self._used.homes):
            if not term.aspect:
                yield from self._of_name(term, "zh")
                yield from self._of_name(term, "en")

    def of_abbreviations(self) -> Iterator[Question]:
        """Yield what asks for the words behind an abbreviation."""
        for term in dict.fromkeys(term for term, _ in self._used.homes):
            for short in term.abbr[:1]:
                long = tuple(name for name in term.en if _spells(name, short))
                hidden = all(name_key(short) not in name_key(name) for name in long)
                used = self._used.has(short) and any(map(self._used.has, long))
                if used and hidden and _ABBREVIATION.fullmatch(short):
                    yield from self._of_abbreviation(term, short, long)

    def _of_definition(self, definition: Definition) -> Question | None:
        terms = self._glossary.named(name_key(definition.name))
        if any(term.aspect for term in terms) or not (terms or _is_heading(definition)):
            return None
        accepted = tuple(dict.fromkeys((definition.name, *chain.from_iterable(term.names for term in terms))))
        given_away = (name for name in (*accepted, definition.alias) if len(name) > 1)
        if any(name.casefold() in definition.sentence.casefold() for name in given_away):
            return None
        prompt = _WORDED[definition.language].which.format(sentence=definition.sentence)
        question = self._question(
            ("definition", definition.language, name_key(definition.name)), prompt, definition.home
        )
        question = replace(
            question,
            language=definition.language,
            difficulty=Difficulty.MEDIUM,
            explanation=_explained(definition.whole, definition.home, definition.language),
            lines=(definition.line, definition.line),
        )
        wrong = self._near.alike(definition, terms) if terms else ()
        if len(wrong) < WRONG_CHOICES:
            return replace(question, kind=Kind.TYPED, accepted=accepted) if terms else None
        key = name_key(definition.name)
        named = (of_form(term, definition.name, lambda name: name_key(name) == key) for term in terms)
        same = (name for name in named if name_key(name) == key)
        return _with_choices(question, next(same, definition.name), wrong)

    def _of_name(self, term: Term, language: Language) -> Iterator[Question]:
        home = self._used.home(term, language)
        if home is None:
            return
        zh = self._used.called(filter(HAN_RUN.fullmatch, term.zh), home.note, "zh")
        en = self._used.called(term.en, home.note, "en")
        name, answer = (zh, en) if language == "zh" else (en, zh)
        if len(zh) < _FEWEST_HAN or len(en) < _FEWEST_LETTERS:
            return
        wrong = tuple(islice(self._near.names(term, "en" if language == "zh" else "zh"), WRONG_CHOICES))
        if len(wrong) == WRONG_CHOICES:
            prompt = _WORDED[language].called.format(name=name)
            question = self._question(("name", language, name_key(term.en[0])), prompt, home)
            explanation = _explained(f"{name} = {answer}", home, language)
            question = replace(question, language=language, explanation=explanation, vocabulary=True)
            yield _with_choices(question, answer, wrong)

    def _of_abbreviation(self, term: Term, short: str, long: tuple[str, ...]) -> Iterator[Question]:
        for language in ("zh", "en"):
            home = self._used.home(term, language)
            if home is not None:
                meant = self._used.called(term.zh, home.note, "zh") or next(iter(term.zh), "")
                spelled = sorted(long, key=lambda name: (_is_short(name), not self._used.has(name)))
                meaning = f"{short} = {spelled[0]}" + (f"（{meant}）" if meant and language == "zh" else "")
                prompt = _WORDED[language].stands.format(name=short)
                question = self._question(("abbreviation", name_key(short), name_key(long[0])), prompt, home)
                yield replace(
                    question,
                    kind=Kind.TYPED,
                    language=language,
                    accepted=tuple(spelled),
                    explanation=_explained(meaning, home, language),
                )

    def _question(self, parts: Sequence[str], prompt: str, home: Home) -> Question:
        section = home.section
        return Question(
            id=question_id("generated", *parts),
            kind=Kind.CHOICE,
            prompt=prompt,
            language=section.language,
            topic=home.note.title,
            difficulty=Difficulty.EASY,
            origin=Origin.GENERATED,
            file=section.file,
            heading=section.title,
            lines=section.lines,
        )


def _explained(fact: str, home: Home, language: Language) -> str:
    return _WORDED[language].see.format(fact=fact, title=home.section.title)


def _is_heading(definition: Definition) -> bool:
    """Tell whether the name is what the section is about: its heading, or a part of that."""
    title = plain_heading(definition.home.section.title)
    parts = (title, *filter(None, _PARTS.split(title)))
    return name_key(definition.name) in set(map(name_key, parts))


def _spells(name: str, short: str) -> bool:
    """Tell whether *name* may be what *short* stands for: it begins alike and has its letters in their order."""
    left = iter(name.casefold())
    return name[:1].casefold() == short[:1].casefold() and all(letter in left for letter in short.casefold())


def _is_short(name: str) -> bool:
    """Tell whether *name* holds an abbreviation itself: ``byte-level BPE`` is not what BBPE stands for in full."""
    return any(map(_ABBREVIATION.fullmatch, LATIN_WORD.findall(name)))


def _with_choices(question: Question, right: str, wrong: Sequence[str]) -> Question:
    """Return *question* with its choices in an order that says nothing, and is always the same."""
    chosen = sorted((right, *wrong[:WRONG_CHOICES]), key=lambda choice: question_id(question.id, choice))
    return replace(question, choices=tuple(chosen), right=(chosen.index(right),))
