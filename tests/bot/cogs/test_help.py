import pytest
from discord import app_commands

from bot.render.help import COMMANDS
from tests.bot.conftest import words


async def said(member, channel) -> str:
    return words((await member.slash(channel, "help")).response)


async def test_help_names_every_command_to_a_manager(chat):
    text = await said(chat.chief, chat.channel)
    for command in chat.chief.available_commands(chat.channel):
        assert f"`/{command}`" in text or command == "help"


async def test_members_do_not_see_what_only_managers_may_do(chat, simcord_bot):
    text = await said(chat.ann, chat.channel)
    commands = [one for one in simcord_bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    for command in commands:
        meant = "(Manage Server)" not in command.description and command.name != "help"
        assert (f"`/{command.qualified_name}`" in text) is meant
    assert "manage this server" not in text


async def test_commands_that_texts_may_call_are_those_of_the_bot(simcord_env, simcord_bot):
    names = [one.qualified_name for one in simcord_bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    assert sorted(names) == sorted(COMMANDS)


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW"])
async def test_commands_are_called_as_discord_shows_them(simcord_env, simcord_bot, catalogues, locale):
    texts, shown = catalogues.texts(locale), set()
    for command in simcord_env.backend.commands[None].values():
        name = command["name_localizations"][locale] if command.get("name_localizations") else command["name"]
        below = [one for one in command.get("options") or () if one["type"] == 1]
        shown |= {f"/{name} {one['name_localizations'][locale]}" for one in below} or {f"/{name}"}
    assert {texts.command(name) for name in COMMANDS} <= shown


async def test_help_in_direct_messages_has_no_part_for_managers(chat):
    response = (await chat.chief.user.slash("help")).response
    assert "manage this server" not in words(response)


async def test_about_tells_version_privacy_and_licence(chat):
    said = words((await chat.ann.slash(chat.channel, "about")).response)
    assert "studybot 1.2.3" in said
    assert "Privacy" in said
    assert "MIT" in said


@pytest.mark.language("zh-CN")
async def test_help_is_chinese_for_a_chinese_reader(chat):
    assert "我会做什么" in words((await chat.ann.slash(chat.channel, "help")).response)
    assert "`/测验 开始`" in words((await chat.ann.slash(chat.channel, "help")).response)
