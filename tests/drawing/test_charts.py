"""Progress as a card: an axis of round numbers, a curve that stays on it, no share where there is none."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from drawing import charts, style, svg
from drawing.charts import Progress, Topic
from tests.drawing.cards import HOSTILE, drawn, texts

TOPICS = (Topic("Nets", "90% (10 answers)", 0.9), Topic("Trees", "1 of 4 right"))
PROGRESS = Progress(
    "ann", "120 points · 8 of 10 right", "Points of the last 3 days", "+30", (10, 0, 20), ((0, "11-23"), (2, "11-25")),
    "Right answers by topic", TOPICS,
)  # fmt: skip


def curve(progress):
    path = re.search(r'<polyline points="([^"]*)"', charts.card(progress)[0])[1]
    return [tuple(map(float, place.split(","))) for place in path.split()]


def test_progress_says_all_that_it_shows():
    shown = texts(charts.card(PROGRESS))
    assert shown[:4] == ["ann", "120 points · 8 of 10 right", "Points of the last 3 days", "+30"]
    assert shown[-5:] == ["Right answers by topic", "Nets", "90% (10 answers)", "Trees", "1 of 4 right"]
    assert {"0", "10", "20", "30", "11-23", "11-25"} < set(shown)


@pytest.mark.parametrize(("highest", "top", "step"), [
    (0, 1, 1), (1, 1, 1), (3, 3, 1), (7, 8, 2), (30, 30, 10), (35, 40, 10), (99, 100, 50), (1820, 2000, 500),
    (10**9, 10**9, 5 * 10**8),
])  # fmt: skip
def test_axis_has_a_few_round_numbers(highest, top, step):
    assert charts.steps(highest) == (top, step)
    assert top // step <= 5


def test_numbers_of_the_axis_have_separators():
    assert "2,000" in texts(charts.card(replace(PROGRESS, points=[1_900])))


def test_curve_rises_with_the_points_from_left_to_right():
    places = curve(PROGRESS)
    assert len(places) == 3
    assert places[0][0] < places[1][0] < places[2][0]
    assert places[0][1] == places[1][1] > places[2][1]


@pytest.mark.parametrize("count", [2, 7, 30])
def test_days_below_the_curve_do_not_touch_and_the_last_is_named(count):
    ticks = [(number, f"11-{number:02}") for number in range(count)]
    made = charts.card(replace(PROGRESS, points=[5] * count, ticks=ticks))[0]
    named = [(float(x), name) for x, name in re.findall(r'<text x="([\d.]+)"[^>]*>(11-\d\d)<', made)]
    places = sorted(x for x, _ in named)
    assert f"11-{count - 1:02}" in {name for _, name in named}
    assert all(after - before > svg.width("11-25", svg.SMALL) + 10 for before, after in pairwise(places))


def test_topic_without_a_bar_has_its_room_for_the_name():
    name = "A topic with a name that is longer than others"
    assert name in texts(charts.card(replace(PROGRESS, topics=(Topic(name, "1 of 4 right"),))))
    assert name not in texts(charts.card(replace(PROGRESS, topics=(Topic(name, "1 of 4 right", 0.25),))))


@pytest.mark.parametrize("points", [[0] * 14, [-5] * 14, [5, -50, 3], [10], [10**9] * 90, [7] * 5_000])
def test_curve_stays_on_the_card(points):
    made = charts.card(replace(PROGRESS, points=points))
    for x, y in curve(replace(PROGRESS, points=points)):
        assert 0 <= x <= svg.WIDTH
        assert 0 <= y <= made[2]


def test_topic_with_too_few_answers_has_no_bar():
    def bars(*topics):
        return charts.card(replace(PROGRESS, topics=topics))[0].count('height="24.0"')

    assert (bars(*TOPICS[:1]), bars(*TOPICS), bars(TOPICS[1])) == (2, 2, 0)


@pytest.mark.parametrize(("share", "colour"), [(1, style.GOOD), (0.8, style.GOOD), (0.5, style.GOLD), (0, style.BAD)])
def test_bar_is_of_the_colour_of_its_share(share, colour):
    made = charts.card(replace(PROGRESS, topics=(Topic("x", "y", share),)))[0]
    assert f'fill="{colour}"' in made


@pytest.mark.parametrize("days", [0, 1, 14, 90])
@pytest.mark.parametrize("topics", [(), TOPICS, TOPICS * 9])
def test_card_of_any_history_is_drawn(confined, days, topics):
    progress = replace(PROGRESS, points=[5] * days, topics=topics)
    assert drawn(confined, charts.draw, progress.values()) == list(charts.card(progress)[1:])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_and_topic_are_drawn_as_text_alone(confined, name):
    progress = Progress(name, name, name, name, [1], [(0, name)], name, [Topic(name, name, 0.5)])
    texts(charts.card(progress))
    drawn(confined, charts.draw, progress.values())


def test_chinese_progress_reads_chinese():
    shown = texts(charts.card(replace(PROGRESS, title="小明", topics_caption="各主题正确率")))
    assert (shown[0], "各主题正确率" in shown) == ("小明", True)
