"""The study group that the local chat makes up: its channels, its members, and what they have said so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import discord
import simcord

from bot.i18n import Texts
from bot.services.library import MARK, Library
from knowledge.model import Section

TOPIC: Final = "SwiGLU"
"""What the example asks for, if the notes have it; the sample notes do."""
_MEMBERS: Final = (("linxiao", "林晓"), ("ada", "Ada"), ("wanglei", "王磊"), ("maya", "Maya"), ("chenyu", "陈雨"))


@dataclass(frozen=True, slots=True)
class Group:
    """A server with members.

    Attributes:
        hall: the channel that is shown.
        visitor: the person at the keyboard, who also asked for the example: its buttons obey them.
        others: whose eyes the visitor may borrow.
    """

    hall: simcord.ChannelHandle
    visitor: simcord.MemberActor
    others: tuple[simcord.MemberActor, ...]


def gather(env: simcord.Env, texts: Texts) -> Group:
    """Return the group, made of nothing."""
    guild = env.create_guild(texts.gettext("Study group"))
    hall = guild.create_text_channel(
        texts.gettext("study-hall"), topic=texts.gettext("Questions about the notes. Type / to ask the bot.")
    )
    guild.create_text_channel(texts.gettext("interview-prep"), topic=texts.gettext("Interview questions"))
    organizers = guild.create_role(
        texts.gettext("Organizers"), permissions=discord.Permissions(manage_guild=True), color=discord.Color.blue()
    )
    you = env.create_user("you", global_name=texts.gettext("You"))
    others = (env.create_user(name, global_name=shown) for name, shown in _MEMBERS)
    return Group(hall, guild.add_member(you, roles=[organizers]), tuple(guild.add_member(one) for one in others))


async def greet(group: Group, library: Library, texts: Texts) -> None:
    """Let the members talk and the bot answer, so that whoever comes finds an example."""
    asked, called = example(library, texts)
    ada, lei = group.others[1:3]
    await ada.send(group.hall, texts.gettext("Is there something on {topic} in our notes?", topic=called))
    await group.visitor.slash(group.hall, "explain", topic=asked)
    await lei.send(group.hall, texts.gettext("Thanks! Type / below for everything the bot can do."))


def example(library: Library, texts: Texts) -> tuple[str, str]:
    """Return what the example types into /explain, and what people call it."""
    if library.search(TOPIC, limit=1).found:
        return TOPIC.casefold(), TOPIC
    language = "zh" if texts.chinese else "en"
    best = max(_sections(library), key=lambda one: (bool(one.pictures), one.language == language), default=None)
    return (MARK + best.id, best.title) if best else (TOPIC.casefold(), TOPIC)


def _sections(library: Library) -> Iterator[Section]:
    return (section for note in library.index.notes if not note.contents for section in note.sections)
