"""When the answers are shown, where, to whom, and what an answer means before and after."""

from dataclasses import replace

import pytest

from bot.services.reveals import Reveal, RevealKind
from storage import settings
from tests.bot.conftest import pressable, words
from tests.bot.daily.desk import CHOICE, NEXT
from tests.bot.daily.test_failures import CHANNEL_MESSAGES, deny, refuse

SIX_HOURS = Reveal(RevealKind.HOURS, 6)
TWO_ANSWERS = Reveal(RevealKind.ANSWERS, 2)
MESSAGE = "/channels/*/messages/*"


@pytest.fixture
def bank() -> list:
    return [replace(CHOICE, id=f"{number:016x}") for number in range(10)]


def letter(desk, *, right: bool) -> str:
    """Return the letter of a right or a wrong choice in the newest message."""
    choice = "Swish" if right else "ReLU"
    line = next(line for line in words(desk.last).splitlines() if choice in line)
    return line[2]


async def answer(desk, actor, *, right=True, message=None):
    found = message or desk.last
    result = await actor.click(found, label=letter(desk, right=right))
    return words(result.response)


async def test_where_answers_are_shown_at_once_the_presser_alone_learns_what_is_right(desk):
    await desk.posted()
    assert "Right!" in await answer(desk, desk.chat.ann)
    assert "Not right" in await answer(desk, desk.chat.bo, right=False)
    assert "Swish is smooth" not in words(desk.last)


@pytest.mark.parametrize("rule", [NEXT, SIX_HOURS, Reveal(RevealKind.ANSWERS, 9)])
async def test_before_the_answers_are_shown_nobody_learns_what_is_right(desk, rule):
    await desk.posted(reveal=rule)
    for right in (True, False):
        actor = desk.chat.ann if right else desk.chat.bo
        told = await answer(desk, actor, right=right)
        assert "Your answer is in" in told
        assert "<t:" in told
        assert "ight!" not in told
        assert "Swish" not in told


async def test_second_answer_before_the_reveal_tells_what_was_answered_and_no_more(desk):
    await desk.posted(reveal=NEXT)
    await answer(desk, desk.chat.ann)
    told = await answer(desk, desk.chat.ann, right=False)
    assert "You have already answered" in told
    assert "ight!" not in told


async def test_answers_are_shown_after_so_many_hours(desk):
    stream = await desk.set_up(reveal=SIX_HOURS)
    await desk.until(9)
    await answer(desk, desk.chat.ann)
    await answer(desk, desk.chat.bo, right=False)
    await desk.until(15, 2)
    post = await desk.last_post(stream)
    assert post.state == "revealed"
    told = words(desk.last)
    assert "Swish is smooth" in told
    assert "2 have answered · 1 right" in told
    assert "First with the right answer: ann" in told
    assert told.count("▰▰▰▰▰") == 2


async def test_answers_are_shown_when_the_next_question_comes_and_before_it(desk):
    await desk.set_up(reveal=NEXT)
    await desk.until(9)
    await desk.until(9)
    first, shown, second = desk.said()
    assert "Closed" in first
    assert "The answers" in shown
    assert "☀️" in second


async def test_answers_are_shown_after_so_many_answers(desk):
    stream = await desk.set_up(reveal=TWO_ANSWERS)
    await desk.until(9)
    await answer(desk, desk.chat.ann)
    await desk.work()
    assert (await desk.last_post(stream)).state == "sent"
    await answer(desk, desk.chat.bo)
    await desk.work()
    assert (await desk.last_post(stream)).state == "revealed"


async def test_too_few_answers_are_shown_with_the_next_question(desk):
    stream = await desk.set_up(reveal=TWO_ANSWERS)
    await desk.until(9)
    await desk.until(9)
    assert [post.state for post in await desk.posts(stream)] == ["revealed", "sent"]


async def test_answers_shown_at_once_join_the_question_when_the_next_one_comes(desk):
    await desk.set_up()
    await desk.until(9)
    await answer(desk, desk.chat.ann)
    await desk.until(9)
    first, second = desk.said()
    assert "Swish is smooth" in first
    assert "1 has answered · 1 right" in first
    assert "Swish is smooth" not in second


async def test_answers_go_into_the_thread(desk):
    post = await desk.posted(reveal=SIX_HOURS, thread=True)
    await desk.until(15, 2)
    assert any("Swish is smooth" in text for text in desk.said(post.thread_id))
    assert len(desk.said()) == 1


async def test_where_the_thread_takes_nothing_the_answers_go_to_the_channel(desk):
    post = await desk.posted(reveal=SIX_HOURS, thread=True)
    refuse(desk, 403, 50013, path=f"/channels/{post.thread_id}/messages", times=None)
    await desk.until(15, 2)
    assert "Swish is smooth" in desk.said()[-1]


async def test_answers_to_a_message_that_was_deleted_go_to_the_channel(desk):
    await desk.posted(reveal=SIX_HOURS)
    desk.env.backend.delete_message(desk.channel.id, desk.last.id)
    await desk.until(15, 2)
    assert len(desk.said()) == 1
    assert "Swish is smooth" in desk.said()[0]


