"""The channel that is told what is new in the notes: set by a command, told once, whatever Discord does."""

import discord
import pytest

from tests.bot.conftest import pressable, until, words

MESSAGES = "/channels/*/messages"


@pytest.fixture
def library(edited):
    """Let the bot answer from notes that the test may change."""
    return edited


@pytest.fixture
async def announced(chat):
    return (await chat.chief.slash(chat.channel, "notes announce", channel=chat.channel)).response


@pytest.fixture
def change(chat, library):
    """Return what writes a note, reads it and lets time pass."""

    async def change(text="# Dropout\n\nDrops units at random.\n", seconds=300):
        (library.source.root / "new.md").write_text(text)
        await chat.env.bot.services.libraries.refresh()
        await chat.env.settle()
        await chat.env.advance_time(seconds)

    return change


def told(chat):
    return [chat.env.backend.get_message(chat.channel.id, one.id) for one in chat.channel.history()]


async def test_change_is_told_once_with_a_button_that_opens_it(chat, announced, change):
    assert f"<#{chat.channel.id}>" in words(announced)
    await change()
    await until(lambda: len(told(chat)) == 1)
    assert "**Dropout** · new" in words(told(chat)[0])
    press = pressable(told(chat)[0])["Dropout"]
    opened = (await chat.ann.click(chat.channel.history()[0], custom_id=press)).response
    assert opened.ephemeral
    assert "Drops units at random." in words(opened)
    await chat.env.advance_time(1_200)
    assert len(told(chat)) == 1


async def test_without_the_command_nothing_is_told(chat, change):
    await change(seconds=1_200)
    assert told(chat) == []


async def test_command_without_a_channel_ends_it(chat, announced, change):
    ended = (await chat.chief.slash(chat.channel, "notes announce")).response
    assert "no longer" in words(ended)
    await change(seconds=1_200)
    assert told(chat) == []


async def test_failure_of_discord_is_tried_again(chat, announced, change):
    chat.env.inject_error("POST", MESSAGES, status=503, times=1)
    await change()
    await chat.env.advance_time(600)
    await until(lambda: len(told(chat)) == 1)


async def test_unknown_token_uses_up_no_try(chat, announced, change):
    chat.env.inject_error("POST", MESSAGES, status=401, times=9)
    await change()
    for _ in range(12):
        await chat.env.advance_time(180)
    await until(lambda: len(told(chat)) == 1)


async def test_group_that_is_away_uses_up_no_try(chat, announced, change):
    guild = chat.env.bot.get_guild(chat.channel.guild.id)
    guild.unavailable = True
    await change()
    for _ in range(12):
        await chat.env.advance_time(180)
    guild.unavailable = False
    await chat.env.advance_time(180)
    await until(lambda: len(told(chat)) == 1)


@pytest.mark.parametrize("status", [403, 404])
async def test_channel_that_refuses_is_left_alone(chat, announced, change, status):
    chat.env.inject_error("POST", MESSAGES, status=status, times=9)
    await change()
    await chat.env.advance_time(1_200)
    assert told(chat) == []


async def test_only_managers_may_choose(chat):
    refused = (await chat.ann.slash(chat.channel, "notes announce", channel=chat.channel)).response
    assert "Manage Server" in words(refused)
    assert len(chat.env.errors) == 1


async def test_channel_in_which_the_bot_cannot_write_is_refused(chat):
    guild = chat.channel.guild
    mute = discord.PermissionOverwrite(send_messages=False)
    quiet = guild.create_text_channel("quiet", overwrites={guild.default_role: mute})
    refused = (await chat.chief.slash(chat.channel, "notes announce", channel=quiet)).response
    assert "I cannot write in" in words(refused)
    assert len(chat.env.errors) == 1


async def test_check_of_the_permissions_knows_the_channel(chat, announced):
    said = words((await chat.chief.slash(chat.channel, "settings check")).response)
    assert "What is new in the notes" in said
