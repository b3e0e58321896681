"""The settings of groups and people, and what the bot may not do in its channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import ENGLISH, SIMPLIFIED, TRADITIONAL, Texts
from bot.render import boards, limits
from bot.render import settings_presses as presses
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Form, Message, Option, PickField, PlaceField, Text, TextField
from bot.services.boards import Season
from bot.services.overview import Group, Panel, Purpose, Use

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {ENGLISH: "English", SIMPLIFIED: "中文（简体）", TRADITIONAL: "中文（繁體）"}
)
"""As their readers call them."""
WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
PERMISSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "view_channel": N_("View Channel"),
        "send_messages": N_("Send Messages"),
        "embed_links": N_("Embed Links"),
        "attach_files": N_("Attach Files"),
        "read_message_history": N_("Read Message History"),
        "create_public_threads": N_("Create Public Threads"),
        "send_messages_in_threads": N_("Send Messages in Threads"),
        "mention_everyone": N_("Mention @everyone, @here, and All Roles"),
    }
)
"""As Discord's own settings call them."""
_NAME: Final = 60
_ZONE: Final = 64


@dataclass(frozen=True, slots=True)
class Finding:
    """What the bot lacks for a use, by discord.py's names; None where there is no such channel, or it is not seen."""

    use: Use
    missing: tuple[str, ...] | None


def panel(found: Panel, findings: Sequence[Finding], texts: Texts) -> Message:
    """Return the settings of a group, and what is wrong with its channels."""
    group = found.group
    lines = [
        f"## ⚙️ {texts.gettext('Settings of this server')}",
        texts.gettext("Language of posts: {language}", language=f"**{_language(group.language, texts)}**"),
        texts.gettext("Time zone: {zone}, where it is {time} now", zone=f"**{escape(group.zone)}**", time=_time(found)),
        texts.gettext("First day of the week: {day}", day=f"**{texts.gettext(WEEKDAYS[group.week_start % 7])}**"),
        texts.gettext("Channel for problems: {channel}", channel=_channel(group.log_channel_id, texts)),
        texts.gettext("Board of the week: {channel}", channel=_board(found, texts)),
    ]
    if problem := boards.PROBLEMS.get(group.board_problem or ""):
        lines.append(f"⚠️ {texts.gettext(problem)}")
    lines += [finding(one, texts) for one in findings if one.missing != ()]
    buttons = (
        Button(texts.gettext("Change"), presses.CHANGE, style="main"),
        Button(texts.gettext("Check permissions"), presses.CHECK),
    )
    return Message((Text("\n".join(lines)), Buttons(buttons)))


def form(group: Group, texts: Texts) -> Form:
    """Return the window in which a group's settings are changed."""
    own = Option(texts.gettext("The server's own"), presses.NONE)
    languages = (own, *(Option(name, tag) for tag, name in LANGUAGES.items()))
    days = tuple(Option(texts.gettext(day), str(number)) for number, day in enumerate(WEEKDAYS))
    fields = (
        PickField(
            presses.LANGUAGE, texts.gettext("Language of posts"), languages, chosen=(group.language or own.value,)
        ),
        _zone(group, texts),
        PickField(presses.WEEK, texts.gettext("First day of the week"), days, chosen=(str(group.week_start % 7),)),
        *_channels(group, texts),
    )
    return Form(texts.gettext("Settings of this server"), presses.FORM, fields)


def _zone(group: Group, texts: Texts) -> TextField:
    label = texts.gettext("Time zone")
    if group.zone_chosen:
        hint = texts.gettext("A city, or a name such as Asia/Shanghai")
        return TextField(presses.ZONE, label, hint, value=group.zone, most=_ZONE)
    hint = texts.gettext("A city, or a name such as Asia/Shanghai; empty: none is chosen, so UTC")
    return TextField(presses.ZONE, label, hint, required=False, most=_ZONE)


def _channels(group: Group, texts: Texts) -> tuple[PlaceField, PlaceField]:
    told = texts.gettext("Where I say what went wrong; empty: nowhere")
    posted = texts.gettext("Posted when the week is over; empty: not posted")
    log, board = texts.gettext("Channel for problems"), texts.gettext("Board of the week")
    return (
        PlaceField(presses.LOG, log, "channel", told, chosen=group.log_channel_id, required=False),
        PlaceField(presses.BOARD, board, "channel", posted, chosen=group.board_channel_id, required=False),
    )


