"""All questions that the notes give: those written in them, those of question files, those made from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from knowledge.glossary import name_key
from knowledge.index import Index
from knowledge.mining import plain_heading
from knowledge.model import Language, Note, Section
from knowledge.questions.model import Difficulty, Kind, Origin, Question
from knowledge.questions.reading import Kept
from knowledge.text import fold


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, named as its first question names it, and how many questions it has."""

    name: str
    questions: int


class Bank:
    """Questions by id, language, topic and kind. Immutable: safe to ask from many threads.

    Args:
        questions: in the order in which they are to be listed; of two with one id and language the first counts.
        kept: what the files gave, for the next bank.
    """

    def __init__(self, questions: Iterable[Question] = (), kept: Kept | None = None) -> None:
        self.kept: Kept = kept or {}
        self._variants: dict[str, dict[Language, Question]] = {}
        for question in questions:
            self._variants.setdefault(question.id, {}).setdefault(question.language, question)
        # Of each name once: many questions share a topic, and to fold a name takes longer than all else.
        self._keys = {name: topic_key(name) for name in {question.topic for question in self.all}}
        self._topics = {
            key: frozenset(self._keys[question.topic] for question in found.values())
            for key, found in self._variants.items()
        }

    def __len__(self) -> int:
        """How many questions there are; one in two languages counts once."""
        return len(self._variants)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._variants

    @property
    def all(self) -> tuple[Question, ...]:
        """Every variant of every question, those of one question together."""
        return tuple(question for variants in self._variants.values() for question in variants.values())

    def get(self, question_id: str, language: Language | None = None) -> Question | None:
        """Return a question in *language*, else in the one that it has; None if there is none with this id."""
        variants = self._variants.get(question_id)
        if variants is None:
            return None
        return variants.get(language) if language in variants else next(iter(variants.values()))

    def variants(self, question_id: str) -> Mapping[Language, Question]:
        """Return a question by language; empty if there is none with this id."""
        return MappingProxyType(self._variants.get(question_id, {}))

    def questions(
        self,
        *,
        topics: Collection[str] = (),
        difficulties: Collection[Difficulty] = (),
        kinds: Collection[Kind] = (),
        language: Language | None = None,
        generated: bool = False,
    ) -> tuple[Question, ...]:
        """Return the questions that are wanted, each once, always in the same order.

        Args:
            topics: names in any spelling, those of either language; none means all.
            difficulties: none means all.
            kinds: none means all.
            language: those there are in it; None takes each in the language it was found in first.
            generated: those made from the notes, too.
        """
        wanted = frozenset(map(topic_key, topics))
        return tuple(
            question
            for key, variants in self._variants.items()
            if (question := variants.get(language) if language else next(iter(variants.values()))) is not None
            and (generated or question.origin is not Origin.GENERATED)
            and (not wanted or not wanted.isdisjoint(self._topics[key]))
            and (not difficulties or question.difficulty in difficulties)
            and (not kinds or question.kind in kinds)
        )

    def topics(self, language: Language | None = None, *, generated: bool = False) -> tuple[Topic, ...]:
        """Return the topics of the questions in *language*, those with the most questions first, then by name."""
        questions = self.questions(language=language, generated=generated)
        names: dict[str, str] = {}
        for question in questions:
            names.setdefault(self._keys[question.topic], question.topic)
        counted = Counter(self._keys[question.topic] for question in questions)
        return tuple(sorted((Topic(names[key], n) for key, n in counted.items()), key=lambda t: (-t.questions, t.name)))


def topic_key(name: str) -> str:
    """Return what two spellings of a topic have in common."""
    return " ".join(fold(name).casefold().split())


def section_of(question: Question, index: Index) -> Section | None:
    """Return the section to read on for *question*: that of its heading, else the file's first; None if it is gone."""
    note = index.note(question.file)
    if note is None or not note.sections:
        return None
    return section_named(note, question.heading) or note.sections[0]


def section_named(note: Note, heading: str) -> Section | None:
    """Return the first section of *note* with this heading, its number left off or not; None if there is none."""
    wanted = _heading_keys(heading)
    named = (section for section in note.sections if not wanted.isdisjoint(_heading_keys(section.title)))
    return next(named, None)


def _heading_keys(heading: str) -> set[str]:
    """Return what a heading is found by: with its number and without."""
    return {name_key(heading), name_key(plain_heading(heading))} - {""}
