"""What is ordered is drawn once and kept; what cannot be drawn is not tried again and again."""

import asyncio
import os
import threading

import pytest

from drawing.formulas import draw
from drawing.studio import Order, Studio
from knowledge.confined import ConfinedError, Outcome

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
    assert studio.content(drawn.name).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["none.png", "", "..", "../secret", "/etc/passwd", "a\x00b"])
def test_nothing_else_is_a_picture(tmp_path, studio, name):
    (tmp_path / "secret").write_text("x")
    studio.draw(formula("x^2"))
    assert studio.content(name) is None


def test_picture_is_drawn_once(tmp_path, studio):
    needed = tmp_path / "needed"
    needed.write_text("")
    order = Order(counted, (str(needed),))
    assert studio.content(studio.draw(order).name) == b"picture"
    needed.unlink()  # who draws it anew fails
    assert studio.content(studio.draw(order).name) == b"picture"


def test_what_cannot_be_drawn_is_tried_again_a_day_later(tmp_path, clocked):
    studio, times = clocked
    needed = tmp_path / "needed"
    order = Order(counted, (str(needed),))
    assert studio.draw(order) is None
    needed.write_text("")
    assert studio.draw(order) is None
    times[0] += DAY_S + 1
    assert studio.draw(order) is not None


def test_pictures_differ_by_what_they_show_alone():
    assert formula("x").key == formula("x").key != formula("y").key
    assert Order(counted, (["x"],)).key != formula("x").key


def copied(data):
    return Outcome([1, 1], data)


def test_what_is_drawn_from_a_file_is_as_good_as_the_file(studio):
    drawn = [studio.draw(Order(copied, (), data)).name for data in (b"a", b"b", b"a")]
    assert drawn[0] == drawn[2] != drawn[1]
    assert [studio.content(name) for name in drawn] == [b"a", b"b", b"a"]


def test_picture_that_nobody_saw_for_two_months_is_taken_away(tmp_path, clocked):
    studio, times = clocked
    seen, unseen = (tmp_path / "drawn" / studio.draw(formula(tex)).name for tex in "ab")
    times[0] += 61 * DAY_S
    studio.draw(formula("a"))
    studio.clear_out()
    assert (seen.exists(), unseen.exists()) == (True, False)


@pytest.fixture
def homeless(tmp_path, confined):
    """Return a studio whose folder cannot be written."""
    (tmp_path / "file").write_text("")
    return Studio(tmp_path / "file", confined)


def test_folder_that_cannot_be_written_costs_no_picture(tmp_path, homeless):
    drawn = homeless.draw(formula("x"))
    homeless.forget()
    assert homeless.content(drawn.name).startswith(b"\x89PNG")
    homeless.clear_out()
    assert (tmp_path / "file").read_text() == ""


def test_without_a_folder_what_cannot_be_drawn_is_not_tried_at_once_again(tmp_path, homeless):
    needed = tmp_path / "needed"
    order = Order(counted, (str(needed),))
    assert homeless.draw(order) is None
    needed.write_text("")
    assert homeless.draw(order) is None


def test_folder_that_cannot_be_written_is_told_once(homeless, caplog):
    for tex in "ab":
        homeless.draw(formula(tex))
    (told,) = caplog.messages
    assert "cannot be written" in told


def test_large_pictures_without_a_folder_do_not_fill_the_memory(homeless):
    first, second, third = [homeless.draw(Order(copied, (), letter * 15_000_000)) for letter in (b"a", b"b", b"c")]
    assert homeless.content(first.name) is None
    assert homeless.content(second.name)[:1] + homeless.content(third.name)[:1] == b"bc"


def test_file_that_cannot_get_its_name_is_not_left(tmp_path, clocked):
    order = Order(counted, (str(tmp_path / "needed"),))
    taken = tmp_path / "drawn" / f"{order.key}.failed"
    taken.mkdir(parents=True)
    os.utime(taken, (0, 0))
    assert clocked[0].draw(order) is None
    assert list(taken.parent.iterdir()) == [taken]


class Forgetting:
    """Stands for the process: forgets people while it draws."""

    kind = ""

    def run(self, function, *values, data):
        self.studio.forget()
        if self.kind:
            raise ConfinedError(self.kind)
        return function(data, *values)


