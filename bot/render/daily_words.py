"""What the messages about daily questions have in common: how rules, problems and instants are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import limits
from bot.render.asking import made
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.services.posting import ANY_LANGUAGE, Problem
from bot.services.reveals import Reveal, RevealKind
from knowledge.questions.model import Question

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {ANY_LANGUAGE: N_("any language"), "zh": N_("Chinese"), "en": N_("English")}
)
DIFFICULTIES: Final = (N_("any difficulty"), N_("easy"), N_("medium"), N_("hard"))
PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Problem.BY_HAND: N_("It is paused."),
        Problem.GONE: N_("It is paused: its channel is gone."),
        Problem.FORBIDDEN: N_("It is paused: I may not write in its channel."),
    }
)
"""Why a daily question is paused."""
POST_PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Problem.BY_HAND: N_("This day was skipped by hand."),
        Problem.GONE: N_("The question could not be posted: its channel is gone."),
        Problem.FORBIDDEN: N_("The question could not be posted: I may not write in its channel."),
        Problem.REFUSED: N_("Discord did not take the question, so there was none."),
        Problem.AWAY: N_("Discord did not answer for hours, so there was no question."),
        Problem.LATE: N_("I was not running at that time, and later it was too late."),
        Problem.EMPTY: N_("There was no question that fits."),
        Problem.THREAD: N_("The thread could not be opened."),
        Problem.UNCERTAIN: N_("I cannot see whether the question was posted."),
    }
)
"""What went wrong with a post."""
NAME: Final = 60
_PROMPT: Final = 90


def named(text: str, most: int = NAME) -> str:
    """Return a name or a topic as Discord shows it, on one line."""
    return escape(limits.cut(clean(text), most)) or "—"


def plain(text: str, most: int = limits.OPTION_LABEL) -> str:
    """Return a text for where Discord reads no Markdown: menus and completions."""
    return limits.cut(clean(text), most) or "—"


def about(question: Question, texts: Texts) -> str:
    """Return what a question is about, how hard it is, and whether nobody wrote it."""
    difficulty = texts.gettext(DIFFICULTIES[question.difficulty])
    return " · ".join((named(question.topic), difficulty, *made(question, texts)))


def beginning(question: Question) -> str:
    """Return the first words of a question."""
    return named(question.prompt, _PROMPT)


def when(instant: datetime) -> str:
    """Return an instant as Discord shows it, counting down."""
    return f"<t:{int(instant.timestamp())}:R>"


def moment(instant: datetime) -> str:
    """Return day and time as Discord shows them to each reader."""
    return f"<t:{int(instant.timestamp())}:f>"


def rule(reveal: Reveal, texts: Texts) -> str:
    """Return when the answers are shown."""
    match reveal.kind:
        case RevealKind.NOW:
            return texts.gettext("at once to whoever has answered, to all with the next question")
        case RevealKind.HOURS:
            return texts.ngettext("{n} hour after the question", "{n} hours after the question", reveal.number)
        case RevealKind.NEXT:
            return texts.gettext("when the next question comes")
        case RevealKind.ANSWERS:
            return texts.ngettext("after {n} answer", "after {n} answers", reveal.number)


def message_link(guild_id: int, channel_id: int, message_id: int) -> str:
    """Return the address of a message."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"
