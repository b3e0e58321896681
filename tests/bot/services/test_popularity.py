from datetime import UTC, datetime, timedelta

import pytest

from bot.services.popularity import LONGEST, Missing, Popularity

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_most_asked_comes_first():
    missing = Missing()
    for number, query in enumerate(["a1", "b1", "B1", "c1"]):
        missing.add(query, NOON + timedelta(seconds=number))
    assert [(topic.query, topic.count) for topic in missing.most_asked()] == [("B1", 2), ("c1", 1), ("a1", 1)]


def test_oldest_topic_makes_room():
    missing = Missing(kept=2)
    for query in ("a1", "b1", "c1"):
        missing.add(query, NOON)
    assert {topic.query for topic in missing.most_asked()} == {"b1", "c1"}


@pytest.mark.parametrize("query", ["", "  ", "👍", "?!"])
def test_query_without_words_is_no_topic(query):
    missing = Missing()
    missing.add(query, NOON)
    assert missing.most_asked() == ()


def test_long_query_is_cut():
    missing = Missing()
    missing.add("x" * 5_000, NOON)
    assert len(missing.most_asked()[0].query) == LONGEST


def test_last_shown_come_first_and_then_the_most_shown():
    popular = Popularity()
    for section in ["often"] * 3 + ["once", "twice", "twice", "a", "b", "c", "d"]:
        popular.add(section)
    assert popular.best(8) == ("d", "c", "b", "a", "twice", "often", "once")


def test_forgotten_section_makes_room():
    popular = Popularity(kept=2)
    for section in ("a", "b", "c"):
        popular.add(section)
    assert set(popular.best(5)) == {"b", "c"}
