"""Questions and answers are laid out beside the event loop: full of formulas, one takes longer than others may wait."""

import threading
from dataclasses import replace

import pytest

from bot.render import daily, daily_history, open_answers
from tests.bot.banks import give
from tests.bot.conftest import words
from tests.bot.daily.desk import CHOICE, NEXT, open_questions
from tests.bot.daily.test_open_answers import LONG, revealed, write
from tests.bot.daily.test_setup import run


@pytest.fixture
def bank() -> list:
    return [replace(CHOICE, id=f"{number:016x}") for number in range(10)]


@pytest.fixture
def beside(drawn):
    """Return a check that a function of a renderer runs, and never on the thread of the event loop."""
    watched = []

    def watch(renderer, name):
        watched.append(drawn(renderer, name))

    yield watch
    for threads in watched:
        assert threads
        assert threading.main_thread() not in threads


@pytest.mark.parametrize("name", ["post", "closed", "result"])
async def test_post_is_laid_out_beside_the_event_loop(desk, beside, name):
    beside(daily, name)
    await desk.posted(reveal=NEXT)
    await desk.until(9)


async def test_what_who_answers_is_told_is_laid_out_beside_the_event_loop(desk, beside):
    beside(daily, "answered")
    await desk.posted()
    await desk.chat.ann.click(desk.last, label="A")


async def test_practice_is_laid_out_beside_the_event_loop(desk, beside):
    beside(daily, "practised")
    await desk.posted(reveal=NEXT)
    question = desk.last
    await desk.until(9)
    assert "Too late to count" in words((await desk.chat.ann.click(question, label="A")).response)


async def test_question_looked_back_at_is_laid_out_beside_the_event_loop(desk, beside):
    beside(daily_history, "shown")
    await desk.posted()
    await run(desk, "show", desk.chat.ann)


async def test_question_picked_from_the_past_is_laid_out_beside_the_event_loop(desk, beside):
    post = await desk.posted()
    response = await run(desk, "history", desk.chat.ann)
    beside(daily_history, "shown")
    await desk.chat.ann.select(response, [str(post.id)], custom_id=f"dailylook1:{post.stream_id}")


async def test_preview_is_laid_out_beside_the_event_loop(desk, beside):
    beside(daily_history, "preview")
    await desk.set_up()
    await desk.chat.chief.click(await run(desk, "preview"), label="Take another")


@pytest.mark.parametrize("name", ["submitted", "page"])
async def test_answers_in_own_words_are_laid_out_beside_the_event_loop(desk, library, beside, name):
    give(library, *open_questions())
    beside(open_answers, name)
    await desk.posted(reveal=NEXT)
    await write(desk, desk.chat.ann, LONG)
    await desk.chat.bo.click(await revealed(desk), label="💬 Read 1 answer")
