"""One's own answer seen again: where it was given, in /daily show and in the history, with its grade."""

import pytest

from tests.bot.conftest import pressable, words
from tests.bot.daily.desk import open_questions
from tests.bot.daily.test_open_answers import LONG, OTHER, grade, kept, revealed, write


@pytest.fixture
def bank() -> list:
    return open_questions()


async def test_who_answers_again_is_shown_their_answer_and_its_grade(desk):
    await desk.posted()
    response = await write(desk, desk.chat.ann, LONG)
    again = (await desk.chat.ann.click(desk.messages()[0], label="Answer")).response
    assert again.ephemeral
    assert f"> {LONG}" in words(again)
    assert "Not graded yet" in words(again)
    await grade(desk, desk.chat.ann, again, 0, 1)
    again = (await desk.chat.ann.click(desk.messages()[0], label="Answer")).response
    assert "2 of 2 key points · +15 points" in words(again)
    assert "closed" not in words(response) + words(again)


async def test_daily_show_has_ones_own_answer_and_grading_in_place_of_answering(desk):
    await desk.posted()
    await write(desk, desk.chat.ann, LONG)
    found = (await desk.chat.ann.slash(desk.channel, "daily show")).response
    assert f"You have already answered:\n> {LONG}\n📝 Not graded yet." in words(found)
    assert "Answer" not in pressable(found)
    assert "2 of 2" in words(await grade(desk, desk.chat.ann, found, 0, 1))
    assert "Answer" in pressable((await desk.chat.bo.slash(desk.channel, "daily show")).response)


async def test_daily_show_lets_an_answer_be_changed_until_the_reveal(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    found = (await desk.chat.ann.slash(desk.channel, "daily show")).response
    assert f"> {LONG}" in words(found)
    assert not {"Answer", "☑ Grade my answer"} & pressable(found).keys()
    form = await desk.chat.ann.click(found, label="Change my answer")
    await desk.chat.ann.submit_modal(form, {"answer": OTHER})
    assert (await kept(desk, asked, desk.chat.ann)).text == OTHER


async def test_past_question_shows_ones_own_answer_with_its_grade(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    await grade(desk, desk.chat.ann, await revealed(desk), 0)
    history = (await desk.chat.ann.slash(desk.channel, "daily history")).response
    found = await desk.chat.ann.select(history, [str(asked.id)], custom_id=f"dailylook1:{asked.stream_id}")
    assert f"> {LONG}\n📝 1 of 2 key points · +8 points" in words(found.response)


async def test_old_answer_is_shown_without_a_way_to_grade_it(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    await revealed(desk)
    desk.advance(days=8)
    own = await desk.daily.open_answers.own(asked.round_id, desk.who(desk.chat.ann))
    assert (own.known, own.gradable) == (True, False)


async def test_window_of_a_second_device_finds_the_answer_final(desk):
    await desk.posted()
    form = await desk.chat.ann.click(desk.messages()[0], label="Answer")
    await write(desk, desk.chat.ann, LONG)
    response = (await desk.chat.ann.submit_modal(form, {"answer": OTHER})).response
    assert "You have already answered this question" in words(response)


async def test_own_answer_quoted_mentions_nobody_and_stays_in_bounds(desk):
    await desk.posted()
    await write(desk, desk.chat.ann, "@everyone <@123> # big\n" + "门" * 3_900)
    found = words((await desk.chat.ann.slash(desk.channel, "daily show")).response)
    assert "@everyone" not in found
    assert "<@123>" not in found
    assert len(found) < 2_000


async def test_the_answer_is_named_and_stands_below_what_was_written(desk):
    await desk.posted()
    found = words(await write(desk, desk.chat.ann, LONG))
    assert found.index("Your answer is in") < found.index(f"> {LONG}") < found.index("**The answer:**")
    assert found.index("**The answer:**") < found.index("Because they select.")


async def test_what_was_written_is_told_back_before_the_reveal(desk, asked):
    found = words(await write(desk, desk.chat.ann, LONG))
    assert f"> {LONG}" in found
    assert "The answer:" not in found
