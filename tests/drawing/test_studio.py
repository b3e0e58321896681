"""What is ordered is drawn once and kept; what cannot be drawn is not tried again and again."""

import os

import pytest

from drawing.formulas import draw
from drawing.studio import Order, Studio
from knowledge.confined import Outcome

DAY_S = 24 * 3600


def counted(_data, file):
    descriptor = os.open(file, os.O_RDONLY)
    os.close(descriptor)
    return Outcome([1, 1], b"picture")


@pytest.fixture
def clocked(tmp_path, confined):
    times = [1_000_000_000.0]
    return Studio(tmp_path / "drawn", confined, clock=lambda: times[0]), times


def formula(tex):
    return Order(draw, ([tex],))


def test_picture_is_a_png_in_the_folder(studio):
    drawn = studio.draw(formula("x^2"))
    assert drawn.file.read_bytes().startswith(b"\x89PNG")


def test_picture_is_drawn_once(tmp_path, studio):
    needed = tmp_path / "needed"
    needed.write_text("")
    order = Order(counted, (str(needed),))
    assert studio.draw(order).file.read_bytes() == b"picture"
    needed.unlink()  # who draws it anew fails
    assert studio.draw(order).file.read_bytes() == b"picture"


def test_what_cannot_be_drawn_is_tried_again_a_day_later(tmp_path, clocked):
    studio, times = clocked
    needed = tmp_path / "needed"
    order = Order(counted, (str(needed),))
    assert studio.draw(order) is None
    needed.write_text("")
    failed = next((tmp_path / "drawn").glob("*.failed"))
    os.utime(failed, (times[0], times[0]))
    assert studio.draw(order) is None
    times[0] += DAY_S + 1
    assert studio.draw(order) is not None


def test_pictures_differ_by_what_they_show_alone():
    assert formula("x").key == formula("x").key != formula("y").key
    assert Order(counted, (["x"],)).key != formula("x").key


def test_picture_that_nobody_saw_for_two_months_is_taken_away(clocked):
    studio, times = clocked
    seen, unseen = studio.draw(formula("a")).file, studio.draw(formula("b")).file
    for file in (seen, unseen):
        os.utime(file, (times[0], times[0]))
    times[0] += 61 * DAY_S
    studio.draw(formula("a"))
    studio.clear_out()
    assert (seen.exists(), unseen.exists()) == (True, False)


def test_folder_that_cannot_be_written_costs_the_pictures_alone(tmp_path, confined):
    (tmp_path / "file").write_text("")
    studio = Studio(tmp_path / "file", confined)
    assert studio.draw(formula("x")) is None
    studio.clear_out()


def test_all_that_can_be_drawn_are_prepared(studio):
    assert studio.prepare([formula("x"), formula("x" * 5_000), formula("y")]) == 2
