"""/quiz race: rounds that everybody answers, from the lobby to the table."""

import asyncio
import re
from dataclasses import replace

import pytest

from bot.services.choosing import wish
from bot.services.groups import Who
from bot.services.races import Begun, Running
from storage import events, games, settings
from tests.bot.conftest import pressable, words
from tests.bot.games.conftest import LOOK, Track, answer, press

LOBBY, PAUSE, TIME, END = 20, 10, 32, 4


async def kept(db, game_id=1) -> dict[int, list]:
    """Return the events of a race by their authors."""
    found = {}
    async with db.reading() as conn:
        for round_id in range(1, 30):
            for event in await events.of_round(conn, round_id):
                found.setdefault(event.user_id, []).append(event)
    return found


async def test_first_message_declares_the_rules(track):
    told = await track.start(topic="Nets", count=3, seconds=45)
    said = words(track.now())
    assert told.ephemeral
    assert "Your race of 3 questions begins." in words(told)
    for rule in ("Race: 3 questions", "Topic: Nets", "45 seconds for each", "One answer each", "never earns less than"):
        assert rule in said


async def test_who_joins_is_counted(track, chat):
    await track.start()
    result = await chat.bo.click(track.now(), label="Join")
    assert "You are in." in words(result.response)
    assert "**2 have joined**" in words(await track.after(LOOK))


async def test_who_starts_a_race_has_joined_it(track, chat):
    told = await track.start()
    assert "You have joined it." in words(told)
    assert "**1 has joined**" in words(track.now())
    await chat.ann.click(track.now(), label="Join")
    assert "**1 has joined**" in words(await track.after(LOOK))


async def test_race_begins_by_itself(track):
    await track.start(topic="Nets", count=2)
    assert "### Question 1 of 2" in words(await track.after(LOBBY))
    assert "Begin now" not in str(pressable(track.messages()[0]))


async def test_answer_is_acknowledged_without_a_verdict(track, chat):
    await track.begin(topic="Nets", count=2)
    result = await answer(chat.bo, track.now())
    assert result.response.ephemeral
    assert words(result.response).startswith("Your answer is in: ")
    said = words(await track.after(LOOK))
    assert "**1 has answered**" in said
    assert "✅" not in said
    assert "bo" not in said


async def test_second_answer_is_told_the_first(track, chat, db):
    message = await track.begin(topic="Nets", count=1)
    await answer(chat.bo, message)
    result = await answer(chat.bo, message, right=False)
    assert "You have already answered: " in words(result.response)
    assert [event.right for event in (await kept(db))[chat.bo.id]] == [1]


async def test_round_ends_when_everybody_who_joined_has_answered(track, chat):
    await track.start(topic="Nets", count=2)
    for who in (chat.ann, chat.bo):
        await who.click(track.now(), label="Join")
    await track.click(chat.ann, "Begin now")
    assert "2 have answered · 2 right" in words(await track.answered())


async def test_first_round_waits_for_those_who_did_not_join(track, chat):
    await track.begin(topic="Nets", count=2)
    assert "**2 have answered**" in words(await track.answered())


async def test_late_press_finds_the_question_closed(track, chat, db):
    message = await track.begin(topic="Nets", count=2)
    late = next(
        one for one in pressable(message).values() if one.split("1:")[0] in ("choice", "several", "type", "order")
    )
    await track.after(TIME)
    result = await press(chat, chat.bo, track.now(), late.replace("type1", "choice1").replace("order1", "choice1"))
    assert "too late" in words(result.response) or "no longer here" in words(result.response)
    assert await kept(db) == {}


async def test_reveal_shows_the_distribution_and_who_was_quickest(track):
    await track.begin(topic="Nets", count=2)
    await track.answered(bo=False)
    said = words(await track.after(TIME))
    assert "2 have answered · 1 right" in said
    assert "⚡ Quickest: ann (0.0 s)" in said
    assert "🏆 Points so far: ann" in said
    assert "Next question: <t:" in said


async def test_reveal_of_choices_has_a_bar_for_each(track, chat):
    await track.begin(topic="SwiGLU", count=1)
    await answer(chat.ann, track.now())
    said = words(await track.after(TIME))
    assert said.count("▰") == 10
    assert said.count("▱") == 20
    assert said.count(" ✅") == 1
    assert "Swish is smooth." in said


async def test_reveal_leads_into_the_notes(track, chat):
    await track.begin(topic="SwiGLU", count=1)
    message = await track.after(TIME)
    opened = (await chat.bo.click(message, label="📖 Read on")).response
    assert opened.ephemeral
    assert "gated unit" in words(opened)


async def test_race_of_every_kind_ends_with_a_table(track, chat, db):
    await track.begin(topic="Nets", count=5)
    for number in range(1, 6):
        assert f"Question {number} of 5" in words(track.now())
        await track.answered(bo=number > 3)
        if number == 1:
            await track.after(TIME - LOOK)
        if number < 5:
            await track.next()
    said = words(await track.after(END))
    table = [line for line in said.splitlines() if "points" in line]
    assert [line.split()[:2] for line in table] == [["🥇", "**ann**"], ["🥈", "**bo**"]]
    assert "5 of 5 right" in table[0]
    assert "2 of 5 right" in table[1]
    assert sum(event.points for event in (await kept(db))[chat.ann.id]) > 60


async def test_equal_points_share_a_rank(track, chat):
    await track.begin(topic="Nets", count=1)
    await track.answered()
    said = words(await track.after(TIME + END))
    assert said.count("🥇") == 2
    assert "🥈" not in said


