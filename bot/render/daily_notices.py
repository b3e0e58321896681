"""What those who manage a daily question are told by themselves, with a button where one can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import daily_presses as presses
from bot.render.daily_history import doubt_buttons
from bot.render.daily_words import PROBLEMS, named
from bot.render.parts import Button, Buttons, Message, Part, Text
from bot.services.notices import Telling
from bot.services.posting import NoticeKind
from bot.services.rotation import LOW

_TOLD: Final[Mapping[NoticeKind, str]] = MappingProxyType(
    {
        NoticeKind.UNCERTAIN: N_(
            "Discord failed while I was posting the question of {day}, and I cannot see whether it is there. "
            "Please look into {channel}."
        ),
        NoticeKind.REFUSED: N_("Discord did not take the question of {day}. /daily post asks another one."),
        NoticeKind.MISSED: N_("Discord did not answer for hours, so there was no question on {day}."),
        NoticeKind.THREAD: N_("I could not open a thread in {channel}. The question of {day} is there without one."),
        NoticeKind.LAST: N_("Every question was asked once. From now on those asked longest ago come again."),
        NoticeKind.EMPTY: N_("No question fits any more, so there is none on {day}. /daily setup shows what it asks."),
    }
)


def notice(found: Telling, texts: Texts) -> Message:
    """Return what is to be told."""
    stream = found.stream
    day = f"{found.post.day:%Y-%m-%d}" if found.post is not None and found.post.day else texts.gettext("today")
    values = {"channel": f"<#{stream.channel_id}>", "day": day}
    match found.kind:
        case NoticeKind.PAUSED:
            told = texts.gettext(PROBLEMS.get(stream.paused or "", PROBLEMS["by_hand"]))
        case NoticeKind.LOW:
            told = texts.ngettext("{n} question is left that was not asked yet.",
                                  "{n} questions are left that were not asked yet.", LOW)  # fmt: skip
        case _:
            told = texts.gettext(_TOLD[found.kind], **values)
    head = Text(f"⚠️ **{named(stream.name)}** (<#{stream.channel_id}>)\n{told}")
    return Message((head, *_buttons(found, texts)))


def settled(texts: Texts) -> Message:
    """Return what takes the place of a notice whose button was pressed."""
    return Message((Text("✅ " + texts.gettext("Settled. Thank you!")),))


def _buttons(found: Telling, texts: Texts) -> tuple[Part, ...]:
    if found.kind is NoticeKind.UNCERTAIN and found.post is not None:
        return (Buttons(doubt_buttons(found.post.id, texts)),)
    if found.kind is NoticeKind.PAUSED:
        resume = Button(texts.gettext("Resume"), presses.stream(presses.RESUME, found.stream.id), style="good")
        return (Buttons((resume,)),)
    return ()
