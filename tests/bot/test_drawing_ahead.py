"""Pictures of the notes are drawn before anybody asks: those of new notes alone, and none after the end."""

import asyncio
import os
import threading
from collections.abc import Callable

import pytest

from bot import drawing_ahead
from bot.drawing_ahead import draw_ahead, tidy
from bot.services.libraries import Libraries
from drawing.studio import Order, Studio
from knowledge.confined import Confined, Outcome
from tests.bot.conftest import until


def dotted(_data: bytes, name: str) -> Outcome:
    return Outcome([1, 1], name.encode())


@pytest.fixture
async def run(monkeypatch):
    """Return a starter of jobs that look again at once and are ended after the test."""
    monkeypatch.setattr(drawing_ahead, "_LOOK_S", 0)
    tasks = []
    yield lambda job: tasks.append(asyncio.create_task(job))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def asked() -> list[str]:
    """The notes whose pictures were asked for."""
    return []


@pytest.fixture
def orders(asked) -> Callable:
    def orders(notes):
        for note in notes:
            asked.append(note.file)
            yield Order(dotted, (note.file,))

    return orders


async def test_picture_of_every_note_is_drawn_without_being_asked_for(edited, studio, run, orders):
    run(draw_ahead(Libraries(edited), studio, orders))
    names = [f"{Order(dotted, (note.file,)).key}.png" for note in edited.index.notes]
    await until(lambda: all(studio.content(name) for name in names))


async def test_edit_asks_for_the_pictures_of_its_own_note_alone(edited, studio, run, orders, asked):
    libraries = Libraries(edited)
    run(draw_ahead(libraries, studio, orders))
    await until(lambda: len(asked) == len(edited.index.notes))
    (edited.source.root / "new.md").write_text("# Dropout\n\nDrops units at random.\n")
    asked.clear()
    await libraries.refresh()
    await until(lambda: asked == ["new.md"])


async def test_what_cannot_be_laid_out_is_left_to_whoever_asks(edited, studio, run, caplog):
    def orders(_notes):
        raise ZeroDivisionError

    run(draw_ahead(Libraries(edited), studio, orders))
    await until(lambda: "cannot be drawn ahead" in caplog.text)


def test_nothing_is_drawn_after_the_end(tmp_path):
    studio = Studio(tmp_path / "drawn", Confined())
    studio.close()
    assert studio.draw(Order(dotted, ("late",))) is None
    assert not (tmp_path / "drawn").exists()


async def test_end_does_not_wait_until_all_is_drawn(edited, tmp_path, run, confined):
    studio, begun, left, ended = Studio(tmp_path / "drawn", confined), *(threading.Event() for _ in range(3))

    def orders(_notes):
        try:
            while not left.is_set():
                begun.set()
                yield Order(dotted, ("again",))
        finally:
            ended.set()

    run(draw_ahead(Libraries(edited), studio, orders))
    try:
        await until(begun.is_set)
        studio.close()
        await until(ended.is_set)
    finally:
        left.set()


async def test_pictures_that_nobody_sees_are_taken_away_while_the_bot_runs(studio, run):
    drawn = studio.draw(Order(dotted, ("old",)))
    (file,) = (studio._folder).iterdir()
    os.utime(file, (0, 0))
    run(tidy(studio))
    await until(lambda: studio.content(drawn.name) is None)
