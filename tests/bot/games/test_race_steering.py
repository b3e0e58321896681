"""Steering a race: skipping, pausing, stopping, and who may; what is over cannot be steered any more."""

import pytest

from bot.render import games_presses as moves
from tests.bot.conftest import pressable, words
from tests.bot.games.conftest import LOOK, answer, press
from tests.bot.games.test_race import TIME, kept


async def test_host_skips_a_question(track, chat):
    await track.begin(topic="Nets", count=2)
    assert "Nobody has answered." in words(await track.click(chat.ann, "Skip"))


async def test_those_who_answered_vote_on_skipping(track, chat):
    cy = chat.channel.guild.add_member(chat.env.create_user("cy"))
    message = await track.begin(topic="Nets", count=2)
    refused = await chat.bo.click(message, label="Skip")
    assert "Answer first" in words(refused.response)
    for who in (chat.bo, cy):
        await answer(who, message)
    first = await chat.bo.click(message, label="Skip")
    assert "Votes to skip: 1 of 2" in words(first.response)
    again = await chat.bo.click(message, label="Skip")
    assert "Votes to skip: 1 of 2" in words(again.response)
    await cy.click(message, label="Skip")
    assert "2 have answered" in words(track.now())
    assert "Next question: " in words(track.now())


async def test_next_question_takes_what_steers_from_the_reveal_before(track, chat):
    await track.begin(topic="Nets", count=3)
    await track.answered()
    old = await track.after(TIME)
    await track.next()
    left = pressable(track.messages()[-2])
    assert track.messages()[-2].id == old.id
    assert {"Add to my reviews", "⚑ Report"} <= left.keys()
    assert not {"Next question ▶", "Pause", "Stop"} & left.keys()


async def test_reveal_before_does_not_tell_what_was_answered_since(track, chat):
    await track.begin(topic="Nets", count=3)
    await track.answered(ann=False)
    await track.after(TIME)
    before = words(track.messages()[-1])
    await track.next()
    await answer(chat.ann, track.now())
    said = words(track.messages()[-2])
    assert said == before.partition("-# Next question")[0].rstrip()


@pytest.mark.parametrize("custom_id", [moves.go(1), moves.hold(1), moves.stop(1)])
async def test_old_button_that_is_left_says_that_the_race_has_moved_on(custom_id, track, chat):
    old = await track.begin(topic="Nets", count=3)
    await track.click(chat.ann, "Skip")
    await track.next()
    await track.click(chat.ann, "Skip")
    result = await press(chat, chat.ann, old, custom_id)
    assert result.response.ephemeral
    assert "The race has moved on in the meantime." in words(result.response)
    assert "Next question ▶" in pressable(track.now())


async def test_host_pauses_and_goes_on(track, chat):
    await track.begin(topic="Nets", count=2)
    await track.click(chat.ann, "Skip")
    await track.click(chat.ann, "Pause")
    assert "⏸ Paused. It goes on <t:" in words(await track.after(LOOK))
    await track.after(60)
    assert "Question 2 of 2" in words(await track.next())


async def test_pause_does_not_last_for_ever(track, chat):
    await track.begin(topic="Nets", count=2)
    await track.click(chat.ann, "Skip")
    await track.click(chat.ann, "Pause")
    assert "Question 2 of 2" in words(await track.after(601))


@pytest.mark.parametrize("label", ["Begin now", "Stop"])
async def test_only_the_host_steers(label, track, chat):
    await track.start()
    result = await chat.bo.click(track.now(), label=label)
    assert result.response.ephemeral
    assert "Only those who started the race" in words(result.response)


async def test_who_manages_the_server_steers_too(track, chat):
    await track.start(topic="Nets", count=1)
    assert "Question 1 of 1" in words(await track.click(chat.chief, "Begin now"))


async def test_stop_keeps_what_was_earned(track, chat, db):
    await track.begin(topic="Nets", count=3)
    await track.answered()
    await track.after(TIME)
    result = await chat.ann.slash(chat.channel, "quiz stop")
    assert "The race is stopped." in words(result.response)
    said = words(track.now())
    assert "Points earned until then stay." in said
    assert "does not count" not in said
    assert "**bo** 1" in said
    assert all(event.points > 0 for one in (await kept(db)).values() for event in one)


async def test_question_that_a_stop_cuts_off_counts_for_nobody(track, chat, db):
    await track.begin(topic="Nets", count=3)
    await track.answered()
    await track.after(TIME)
    await track.next()
    await answer(chat.bo, track.now())
    await chat.ann.slash(chat.channel, "quiz stop")
    said = words(track.now())
    assert "The question that was still open does not count." in said
    assert said.count("1 of 1 right") == 2
    first, second, taken = (await kept(db))[chat.bo.id]
    assert (taken.points, taken.number) == (-second.points, 1)
    assert first.points > 0
    assert not any("Skip" in pressable(message) for message in track.messages())


async def test_race_stopped_in_its_first_question_has_no_table(track, chat):
    await track.begin(topic="Nets", count=3)
    await track.answered()
    await chat.ann.slash(chat.channel, "quiz stop")
    said = words(track.now())
    assert "does not count" in said
    assert "ann" not in said


async def test_stop_button_ends_it_at_any_step(track, chat):
    for steps in ((), ("Begin now",), ("Begin now", "Skip")):
        await track.start(topic="Nets", count=3)
        for label in steps:
            await track.click(chat.ann, label)
        await chat.ann.click(track.now(), label="Stop")
        assert "The race is over" in words(track.now())
        assert not any("stop1:" in str(pressable(message)) for message in track.messages())


async def test_stop_is_refused_to_others_and_where_there_is_no_race(track, chat):
    nothing = await chat.ann.slash(chat.channel, "quiz stop")
    assert "No race is running in this channel." in words(nothing.response)
    await track.start()
    refused = await chat.bo.slash(chat.channel, "quiz stop")
    assert "Only those who started the race" in words(refused.response)
    assert "stopped" in words((await chat.chief.slash(chat.channel, "quiz stop")).response)
    assert len(chat.env.errors) == 2
