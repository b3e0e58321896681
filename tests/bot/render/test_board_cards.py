"""Boards as pictures: what is drawn, what is said of it, and what still stands as text."""

from dataclasses import replace

import pytest

from bot.render import board_cards, boards, limits
from bot.render.parts import Picture, Text
from bot.services.boards import View
from bot.services.periods import Period, Span
from bot.services.subjects import Subject
from drawing import svg
from drawing.studio import Drawn
from tests.bot.render.test_boards import NOON, WEEK, board, said, standing
from tests.drawing.cards import HOSTILE


def drawing(order):
    assert order.personal
    return Drawn("board.png")


def picture(message):
    return next((part for part in message.parts if isinstance(part, Picture)), None)


def card(found, texts):
    return board_cards.card(found, "T", texts)


def test_board_is_a_picture_with_the_same_in_words(english):
    message = boards.board(board(standing(1, name="Ada"), standing(2)), english, drawing)
    assert picture(message).alt == "This week: 1 Ada, 99 points, 6/8; 2 m2, 98 points, 6/8"
    assert "m2" not in said(message)
    assert said(message).startswith("## 🏆 This week\n-# ends <t:")


def test_chinese_board_says_so_in_chinese(chinese):
    message = boards.board(board(standing(1, name="小明")), chinese, drawing)
    assert picture(message).alt == "本周：1 小明，99 分，6/8"


def test_text_of_today_stands_in_for_the_picture(english):
    found = board(standing(1), standing(2, gone=True))
    plain, shown = boards.board(found, english), boards.board(found, english, drawing)
    assert picture(shown).instead == plain.parts[1].text
    assert picture(plain) is None


def test_empty_board_has_no_picture(english):
    assert picture(boards.board(board(), english, drawing)) is None


def test_board_of_the_week_is_a_picture(english):
    message = boards.weekly(board(standing(1), view=View(Period.WEEK, int(WEEK.ends.timestamp()))), english, drawing)
    assert picture(message).alt.startswith("The board of the week: 1 m1")


def test_names_that_not_every_machine_draws_stand_below(english):
    found = board(standing(1), standing(2, name="한국어"), standing(3, name="🐱"))
    message = boards.board(found, english, drawing)
    below = message.parts[message.parts.index(picture(message)) + 1]
    assert below == Text("🥈 한국어 · 98 points · 6/8\n🥉 🐱 · 97 points · 6/8")


def test_own_place_is_told_as_text_too(english):
    message = boards.board(board(standing(1), mine=standing(40, ahead=80), listed=50), english, drawing)
    assert said(message).endswith("**40\\. m40 · 60 points · 6/8**\n-# 20 points to the next rank")


def test_rows_are_as_on_the_board(english):
    (row,) = card(board(standing(1, points=12_345, answered=2_000, right=1_000)), english).rows
    assert (row.place, row.name, row.points, row.right, row.share, row.medal) == (
        "1", "m1", "12,345", "1,000/2,000", 1.0, 1,
    )  # fmt: skip


def test_own_row_is_marked_and_of_another_page_stands_apart(english):
    mine = standing(2)
    assert [(row.mine, row.apart) for row in card(board(standing(1), mine, mine=mine), english).rows] == [
        (False, False), (True, False),
    ]  # fmt: skip
    last = card(board(standing(1), mine=standing(40)), english).rows[-1]
    assert (last.place, last.mine, last.apart) == ("40", True, True)


def test_too_few_answers_have_a_line_above_and_no_rank(english):
    found = board(standing(1), standing(2, ranked=False), standing(3, ranked=False), least=3)
    assert [(row.place, row.above, row.faint, row.medal) for row in card(found, english).rows[1:]] == [
        ("–", "Ranked from 3 answers on:", True, 0), ("–", "", True, 0),
    ]  # fmt: skip


def test_who_left_is_faint_and_said_to_have_left(english):
    (row,) = card(board(standing(1, gone=True)), english).rows
    assert (row.note, row.faint) == ("has left", True)


def test_nobody_has_a_medal_or_a_bar_for_no_points(english):
    rows = card(board(standing(1, points=0), standing(2, points=-5)), english).rows
    assert [(row.medal, row.share) for row in rows] == [(0, 0.0), (0, 0.0)]


def test_days_and_topic_stand_below_the_title(english):
    subject = Subject(frozenset({"Nets"}), {"en": "Nets"})
    assert card(board(standing(1), subject=subject), english).about == "2026-11-23 – 2026-11-29 · Topic: Nets"
    assert card(board(standing(1), view=View(Period.EVER), span=Span()), english).about == ""
    assert card(board(standing(1), span=Span(NOON, None)), english).about == "2026-11-25 –"
    assert card(board(standing(1), span=Span(NOON, NOON + (WEEK.ends - NOON) / 99)), english).about == "2026-11-25"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_fit_the_words(english, name):
    found = board(*(standing(place, name=name) for place in range(1, 11)))
    message = boards.board(found, english, drawing)
    assert limits.characters(picture(message).alt) <= limits.ALT
    assert "\n" not in picture(message).alt
    assert all(len(row.name) <= 60 for row in card(found, english).rows)


def test_same_board_is_the_same_picture_at_any_time(english):
    orders = []

    def drawn(order):
        orders.append(order.key)
        return Drawn("x.png")

    for seen in (NOON, WEEK.ends):
        boards.board(board(standing(1, seen_at=seen)), english, drawn)
    assert len(set(orders)) == 1


def test_our_font_has_all_that_a_card_says(catalogues):
    mine = standing(40, ranked=False)
    found = board(standing(1, gone=True, name="x"), mine=replace(mine, name="y"))
    for language in ("en", "zh-CN", "zh-TW"):
        values = card(found, catalogues.texts(language))
        said_there = [values.right, values.points, *(text for row in values.rows for text in (row.note, row.above))]
        assert all(map(svg.is_ours, said_there))
