"""Answers in people's own words: private, changed, graded by their authors, voted for by the others."""

import asyncio
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.errors import GradingOverError, NotRevealedError, RoundClosedError, RoundGoneError, TooShortError
from bot.services.reveals import Reveal, RevealKind
from storage import events, open_answers, settings
from storage.errors import StorageError
from storage.tables import cards
from tests.bot.banks import give
from tests.bot.conftest import pressable, words
from tests.bot.daily.desk import NEXT, open_questions

LONG = "Gates select what passes, and they multiply."
OTHER = "A gate lets a network decide what matters."


@pytest.fixture
def bank() -> list:
    return open_questions()


async def write(desk, actor, text, message=None):
    shown_form = await actor.click(message or desk.messages()[0], label="Answer")
    return (await actor.submit_modal(shown_form, {"answer": text})).response


async def kept(desk, post, actor):
    async with desk.db.reading() as conn:
        return await open_answers.of(conn, post.round_id, actor.user.id)


async def standing(desk, post, actor):
    async with desk.db.reading() as conn:
        return await events.standing_of(conn, post.round_id, actor.user.id)


async def revealed(desk):
    """Have the answers shown and return the message that shows them."""
    await desk.until(9)
    return next(one for one in desk.messages() if "The answers" in words(one))


async def grade(desk, actor, message, *ticks):
    form = await actor.click(message, label="☑ Grade my answer")
    return (await actor.submit_modal(form, {"points": [str(tick) for tick in ticks]})).response


async def test_answer_is_taken_and_nobody_sees_it(desk, asked):
    response = await write(desk, desk.chat.ann, LONG)
    assert response.ephemeral
    assert "Your answer is in" in words(response)
    assert "they select" not in words(response)
    assert (await kept(desk, asked, desk.chat.ann)).text == LONG
    assert all(LONG not in text for text in desk.said())


async def test_what_no_database_takes_is_left_out_of_an_answer(desk, asked):
    await write(desk, desk.chat.ann, f"{LONG}\0")
    assert (await kept(desk, asked, desk.chat.ann)).text == LONG


