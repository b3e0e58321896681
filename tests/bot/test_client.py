import json
import re
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
import yarl

from bot.client import point_at
from bot.services.pace import Pace
from tests.bot.conftest import words
from tests.conftest import ROOT


def syncs(env):
    return [one for one in env.http_requests if one.method == "PUT" and one.path.endswith("/commands")]


async def test_bot_asks_for_the_guilds_intent_alone(simcord_bot):
    assert simcord_bot.intents == discord.Intents(guilds=True)


async def test_commands_are_registered_at_the_first_start(chat):
    assert len(syncs(chat.env)) == 1


async def test_commands_that_are_the_same_are_not_registered_again(chat, make_bot):
    await chat.env.restart_bot(make_bot())
    assert len(syncs(chat.env)) == 1


async def test_commands_that_differ_are_registered_again(chat, make_bot):
    changed = make_bot()
    changed._extensions = replace(changed._extensions, cogs=changed._extensions.cogs[:-1])
    await chat.env.restart_bot(changed)
    assert len(syncs(chat.env)) == 2


async def test_unreadable_note_of_the_last_registration_is_no_registration(chat, make_bot, tmp_path):
    (tmp_path / "data" / "commands.sha256").write_bytes(b"\xff" * 70)
    await chat.env.restart_bot(make_bot())
    assert len(syncs(chat.env)) == 2


async def test_failed_registration_leaves_the_bot_running(chat, make_bot, tmp_path, caplog):
    (tmp_path / "data" / "commands.sha256").unlink()
    chat.env.inject_error("PUT", "/applications/*/commands", status=500)
    await chat.env.restart_bot(make_bot())
    assert "could not be registered" in caplog.text
    assert "SwiGLU" in words((await chat.ann.slash(chat.channel, "explain", topic="swiglu")).response)


async def test_commands_have_chinese_names_and_descriptions(chat):
    for command in syncs(chat.env)[0].json:
        assert set(command["name_localizations"]) == {"zh-CN", "zh-TW"}, command["name"]
        assert command["type"] == 3 or set(command["description_localizations"]) == {"zh-CN", "zh-TW"}
        assert len(json.dumps(command, ensure_ascii=False)) < 8_000


async def test_chinese_names_are_those_that_discord_allows(chat):
    for command in syncs(chat.env)[0].json:
        for name in command["name_localizations"].values():
            assert 1 <= len(name) <= 32
            assert name == name.lower()


OF_SERVERS = {"leaderboard", "settings", "daily", "question"}
"""Commands that need a group, or have parts that do."""


async def test_commands_work_wherever_they_make_sense(chat):
    for command in syncs(chat.env)[0].json:
        places, installed = command["contexts"] or [0], command["integration_types"] or [0]
        everywhere = (sorted(places), sorted(installed)) == ([0, 1, 2], [0, 1])
        assert everywhere or command["name"] in OF_SERVERS, command["name"]
        assert 0 in places


async def test_invite_asks_for_no_administrator(simcord_bot):
    permissions = discord.Permissions(int(yarl.URL(simcord_bot.invite()).query["permissions"]))
    assert not permissions.administrator
    assert not permissions.manage_guild
    assert "applications.commands" in simcord_bot.invite().replace("+", " ").replace("%20", " ")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
async def test_invite_of_the_readme_asks_for_the_same(simcord_bot, readme):
    wanted = yarl.URL(simcord_bot.invite()).query
    told = yarl.URL(re.search(r"https://discord\.com/oauth2/authorize\?[^`\s]+", (ROOT / readme).read_text("utf-8"))[0])
    assert (told.query["permissions"], told.query["scope"]) == (wanted["permissions"], wanted["scope"])


async def test_presses_are_slowed_down(chat, simcord_bot):
    simcord_bot.presses_pace = Pace(1, timedelta(minutes=1))
    response = (await chat.ann.slash(chat.channel, "explain", topic="swiglu")).response
    await chat.ann.click(response, label="🌐 中文")
    result = await chat.ann.click(response, label="🌐 English")
    assert "Too many requests" in words(result.response)


@pytest.fixture
def addresses(monkeypatch):
    """Put discord.py's addresses back after the test."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(discord.Asset, "BASE", discord.Asset.BASE)
    socket = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(socket, "DEFAULT_GATEWAY", socket.DEFAULT_GATEWAY)


@pytest.mark.usefixtures("addresses")
def test_another_address_is_used_for_rest_and_gateway():
    point_at("http://127.0.0.1:8123/api/v10", "ws://127.0.0.1:8123/")
    assert discord.http.Route("GET", "/gateway").url == "http://127.0.0.1:8123/api/v10/gateway"
    assert str(discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:8123/"


@pytest.mark.usefixtures("addresses")
def test_no_address_leaves_discord():
    before = discord.http.Route.BASE
    point_at("", "")
    assert before == discord.http.Route.BASE