async def test_who_plays_alone_earns_nothing(track, chat, db):
    await track.begin(topic="Nets", count=1)
    await answer(chat.ann, track.now())
    said = words(await track.after(TIME + END))
    assert "Only one player took part" in said
    assert "1 of 1 right" in said
    [first, correction] = (await kept(db))[chat.ann.id]
    assert first.points > 0
    assert (correction.points, correction.answered, correction.right) == (-first.points, 0, 0)
    assert correction.at == first.at


async def test_race_that_nobody_answers_ends(track):
    await track.begin(topic="Nets", count=2)
    said = words(await track.after(2 * TIME + PAUSE + END))
    assert said.strip().splitlines()[1:] == ["Nobody has answered for a while, so it ends here."]


async def test_five_rounds_without_an_answer_end_a_race(track, chat):
    await track.start(count=7)
    await track.after(LOBBY + 5 * TIME + 4 * PAUSE + END)
    assert "Nobody has answered for a while" in words(track.now())
    assert sum("Question " in one for one in track.told()) == 5


async def test_end_without_answers_is_declared_in_the_first_message(track):
    await track.start(count=6)
    assert "It ends by itself after 5 questions in a row without an answer." in words(track.now())


async def test_race_too_short_to_end_by_itself_does_not_declare_it(track):
    await track.start(topic="Nets", count=4)
    assert "ends by itself" not in words(track.now())


async def test_round_that_nobody_answered_has_no_bars(track, chat):
    await track.begin(topic="SwiGLU", count=2)
    said = words(await track.click(chat.ann, "Skip"))
    assert "▱" not in said
    assert "The answer: " in said


async def test_points_of_one_alone_are_told_not_to_count_yet(track, chat):
    await track.begin(topic="Nets", count=2)
    await answer(chat.ann, track.now())
    hint = "They count only if somebody else plays, too."
    assert hint in words(await track.after(TIME))
    await track.next()
    await track.answered()
    assert hint not in words(await track.after(TIME))


async def test_second_race_in_a_channel_is_shown_the_way_to_the_first(track, chat):
    message = await track.begin(topic="Nets", count=1)
    told = await track.start(chat.bo)
    assert "There is a race in this channel already" in words(told)
    links = [each.get("url") for row in told.components[0]["components"] for each in row.get("components", ())]
    assert links == [f"https://discord.com/channels/{chat.channel.guild.id}/{chat.channel.id}/{message.id}"]


async def test_two_starts_at_once_make_one_race(services, db):
    wanted = wish("Nets", 2, chinese=False)
    found = await asyncio.gather(*(services.races.start(Who(n, 1, "x"), 2, wanted, seconds=30) for n in range(8)))
    assert sorted(type(one).__name__ for one in found) == [Begun.__name__] + [Running.__name__] * 7


async def test_other_channels_have_races_of_their_own(track, chat):
    other = chat.channel.guild.create_text_channel("other")
    await track.begin(topic="Nets", count=1)
    told = (await chat.bo.slash(other, "quiz race", topic="Nets", count=1)).response
    assert "begins" in words(told)
    assert "Race: 1 question" in words(Track(replace(chat, channel=other)).now())


async def test_race_without_questions_says_what_there_is(track):
    assert "no such questions about **knitting**" in words(await track.start(topic="knitting"))
    assert track.chat.channel.last_message is None


async def test_race_is_refused_in_direct_messages(chat):
    user = chat.env.create_user("cy")
    chat.channel.guild.add_member(user)
    assert "only in a server" in words((await user.slash("quiz race")).response)
    assert len(chat.env.errors) == 1


@pytest.mark.language("zh-CN")
async def test_race_in_chinese(track, chat):
    told = await track.start(topic="网络", count=2, seconds=10)
    assert "你的抢答赛（2 题）马上开始。" in words(told)
    assert "每题 10 秒" in words(track.now())
    await track.click(chat.ann, "立即开始")
    result = await answer(chat.bo, track.now())
    assert words(result.response).startswith("已收到你的答案：")
    await answer(chat.ann, track.now())
    assert "2 人已作答 · 2 人答对" in words(await track.after(12))
    await track.click(chat.ann, "下一题 ▶")
    await track.answered()
    assert "抢答赛结束" in words(await track.after(END))
    assert "2 题答对 2 题" in words(track.now())


async def test_hidden_member_is_in_no_table(track, chat, db):
    async with db.begin() as conn:
        await settings.set_person(conn, chat.bo.id, hidden=True)
    await track.begin(topic="Nets", count=1)
    await track.answered()
    said = words(await track.after(TIME + END))
    assert "**ann**" in said
    assert not any(re.search(r"\bbo\b", one) for one in track.told())


async def test_excluded_member_is_in_no_table_and_no_count(track, chat, db):
    bo = {"guild_id": chat.channel.guild.id, "user_id": chat.bo.id, "name": "bo"}
    async with db.begin() as conn:
        await settings.exclude(conn, **bo, at=chat.env.now(), excluded=True)
    await track.begin(topic="Nets", count=2)
    assert "**1 has answered**" in words(await track.answered())
    assert "1 has answered · 1 right" in words(await track.after(TIME))
    await chat.ann.slash(chat.channel, "quiz stop")
    assert "**ann**" in words(track.now())
    assert not any(re.search(r"\bbo\b", one) for one in track.told())


async def test_what_was_raced_lately_is_not_asked_again(track, chat, db):
    for _ in range(2):
        await track.begin(topic="Nets", count=2)
        await chat.ann.slash(chat.channel, "quiz stop")
        await track.begin(topic="Nets", count=1)
        await chat.ann.slash(chat.channel, "quiz stop")
    async with db.reading() as conn:
        raced = await games.raced_since(conn, chat.channel.guild.id, chat.env.now().replace(year=2000))
    assert len(raced) == 4