async def test_answer_counts_as_one_and_earns_nothing_yet(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    async with desk.db.reading() as conn:
        assert await events.answers_to(conn, asked.round_id) == 1
    assert await standing(desk, asked, desk.chat.ann) == (0, 0)


async def test_answer_can_be_changed_until_the_reveal_and_its_history_is_kept(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    form = await desk.chat.ann.click(desk.messages()[0], label="Answer")
    assert form.modal["components"][0]["component"]["value"] == LONG
    response = (await desk.chat.ann.submit_modal(form, {"answer": OTHER})).response
    assert "Your answer is changed" in words(response)
    answer = await kept(desk, asked, desk.chat.ann)
    assert answer.text == OTHER
    async with desk.db.reading() as conn:
        table = open_answers.open_answers
        earlier = (await conn.execute(sa.select(table.c.earlier).where(table.c.id == answer.id))).scalar_one()
    assert [one["text"] for one in earlier] == [LONG]


async def test_after_the_reveal_nothing_can_be_written(desk, asked):
    question = desk.messages()[0]
    form = await desk.chat.ann.click(question, label="Answer")
    await revealed(desk)
    assert "too late" in words((await desk.chat.ann.submit_modal(form, {"answer": LONG})).response)
    assert await kept(desk, asked, desk.chat.ann) is None


async def test_very_short_answer_is_refused_and_comes_back(desk, asked):
    assert "very short" in words(await write(desk, desk.chat.ann, "no idea"))
    form = await desk.chat.ann.click(desk.messages()[0], label="Answer")
    assert form.modal["components"][0]["component"]["value"] == "no idea"


async def test_chinese_says_more_in_fewer_characters(desk, asked):
    await write(desk, desk.chat.ann, "门控决定哪些信息通过")
    assert (await kept(desk, asked, desk.chat.ann)).text == "门控决定哪些信息通过"


async def test_draft_is_forgotten_after_a_quarter_of_an_hour(desk, asked):
    await write(desk, desk.chat.ann, "no idea")
    desk.advance(minutes=16)
    form = await desk.chat.ann.click(desk.messages()[0], label="Answer")
    assert "value" not in form.modal["components"][0]["component"]


async def test_draft_goes_with_everything_else_of_its_author(desk, asked, services):
    await write(desk, desk.chat.ann, "no idea")
    await services.privacy.delete(desk.chat.ann.user.id)
    form = await desk.chat.ann.click(desk.messages()[0], label="Answer")
    assert "value" not in form.modal["components"][0]["component"]


async def test_draft_is_its_authors_alone(desk, asked):
    await write(desk, desk.chat.ann, "no idea")
    form = await desk.chat.bo.click(desk.messages()[0], label="Answer")
    assert "value" not in form.modal["components"][0]["component"]


async def test_what_the_database_did_not_take_comes_back(desk, asked, monkeypatch):
    async def full(*_, **__):
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(open_answers, "add", full)
        await write(desk, desk.chat.ann, LONG)
    form = await desk.chat.ann.click(desk.messages()[0], label="Answer")
    assert form.modal["components"][0]["component"]["value"] == LONG
    assert await standing(desk, asked, desk.chat.ann) == (0, 0)
    async with desk.db.reading() as conn:
        assert await events.answers_to(conn, asked.round_id) == 0


async def test_reveal_shows_key_points_and_offers_the_answers(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    message = await revealed(desk)
    assert "they select" in words(message)
    assert {"💬 Read 1 answer", "☑ Grade my answer"} <= pressable(message).keys()


async def test_self_grade_earns_points_by_its_share(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    await write(desk, desk.chat.bo, OTHER)
    message = await revealed(desk)
    assert "2 of 2 key points" in words(await grade(desk, desk.chat.ann, message, 0, 1))
    await grade(desk, desk.chat.bo, message, 0)
    assert await standing(desk, asked, desk.chat.ann) == (1, 15)
    assert await standing(desk, asked, desk.chat.bo) == (1, 8)


async def test_grading_again_replaces_what_was(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    message = await revealed(desk)
    await grade(desk, desk.chat.ann, message, 0, 1)
    await grade(desk, desk.chat.ann, message)
    assert await standing(desk, asked, desk.chat.ann) == (0, 0)
    assert (await kept(desk, asked, desk.chat.ann)).ticks == ()


async def test_ticks_are_shown_when_the_window_is_opened_again(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    message = await revealed(desk)
    await grade(desk, desk.chat.ann, message, 1)
    form = await desk.chat.ann.click(message, label="☑ Grade my answer")
    options = form.modal["components"][0]["component"]["options"]
    assert [one.get("default", False) for one in options] == [False, True]


async def test_graded_question_becomes_a_card(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    message = await revealed(desk)
    await grade(desk, desk.chat.ann, message, 0)
    async with desk.db.reading() as conn:
        found = list((await conn.execute(sa.select(cards.c.user_id, cards.c.question_id))).all())
    assert found == [(desk.chat.ann.user.id, asked.question_id)]


async def test_nothing_is_graded_before_the_reveal_or_without_an_answer(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    answers = desk.daily.open_answers
    with pytest.raises(NotRevealedError):
        await answers.grade(asked.round_id, desk.who(desk.chat.ann), [0])
    message = await revealed(desk)
    result = await desk.chat.bo.click(message, label="☑ Grade my answer")
    assert "You have not answered" in words(result.response)


async def test_old_answer_is_not_graded(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    await revealed(desk)
    desk.advance(days=8)
    with pytest.raises(GradingOverError):
        await desk.daily.open_answers.grade(asked.round_id, desk.who(desk.chat.ann), [0])


@pytest.mark.parametrize("ticks", [[99], [-1], [0, 0, 0]])
async def test_forged_ticks_earn_no_more_than_their_points(desk, asked, ticks):
    await write(desk, desk.chat.ann, LONG)
    await revealed(desk)
    graded = await desk.daily.open_answers.grade(asked.round_id, desk.who(desk.chat.ann), ticks)
    assert graded.points == (8 if 0 in ticks else 0)


async def test_author_of_a_question_earns_nothing_by_it(desk, library, bank):
    give(library, replace(bank[0], author_id=desk.chat.ann.user.id))
    post = await desk.posted(reveal=NEXT)
    await write(desk, desk.chat.ann, LONG)
    message = await revealed(desk)
    await grade(desk, desk.chat.ann, message, 0, 1)
    assert await standing(desk, post, desk.chat.ann) == (1, 0)


async def test_answers_are_read_and_voted_for_by_the_others(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    await write(desk, desk.chat.bo, OTHER)
    message = await revealed(desk)
    page = (await desk.chat.bo.click(message, label="💬 Read 2 answers")).response
    assert page.ephemeral
    assert "**1. ann** · 0 votes" in words(page)
    await desk.chat.bo.click(page, label="▲ 1")
    assert "**1. ann** · 1 vote" in words(page)


async def test_most_votes_stand_first_and_are_shown_as_best(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    await write(desk, desk.chat.bo, OTHER)
    message = await revealed(desk)
    page = (await desk.chat.ann.click(message, label="💬 Read 2 answers")).response
    await desk.chat.ann.click(page, label="▲ 2")
    assert "**1. bo**" in words(page)
    history = (await desk.chat.ann.slash(desk.channel, "daily history")).response
    found = await desk.chat.ann.select(history, [str(asked.id)], custom_id=f"dailylook1:{asked.stream_id}")
    assert "Best answers" in words(found.response)
    assert "— bo · 1 vote" in words(found.response)


async def test_nobody_votes_twice_or_for_themselves(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    message = await revealed(desk)
    for actor, told in ((desk.chat.ann, "your own answer"), (desk.chat.bo, None), (desk.chat.bo, "voted for this")):
        page = (await actor.click(message, label="💬 Read 1 answer")).response
        result = await actor.click(page, label="▲ 1")
        said = "\n".join(words(one) for one in [*result.followups, page])
        assert told is None or told in said
    async with desk.db.reading() as conn:
        assert await open_answers.votes_for(conn, (await kept(desk, asked, desk.chat.ann)).id) == 1


async def test_answers_are_not_read_before_the_reveal(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    answer = await kept(desk, asked, desk.chat.ann)
    answers, bo = desk.daily.open_answers, desk.who(desk.chat.bo)
    for reading in (answers.page(asked.round_id, bo, 0), answers.vote(answer.id, bo)):
        with pytest.raises(NotRevealedError):
            await reading


async def test_many_answers_come_in_pages(desk, asked):
    for number in range(7):
        who = replace(desk.chief, user_id=1000 + number, name=f"m{number}")
        await desk.daily.open_answers.submit(asked.round_id, who, f"Answer number {number}: gates select.")
    message = await revealed(desk)
    page = (await desk.chat.ann.click(message, label="💬 Read 7 answers")).response
    assert "m0" in words(page)
    await desk.chat.ann.click(page, label="Next ▶")
    assert "m3" in words(page)
    assert "3/3" not in pressable(page)


async def test_answer_mentions_nobody_and_stays_in_bounds(desk, asked):
    await write(desk, desk.chat.ann, "@everyone <@123> # big\n" + "门" * 3_900)
    message = await revealed(desk)
    page = (await desk.chat.bo.click(message, label="💬 Read 1 answer")).response
    assert "@everyone" not in words(page)
    assert "<@123>" not in words(page)
    assert len(words(page)) < 2_000


async def test_who_does_not_want_to_be_shown_is_somebody(desk, asked):
    await write(desk, desk.chat.ann, LONG)
    async with desk.db.begin() as conn:
        await settings.set_person(conn, desk.chat.ann.user.id, hidden=True)
    message = await revealed(desk)
    page = (await desk.chat.bo.click(message, label="💬 Read 1 answer")).response
    assert "**1. somebody**" in words(page)


async def test_where_answers_are_shown_at_once_the_author_gets_the_key_points_and_the_answer_is_final(desk):
    post = await desk.posted()
    response = await write(desk, desk.chat.ann, LONG)
    assert "they select" in words(response)
    again = words((await desk.chat.ann.click(desk.messages()[0], label="Answer")).response)
    assert "You have already answered" in again
    assert "2 of 2" in words(await grade(desk, desk.chat.ann, response, 0, 1))
    assert await standing(desk, post, desk.chat.ann) == (1, 15)
    with pytest.raises(NotRevealedError):
        await desk.daily.open_answers.page(post.round_id, desk.who(desk.chat.bo), 0)


async def test_answer_in_a_test_earns_nothing(desk):
    stream = await desk.set_up(reveal=NEXT)
    await desk.daily.manual.test(desk.chief, stream.id)
    await desk.work()
    response = await write(desk, desk.chat.ann, LONG)
    assert "they select" in words(response)
    assert "point" not in words(await grade(desk, desk.chat.ann, response, 0, 1)).replace("key points", "")


async def test_window_that_was_open_at_a_restart_is_taken(desk, asked, make_bot):
    form = await desk.chat.ann.click(desk.messages()[0], label="Answer")
    await desk.env.restart_bot(make_bot())
    await desk.chat.ann.submit_modal(form, {"answer": LONG})
    assert (await kept(desk, asked, desk.chat.ann)).text == LONG


async def test_enough_written_answers_end_the_waiting(desk):
    stream = await desk.set_up(reveal=Reveal(RevealKind.ANSWERS, 2))
    await desk.until(9)
    await write(desk, desk.chat.ann, LONG)
    await write(desk, desk.chat.bo, OTHER)
    await desk.work()
    assert (await desk.last_post(stream)).state == "revealed"


@pytest.mark.parametrize("round_id", [999, 10**17])
async def test_question_that_never_was_is_not_answered(desk, asked, round_id):
    with pytest.raises(RoundGoneError):
        await desk.daily.open_answers.submit(round_id, desk.who(desk.chat.ann), LONG)


async def test_question_of_another_group_is_not_answered(desk, asked):
    stranger = replace(desk.who(desk.chat.ann), guild_id=77)
    for doing in (
        desk.daily.open_answers.submit(asked.round_id, stranger, LONG),
        desk.daily.open_answers.begun(asked.round_id, stranger),
        desk.daily.open_answers.standing(asked.round_id, stranger),
    ):
        with pytest.raises(RoundGoneError):
            await doing


async def test_two_devices_at_once_leave_one_answer(desk, asked):
    who = desk.who(desk.chat.ann)
    texts = [f"{LONG} {number}" for number in range(5)]
    answers = desk.daily.open_answers
    await asyncio.gather(*(answers.submit(asked.round_id, who, text) for text in texts), return_exceptions=True)
    async with desk.db.reading() as conn:
        assert await events.answers_to(conn, asked.round_id) == 1
        assert await open_answers.count(conn, asked.round_id) == 1
    assert (await kept(desk, asked, desk.chat.ann)).text in texts


async def test_refusals_are_told_by_kind(desk, asked):
    answers, ann = desk.daily.open_answers, desk.who(desk.chat.ann)
    with pytest.raises(TooShortError):
        await answers.submit(asked.round_id, ann, "   ")
    await revealed(desk)
    with pytest.raises(RoundClosedError):
        await answers.begun(asked.round_id, ann)
