"""Scores as pictures: the days that are shown, what is said of them, and what still stands as text."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.render import limits, score_cards, scores
from bot.render.parts import Picture
from bot.services.groups import Who
from bot.services.scores import Day, Sums
from drawing import svg
from drawing.studio import Drawn
from tests.bot.render.test_scores import FEW, SCORE, presses, said, topic
from tests.drawing.cards import HOSTILE

TODAY = SCORE.today
DAY = timedelta(days=1)


def drawing(order):
    assert order.personal
    return Drawn(f"{order.key}.png")


def days(*ago, points=10):
    return tuple(Day(TODAY - number * DAY, 2, points) for number in sorted(ago, reverse=True))


def pictures(message):
    return [part for part in message.parts if isinstance(part, Picture)]


def progress(texts, **given):
    return score_cards.progress_card(replace(SCORE, **given), texts)


def year(texts, **given):
    return score_cards.year_card(replace(SCORE, **given), texts)


def test_score_has_two_pictures_with_the_same_in_words(english):
    found = replace(SCORE, strong=(topic("Trees", replace(FEW, right=4)),), days=days(0, 3))
    first, second = pictures(scores.score(found, english, own=True, draw=drawing))
    assert first.alt == "Points of the last 30 days: +20; Trees: 4 of 4 right"
    assert second.alt == "3 days in a row; Answered on 2 days of the last year"


def test_strong_topics_are_text_where_the_picture_is_not(english):
    found = replace(SCORE, strong=(topic(),), weak=(topic("Trees"),), days=days(0, 1))
    shown = scores.score(found, english, own=True, draw=drawing)
    assert "Strong topics" not in said(shown)
    assert pictures(shown)[0].instead.startswith("**Strong topics**\n- Nets")
    assert pictures(shown)[1].instead == ""
    assert "Strong topics" in said(scores.score(found, english, own=True))


def test_weak_topics_keep_their_buttons_below_the_pictures(english):
    message = scores.score(replace(SCORE, weak=(topic(),)), english, own=True, draw=drawing)
    assert [press.split(":")[0] for press in presses(message)] == ["read1", "quizon1"]


def test_who_has_not_answered_has_no_picture(english):
    found = replace(SCORE, sums=replace(SCORE.sums, answered=0))
    assert pictures(scores.score(found, english, own=True, draw=drawing)) == []


@pytest.mark.parametrize(
    ("ago", "count"), [((0, 1), 30), ((0, 29), 30), ((0, 30), 90), ((0, 89), 90), ((0, 1, 90), 30), ((0, 50, 300), 90)]
)
def test_curve_is_of_thirty_days_or_of_ninety_as_the_trend_is(english, chinese, ago, count):
    card = progress(english, days=days(*ago))
    assert len(card.points) == count
    assert sum(card.points) == 10 * sum(number < count for number in ago)
    for texts, said_there in ((english, f"the last {count} days"), (chinese, f"最近 {count} 天")):
        assert said_there in progress(texts, days=days(*ago)).caption
        named = said_there.removeprefix("the last ").removeprefix("最近 ")
        assert named in said(scores.score(replace(SCORE, days=days(*ago)), texts, own=True, draw=drawing))


@pytest.mark.parametrize("ago", [(), (0,), (89,), (300,), (0, 300)])
def test_points_of_fewer_than_two_days_are_no_curve(english, ago):
    found = replace(SCORE, days=days(*ago), weak=(topic(),))
    assert score_cards.progress_card(found, english).points == []
    assert score_cards.progress(found, english, draw=drawing, instead="") is None


def test_days_without_points_are_no_curve_but_a_year(english):
    found = replace(SCORE, days=days(0, 1, 2, points=0))
    (shown,) = pictures(scores.score(found, english, own=True, draw=drawing))
    assert shown.alt.endswith("Answered on 3 days of the last year")


@pytest.mark.parametrize(("answered", "alts"), [(1, []), (4, []), (5, ["Trees: 100% (5 answers)"])])
def test_answers_of_a_single_day_are_a_picture_from_the_first_percentage_on(english, answered, alts):
    trees = topic("Trees", Sums(answered, answered, 10 * answered))
    found = replace(SCORE, strong=(trees,), days=days(0))
    message = scores.score(found, english, own=True, draw=drawing)
    assert [picture.alt for picture in pictures(message)] == alts
    assert ("-# Answer on another day" in said(message)) == (not alts)


def test_hint_to_answer_on_another_day_is_for_oneself(english, chinese):
    found = replace(SCORE, days=days(0))
    assert "Answer on another day" not in said(scores.score(found, english, own=False, draw=drawing))
    assert "再换一天答题" in said(scores.score(found, chinese, own=True, draw=drawing))
    later = replace(found, days=days(0, 1))
    assert "Answer on another day" not in said(scores.score(later, english, own=True))


def test_points_stand_on_their_days(english):
    assert progress(english, days=days(0, 29)).points == [10, *[0] * 28, 10]


def test_points_that_were_taken_back_are_said(english):
    assert progress(english, days=days(1, 2, points=-15)).gain == "-30"
    assert progress(english, days=days(1, 2, points=1_500)).gain == "+3,000"


@pytest.mark.parametrize("ago", [0, 13, 40, 89])
def test_axis_ends_with_today_and_has_few_days(english, ago):
    card = progress(english, days=days(ago, 1))
    assert card.ticks[-1] == (len(card.points) - 1, "11-25")
    assert 5 <= len(card.ticks) <= 7
    assert all(0 <= number < len(card.points) for number, _ in card.ticks)


def test_few_answers_have_no_share(english):
    few, many = progress(english, strong=(topic(),), weak=(topic("Trees", replace(FEW, answered=5)),)).topics
    assert (few.said, few.share) == ("1 of 4 right", None)
    assert (many.said, many.share) == ("20% (5 answers)", 0.2)


def test_topics_are_sorted_from_strong_to_weak(english):
    card = progress(english, strong=(topic("a"), topic("b")), weak=(topic("weakest"), topic("better")))
    assert [one.name for one in card.topics] == ["a", "b", "better", "weakest"]


def test_year_holds_each_day_once(english):
    card = year(english, days=days(0, 1, 366, 367))  # a Wednesday: 52 weeks, and three days
    assert (card.answered[-2:], card.answered[0], len(card.answered)) == ([2, 2], 2, 367)
    assert "Answered on 3 days" in card.about


def test_day_of_corrections_alone_is_not_answered(english):
    assert sum(year(english, days=(Day(TODAY, 0, 10),)).answered) == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_and_topics_fit_the_words(english, name):
    topics = tuple(topic(f"{number}{name}") for number in range(5))
    found = replace(SCORE, whose=Who(1, 5, name), strong=topics, weak=topics, days=days(0, 1))
    for picture in pictures(scores.score(found, english, own=True, draw=drawing)):
        assert 0 < limits.characters(picture.alt) <= limits.ALT


def test_longest_score_with_pictures_fits_a_message(english):
    weak = tuple(topic(f"{number}{'字' * 100}", section_id=f"{number:016x}") for number in range(5))
    found = replace(SCORE, strong=weak, weak=weak, days=days(0, 1))
    message = scores.score(found, english, own=True, draw=drawing)
    assert 1 + len(message.parts) + len(presses(message)) <= limits.COMPONENTS


def test_our_font_has_all_that_the_cards_say(catalogues):
    for language in ("en", "zh-CN", "zh-TW"):
        texts = catalogues.texts(language)
        card, days_of_year = progress(texts, strong=(topic(),)), year(texts)
        said_there = [card.about, card.caption, card.topics_caption, *(one.said for one in card.topics)]
        there_too = [days_of_year.title, days_of_year.about, days_of_year.less, days_of_year.more, *days_of_year.months]
        assert all(map(svg.is_ours, (*said_there, *there_too, *filter(None, days_of_year.weekdays))))


def test_chinese_cards_read_chinese(chinese):
    card, days_of_year = progress(chinese, days=days(0, 1)), year(chinese)
    assert (card.about, card.caption) == ("120 分 · 10 题答对 8 题", "最近 30 天的累计积分")
    assert (days_of_year.title, days_of_year.months[9], days_of_year.weekdays[0]) == ("连续 3 天", "10月", "一")
