"""Notes of one group alone, tried to be had from another: by commands, by completions, by buttons of before."""

import random
from dataclasses import dataclass
from datetime import timedelta

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.services import choosing
from bot.services.groups import Who
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.services import build
from knowledge.questions.model import dump
from storage import cards
from tests.bot.collections import SECRETS, libraries_of
from tests.bot.conftest import now, pressable, shown, words
from tests.storage.answering import answers

HOME = 1
"""Stands for the group that is made later."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory, loaded) -> Libraries:
    made = libraries_of(tmp_path_factory.mktemp("notes"), loaded, HOME)
    for library in made.all:
        library.load()
    return made


def copied(library: Library) -> Library:
    """Return a library of the same notes, with counters of its own."""
    made = Library(*library.collections, cache=None, clock=now)
    made.loaded = library.loaded
    return made


@pytest.fixture
def libraries(kept) -> Libraries:
    """Return libraries whose limited one no group has yet."""
    return Libraries(copied(kept.public))


@pytest.fixture
async def services(db, libraries, studio):
    return await build(db, libraries, studio=studio, clock=discord.utils.utcnow, rng=random.Random(7))


@dataclass(frozen=True, slots=True)
class Away:
    """Another group, whose chief also belongs to the first."""

    channel: ChannelHandle
    chief: MemberActor


@pytest.fixture
def away(chat, libraries, kept) -> Away:
    libraries._limited[chat.channel.guild.id] = copied(kept.of(HOME))
    guild = chat.env.create_guild()
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return Away(guild.create_text_channel("elsewhere"), guild.add_member(chat.chief.user, roles=[managers]))


def told(response) -> str:
    """Return all that a message says, options and custom_ids included, without what it was asked."""
    said = words(response)
    parts = [said, str([one for one in shown(response.components) if "content" not in one])]
    return "\n".join(parts).casefold()


def is_silent(text: str, asked: str = "") -> bool:
    """Return whether *text* tells nothing of the limited notes but what was asked for."""
    left = text.casefold().replace(asked.casefold(), "") if asked else text.casefold()
    return not [one for one in SECRETS if one in left]


def secret_id(kept) -> str:
    return next(one.id for one in kept.of(HOME).index.sections if one.title == "Zebrafish plan")


async def test_home_sees_its_own_notes(chat, away):
    response = (await chat.ann.slash(chat.channel, "explain", topic="zebrafish")).response
    assert "is confidential" in words(response)
    assert "`closed/merger.md`" in words(response)
    assert len(response.attachments) == 1


@pytest.mark.parametrize("topic", ["zebrafish", "quokka", "斑马鱼", "momentum"])
async def test_question_elsewhere_is_answered_without_them(chat, away, topic):
    response = (await away.chief.slash(away.channel, "explain", topic=topic)).response
    assert is_silent(told(response), topic)


async def test_direct_message_is_answered_without_them(chat, away, kept):
    asked = (await chat.ann.user.slash("explain", topic="zebrafish")).response
    assert is_silent(told(asked), "zebrafish")
    opened = (await chat.ann.user.slash("explain", topic=f"#{secret_id(kept)}")).response
    assert "no longer in the notes" in words(opened)
    assert len(chat.env.errors) == 1


@pytest.mark.parametrize(("command", "option"), [("explain", "topic"), ("topics", "category"), ("quiz start", "topic")])
@pytest.mark.parametrize("typed", ["", "z", "quo", "clo", "斑"])
async def test_completions_elsewhere_offer_nothing_of_them(chat, away, command, option, typed):
    found = await away.chief.autocomplete(away.channel, command, option, typed)
    assert is_silent(str(found))
    assert is_silent(str(await chat.ann.user.autocomplete(command, option, typed)))


async def test_topics_elsewhere_do_not_list_them(chat, away):
    assert "closed" in told((await chat.ann.slash(chat.channel, "topics")).response)
    assert is_silent(told((await away.chief.slash(away.channel, "topics")).response))
    assert is_silent(told((await chat.ann.user.slash("topics")).response))


@pytest.mark.parametrize("name", ["status", "problems", "reload"])
async def test_managers_elsewhere_are_told_nothing_of_them(chat, away, name):
    assert is_silent(told((await away.chief.slash(away.channel, f"notes {name}")).response))


async def test_status_at_home_tells_both_collections(chat, away):
    said = words((await chat.ann.slash(chat.channel, "notes status")).response)
    assert "`open`" in said
    assert "`closed`" in said
    assert "`open`" in words((await chat.ann.user.slash("notes status")).response)


async def test_message_menu_elsewhere_knows_nothing_of_them(chat, away):
    message = await away.chief.send(away.channel, "what of the zebrafish plan and momentum?")
    response = (await away.chief.context_menu(away.channel, "Explain this", message)).response
    assert is_silent(told(response), "zebrafish")


async def test_button_of_before_leads_nowhere(chat, away, libraries, kept):
    libraries._limited[away.channel.guild.id] = kept.of(HOME)  # as if they had been for everybody
    response = (await away.chief.slash(away.channel, "explain", topic="quokka")).response
    buttons = list(pressable(response).values())
    menu = next(one for one in shown(response.components) if one["type"] == 3)
    secrets = [one["value"] for one in menu["options"]]
    del libraries._limited[away.channel.guild.id]
    for custom_id in (one for one in buttons if one != menu["custom_id"]):
        assert "no longer in the notes" in await told_apart(away.chief.click(response, custom_id=custom_id))
    for secret in secrets:
        pressing = away.chief.select(response, [secret], custom_id=menu["custom_id"])
        assert "no longer in the notes" in await told_apart(pressing)
    chat.env.errors.clear()


async def test_quiz_elsewhere_asks_nothing_of_them(chat, away):
    quizzes = chat.env.bot.services.quizzes
    wish = choosing.wish("", 20, chinese=False)
    for guild_id in (away.channel.guild.id, 0):
        await quizzes.start(Who(chat.chief.user.id, guild_id, "chief"), 1, wish)
        bank = await chat.env.bot.services.questions.bank(guild_id)
        assert is_silent(repr(bank.all))
    at_home = await chat.env.bot.services.questions.bank(chat.channel.guild.id)
    assert "quokka begin in May" in repr(at_home.all)


async def test_daily_question_elsewhere_has_none_of_them_to_ask(chat, away):
    streams = chat.env.bot.services.daily.streams
    assert any("Quokka" in one.name for one in await streams.topics(chat.channel.guild.id))
    assert is_silent(repr(await streams.topics(away.channel.guild.id)))


async def test_card_of_theirs_is_asked_at_home_alone(chat, away, db):
    question = next(one for one in (await chat.env.bot.services.questions.bank(chat.channel.guild.id)).all)
    at = chat.env.bot.services.review._clock() - timedelta(days=1)
    async with db.begin() as conn:
        new = cards.NewCard(chat.chief.user.id, chat.channel.guild.id, question.id, dump(question), at)
        await cards.add(conn, new)
    assert "no cards yet" not in words((await chat.chief.slash(chat.channel, "review")).response)
    assert "no cards yet" in words((await away.chief.slash(away.channel, "review")).response)
    assert "no cards yet" in words((await chat.chief.user.slash("review")).response)


async def test_score_elsewhere_names_no_topic_of_theirs(chat, away, db):
    home = {"guild_id": chat.channel.guild.id, "topic": "Zebrafish plan"}
    await answers(db, chat.chief.user.id, [0] * 5, **home)
    await answers(db, chat.chief.user.id, [10] * 5, **{**home, "topic": "Quokka dates"})
    assert not is_silent(told((await chat.chief.slash(chat.channel, "score")).response))
    places = (away.chief.slash(away.channel, "score"), chat.chief.user.slash("score", share=True))
    for asked in [(await one).response for one in places]:
        assert is_silent(told(asked))
    found = await chat.env.bot.services.scores.of(Who(chat.chief.user.id, 0, ""), viewer_id=0, language="en")
    assert found.sums.answered == 10
    assert is_silent(repr(found))


async def told_apart(press) -> str:
    """Return what a press shows beside the message, to whoever pressed."""
    return "\n".join(words(one) for one in (await press).followups)
