"""Which questions a game asks: of the topic that was meant, in the reader's language, not those known already.

Those made from the notes only fill up: what people wrote is better, and a daily question does not ask made ones at all
unless its settings say so. But better a made one than the same few over and over.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.model import Language
from knowledge.questions.bank import Bank, Topic, topic_key
from knowledge.questions.model import Difficulty, Kind, Origin, Question

CLOSED: Final = tuple(kind for kind in Kind if kind is not Kind.OPEN)
"""Kinds that a game can mark at once; open questions are for the daily question."""
MOST_QUESTIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be asked.

    Attributes:
        topic: as typed or chosen; empty for all.
        count: of questions, from 1 to MOST_QUESTIONS.
        language: of whoever reads them; questions in another come only where there are none in it.
        difficulty: None for any.
    """

    topic: str
    count: int
    language: Language
    difficulty: Difficulty | None = None


@dataclass(frozen=True, slots=True)
class NoQuestions:
    """Nothing can be asked.

    Attributes:
        topics: those about which something can, the largest first; the difficulty is left out of account.
    """

    wish: Wish
    topics: tuple[Topic, ...]


def wish(topic: str, count: int, *, chinese: bool, difficulty: int | None = None) -> Wish:
    """Return what somebody wants to be asked who reads Chinese, or English."""
    return Wish(topic.strip(), count, "zh" if chinese else "en", Difficulty(difficulty) if difficulty else None)


def fitting(bank: Bank, wish: Wish, secret: Collection[str] = ()) -> tuple[Question, ...]:
    """Return the questions that a wish allows, always in the same order; none if there are none.

    A topic is taken by its name in either language, else by a part of the name, else by what the questions are about.
    What is *secret* (ids) is left out: a game tells at once what a daily question tells later.
    """
    for language in (wish.language, None):
        pool = _of(bank, wish.difficulty, language)
        wanted = topic_key(wish.topic)
        found = pool if not wanted else _of(bank, wish.difficulty, language, wish.topic) or _about(pool, wanted)
        if open_ones := tuple(one for one in found if one.id not in secret):
            return open_ones
    return ()


def chosen(
    questions: Sequence[Question], count: int, *, known: Collection[str], rng: random.Random
) -> tuple[Question, ...]:
    """Return *count* of the questions by chance, all if there are fewer.

    First come those that people wrote, where they are too few those made from the notes, and where these are too few
    as well, in the same order, those that are *known* (ids). Of those made at most a third, or one, asks for
    vocabulary alone, even if they get fewer than *count*, unless there is nothing else at all.
    """
    others = [question for question in questions if not question.vocabulary]
    drawn = _drawn(_tiers(questions, known), count, rng)
    words = [question for question in drawn if question.vocabulary]
    if others and words:
        drawn = _drawn(_tiers(others, known), count, rng)
        fresh = sum(question.origin is not Origin.GENERATED and question.id not in known for question in drawn)
        words = words[: max(1, (count - fresh) // 3)]
        made = sum(question.origin is Origin.GENERATED for question in drawn[: count - len(words)])
        words = words[: max(1, made // 2)]  # half of the others is a third of all
        drawn = drawn[: count - len(words)] + words
    rng.shuffle(drawn)
    return tuple(drawn)


def _tiers(questions: Sequence[Question], known: Collection[str]) -> list[list[Question]]:
    """Return the questions by how gladly they are asked."""
    tiers: list[list[Question]] = [[], [], [], []]
    for question in questions:
        tiers[2 * (question.id in known) + (question.origin is Origin.GENERATED)].append(question)
    return tiers


def _drawn(tiers: Sequence[Sequence[Question]], count: int, rng: random.Random) -> list[Question]:
    drawn: list[Question] = []
    for tier in tiers:
        drawn += rng.sample(tier, min(count - len(drawn), len(tier)))
    return drawn


def topics(bank: Bank, language: Language) -> tuple[Topic, ...]:
    """Return the topics about which a game can ask, those with the most questions first, then by name."""
    questions = _of(bank, None, language) or _of(bank, None, None)
    names: dict[str, str] = {}
    keys = [topic_key(question.topic) for question in questions]
    for key, question in zip(keys, questions, strict=True):
        names.setdefault(key, question.topic)
    counted = (Topic(names[key], number) for key, number in Counter(keys).items() if key)
    return tuple(sorted(counted, key=lambda topic: (-topic.questions, topic.name)))


def _of(bank: Bank, difficulty: Difficulty | None, language: Language | None, *topics: str) -> tuple[Question, ...]:
    difficulties = (difficulty,) if difficulty else ()
    return bank.questions(topics=topics, difficulties=difficulties, kinds=CLOSED, language=language, generated=True)


def _about(pool: Sequence[Question], wanted: str) -> tuple[Question, ...]:
    named = tuple(question for question in pool if wanted in topic_key(question.topic))
    return named or tuple(question for question in pool if wanted in topic_key(f"{question.heading} {question.file}"))
