"""The channel that is told what is new in the notes: set by a command, told once, whatever Discord does."""

import threading

import discord
import pytest

from bot.render import news as render
from tests.bot.conftest import pressable, shown, until, words

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


async def press_forged(chat, message, custom_id):
    """Press a button that carries *custom_id* in place of its own."""
    row = shown(chat.env.backend.get_message(chat.channel.id, message.id).components)
    next(one for one in row if "custom_id" in one)["custom_id"] = custom_id
    return await chat.chief.click(message, custom_id=custom_id)


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


async def test_post_is_laid_out_beside_the_event_loop(chat, announced, change, drawn):
    threads = drawn(render, "told")
    await change("# A\n\n## $\\alpha_1$ and $x^2$\n\nText.\n")
    await until(lambda: len(told(chat)) == 1)
    assert threads
    assert threading.main_thread() not in threads


async def test_without_the_command_nothing_is_told(chat, change):
    await change(seconds=1_200)
    assert told(chat) == []


async def test_command_without_a_channel_shows_it_and_its_button_ends_it(chat, announced, change):
    panel = (await chat.chief.slash(chat.channel, "notes announce")).response
    assert panel.ephemeral
    assert f"posted in <#{chat.channel.id}>" in words(panel)
    await chat.chief.click(panel, label="Stop announcing")
    assert "It is off now." in words(panel)
    assert pressable(panel) == {}
    await change(seconds=1_200)
    assert told(chat) == []


async def test_command_without_a_channel_changes_nothing(chat, announced, change):
    await chat.chief.slash(chat.channel, "notes announce")
    await change()
    await until(lambda: len(told(chat)) == 1)


async def test_command_without_a_channel_says_how_to_switch_it_on(chat):
    panel = (await chat.chief.slash(chat.channel, "notes announce")).response
    assert "not posted anywhere" in words(panel)


async def test_old_button_leaves_a_channel_that_was_chosen_later(chat, announced, make_bot, library):
    other = chat.channel.guild.create_text_channel("news")
    await chat.chief.slash(chat.channel, "notes announce", channel=other)
    await chat.env.restart_bot(make_bot(library=library))
    await chat.chief.click(announced, label="Stop announcing")
    assert f"posted in <#{other.id}>" in words(announced)
    await chat.chief.click(announced, label="Stop announcing")
    assert "It is off now." in words(announced)


async def test_button_pressed_when_it_is_off_already_says_that(chat, announced):
    second = (await chat.chief.slash(chat.channel, "notes announce")).response
    for panel in (announced, second):
        await chat.chief.click(panel, label="Stop announcing")
        assert "It is off now." in words(panel)


@pytest.mark.parametrize("channel", ["9" * 20, "0"])
async def test_forged_channel_ends_nothing(chat, announced, channel):
    await press_forged(chat, announced, f"newsstop1:{channel}")
    assert f"posted in <#{chat.channel.id}>" in words(announced)
    assert await chat.env.bot.services.news.channel(chat.channel.guild.id)


async def test_who_manages_no_longer_cannot_end_it(chat, announced):
    chat.env.backend.get_guild(chat.channel.guild.id).members[chat.chief.id].role_ids.clear()
    result = await chat.chief.click(announced, label="Stop announcing")
    assert "Manage Server" in words(result.response)
    assert await chat.env.bot.services.news.channel(chat.channel.guild.id)


async def test_failure_of_discord_is_tried_again(chat, announced, change):
    chat.env.inject_error("POST", MESSAGES, status=503, times=1)
    await change()
    await chat.env.advance_time(600)
    await until(lambda: len(told(chat)) == 1)


@pytest.mark.parametrize("status", [401, 503])
async def test_no_outage_of_discord_is_so_long_that_news_are_lost(chat, announced, change, status):
    chat.env.inject_error("POST", MESSAGES, status=status, times=9)
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


async def test_news_that_break_the_renderer_end_nothing_and_are_left_out_at_last(
    chat, announced, change, monkeypatch, caplog
):
    with monkeypatch.context() as patch:
        patch.setattr(render, "told", lambda *_: 1 / 0)
        await change()
        for _ in range(9):
            await chat.env.advance_time(180)
    assert caplog.text.count("The news 1 failed; they are tried again") == 5
    assert "failed 5 times and are left out" in caplog.text


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


async def test_status_tells_managers_where_it_is_posted(chat, announced):
    said, other = [words((await one.slash(chat.channel, "notes status")).response) for one in (chat.chief, chat.ann)]
    assert f"📣 News about the notes is posted in <#{chat.channel.id}>" in said
    assert "📣" not in other


async def test_status_tells_managers_that_it_is_posted_nowhere(chat):
    assert "not posted anywhere" in words((await chat.chief.slash(chat.channel, "notes status")).response)


async def test_channel_that_is_gone_is_said(chat, announced):
    await chat.env.bot.get_channel(chat.channel.id).delete()
    hall = chat.channel.guild.create_text_channel("hall")
    panel = (await chat.chief.slash(hall, "notes announce")).response
    assert "the channel is gone" in words(panel)


async def test_channel_in_which_the_bot_cannot_write_is_refused(chat):
    guild = chat.channel.guild
    mute = discord.PermissionOverwrite(send_messages=False)
    quiet = guild.create_text_channel("quiet", overwrites={guild.default_role: mute})
    refused = (await chat.chief.slash(chat.channel, "notes announce", channel=quiet)).response
    assert "I cannot write in" in words(refused)
    assert len(chat.env.errors) == 1


async def test_check_of_the_permissions_knows_the_channel(chat, announced):
    said = words((await chat.chief.slash(chat.channel, "settings check")).response)
    assert "· news of the notes" in said