def check(findings: Sequence[Finding], texts: Texts) -> Message:
    """Return what the bot may not do in each of its channels, with a button to look again."""
    lines = [f"## 🩺 {texts.gettext('Permissions')}", *(finding(one, texts) for one in findings)]
    if all(one.missing == () for one in findings):
        lines.append(texts.gettext("Everything is in order."))
    else:
        hint = texts.gettext("Channel settings → Permissions → my role, then press the button.")
        lines.append(f"-# {hint}")
    button = Button("🔁 " + texts.gettext("Check again"), presses.CHECK)
    return Message((Text("\n".join(lines)), Buttons((button,))))


def language_chosen(language: str | None, texts: Texts) -> Message:
    """Return that somebody is answered in the language chosen; None is that of their Discord."""
    if language is None:
        return _said(texts.gettext("I answer you in the language of your Discord."))
    return _said(texts.gettext("I answer you in {language}.", language=LANGUAGES[language]))


def zone_chosen(zone: str | None, texts: Texts) -> Message:
    """Return whose days count for somebody's streak; None is the server's."""
    if zone is None:
        return _said(texts.gettext("Your days are those of the server's time zone."))
    return _said(texts.gettext("Your days are those of {zone}.", zone=escape(zone)))


def excluded(name: str, texts: Texts, *, undone: bool) -> Message:
    """Return that a member is off the boards, or back."""
    shown = escape(limits.cut(clean(name), _NAME)) or "—"
    if undone:
        return _said(texts.gettext("{name} is on the boards of this server again.", name=shown))
    return _said(texts.gettext("{name} is off the boards of this server. Points are kept.", name=shown))


def season(found: Season | None, texts: Texts) -> Message:
    """Return which season runs, or how long one was that is over."""
    if found is None:
        return _said(texts.gettext("No season is running. /settings season start: begins one."))
    name = f"**{escape(limits.cut(clean(found.name), _NAME)) or '—'}**"
    began = f"<t:{int(found.began_at.timestamp())}:D>"
    if found.ended_at is None:
        return _said(texts.gettext("Season {name}, since {day}", name=name, day=began))
    ended = f"<t:{int(found.ended_at.timestamp())}:D>"
    over = texts.gettext("Season {name} is over: {first} to {last}.", name=name, first=began, last=ended)
    return _said(f"{over} {texts.gettext('/leaderboard keeps it.')}")


def _said(text: str) -> Message:
    return Message((Text(text),))


def _language(language: str | None, texts: Texts) -> str:
    return LANGUAGES.get(language or "") or texts.gettext("The server's own")


def _time(found: Panel) -> str:
    return f"{found.at:%H:%M}"


def _channel(channel_id: int | None, texts: Texts) -> str:
    return f"<#{channel_id}>" if channel_id else texts.gettext("none")


def _board(found: Panel, texts: Texts) -> str:
    channel = _channel(found.group.board_channel_id, texts)
    return f"{channel} · <t:{int(found.next_board.timestamp())}:f>" if found.next_board else channel


def finding(found: Finding, texts: Texts) -> str:
    """Return what is missing in a channel, on one line."""
    channel = f"<#{found.use.channel_id}>"
    purpose = _purpose(found.use, texts)
    if found.missing is None:
        wrong = texts.gettext("the channel is gone, or I cannot see it")
    elif found.missing:
        named = texts.listed(f"**{texts.gettext(PERMISSIONS[name])}**" for name in found.missing)
        wrong = texts.gettext("missing {permissions}", permissions=named)
    else:
        return f"✅ {channel} · {purpose}"
    return f"❌ {channel} · {texts.gettext('{label}: {value}', label=purpose, value=wrong)}"


def _purpose(use: Use, texts: Texts) -> str:
    match use.purpose:
        case Purpose.DAILY:
            name = escape(limits.cut(clean(use.name), _NAME)) or "—"
            return texts.gettext("daily question {name}", name=name)
        case Purpose.BOARD:
            return texts.gettext("board of the week")
        case Purpose.LOG:
            return texts.gettext("reports of problems")
        case Purpose.NEWS:
            return texts.gettext("news of the notes")
        case Purpose.HERE:
            return texts.gettext("this channel")
