"""Which question comes next: each once before one comes again, in an order that only the seed and the past decide."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.questions.bank import topic_key
from knowledge.questions.model import Question

LOW: Final = 7
"""Questions left in the bag at which those who manage it are warned."""
_LONGEST_RUN: Final = 2
"""Questions of one topic in a row, wherever another can be had."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was asked so far.

    Attributes:
        asked: ids of the questions, the one asked longest ago first; one that was asked again stands where it was last.
        topics: of the last questions, the newest last; two are enough.
    """

    asked: Sequence[str] = ()
    topics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """The next question.

    Attributes:
        left: how many have not been asked yet once this one is.
        fresh: it was never asked before.
        by_hand: somebody has picked it.
    """

    question: Question
    left: int
    fresh: bool
    by_hand: bool = False


def pick(bag: Sequence[Question], by_hand: Sequence[Question], past: Past, seed: int) -> Pick | None:
    """Return what to ask next; None if there is nothing to ask. Of thousands this takes milliseconds.

    Those picked by hand come first, then those never asked, shuffled by *seed*, so that a new one takes its place
    among them; when all were asked, the one asked longest ago. No topic comes three times in a row if that can be
    avoided, now or by asking others first.

    Args:
        bag: all that may be asked, each once.
        by_hand: in their order; they need not be in the bag.
        past: of this stream.
        seed: of this stream.
    """
    before = frozenset(past.asked)
    fresh = sorted((one for one in bag if one.id not in before), key=lambda one: _place(seed, one.id))
    if by_hand:
        first = by_hand[0]
        return Pick(first, sum(one.id != first.id for one in fresh), first.id not in before, by_hand=True)
    if fresh:
        return Pick(_balanced(fresh, past.topics), len(fresh) - 1, fresh=True)
    ranks = {question_id: rank for rank, question_id in enumerate(past.asked)}
    oldest_first = sorted(bag, key=lambda one: ranks[one.id])
    if not oldest_first:
        return None
    banned = _banned(past.topics)
    others = (one for one in oldest_first if topic_key(one.topic) != banned)
    return Pick(next(others, oldest_first[0]), 0, fresh=False)


def _place(seed: int, question_id: str) -> bytes:
    return hashlib.blake2b(f"{seed}:{question_id}".encode(), digest_size=8).digest()


def _banned(topics: Sequence[str]) -> str | None:
    """Return the topic that would come a third time in a row."""
    last = [topic_key(topic) for topic in topics[-_LONGEST_RUN:]]
    return last[0] if len(last) == _LONGEST_RUN and len(set(last)) == 1 else None


def _balanced(fresh: Sequence[Question], topics: Sequence[str]) -> Question:
    """Return the first of *fresh* that neither makes a third in a row nor leaves too many of one topic for the end."""
    keys = {name: topic_key(name) for name in {one.topic for one in fresh}}  # of each name once: it takes a while
    counts = Counter(keys[one.topic] for one in fresh)
    banned = _banned(topics)
    last = topic_key(topics[-1]) if topics else None
    leading = counts.most_common(2)
    good = {
        topic for topic in counts if topic != banned and _spreads(counts, topic, leading=leading, again=topic == last)
    }
    # Where it cannot be avoided any more, the topic of which there are most: that shortens the run to come.
    good = good or {_commonest((topic for topic in counts if topic != banned), counts)}
    return next((one for one in fresh if keys[one.topic] in good), fresh[0])


def _spreads(counts: Counter[str], first: str, *, leading: Sequence[tuple[str, int]], again: bool) -> bool:
    """Return whether all that is left after one of *first* can be asked without three of a topic in a row.

    Of the other topics the one of which there are most decides; it is among the *leading* two.
    """
    total = counts.total() - 1
    most = max((count for topic, count in leading if topic != first), default=0)
    left, begun = counts[first] - 1, 2 if again else 1
    return most <= _LONGEST_RUN * (total - most + 1) and left <= _LONGEST_RUN * (total - left + 1) - begun


def _commonest(topics: Iterable[str], counts: Mapping[str, int]) -> str:
    return max(topics, key=lambda topic: (counts[topic], topic), default="")
