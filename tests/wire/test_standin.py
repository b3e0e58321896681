"""What a member does at the stand-in reaches a bot of discord.py, and what the bot answers is kept."""

from __future__ import annotations

import discord
import pytest

from tests.wire.payloads import CHANNEL_ID, GUILD_ID, Asker, Place
from tests.wire.standin import Standin
from tests.wire.tiny import TinyBot

pytestmark = pytest.mark.usefixtures("tiny")


async def test_bot_logs_in_and_syncs_its_commands(standin: Standin) -> None:
    assert standin.rest.syncs == 1
    assert {command["name"] for command in standin.rest.commands} == {"say", "later", "show", "ask", "Repeat"}


async def test_bot_sees_the_guild_and_its_channels(tiny: TinyBot) -> None:
    await tiny.wait_until_ready()
    assert [channel.name for channel in tiny.guilds[0].text_channels] == ["notes", "学习"]


async def test_slash_command_gets_its_reply(standin: Standin) -> None:
    exchange = await standin.slash("say", text="你好")
    assert exchange.reply.data["content"] == "你好"
    assert not exchange.reply.ephemeral


async def test_promised_answer_is_waited_for(standin: Standin) -> None:
    exchange = await standin.slash("later", text="soon")
    assert exchange.reply.data["content"] == "soon"
    assert exchange.reply.ephemeral


async def test_reply_tells_who_asked_for_it(standin: Standin) -> None:
    for asker in (Asker(user_id=77), Asker(user_id=77, place="dm")):
        reply = (await standin.slash("say", asker, text="x")).reply
        assert reply.data["interaction_metadata"]["user"]["id"] == "77"


async def test_autocomplete_offers_choices_in_the_asker_s_locale(standin: Standin) -> None:
    choices = await standin.autocomplete("say", "text", "激", Asker(locale="zh-TW"))
    assert [(choice["name"], choice["value"]) for choice in choices] == [("激 zh-TW", "激")]


async def test_button_edits_its_message(standin: Standin) -> None:
    said = (await standin.slash("say", text="0")).reply
    for count in ("1", "2"):
        pressed = await standin.press(said.buttons["again"], said)
        assert pressed.reply is said
        assert said.data["content"] == count


async def test_select_hands_over_the_value(standin: Standin) -> None:
    said = (await standin.slash("say", text="x")).reply
    assert (await standin.select("choose", "b", said)).reply.data["content"] == "b"


async def test_uploaded_picture_is_kept_and_shown(standin: Standin) -> None:
    reply = (await standin.slash("show")).reply
    assert reply.files == {"dot.png": b"dot"}
    assert reply.pictures == ["dot.png"]
    assert reply.data["attachments"][0]["description"] == "a dot"
    assert reply.text == "look"


async def test_message_menu_carries_the_message(standin: Standin) -> None:
    assert (await standin.menu("Repeat", "what is RoPE")).reply.data["content"] == "what is RoPE"


@pytest.mark.parametrize("place", ["dm", "private"])
async def test_command_is_answered_outside_the_guild(standin: Standin, place: Place) -> None:
    exchange = await standin.slash("say", Asker(place=place), text="hello")
    assert exchange.reply.data["content"] == "hello"


async def test_bot_posts_to_a_channel(standin: Standin, tiny: TinyBot) -> None:
    await tiny.wait_until_ready()
    sent = await tiny.guilds[0].text_channels[0].send("morning")
    assert standin.rest.messages[sent.id].text == "morning"


async def test_button_that_is_not_there_cannot_be_pressed(standin: Standin) -> None:
    said = (await standin.slash("say", text="x")).reply
    with pytest.raises(AssertionError, match="no 'gone:1' to use"):
        await standin.press("gone:1", said)


async def test_unknown_command_option_and_value_cannot_be_sent(standin: Standin) -> None:
    with pytest.raises(AssertionError, match="no command 'nope'"):
        await standin.slash("nope")
    with pytest.raises(AssertionError, match="has options"):
        await standin.slash("say", words="x")
    with pytest.raises(AssertionError, match="needs"):
        await standin.slash("say")


async def test_silence_fails_with_what_was_seen(standin: Standin, tiny: TinyBot) -> None:
    tiny.tree.remove_command("later")
    exchange = await standin.send_slash("later", text="x")
    with pytest.raises(AssertionError, match=r"an answer to .*later.*PUT /applications"):
        await standin.bell.until(
            lambda: exchange.answered, lambda: f"an answer to {exchange.payload} {standin.told()}", 0.0
        )


async def test_window_comes_back_with_what_was_typed(standin: Standin) -> None:
    shown = await standin.slash("ask")
    assert (await standin.submit(shown, line="你好")).reply.data["content"] == "你好"


async def test_repeated_nonce_posts_once(tiny: TinyBot, standin: Standin) -> None:
    channel = tiny.get_partial_messageable(CHANNEL_ID)
    first, second = [await channel.send("x", nonce="a") for _ in range(2)]
    assert (first.id, len(standin.rest.channels.posted)) == (second.id, 1)
    assert standin.rest.channels.nonces == {"a": 2}


async def test_nonce_is_forgotten_after_a_while(tiny: TinyBot, standin: Standin) -> None:
    channel = tiny.get_partial_messageable(CHANNEL_ID)
    await channel.send("x", nonce="a")
    standin.rest.channels.forget_nonces()
    await channel.send("x", nonce="a")
    assert len(standin.rest.channels.posted) == 2


async def test_posted_message_is_edited_and_found(tiny: TinyBot, standin: Standin) -> None:
    channel = tiny.get_partial_messageable(CHANNEL_ID)
    message = await channel.send("x")
    await channel.get_partial_message(message.id).edit(content="y")
    assert [found.content async for found in channel.history(limit=5)] == ["y"]


async def test_thread_under_a_message_is_opened_once(tiny: TinyBot, standin: Standin) -> None:
    channel = tiny.get_partial_messageable(CHANNEL_ID, guild_id=GUILD_ID)
    message = await channel.send("x")
    partial = channel.get_partial_message(message.id)
    assert (await partial.create_thread(name="Talk")).id == message.id
    with pytest.raises(discord.HTTPException) as refused:
        await partial.create_thread(name="Talk")
    assert refused.value.code == 160004