async def test_late_answer_is_practice(desk, services):
    post = await desk.posted(reveal=SIX_HOURS)
    question = desk.last
    chosen = letter(desk, right=True)
    await desk.until(15, 2)
    told = words((await desk.chat.ann.click(question, label=chosen)).response)
    assert "Too late to count" in told
    assert "Right!" in told
    assert "point" not in told
    found = await services.daily.journal.outcome(desk.guild_id, post.id)
    assert found.answers == 0


async def test_who_answered_in_time_sees_that_answer_afterwards(desk):
    await desk.posted(reveal=SIX_HOURS)
    question, wrong = desk.last, letter(desk, right=False)
    await answer(desk, desk.chat.ann)
    await desk.until(15, 2)
    told = words((await desk.chat.ann.click(question, label=wrong)).response)
    assert "Your first answer counts" in told
    assert "Right!" in told


async def test_reveal_that_fails_is_tried_again(desk):
    stream = await desk.set_up(reveal=SIX_HOURS)
    await desk.until(9)
    refuse(desk, 500, times=2)
    await desk.until(15, 2)
    assert (await desk.last_post(stream)).state == "sent"
    await desk.pass_time(minutes=1)
    await desk.pass_time(minutes=1)
    assert (await desk.last_post(stream)).state == "revealed"
    assert len([text for text in desk.said() if "The answers" in text]) == 1


@pytest.mark.parametrize("minutes", [1, 20])
async def test_reveal_that_arrived_unheard_is_there_once(desk, minutes):
    stream = await desk.set_up(reveal=SIX_HOURS)
    await desk.until(9)
    desk.line.lost = 1
    await desk.until(15, 2)
    assert (await desk.last_post(stream)).state == "sent"
    await desk.pass_time(minutes=minutes)
    assert (await desk.last_post(stream)).state == "revealed"
    assert len([text for text in desk.said() if "The answers" in text]) == 1


async def test_reveal_of_which_nobody_can_see_whether_it_arrived_is_shown_in_the_question(desk):
    stream = await desk.set_up(reveal=SIX_HOURS)
    await desk.until(9)
    refuse(desk, 503, times=1)
    await desk.until(15, 2)
    await deny(desk, "read_message_history")
    await desk.pass_time(minutes=20)
    assert (await desk.last_post(stream)).state == "revealed"
    assert len(desk.said()) == 1
    assert "Swish is smooth" in desk.said()[0]


async def test_closing_that_fails_is_tried_again_before_anything_is_shown(desk):
    await desk.posted(reveal=SIX_HOURS)
    refuse(desk, 500, path=MESSAGE, method="PATCH")
    await desk.until(15, 2)
    assert len(desk.said()) == 1
    await desk.pass_time(minutes=1)
    assert len(desk.said()) == 2


async def test_answers_that_nobody_lets_us_show_stay_in_the_history(desk):
    stream = await desk.set_up(reveal=SIX_HOURS)
    await desk.until(9)
    refuse(desk, 403, 50013, path=CHANNEL_MESSAGES, times=None)
    await desk.until(15, 2)
    post = await desk.last_post(stream)
    assert (post.state, post.problem) == ("revealed", "forbidden")
    shown = await desk.chat.ann.slash(desk.channel, "daily show")
    assert "Swish is smooth" in words(shown.response)


async def test_pausing_keeps_no_answers_back(desk):
    stream = await desk.set_up(reveal=NEXT)
    await desk.until(9)
    await desk.daily.streams.pause(desk.chief, stream.id)
    await desk.until(9)
    assert (await desk.last_post(stream)).state == "revealed"


async def test_ending_keeps_no_answers_back(desk):
    stream = await desk.set_up(reveal=NEXT)
    await desk.until(9)
    await desk.daily.streams.retire(desk.chief, stream.id)
    await desk.until(9)
    assert [post.state for post in await desk.posts(stream)] == ["revealed"]


async def test_who_does_not_want_to_be_shown_is_not_named_first(desk, services):
    await desk.posted(reveal=SIX_HOURS)
    await answer(desk, desk.chat.ann)
    await answer(desk, desk.chat.bo)
    async with desk.db.begin() as conn:
        await settings.set_person(conn, desk.chat.ann.user.id, hidden=True)
    await desk.until(15, 2)
    assert "First with the right answer: bo" in words(desk.last)


async def test_reveal_offers_what_can_be_done_about_a_question(desk):
    await desk.posted(reveal=SIX_HOURS)
    await desk.until(15, 2)
    assert {"📖 Read on", "Add to my reviews", "⚑ Report"} <= pressable(desk.last).keys()


async def test_test_post_is_marked_takes_no_day_and_earns_nothing(desk):
    stream = await desk.set_up(reveal=NEXT)
    await desk.daily.manual.test(desk.chief, stream.id)
    await desk.work()
    assert "🧪 Test" in words(desk.last)
    assert await desk.posts(stream) == []
    told = await answer(desk, desk.chat.ann)
    assert "Right!" in told
    assert "point" not in told
    await desk.until(9)
    assert len([text for text in desk.said() if "☀️" in text]) == 1


async def test_everybody_can_try_a_test(desk):
    stream = await desk.set_up()
    await desk.daily.manual.test(desk.chief, stream.id)
    await desk.work()
    assert "Right!" in await answer(desk, desk.chat.ann)
    assert "Not right" in await answer(desk, desk.chat.bo, right=False)
