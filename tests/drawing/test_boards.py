"""A leaderboard as a card: every row in its place, hostile names harmless, numbers that are long, a size that fits."""

import re
from dataclasses import replace

import pytest

from drawing import boards, raster, svg
from drawing.boards import Board, Row
from tests.drawing.cards import HOSTILE, drawn, texts

ROW = Row("1", "Ada", "1,234", "6/8", 1.0, medal=1)
BOARD = Board("This week", "2026-11-23 – 2026-11-29", "right", "points", (ROW,))


def rows(count, **given):
    return tuple(replace(ROW, place=str(number + 1), name=f"m{number}", medal=0, **given) for number in range(count))


def of(*rows, **given):
    return boards.card(replace(BOARD, rows=rows, **given))


def test_board_says_what_it_is_of_and_who_stands_on_it():
    assert texts(boards.card(BOARD)) == [
        "This week", "2026-11-23 – 2026-11-29", "right", "points", "1", "Ada", "6/8", "1,234",
    ]  # fmt: skip


def test_chinese_board_reads_chinese():
    made = of(replace(ROW, name="小明", note="已退出"), title="本周", right="答对", points="积分")
    assert texts(made)[0] == "本周"
    assert {"小明", "已退出", "答对", "积分"} < set(texts(made))


@pytest.mark.parametrize("count", [0, 1, 10, 12])
def test_board_is_as_high_as_it_has_rows(confined, count):
    board = replace(BOARD, rows=rows(count))
    width, height = drawn(confined, boards.draw, board.values())
    assert (width, height) == boards.card(board)[1:]
    assert height == 138 + 83 * count - 7 + svg.MARGIN


def test_rows_without_end_are_cut():
    assert boards.card(replace(BOARD, rows=rows(500)))[2] == boards.card(replace(BOARD, rows=rows(12)))[2]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_is_drawn_as_text_alone(confined, name):
    row = replace(ROW, name=name, note=name)
    board = Board(name, name, name, name, (row, replace(row, above=name, apart=True)))
    texts(boards.card(board))
    drawn(confined, boards.draw, board.values())


def test_name_never_paints_over_the_numbers():
    made = of(replace(ROW, name="W" * 99, points="999,999,999", right="99,999/99,999"))
    name = next(text for text in texts(made) if text.startswith("W"))
    assert name.endswith("…")
    box = re.search(r'<clipPath id="name0"><rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', made[0])
    assert svg.width(name, 41) <= float(box[2])


def test_short_numbers_leave_more_room_for_names():
    def shown(points):
        return next(text for text in texts(of(replace(ROW, name="W" * 99, points=points))) if text.startswith("W"))

    assert len(shown("1")) > len(shown("999,999,999"))


def test_first_three_have_their_colours_and_others_none():
    made = of(*(replace(ROW, place=str(place), medal=place if place < 4 else 0) for place in range(1, 6)))
    discs = re.findall(r'rx="28.0" fill="(#\w+)"', made[0])
    assert len(set(discs[:3])) == 3
    assert discs[3] == discs[4] not in discs[:3]


@pytest.mark.parametrize("place", ["–", "9", "99", "12345"])
def test_rank_fits_its_disc_and_the_name_begins_behind_it(place):
    made = of(ROW, replace(ROW, place=place, name="me", apart=True))[0]
    x, width = map(float, re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]*rx="28.0"', made)[-1])
    assert svg.width(place, svg.SMALL) < width - 10
    assert {float(one) for one in re.findall(r'<text x="([\d.]+)"[^>]*>(?:Ada|me)<', made)} == {x + width + 18}


def test_captions_stand_beside_the_time_if_there_is_room_and_below_it_if_not():
    def lines(about):
        made = of(about=about)
        found = re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*>([^<]*)<', made[0])
        return {text: float(y) for y, text in found}, made[2]

    (beside, low), (below, high) = lines("2026-11-25"), lines("2026-11-23 – 2026-11-29 · Topic: Vision transformers")
    assert beside["right"] == beside["points"] == beside["2026-11-25"]
    assert below["right"] == below["points"] == beside["right"] + 46
    assert high == low + 46


def test_bar_is_as_long_as_its_share():
    made = of(ROW, replace(ROW, share=0.5), replace(ROW, share=0.0), replace(ROW, share=9.0))
    bars = [float(found) for found in re.findall(r'width="([\d.]+)" height="6.0"', made[0])]
    assert bars == [bars[0], bars[0] / 2, bars[0]]


def test_own_row_is_marked():
    plain, marked = of(ROW)[0], of(replace(ROW, mine=True))[0]
    assert plain.count(svg.DEEP) == marked.count(svg.DEEP) + 1


def test_own_row_of_another_page_stands_apart_below():
    made = of(ROW, replace(ROW, place="128", name="me", mine=True, apart=True))
    assert made[2] == of(ROW, ROW)[2] + 34
    assert texts(made)[-4:] == ["128", "me", "6/8", "1,234"]


def test_line_above_a_row_stands_before_it():
    shown = texts(of(ROW, replace(ROW, name="late", above="Ranked from 2 answers on:")))
    assert shown.index("Ranked from 2 answers on:") + 2 == shown.index("late")


def test_full_card_is_far_from_the_limits_of_what_is_drawn():
    svg_text, width, height = boards.card(replace(BOARD, rows=rows(12, note="n" * 99)))
    assert len(svg_text) < raster.LONGEST_SVG / 50
    assert width * height < raster.MOST_PIXELS / 10
