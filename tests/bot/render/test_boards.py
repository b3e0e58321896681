"""Boards as text: ranks that Discord does not renumber, hostile names, limits, both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.render import boards, limits
from bot.render.inline import escape
from bot.render.parts import Buttons, Menu, Text
from bot.services.boards import Board, Season, Standing, View
from bot.services.periods import Period, Span
from bot.services.subjects import Subject

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = Span(datetime(2026, 11, 22, 16, tzinfo=UTC), datetime(2026, 11, 29, 16, tzinfo=UTC))


def standing(place, **given):
    values = {"user_id": place, "name": f"m{place}", "gone": False, "seen_at": NOON, "answered": 8, "right": 6}
    rest = {"points": 100 - place, "ranked": True, "rank": place, "place": place, "ahead": 101 - place, "listed": 3}
    return Standing(**{**values, **rest, **given})


def board(*rows, **given):
    values = {"view": View(Period.WEEK), "span": WEEK, "zone": SHANGHAI, "rows": rows, "listed": len(rows), "least": 2}
    return Board(**{**values, **given})


def said(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def labels(message):
    return [button.label for part in message.parts if isinstance(part, Buttons) for button in part.buttons]


def test_first_three_ranks_have_medals_and_the_others_numbers(english):
    text = said(boards.board(board(*(standing(place) for place in range(1, 6))), english))
    assert "🥇 m1 · 99 points · 6/8\n🥈 m2" in text
    assert "\n4\\. m4 · 96 points · 6/8\n5\\. m5" in text


def test_nobody_has_a_medal_for_no_points(english):
    assert "\n1\\. m1 · 0 points" in said(boards.board(board(standing(1, points=0)), english))


def test_equal_ranks_have_equal_medals(english):
    rows = (standing(1), standing(2, rank=2), standing(3, rank=2), standing(4, rank=4))
    assert [line[0] for line in said(boards.board(board(*rows), english)).splitlines()[2:]] == ["🥇", "🥈", "🥈", "4"]


def test_number_is_no_list_of_discord_s(english):
    text = said(boards.board(board(standing(4)), english))
    assert "\n4. " not in f"\n{text}"


def test_own_line_is_bold_and_says_how_far_it_is(english):
    mine = standing(2, ahead=99)
    text = said(boards.board(board(standing(1), mine, mine=mine), english))
    assert "**🥈 m2 · 98 points · 6/8**" in text
    assert "-# 1 point to the next rank" in text


def test_own_line_stands_below_a_page_that_it_is_not_on(english):
    text = said(boards.board(board(standing(1), mine=standing(40, ahead=80), listed=50), english))
    assert text.endswith("**40\\. m40 · 60 points · 6/8**\n-# 20 points to the next rank")


def test_first_has_nobody_before_them(english):
    mine = standing(1, ahead=None)
    assert "Nobody has more points" in said(boards.board(board(mine, mine=mine), english))


def test_too_few_answers_stand_below_without_a_rank(english):
    mine = standing(2, ranked=False, answered=1, right=1)
    text = said(boards.board(board(standing(1), mine, mine=mine, least=3), english))
    assert "-# Ranked from 3 answers on:\n**– m2 · 98 points · 1/1**" in text
    assert "2 more answers for a rank" in text


def test_who_left_is_grey(english):
    assert "-# 🥇 m1 · 99 points · 6/8 · has left" in said(boards.board(board(standing(1, gone=True)), english))


@pytest.mark.parametrize("name", ["**x**", "<@1>", "@everyone", "# x", "[a](https://x.example)", "`x`", "||x||", "> x"])
def test_name_is_shown_as_it_is_and_mentions_nobody(english, name):
    text = said(boards.board(board(standing(4, name=name)), english))
    line = next(line for line in text.splitlines() if line.startswith("4"))
    assert line == f"4\\. {escape(name)} · 96 points · 6/8"
    assert "<@1>" not in line
    assert "@everyone" not in line


@pytest.mark.parametrize("name", ["", " ", "\n\n", "\u200b", "\u202e"])
def test_name_that_cannot_be_seen_still_has_a_line(english, name):
    assert "4\\. " in said(boards.board(board(standing(4, name=name)), english))


def test_name_stays_on_its_line(english):
    text = said(boards.board(board(standing(4, name="a\n## b")), english))
    assert "\n## b" not in text


def test_more_right_than_answered_in_a_period_is_not_shown(english):
    assert "· 2/2" in said(boards.board(board(standing(1, answered=2, right=3)), english))


@pytest.mark.parametrize("name", ["字" * 100, "x" * 100, "👩‍👩‍👧‍👦" * 30])
def test_full_page_of_the_longest_names_fits_a_message(english, name):
    rows = [standing(place, name=name, points=10**9, gone=True, ranked=place < 9) for place in range(1, 11)]
    subject = Subject(frozenset({name}), {"en": name})
    seasons = tuple(Season(number, name, NOON, None) for number in range(1, 26))
    whole = board(*rows, mine=standing(99, name=name), listed=999, subject=subject, seasons=seasons, season=seasons[0])
    message = boards.board(replace(whole, view=View(Period.SEASON, page=5)), english)
    assert limits.characters(said(message)) <= limits.LAYOUT_CHARACTERS
    assert limits.size_bytes(said(message)) + 12 * len(message.parts) <= limits.LAYOUT_BYTES
    presses = [b.press for part in message.parts if isinstance(part, Buttons) for b in part.buttons]
    assert len(presses) == len(set(presses))
    assert max(map(len, presses)) <= 100


def test_empty_board_says_how_to_begin(english):
    assert "Nobody has answered yet. /quiz start" in said(boards.board(board(), english))


def test_week_of_now_says_when_it_ends(english):
    text = said(boards.board(board(standing(1)), english))
    assert text.startswith(f"## 🏆 This week\n-# ends <t:{int(WEEK.ends.timestamp())}:R>")


def test_week_that_is_over_says_its_days_in_the_group_s_zone(english):
    found = board(standing(1), view=View(Period.WEEK, int(WEEK.ends.timestamp())))
    assert "## 🏆 The board of the week\n-# 2026-11-23 – 2026-11-29" in said(boards.board(found, english))


@pytest.mark.parametrize(
    ("ended", "time"), [(None, "since 2026-11-25"), (NOON + timedelta(2), "2026-11-25 – 2026-11-27")]
)
def test_season_says_its_days(english, ended, time):
    season = Season(1, "Autumn", NOON, ended)
    found = board(view=View(Period.SEASON), season=season, seasons=(season,), span=Span(NOON, ended))
    assert f"## 🏆 Autumn\n-# {time}" in said(boards.board(found, english))


def test_all_times_have_no_days(english):
    found = board(standing(1), view=View(Period.EVER), span=Span())
    assert said(boards.board(found, english)).startswith("## 🏆 All time\n🥇")


def test_period_that_is_shown_cannot_be_pressed(english):
    message = boards.board(board(standing(1)), english)
    buttons = [b for part in message.parts if isinstance(part, Buttons) for b in part.buttons]
    assert [b.label for b in buttons if b.disabled] == ["This week"]
    assert labels(message) == ["Today", "This week", "This month", "All time"]


def test_seasons_are_offered_where_there_are_any(english):
    seasons = (Season(2, "New", NOON, None), Season(1, "Old", NOON, NOON))
    message = boards.board(board(seasons=seasons, season=seasons[0], view=View(Period.SEASON)), english)
    assert "Season" in labels(message)
    (menu,) = [part for part in message.parts if isinstance(part, Menu)]
    assert [(one.label, one.value) for one in menu.options] == [("New", "2"), ("Old", "1")]


def test_one_season_needs_no_menu(english):
    season = Season(1, "Old", NOON, NOON)
    message = boards.board(board(seasons=(season,), season=season, view=View(Period.SEASON)), english)
    assert [part for part in message.parts if isinstance(part, Menu)] == []


def test_pages_are_turned_where_there_are_several(english):
    assert "1/3" in labels(boards.board(board(standing(1), listed=21), english))
    assert "1/1" not in labels(boards.board(board(standing(1), listed=9), english))


def test_topic_is_named_in_the_reader_s_language(english, chinese):
    subject = Subject(frozenset({"Nets", "网络"}), {"en": "Nets", "zh": "网络"})
    assert "Topic: **Nets**" in said(boards.board(board(subject=subject), english))
    assert "**网络**" in said(boards.board(board(subject=subject), chinese))


def test_board_of_the_week_has_no_bold_line_and_one_button(english):
    found = board(standing(1), standing(2), listed=12, view=View(Period.WEEK, 5))
    message = boards.weekly(found, english)
    assert "🥇 m1 · 99 points · 6/8\n🥈 m2" in said(message)
    assert "and 10 more" in said(message)
    assert labels(message) == ["The whole board, and my place"]


def test_whole_board_of_the_week_leaves_nothing_out(english):
    assert "more" not in said(boards.weekly(board(standing(1)), english))


@pytest.mark.parametrize("why", boards.PROBLEMS)
def test_every_problem_is_told_with_the_channel(english, chinese, why):
    for texts in (english, chinese):
        assert "<#4>" in said(boards.failed(4, why, texts))


def test_chinese_board_reads_chinese(chinese):
    mine = standing(2, ahead=99)
    text = said(boards.board(board(standing(1), mine, mine=mine), chinese))
    assert "🥇 m1 · 99 分 · 6/8" in text
    assert "距离上一名还差 1 分" in text
