"""What /help says: the commands in groups, each with a line, those of managers only to managers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render.parts import Message, Part, Separator, Text


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that belong together, each with what it does, and what else there is to know about them."""

    title: str
    commands: tuple[tuple[str, str], ...]
    note: str = ""


MEMBERS: Final = (
    Group(
        N_("📖 Notes"),
        (
            ("explain", N_("look something up")),
            ("topics", N_("browse what there is")),
            ("notes status", N_("which notes are loaded")),
        ),
    ),
    Group(
        N_("📅 Daily question"),
        (("daily show", N_("today's question again")), ("daily history", N_("past questions with their answers"))),
    ),
    Group(
        N_("🎯 Quizzes"),
        (
            ("quiz start", N_("a quiz that only you see")),
            ("quiz race", N_("everybody answers the same questions")),
            ("quiz stop", N_("end the race in this channel")),
        ),
        N_("Where new questions are too few, I add simple ones made from the notes, marked as such."),
    ),
    Group(
        N_("🏆 Scores"),
        (("score", N_("points, streak, and topics to work on")), ("leaderboard", N_("who has the most points"))),
    ),
    Group(N_("🔁 Review"), (("review", N_("what you got wrong or graded, when it is time")),)),
    Group(
        N_("💡 Questions of the group"),
        (
            ("question suggest", N_("suggest one")),
            ("question list", N_("yours, and what became of them")),
            ("question edit", N_("change one")),
        ),
    ),
    Group(
        N_("🔒 My data and settings"),
        (
            ("settings language", N_("the language of my answers to you")),
            ("settings zone", N_("the time zone of your days")),
            ("mydata export", N_("everything I keep about you, as a file")),
            ("mydata delete", N_("delete it; I ask first")),
            ("mydata hide", N_("leave the leaderboards, or come back")),
            ("about", N_("version, privacy, licence")),
        ),
    ),
)
MANAGERS: Final = (
    Group(
        N_("Daily question"),
        (
            ("daily setup", N_("start or change one")),
            ("daily pause", N_("stop it for a while")),
            ("daily resume", N_("let it go on")),
            ("daily preview", N_("see what comes next")),
            ("daily post", N_("post today's now")),
            ("daily skip", N_("leave the next day out")),
            ("daily queue", N_("pick what comes first")),
        ),
    ),
    Group(
        N_("Questions"),
        (
            ("question approve", N_("decide about suggestions")),
            ("question reports", N_("see what was reported")),
            ("question appeals", N_("answers marked wrong")),
            ("question retire", N_("stop asking one")),
            ("question import", N_("from a YAML or CSV file")),
            ("question export", N_("all as a file")),
        ),
    ),
    Group(
        N_("Server and notes"),
        (
            ("settings group", N_("language, time zone, channels")),
            ("settings check", N_("permissions that I lack")),
            ("settings season", N_("begin or end a season")),
            ("settings exclude", N_("take a member off the boards")),
            ("notes reload", N_("read the notes again")),
            ("notes problems", N_("what is wrong with them")),
            ("notes announce", N_("tell a channel what is new in them")),
        ),
    ),
)
COMMANDS: Final = (*(name for group in (*MEMBERS, *MANAGERS) for name, _ in group.commands), "help")
"""Every slash command by its English name."""
CALLED: Final = frozenset({*COMMANDS, *(name.split()[0] for name in COMMANDS)})
"""What texts may call after a slash: the commands, and the groups of them."""


def overview(texts: Texts, *, manager: bool) -> Message:
    """Return the commands, one line each; those of managers only to a *manager*."""
    menu = texts.gettext(
        "Long-press or right-click a message, then Apps → {name}: looks up the terms in it.",
        name=f"**{texts.gettext('Explain this')}**",
    )
    groups = [_group(group, texts) for group in MEMBERS]
    parts: list[Part] = [Text("\n".join([f"## {texts.gettext('What I can do')}", *groups, f"-# {menu}"]))]
    if manager:
        title = f"## {texts.gettext('🛠️ For those who manage this server')}"
        parts += [Separator(), Text("\n".join([title, *(_group(group, texts) for group in MANAGERS)]))]
    return Message(tuple(parts))


def _group(group: Group, texts: Texts) -> str:
    lines = (f"`{texts.command(name)}` · {texts.gettext(what)}" for name, what in group.commands)
    note = (f"-# {texts.gettext(group.note)}",) if group.note else ()
    return "\n".join([f"### {texts.gettext(group.title)}", *lines, *note])
