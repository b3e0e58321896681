"""Races among a Discord that deletes, forbids and fails: they end well, and what was earned stays."""

import asyncio

import pytest
from discord import Permissions

from storage import games
from tests.bot.conftest import pressable, words
from tests.bot.games.conftest import LOOK, Track, answer, press
from tests.bot.games.test_race import PAUSE, TIME, kept

POST, EDIT = ("POST", "/channels/*/messages"), ("PATCH", "/channels/*/messages/*")


async def game(db, game_id=1):
    async with db.reading() as conn:
        return await games.get(conn, game_id)


def delete(track, message):
    track.chat.env.backend.delete_message(message.channel_id, message.id)


async def test_deleted_question_is_posted_once_more(track, chat):
    message = await track.begin(topic="Nets", count=2)
    delete(track, message)
    again = await track.after(TIME)
    assert again.id != message.id
    assert "Question 1 of 2" in words(again)
    assert "Question 2 of 2" in words(await track.after(PAUSE + 1))


async def test_open_question_that_was_deleted_can_be_answered_again(track, chat, db):
    message = await track.begin(topic="Nets", count=2)
    await answer(chat.ann, message)
    delete(track, message)
    again = await track.after(LOOK)
    assert again.id != message.id
    await answer(chat.bo, again)
    assert set(await kept(db)) == {chat.ann.id, chat.bo.id}


async def test_race_whose_messages_are_deleted_again_and_again_stops(track, chat, db):
    await track.begin(topic="Nets", count=5)
    await track.answered()
    await track.after(TIME)
    for _ in range(2):
        delete(track, await track.next())
        await track.after(TIME)
    assert "I cannot go on with it here." in words(track.now())
    assert (await game(db)).ending == "failed"
    assert all(event.points for one in (await kept(db)).values() for event in one)


async def test_deleted_channel_ends_the_race_and_keeps_the_points(track, chat, db):
    await track.begin(topic="Nets", count=3)
    await track.answered()
    chat.env.backend.delete_channel(chat.channel.id)
    await chat.env.advance_time(TIME + PAUSE + TIME)
    found = await game(db)
    assert (found.state, found.ending, found.due_at) == ("ended", "failed", None)
    assert all(event.points for one in (await kept(db)).values() for event in one)


@pytest.mark.parametrize("calls", [(POST,), (EDIT,), (POST, EDIT)])
async def test_lost_permission_ends_the_race_and_keeps_the_points(calls, track, chat, db):
    await track.begin(topic="Nets", count=3)
    await track.answered()
    for method, path in calls:
        chat.env.inject_error(method, path, status=403, code=50013, times=None)
    await chat.env.advance_time(TIME + PAUSE + TIME)
    found = await game(db)
    assert (found.state, found.ending, found.due_at) == ("ended", "failed", None)
    assert len(await kept(db)) == 2


async def test_removed_bot_ends_the_race(track, chat, db):
    await track.begin(topic="Nets", count=3)
    chat.env.backend.remove_guild(chat.channel.guild.id)
    for method, path in (POST, EDIT):
        chat.env.inject_error(method, path, status=403, code=50001, times=None)
    await chat.env.advance_time(TIME + PAUSE)
    assert (await game(db)).ending == "failed"


async def test_ended_race_leaves_the_channel_to_the_next(track, chat, db):
    await track.begin(topic="Nets", count=3)
    chat.env.inject_error(*POST, status=403, code=50013)
    await track.after(TIME + PAUSE + 1)
    assert "begins" in words(await track.start(topic="Nets"))


async def test_passing_failure_of_a_post_is_tried_again(track, chat):
    await track.start(topic="Nets", count=2)
    chat.env.inject_error(*POST, status=503)
    assert "Question 1 of 2" in words(await track.after(45))


async def test_question_that_came_late_is_given_its_whole_time(track, chat, db):
    await track.start(topic="Nets", count=1, seconds=30)
    chat.env.inject_error(*POST, status=503, times=2)
    await track.after(20 + 6 + 12 + 1)
    said = words(await track.after(25))
    assert "have answered" in said
    assert "0 right" not in said
    await answer(chat.bo, track.now())
    assert set(await kept(db)) == {chat.bo.id}


async def test_failing_discord_ends_the_race_at_last(track, chat, db):
    await track.start(topic="Nets", count=2)
    chat.env.inject_error(*POST, status=503, times=None)
    await chat.env.advance_time(400)
    assert (await game(db)).state == "ended"
    assert (await game(db)).due_at is None


