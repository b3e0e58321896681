"""The topics of questions as people see them: one subject, whatever it is called in either language."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.services.rounds import LONGEST_TOPIC
from knowledge.model import Language
from knowledge.questions.bank import Bank, topic_key
from knowledge.questions.model import Kind


@dataclass(frozen=True, slots=True)
class Subject:
    """What questions are about.

    Attributes:
        names: of all variants of its questions; answers are kept under these.
        called: its name in each language that has one.
        playable: whether a quiz can ask about it.
    """

    names: frozenset[str]
    called: Mapping[Language, str]
    playable: bool = False

    def name(self, language: Language) -> str:
        """Return its name in *language*, else in another."""
        return self.called.get(language) or next(iter(self.called.values()), min(self.names))


class Subjects:
    """The subjects of a bank, and those that only answers of earlier remember."""

    def __init__(self, bank: Bank) -> None:
        self._all = tuple(_arranged(bank))
        self._by_name = {topic_key(name): subject for subject in self._all for name in subject.names}
        self._by_key = {key_of(name): subject for subject in self._all for name in subject.names}

    @property
    def all(self) -> tuple[Subject, ...]:
        """Every subject, in the order of the bank."""
        return self._all

    def of(self, topic: str) -> Subject:
        """Return the subject that has *topic* among its names; one of its own if the bank knows none."""
        return self._by_name.get(topic_key(topic)) or Subject(frozenset({topic}), {})

    def by_key(self, key: str) -> Subject | None:
        """Return the subject with a name of this key; None if the bank has none."""
        return self._by_key.get(key)

    def meant(self, typed: str) -> Subject | None:
        """Return the subject that somebody means by a name or a part of one; None if there is none."""
        wanted = topic_key(typed)
        return self._by_name.get(wanted) or (next(iter(self.holding(typed)), None) if wanted else None)

    def holding(self, typed: str) -> tuple[Subject, ...]:
        """Return the subjects of which a name, in either language, holds what was typed; all if that is nothing."""
        wanted = topic_key(typed)
        return tuple({id(one): one for name, one in self._by_name.items() if wanted in name}.values())


def key_of(topic: str) -> str:
    """Return 16 hexadecimal digits that stand for a topic in a custom_id; equal for all spellings of it."""
    return hashlib.blake2s(topic_key(topic).encode(), digest_size=8).hexdigest()


def _arranged(bank: Bank) -> Iterator[Subject]:
    called: dict[str, Language] = {}
    playable: set[str] = set()
    for question in bank.all:
        called.setdefault(question.topic, question.language)
        if question.kind is not Kind.OPEN:
            playable.add(question.topic)
    for names in _joined(bank, called):
        first = {called[name]: name for name in reversed(called) if name in names}
        kept = frozenset(name[:LONGEST_TOPIC] for name in names)
        yield Subject(kept, first, not playable.isdisjoint(names))


def _joined(bank: Bank, topics: Iterable[str]) -> Collection[set[str]]:
    """Return *topics* in sets: those that differ in spelling, or that variants of one question have, are together."""
    joined: dict[str, set[str]] = {}
    spelled: dict[str, str] = {}
    for topic in topics:
        together = joined.setdefault(spelled.setdefault(topic_key(topic), topic), set())
        together.add(topic)
        joined[topic] = together
    first: dict[str, str] = {}
    for question in bank.all:
        names, other = joined[question.topic], joined[first.setdefault(question.id, question.topic)]
        if names is not other:
            names |= other
            joined.update(dict.fromkeys(other, names))
    return {id(names): names for names in joined.values()}.values()
