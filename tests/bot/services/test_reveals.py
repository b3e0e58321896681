from datetime import UTC, datetime, timedelta

import pytest

from bot.services.reveals import NOW, OFFERED, Reveal, RevealKind

POSTED = datetime(2026, 1, 1, 9, tzinfo=UTC)
TOMORROW = POSTED + timedelta(days=1)


@pytest.mark.parametrize("rule", OFFERED)
def test_rule_is_read_as_it_was_written(rule):
    assert Reveal.read(str(rule)) == rule
    assert len(str(rule)) <= 20


@pytest.mark.parametrize("text", ["", "soon", "hours:x", "hours:6:7"])
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        Reveal.read(text)


def test_hours_count_from_the_post():
    assert Reveal(RevealKind.HOURS, 6).at(POSTED, TOMORROW) == POSTED + timedelta(hours=6)


@pytest.mark.parametrize("rule", [NOW, Reveal(RevealKind.NEXT), Reveal(RevealKind.ANSWERS, 5)])
def test_everything_else_is_over_when_the_next_question_comes(rule):
    assert rule.at(POSTED, TOMORROW) == TOMORROW


def test_hours_never_reach_beyond_the_next_question():
    assert Reveal(RevealKind.HOURS, 12).at(POSTED, POSTED + timedelta(hours=8)) == POSTED + timedelta(hours=8)


def test_people_have_an_hour_however_late_the_post_was():
    assert Reveal(RevealKind.NEXT).at(POSTED, POSTED + timedelta(minutes=5)) == POSTED + timedelta(hours=1)


def test_enough_answers_are_those_of_the_rule():
    rule = Reveal(RevealKind.ANSWERS, 3)
    assert [rule.enough(count) for count in (2, 3, 4)] == [False, True, True]
    assert not Reveal(RevealKind.HOURS, 3).enough(9)


def test_only_one_rule_tells_at_once():
    assert [rule for rule in OFFERED if rule.at_once] == [NOW]