async def test_failing_edits_of_the_count_do_no_harm(track, chat):
    message = await track.begin(topic="Nets", count=1)
    chat.env.inject_error(*EDIT, status=503)
    await answer(chat.bo, message)
    await track.after(LOOK)
    await track.after(TIME)
    assert "1 has answered · 1 right" in "".join(track.told())


async def test_reveal_that_cannot_be_put_right_does_no_harm(track, chat):
    await track.begin(topic="Nets", count=2)
    await track.click(chat.ann, "Skip")
    chat.env.inject_error(*EDIT, status=404, code=10008)
    assert "Question 2 of 2" in words(await track.next())
    assert len(track.messages()) == 3


async def test_trouble_in_one_channel_stays_there(track, chat):
    elsewhere = chat.channel.guild.create_text_channel("other")
    await chat.bo.slash(elsewhere, "quiz race", topic="Nets", count=1)
    chat.env.inject_error("POST", f"/channels/{chat.channel.id}/messages", status=503, times=None)
    await track.chat.ann.slash(chat.channel, "quiz race", topic="Nets", count=1)
    await chat.env.advance_time(25)
    other = chat.env.backend.get_message(elsewhere.id, elsewhere.last_message.id)
    assert "Question 1 of 1" in words(other)


async def test_fault_of_ours_in_one_race_is_tried_again_and_given_up(track, chat, db, monkeypatch, caplog):
    monkeypatch.setattr("bot.hosts.race_driver.races.question", lambda *_, **__: 1 / 0)
    await track.start(topic="Nets", count=1)
    await track.after(400)
    assert (await game(db)).ending == "failed"
    assert "I cannot go on with it here." in words(track.now())
    assert "ZeroDivisionError" in caplog.text


async def test_many_presses_cost_few_edits(track, chat):
    people = [chat.channel.guild.add_member(chat.env.create_user(f"p{number}")) for number in range(12)]
    message = await track.begin(topic="Nets", count=1)
    before = edits(chat)
    for one in people:
        await answer(one, message)
    assert "**12 have answered**" in words(await track.after(LOOK))
    assert edits(chat) == before + 1


def edits(chat) -> int:
    return sum(one.method == "PATCH" and "/channels/" in one.path for one in chat.env.http_requests)


async def test_channel_that_the_bot_cannot_write_in_is_refused(chat, track, monkeypatch):
    monkeypatch.setattr("discord.Interaction.app_permissions", property(lambda _: Permissions(view_channel=True)))
    assert "I cannot write here." in words(await track.start())
    assert len(chat.env.errors) == 1


FORGED = [
    "choice1:1:9",
    "type1:1",
    "order1:1",
    "go1:77",
    "hold1:1",
    "join1:999999999999999999",
    "skip1:1",
]


@pytest.mark.parametrize("forged", FORGED)
async def test_forged_press_from_another_group_counts_nothing(forged, track, chat, db):
    await track.begin(topic="Nets", count=2)
    guild = chat.env.create_guild()
    stranger = guild.add_member(chat.env.create_user("eve"))
    channel = guild.create_text_channel("far")
    message = await Track(type(chat)(chat.env, channel, stranger, stranger, stranger)).start(topic="Nets")
    result = await press(chat, stranger, message, forged)
    if result.modal is None:
        assert "no longer here" in words(result.response)
    assert await kept(db) == {}


@pytest.mark.parametrize("forged", ["choice1:1:9", "choice1:2:0", "choice1:999999999999999999:0"])
async def test_forged_choice_counts_nothing(forged, track, chat, db):
    message = await track.begin(topic="SwiGLU", count=1)
    result = await press(chat, chat.bo, message, forged)
    assert "no longer here" in words(result.response)
    assert await kept(db) == {}


async def test_window_of_a_round_that_is_over_is_told_so(track, chat):
    await track.start(topic="Nets", count=5)
    message = await track.after(20)
    while "Type your answer" not in pressable(message):
        await track.click(chat.ann, "Skip")
        message = await track.next()
    window = await chat.bo.click(message, label="Type your answer")
    await track.click(chat.ann, "Skip")
    result = await chat.bo.submit_modal(window, {"answer": "value"})
    assert "too late" in words(result.response)


async def test_answer_that_takes_its_time_is_acknowledged_first(track, chat, db, services, monkeypatch):
    at_once = services.rounds.answer

    async def slowly(*given):
        await asyncio.sleep(10)
        return await at_once(*given)

    monkeypatch.setattr(services.rounds, "answer", slowly)
    result = await answer(chat.bo, await track.begin(topic="Nets", count=1))
    assert (result.deferred, result.ephemeral) == (True, True)
    await track.after(10)
    assert words(result.followups[0] if result.followups else result.response).startswith("Your answer is in: ")
    assert set(await kept(db)) == {chat.bo.id}
