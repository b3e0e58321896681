"""Boards and scores, pressed: by the asker, by others, after a restart, and forged."""

from datetime import timedelta

import pytest

from bot.render import scores_presses as presses
from bot.services.library import MARK
from bot.services.subjects import key_of
from bot.views.items import ITEMS
from storage import seasons
from tests.bot import banks
from tests.bot.conftest import pressable, shown, words
from tests.bot.text_only import TextOnly
from tests.storage import answering

MANY = 23


@pytest.fixture
def studio(tmp_path, confined):
    return TextOnly(tmp_path / "drawn", confined)


@pytest.fixture
async def crowd(chat, db):
    """A server in which ann is the last of 23 members."""
    guild_id, now = chat.channel.guild.id, chat.env.now()
    names = {10**6 + number: f"member{number}" for number in range(1, MANY)} | {chat.ann.id: "ann"}
    await answering.called(db, names, guild_id=guild_id, at=now)
    for place, user_id in enumerate(names):
        await answering.answers(db, user_id, [50 - place, 1], guild_id=guild_id, at=now)
    return chat


async def leaderboard(chat, member=None, **given):
    return (await (member or chat.ann).slash(chat.channel, "leaderboard", **given)).response


def told(result):
    """Return what a press brought in a message of its own."""
    return words(result.followups[0]) if result.followups else words(result.response)


async def press_forged(chat, response, custom_id, label="Next ▶"):
    """Press a button that carries *custom_id* in place of its own."""
    stored = chat.env.backend.get_message(response.channel_id, response.id)
    rows = stored.components[0]["components"]
    button = next(one for row in rows for one in row.get("components", ()) if one.get("label") == label)
    button["custom_id"] = custom_id
    return await chat.ann.click(response, custom_id=custom_id)


async def test_own_place_stands_below_the_first_page(crowd):
    text = words(await leaderboard(crowd))
    assert "10\\. member10" in text
    assert "member11" not in text
    assert "**23\\. ann · 29 points · 2/2**\n-# 1 point to the next rank" in text


async def test_asker_turns_the_page_in_place(crowd):
    response = await leaderboard(crowd)
    await crowd.ann.click(response, label="Next ▶")
    assert "11\\. member11" in words(response)
    await crowd.ann.click(response, label="◀ Previous")
    assert "🥇 member1 " in words(response)


async def test_press_works_after_a_restart(crowd, make_bot):
    response = await leaderboard(crowd)
    await crowd.env.restart_bot(make_bot())
    await crowd.ann.click(response, label="Next ▶")
    assert "11\\. member11" in words(response)


async def test_somebody_else_gets_the_board_with_their_own_place(crowd, db):
    await answering.called(db, {crowd.bo.id: "bo"}, guild_id=crowd.channel.guild.id)
    await answering.answers(db, crowd.bo.id, [2, 1], guild_id=crowd.channel.guild.id, at=crowd.env.now())
    response = await leaderboard(crowd)
    before = words(response)
    result = await crowd.bo.click(response, label="Next ▶")
    assert result.response.ephemeral
    assert "**24\\. bo" in told(result)
    assert words(response) == before


async def test_period_is_one_press_away(crowd):
    response = await leaderboard(crowd)
    await crowd.ann.click(response, label="All time")
    assert "🏆 All time" in words(response)
    assert "All time" not in pressable(response)
    assert "Season" not in pressable(response)


async def test_seasons_can_be_chosen(crowd, db):
    guild_id, now = crowd.channel.guild.id, crowd.env.now()
    async with db.begin() as conn:
        await seasons.start(conn, guild_id, "Spring", now - timedelta(days=9))
        await seasons.end(conn, guild_id, now - timedelta(days=5))
        await seasons.start(conn, guild_id, "**Summer**", now - timedelta(days=5))
    response = await leaderboard(crowd)
    await crowd.ann.click(response, label="Season")
    assert "🏆 \\*\\*Summer\\*\\*" in words(response)
    menu = next(one for one in shown(response.components) if one["type"] == 3)
    assert [one["label"] for one in menu["options"]] == ["**Summer**", "Spring"]
    await crowd.ann.select(response, [menu["options"][1]["value"]], custom_id=menu["custom_id"])
    assert "🏆 Spring" in words(response)
    assert "Nobody has answered yet" in words(response)


