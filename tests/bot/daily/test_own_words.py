"""What is said of who sees an open answer, and when: the same and true in the post, the window and /daily show."""

from dataclasses import replace

import pytest

from bot.services.reveals import NOW, Reveal, RevealKind
from tests.bot.banks import give
from tests.bot.conftest import words
from tests.bot.daily.desk import open_questions
from tests.bot.daily.test_open_answers import revealed

LATER = [Reveal(RevealKind.HOURS, 6), Reveal(RevealKind.NEXT), Reveal(RevealKind.ANSWERS, 5)]


@pytest.fixture
def bank() -> list:
    return open_questions()


async def hint(desk, message):
    form = await desk.chat.ann.click(message, label="Answer")
    return form.modal["components"][0]["description"]


async def test_where_one_sees_the_answer_at_once_nobody_else_marks_it(desk):
    await desk.posted(reveal=NOW)
    found = words(desk.messages()[0])
    assert "Once you have answered, you see the answer and grade yours by it. Everybody sees all answers" in found
    assert "whether you are right" not in found


async def test_window_says_that_the_answer_is_final_where_it_is(desk):
    await desk.posted(reveal=NOW)
    said = await hint(desk, desk.messages()[0])
    assert said == "Cannot be changed; the others read it, with your name, when everybody sees the answers"


async def test_daily_show_says_the_same_as_the_post(desk):
    await desk.posted(reveal=NOW)
    shown = words((await desk.chat.ann.slash(desk.channel, "daily show")).response)
    assert "Once you have answered, you see the answer and grade yours by it. Everybody sees all answers" in shown


@pytest.mark.parametrize("reveal", LATER, ids=str)
async def test_where_answers_come_later_ones_own_is_private_until_then(desk, reveal):
    await desk.posted(reveal=reveal)
    assert "Until then only you see yours, and can change it." in words(desk.messages()[0])
    assert "Private at first" in await hint(desk, desk.messages()[0])


async def test_without_key_points_nobody_is_told_to_grade(desk, library, bank):
    give(library, *(replace(one, points=()) for one in bank))
    await desk.posted(reveal=NOW)
    found = words(desk.messages()[0])
    assert "Once you have answered, you see the answer. Everybody" in found
    assert "grade" not in found


async def test_window_of_a_test_says_that_nobody_reads_it(desk):
    stream = await desk.set_up(reveal=NOW)
    await desk.daily.manual.test(desk.chief, stream.id)
    await desk.work()
    assert await hint(desk, desk.messages()[0]) == "This is a test: nobody else reads it"


async def test_closed_open_question_speaks_of_no_practice(desk):
    await desk.posted(reveal=Reveal(RevealKind.NEXT))
    await revealed(desk)
    assert "Closed: no more answers are taken." in words(desk.messages()[0])
    assert all("practises" not in text for text in desk.said())
