"""Scores as text: no percentages of a few answers, buttons that lead on, hostile topics, limits."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.render import limits, scores
from bot.render.inline import escape
from bot.render.parts import Buttons, Text
from bot.services.boards import Standing
from bot.services.groups import Who
from bot.services.scores import Score, Sums, TopicScore
from bot.services.streaks import Streak
from bot.services.subjects import Subject

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECTION = "0123456789abcdef"
SCORE = Score(
    Who(1, 5, "ann"), Sums(10, 8, 120), Streak(3, 9, 2, True), week=None, strong=(), weak=(),
    lately=Sums(10, 8, 120), before=Sums(10, 8, 120), today=NOON.date(),
)  # fmt: skip


FEW = Sums(4, 1, 15)


def topic(name="Nets", sums=FEW, section_id=SECTION, *, playable=True):
    return TopicScore(Subject(frozenset({name}), {"en": name}, playable), sums, section_id)


def said(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def presses(message):
    return [button.press for part in message.parts if isinstance(part, Buttons) for button in part.buttons]


def told(texts, own=True, **given):
    return said(scores.score(replace(SCORE, **given), texts, own=own))


def test_score_tells_points_accuracy_and_streak(english):
    text = told(english)
    assert "## ann\n**120 points** · 8 of 10 right (80%)\n🔥 3 days in a row · the longest was 9 · ❄️ 2 freezes" in text


@pytest.mark.parametrize("answered", [1, 4])
def test_few_answers_have_no_percentage(english, answered):
    sums = Sums(answered, 1, 10)
    text = told(english, sums=sums, lately=sums, before=sums, weak=(topic(sums=sums),))
    assert "%" not in text
    assert f"1 of {answered} right" in text


def test_what_is_missing_for_a_percentage_is_said(english, chinese):
    hint = "\n-# Once a span has 5 answers, it shows how many percent were right."
    assert f"📈 30 days: 4 answers · 90 days: 80% (10 answers){hint}" in told(english, lately=FEW)
    assert hint not in told(english)
    assert "📈 30 天：4 题 · 90 天：80%（10 题）\n-# 一段时间内答满 5 题，就会显示正确率。" in told(chinese, lately=FEW)


def test_who_has_not_answered_is_told_what_to_do_first(english, chinese):
    none = {"sums": Sums()}
    assert "/quiz start asks questions from the notes at once; /daily show has today's question" in told(
        english, **none
    )
    assert "「/测验 开始」" in told(chinese, **none)
    assert "「/每日一题 查看」" in told(chinese, **none)


def test_who_has_not_answered_is_not_sent_to_a_daily_question_in_direct_messages(english):
    text = told(english, sums=Sums(), whose=Who(1, 0, "ann"))
    assert "/quiz start" in text
    assert "/daily" not in text


def test_others_are_told_only_that_somebody_has_not_answered(english, chinese):
    assert told(english, own=False, sums=Sums()) == "## ann\nNo answers yet."
    assert told(chinese, own=False, sums=Sums()) == "## ann\n还没有答题记录。"


def test_five_answers_have_one(english):
    assert "1 of 5 right (20%)" in told(english, sums=Sums(5, 1, 10))


def test_more_right_than_answered_is_all_right(english):
    assert "5 of 5 right (100%)" in told(english, sums=Sums(5, 7, 10))


def test_streak_waits_for_today(english):
    assert "not answered today yet" in told(english, streak=Streak(3, 3, 0, False))
    assert "not answered today yet" not in told(english, streak=Streak(3, 3, 0, True))
    assert "not answered today yet" not in told(english, streak=Streak(0, 3, 0, False))


def standing(**given):
    values = {"user_id": 1, "name": "ann", "gone": False, "seen_at": NOON, "answered": 4, "right": 2, "points": 40}
    rest = {"ranked": True, "rank": 2, "place": 2, "ahead": 55, "listed": 9}
    return Standing(**{**values, **rest, **given})


def test_rank_of_this_week_comes_with_its_gap(english):
    assert "🏆 Rank 2 of 9 this week · 15 points to the next rank" in told(english, week=standing())


def test_rank_that_is_not_there_yet_says_what_it_takes(english):
    text = told(english, week=standing(ranked=False, answered=1))
    assert "🏆 No rank this week yet · 1 more answer for a rank" in text


@pytest.mark.parametrize(("lately", "before", "arrow"), [
    (Sums(10, 9, 0), Sums(20, 12, 0), "⬆"), (Sums(10, 3, 0), Sums(20, 12, 0), "⬇"),
    (Sums(10, 5, 0), Sums(20, 10, 0), ""), (Sums(4, 4, 0), Sums(20, 10, 0), ""), (Sums(10, 9, 0), Sums(12, 9, 0), ""),
])  # fmt: skip
def test_trend_compares_the_last_month_with_the_two_before(english, lately, before, arrow):
    line = next(line for line in told(english, lately=lately, before=before).splitlines() if line.startswith("📈"))
    assert line.endswith(f"({before.answered} answers) {arrow}".rstrip())


def test_weak_topic_leads_into_the_notes_and_to_a_quiz(english):
    message = scores.score(replace(SCORE, weak=(topic(),)), english, own=True)
    assert "**Topics to work on**\n- Nets: 1 of 4 right" in said(message)
    assert [press.split(":")[0] for press in presses(message)] == ["read1", "quizon1"]


def test_topic_that_leads_nowhere_has_no_button(english):
    message = scores.score(replace(SCORE, weak=(topic(section_id=None, playable=False),)), english, own=True)
    assert presses(message) == []


def test_section_of_two_topics_has_one_button(english):
    message = scores.score(replace(SCORE, weak=(topic("A"), topic("B"))), english, own=True)
    assert len(presses(message)) == len(set(presses(message))) == 3


def test_somebody_else_s_score_has_no_buttons(english):
    message = scores.score(replace(SCORE, weak=(topic(),)), english, own=False)
    assert presses(message) == []
    assert "Nets: 1 of 4 right" in said(message)


def test_strong_topics_are_named(english):
    assert "**Strong topics**\n- Nets: 9 of 9 right (100%)" in told(english, strong=(topic(sums=Sums(9, 9, 90)),))


def test_who_has_not_answered_is_told_how_to_begin(english):
    assert "No answers yet. /quiz start" in told(english, sums=Sums())


@pytest.mark.parametrize("hostile", ["<@1> @everyone", "# heading", "[x](https://evil.example)", "**bold**\n- list"])
def test_topics_and_names_are_shown_as_they_are(english, hostile):
    text = told(english, whose=Who(1, 5, hostile), weak=(topic(hostile),), strong=(topic(hostile),))
    assert text.count(escape(hostile)) == 3
    assert "<@1>" not in text
    assert "@everyone" not in text


@pytest.mark.parametrize("name", ["字" * 100, "x" * 100])
def test_longest_score_fits_a_message(english, chinese, name):
    weak = tuple(topic(f"{number}{name}", section_id=f"{number:016x}") for number in range(5))
    full = replace(SCORE, whose=Who(1, 5, name), week=standing(), strong=weak, weak=weak)
    for texts in (english, chinese):
        message = scores.score(full, texts, own=True)
        assert limits.characters(said(message)) <= limits.LAYOUT_CHARACTERS
        assert limits.size_bytes(said(message)) + 12 * len(message.parts) <= limits.LAYOUT_BYTES
        assert 1 + len(message.parts) + len(presses(message)) <= limits.COMPONENTS


def test_chinese_score_reads_chinese(chinese):
    text = told(chinese, weak=(topic(),), week=standing())
    assert "**120 分** · " in text
    assert "连续 3 天 · 最长 9 天 · ❄️ 2 张补签卡" in text
    assert "本周第 2 名（共 9 人）" in text
    assert "**待加强**" in text
