"""What is asked for most, and what was asked for in vain: counted in memory, bounded, gone with the process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

KEPT: Final = 200
"""Entries of a counter; the one that was not asked for the longest makes room."""
LONGEST: Final = 100
"""Characters of a missing topic that are kept."""
RECENT: Final = 5


@dataclass(frozen=True, slots=True)
class MissingTopic:
    """A question that the notes do not answer."""

    query: str
    count: int
    last: datetime


class Missing:
    """Counts questions without an answer. Safe to use from several threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._topics: OrderedDict[str, MissingTopic] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, query: str, now: datetime) -> None:
        """Count *query*; what differs only in case and spaces is one topic, and one without words is none."""
        shown = " ".join(query.split())[:LONGEST]
        if not any(character.isalnum() for character in shown):
            return
        key = shown.casefold()
        with self._lock:
            before = self._topics.pop(key, None)
            self._topics[key] = MissingTopic(shown, (before.count if before else 0) + 1, now)
            if len(self._topics) > self._kept:
                self._topics.popitem(last=False)

    def most_asked(self) -> tuple[MissingTopic, ...]:
        """Return the topics, the most asked first, then the latest."""
        with self._lock:
            topics = tuple(self._topics.values())
        return tuple(sorted(topics, key=lambda topic: (topic.count, topic.last), reverse=True))


class Popularity:
    """Counts sections that were shown. Safe to use from several threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, section_id: str) -> None:
        """Count one showing."""
        with self._lock:
            self._counts[section_id] = self._counts.pop(section_id, 0) + 1
            if len(self._counts) > self._kept:
                self._counts.popitem(last=False)

    def best(self, limit: int) -> tuple[str, ...]:
        """Return ids of sections: the few latest first, then the most shown."""
        with self._lock:
            latest_first = tuple(reversed(self._counts.items()))
        recent = [section_id for section_id, _ in latest_first[:RECENT]]
        popular = [section_id for section_id, _ in sorted(latest_first, key=lambda item: -item[1])]
        return tuple(dict.fromkeys((*recent, *popular)))[:limit]