async def test_page_beyond_the_last_shows_the_last(crowd):
    response = await leaderboard(crowd)
    await press_forged(crowd, response, presses.board("w", 0, 9_999))
    assert "**23\\. ann" in words(response)
    assert "3/3" in [one.get("label") for one in shown(response.components)]


@pytest.mark.parametrize("press", [
    presses.board("w", 10**18 - 1), presses.board("w", 1), presses.board("d", 5, 0), presses.board("a", 7, 1),
])  # fmt: skip
async def test_any_time_can_be_asked_for(crowd, press):
    response = await leaderboard(crowd)
    await press_forged(crowd, response, press)
    assert "🏆" in words(response)


@pytest.mark.parametrize(("press", "refusal"), [
    (presses.board("s", 12), "There is no such season"), (presses.board("w", 0, 0, "f" * 16), "There are no questions"),
])  # fmt: skip
async def test_what_is_not_there_is_said(crowd, press, refusal):
    response = await leaderboard(crowd)
    assert refusal in (await press_forged(crowd, response, press)).followups[0].content


@pytest.fixture
def asking_bank(chat):
    """Let the bot have a question about what members have answered."""
    banks.give(chat.env.bot.services.libraries.public, answering.QUESTION)


@pytest.mark.usefixtures("asking_bank")
async def test_board_of_a_topic_keeps_it_on_every_button(crowd):
    choices = await crowd.ann.autocomplete(crowd.channel, "leaderboard", "topic", "ne")
    assert [one["name"] for one in choices] == ["Nets"]
    response = await leaderboard(crowd, topic=choices[0]["value"])
    assert "Topic: **Nets**" in words(response)
    boards = [one for one in pressable(response).values() if one.startswith("board1:")]
    assert {one.rsplit(":")[-1] for one in boards} == {key_of("Nets")}


@pytest.mark.usefixtures("asking_bank")
async def test_quiz_on_a_weak_topic_is_one_press_away(chat, db):
    await answering.answers(db, chat.ann.id, [0, 0], guild_id=chat.channel.guild.id, at=chat.env.now())
    response = (await chat.ann.slash(chat.channel, "score")).response
    result = await chat.ann.click(response, label="🎯 Quiz me on this")
    assert "What is kept?" in told(result)
    assert "Nets: 0 of 2 right" in words(response)


@pytest.mark.usefixtures("asking_bank")
async def test_quiz_on_a_topic_that_is_gone_says_so(chat, db):
    await answering.answers(db, chat.ann.id, [0, 0], guild_id=chat.channel.guild.id, at=chat.env.now())
    response = (await chat.ann.slash(chat.channel, "score")).response
    result = await press_forged(chat, response, presses.quiz_on("f" * 16), "🎯 Quiz me on this")
    assert "no longer here" in result.response.content


KEY = "0123456789abcdef"
PRESSES = [
    presses.board("w"),
    presses.board("s", 10**18 - 1, 9_999, KEY),
    presses.season(),
    presses.season(KEY),
    presses.quiz_on(KEY),
]


@pytest.mark.parametrize("press", PRESSES)
def test_custom_id_is_short_and_read_by_exactly_one_item(press):
    readers = [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)]
    assert len(readers) == 1
    assert len(press) <= 100


@pytest.mark.parametrize("press", [
    "board1:x:0:0:-", "board1:w:-1:0:-", "board1:w:0:0:", f"board1:w:{'9' * 19}:0:-", "board1:w:0:99999:-",
    "season1:x", "quizon1:-", f"quizon1:{KEY.upper()}", "board1:w:٣:0:-",
])  # fmt: skip
def test_what_we_never_made_is_read_by_no_item(press):
    assert [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)] == []


def test_key_of_a_topic_is_read_back():
    assert presses.topic_of("-") == ""
    assert MARK + presses.topic_of(KEY) == f"{MARK}{KEY}"