@pytest.fixture
def forgetting(tmp_path):
    process = Forgetting()
    process.studio = Studio(tmp_path / "drawn", process)
    return process


def test_picture_of_somebody_forgotten_while_it_is_drawn_is_not_kept(forgetting):
    order = Order(copied, (), b"Anna", personal=True)
    assert forgetting.studio.draw(order) is None
    assert forgetting.studio.content(f"{order.key}.png") is None


class Recorded:
    """Stands for a process: tells what it was asked for, and whether it was ended."""

    def __init__(self):
        self.asked, self.ended = [], False

    def run(self, _function, *_values, data):
        self.asked.append(data)
        return Outcome([1, 1], b"picture")

    def close(self):
        self.ended = True


def test_slow_picture_is_drawn_where_no_other_waits_for_it(tmp_path):
    quick, slow = Recorded(), Recorded()
    studio = Studio(tmp_path / "drawn", quick, slow=slow)
    studio.draw(Order(copied, (), b"formula"))
    studio.draw(Order(copied, (), b"photo", slow=True))
    studio.close()
    assert (quick.asked, slow.asked) == ([b"formula"], [b"photo"])
    assert quick.ended
    assert slow.ended


def test_picture_of_nobody_is_kept_whoever_is_forgotten(forgetting):
    drawn = forgetting.studio.draw(Order(copied, (), b"formula"))
    assert forgetting.studio.content(drawn.name) == b"formula"


def test_what_there_was_no_room_to_draw_is_tried_again_at_once(forgetting):
    order = Order(copied, (), b"picture")
    forgetting.kind = "start"
    assert forgetting.studio.draw(order) is None
    forgetting.kind = ""
    assert forgetting.studio.draw(order) is not None


def test_other_data_are_another_picture():
    orders = [Order(draw, ([],), data) for data in (b"", b"one", b"two")]
    assert len({order.key for order in orders}) == 3
    assert Order(draw, ([],), b"one").key == orders[1].key


def personal(file):
    return Order(counted, (str(file),), personal=True)


def test_picture_of_somebody_is_kept_in_memory_alone(tmp_path, studio):
    needed = tmp_path / "needed"
    needed.write_text("")
    drawn = studio.draw(personal(needed))
    needed.unlink()
    assert studio.draw(personal(needed)) == drawn
    assert studio.content(drawn.name) == b"picture"
    assert not (tmp_path / "drawn").exists()


def test_forgotten_picture_of_somebody_is_gone(tmp_path, studio):
    needed = tmp_path / "needed"
    needed.write_text("")
    drawn = studio.draw(personal(needed))
    studio.forget()
    assert studio.content(drawn.name) is None


def test_picture_of_somebody_that_cannot_be_drawn_is_tried_again_a_day_later(tmp_path, clocked):
    studio, times = clocked
    needed = tmp_path / "needed"
    assert studio.draw(personal(needed)) is None
    needed.write_text("")
    assert studio.draw(personal(needed)) is None
    times[0] += DAY_S + 1
    assert studio.draw(personal(needed)) is not None


def test_only_the_newest_pictures_of_people_are_kept(tmp_path, studio):
    files = [tmp_path / str(number) for number in range(102)]
    for file in files:
        file.write_text("")
    first, second, *_ = [studio.draw(personal(file)) for file in files[:100]]
    studio.draw(personal(files[0]))
    studio.draw(personal(files[100]))
    assert studio.content(first.name) == b"picture"
    assert studio.content(second.name) is None


async def test_whoever_waits_for_pictures_keeps_nobody_else_from_a_thread(studio):
    drawn = threading.Event()
    waiting = [asyncio.create_task(studio.beside(drawn.wait, 60)) for _ in range(40)]
    await asyncio.sleep(0)
    try:
        await asyncio.wait_for(asyncio.to_thread(int), 30)
    finally:
        drawn.set()
    assert all(await asyncio.gather(*waiting))


async def test_nobody_waits_for_pictures_once_the_studio_is_closed(studio):
    studio.close()
    with pytest.raises(RuntimeError):
        await studio.beside(int)
