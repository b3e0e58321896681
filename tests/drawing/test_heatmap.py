"""A year of days as a card: each in its week, today marked, nothing of tomorrow."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from drawing import heatmap, style, svg
from drawing.heatmap import WEEKS, Year
from tests.drawing.cards import HOSTILE, drawn, texts

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEAR = Year("3 days in a row", "Answered on 3 days", (1, 4, 12), "2026-11-25", MONTHS,
            ("Mon", "", "Wed", "", "Fri", "", ""), "less", "more")  # fmt: skip


def cells(year):
    """Return place and colour of every day."""
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" [^>]*rx="6" fill="(#\w+)"', heatmap.card(year)[0])
    return [(float(x), float(y), colour) for x, y, colour in found]


def test_year_says_its_months_weekdays_and_legend():
    shown = texts(heatmap.card(YEAR))
    assert {"3 days in a row", "Answered on 3 days", "Mon", "Wed", "Fri", "less", "more"} < set(shown)
    assert [name for name in shown if name in MONTHS] == ["Dec", *MONTHS[:-1]]


@pytest.mark.parametrize(("today", "of_week"), [("2026-11-23", 1), ("2026-11-25", 3), ("2026-11-29", 7)])
def test_days_end_with_today(today, of_week):
    found = cells(replace(YEAR, today=today))
    assert len(found) == 7 * (WEEKS - 1) + of_week
    assert len({(x, y > 400) for x, y, _ in found}) == WEEKS


def test_halves_of_the_year_stand_below_each_other():
    found = cells(YEAR)
    columns, rows = {x for x, _, _ in found}, sorted({y for _, y, _ in found})
    assert (len(columns), len(rows)) == (27, 14)
    assert rows[7] - rows[6] > 2 * (rows[1] - rows[0])
    assert texts(heatmap.card(YEAR)).count("Mon") == 2


@pytest.mark.parametrize(("today", "count"), [("2026-11-23", 365), ("2026-11-29", 371)])
def test_year_is_of_so_many_days_as_are_drawn(today, count):
    assert heatmap.days(date.fromisoformat(today)) == len(cells(replace(YEAR, today=today))) == count


def test_today_is_marked():
    made = heatmap.card(YEAR)[0]
    assert made.count(f'stroke="{style.GOLD}"') == 1
    assert re.findall(r'<rect [^>]*rx="6"[^>]*>', made)[-1] == re.search(r"<rect [^>]*stroke=[^>]*>", made)[0]


@pytest.mark.parametrize(("answered", "level"), [(0, 0), (1, 1), (2, 1), (3, 2), (6, 3), (9, 3), (10, 4), (999, 4)])
def test_more_answers_are_brighter(answered, level):
    assert heatmap.level(answered) == level


def test_newest_days_are_the_last():
    assert len({colour for _, _, colour in cells(YEAR)[-3:]}) == 3
    assert len({colour for _, _, colour in cells(YEAR)[:-3]}) == 1


@pytest.mark.parametrize("count", [0, 1, 371, 5_000])
def test_any_number_of_days_makes_a_card_of_one_size(confined, count):
    year = replace(YEAR, answered=[2] * count)
    assert drawn(confined, heatmap.draw, year.values()) == list(heatmap.card(YEAR)[1:])


def test_cells_lie_on_the_card():
    _, width, height = heatmap.card(YEAR)
    assert max(x for x, _, _ in cells(YEAR)) < width - svg.MARGIN
    assert max(y for _, y, _ in cells(YEAR)) < height - svg.MARGIN


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_alone(confined, text):
    texts(heatmap.card(replace(YEAR, title=text, about=text)))
    drawn(confined, heatmap.draw, replace(YEAR, title=text, about=text).values())


@pytest.mark.parametrize("today", ["2024-02-29", "2025-01-01", "2026-12-31", "2027-03-01"])
def test_months_do_not_touch(today):
    made = heatmap.card(replace(YEAR, today=today))[0]
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(\w{3})<', made)
    places = sorted((float(y), float(x)) for x, y, name in found if name in MONTHS)
    assert all(after[0] > before[0] or after[1] - before[1] > 90 for before, after in pairwise(places))
