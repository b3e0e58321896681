"""Answers that only repeat what others have written: refused, without anybody waiting for the comparison."""

import asyncio

import pytest

from bot.services import open_answers as own_words
from storage import open_answers
from tests.bot.conftest import words
from tests.bot.daily.desk import open_questions
from tests.bot.daily.test_open_answers import LONG, kept, revealed, write


@pytest.fixture
def bank() -> list:
    return open_questions()


@pytest.mark.parametrize("text", [LONG, "gates select, what passes and THEY multiply!!", "Why are gates used?"])
async def test_copy_is_refused(desk, asked, text):
    await write(desk, desk.chat.ann, LONG)
    assert "Somebody has said exactly this" in words(await write(desk, desk.chat.bo, text))
    assert await kept(desk, asked, desk.chat.bo) is None


async def test_texts_are_compared_apart_while_others_can_write(desk, asked, monkeypatch):
    compare, wrote = own_words._is_copy, []

    def watched(text, others):
        writing = asyncio.run_coroutine_threadsafe(write_something(), loop)
        wrote.append(writing.result(timeout=5))
        return compare(text, others)

    async def write_something():
        async with desk.db.begin() as conn:
            return await open_answers.of(conn, asked.round_id, 1)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(own_words, "_is_copy", watched)
    await write(desk, desk.chat.ann, LONG)
    assert wrote == [None]
    assert (await kept(desk, asked, desk.chat.ann)).text == LONG


async def test_copy_of_what_is_closed_is_closed(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    form = await desk.chat.bo.click(desk.messages()[0], label="Answer")
    await revealed(desk)
    result = await desk.chat.bo.submit_modal(form, {"answer": LONG})
    assert "closed" in words(result.response)
