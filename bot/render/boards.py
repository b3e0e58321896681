"""Boards as text that reads well on a phone: a line for each member, the reader's own in bold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import board_cards, limits, presses, turning
from bot.render import scores_presses as moves
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.maths import Draw, undrawn
from bot.render.parts import Button, Buttons, Menu, Message, Option, Part, Separator, Text
from bot.services.boards import Board, Season, Standing
from bot.services.periods import Period
from bot.services.subjects import key_of

TITLES: Final[Mapping[Period, str]] = MappingProxyType(
    {
        Period.TODAY: N_("Today"),
        Period.WEEK: N_("This week"),
        Period.MONTH: N_("This month"),
        Period.SEASON: N_("Season"),
        Period.EVER: N_("All time"),
    }
)
_MEDALS: Final = ("🥇", "🥈", "🥉")
_NAME: Final = 32
_TOPIC: Final = 60


def board(found: Board, texts: Texts, draw: Draw = undrawn) -> Message:
    """Return a page of a board, with the reader's own place wherever it is. Blocks while it is drawn."""
    parts: list[Part] = [Text(_head(found, texts)), *_shown(found, texts, draw), *_own(found, texts)]
    parts.append(Buttons(_periods(found, texts)))
    parts += _pages(found, texts)
    parts += _seasons(found, texts)
    return Message(tuple(parts))


def weekly(found: Board, texts: Texts, draw: Draw = undrawn) -> Message:
    """Return the board of a week that is over, as the group gets it; its rest is one press away. Blocks, too."""
    whole = moves.board(found.view.period, found.view.which)
    button = Button(texts.gettext("The whole board, and my place"), whole, style="main")
    rest = found.listed - len(found.rows)
    foot = "-# " + texts.ngettext("and {n} more", "and {n} more", rest) if rest > 0 else ""
    lines = (Text(foot),) if foot else ()
    return Message((Text(_head(found, texts)), *_shown(found, texts, draw), *lines, Buttons((button,))))


def failed(channel_id: int, why: str, texts: Texts) -> Message:
    """Return what those who manage a group are told when the board of a week could not be posted."""
    told = texts.gettext("⚠️ The board of the week could not be posted in {channel}.", channel=f"<#{channel_id}>")
    return Message((Text(f"{told} {texts.gettext(PROBLEMS[why])}"),))


PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gone": N_("The channel no longer exists. Choose another with /settings group."),
        "forbidden": N_("I may not write there. /settings check says what is missing."),
        "refused": N_("Discord did not accept it. It comes again next week."),
        "uncertain": N_("Discord failed, and I cannot see whether it arrived. /leaderboard shows it."),
    }
)
"""By what services.weekly keeps."""


def _head(found: Board, texts: Texts) -> str:
    lines = [f"## 🏆 {escape(_title(found, texts))}"]
    if found.subject:
        name = escape(limits.cut(clean(found.subject.name("zh" if texts.chinese else "en")), _TOPIC)) or "—"
        lines.append(texts.gettext("Topic: {topic}", topic=f"**{name}**"))
    if time := _time(found, texts):
        lines.append(f"-# {time}")
    return "\n".join(lines)


def _title(found: Board, texts: Texts) -> str:
    if found.season:
        return limits.cut(clean(found.season.name), _NAME) or texts.gettext("Season")
    if found.view.period is Period.WEEK and found.view.which:
        return texts.gettext("The board of the week")
    return texts.gettext(TITLES[found.view.period])


def _time(found: Board, texts: Texts) -> str:
    """Return when the time of a board ends, or from which day to which it was."""
    begins, ends = found.span.begins, found.span.ends
    if begins is None:
        return ""
    if ends is None:
        return texts.gettext("since {day}", day=f"{begins.astimezone(found.zone):%Y-%m-%d}")
    if found.season or found.view.which:
        last = (ends - ends.resolution).astimezone(found.zone)
        return f"{begins.astimezone(found.zone):%Y-%m-%d} – {last:%Y-%m-%d}"
    return texts.gettext("ends {when}", when=f"<t:{int(ends.timestamp())}:R>")


def _shown(found: Board, texts: Texts, draw: Draw) -> tuple[Part, ...]:
    """Return the board as a picture, with a line for each name that it may lack; as text where there is none."""
    body = _body(found, texts)
    picture = board_cards.picture(found, _title(found, texts), texts, draw=draw, instead=body)
    if picture is None:
        return (Text(body),)
    lines = "\n".join(_line(one, found, texts) for one in board_cards.unread(found))
    return (picture, Text(lines)) if lines else (picture,)


def _body(found: Board, texts: Texts) -> str:
    if not found.rows:
        return texts.gettext("Nobody has answered yet. /quiz start asks you at once.")
    ranked = [_line(one, found, texts) for one in found.rows if one.ranked]
    others = [_line(one, found, texts) for one in found.rows if not one.ranked]
    if others:
        least = texts.ngettext("Ranked from {n} answer on:", "Ranked from {n} answers on:", found.least)
        others.insert(0, f"-# {least}")
    return "\n".join([*ranked, *others])


def _line(one: Standing, found: Board, texts: Texts) -> str:
    name = escape(limits.cut(clean(one.name), _NAME)) or "—"
    points = texts.ngettext("{n} point", "{n} points", one.points)
    line = f"{_place(one)} {name} · {points} · {min(one.right, one.answered)}/{one.answered}"
    if found.mine and one.user_id == found.mine.user_id:
        return f"**{line}**"
    return f"-# {line} · {texts.gettext('has left')}" if one.gone else line


def _place(one: Standing) -> str:
    if not one.ranked:
        return "–"
    # With the point escaped: a list of Discord's would count 1, 2, 3, 4.
    return _MEDALS[one.rank - 1] if board_cards.has_medal(one) else f"{one.rank}\\."


def _own(found: Board, texts: Texts) -> tuple[Part, ...]:
    """Return the reader's place, if it is on another page, and how far it is to the next."""
    mine = found.mine
    if mine is None:
        return ()
    lines = [] if mine in found.rows else [_line(mine, found, texts)]
    lines.append(f"-# {gap(mine, found.least, texts)}")
    return (Separator(), Text("\n".join(lines))) if len(lines) > 1 else (Text(lines[0]),)


def gap(mine: Standing, least: int, texts: Texts) -> str:
    """Return how far it is from a place to the next rank."""
    if not mine.ranked:
        left = max(least - mine.answered, 1)
        return texts.ngettext("{n} more answer for a rank", "{n} more answers for a rank", left)
    if mine.ahead is None:
        return texts.gettext("Nobody has more points")
    return texts.ngettext("{n} point to the next rank", "{n} points to the next rank", mine.ahead - mine.points)


def _periods(found: Board, texts: Texts) -> tuple[Button, ...]:
    buttons = []
    for period in Period:
        if period is Period.SEASON and not found.seasons:
            continue
        here = period is found.view.period and not found.view.which
        press = presses.idle("period") if here else moves.board(period, topic_key=_topic(found))
        buttons.append(Button(texts.gettext(TITLES[period]), press, disabled=here))
    return tuple(buttons)


def _pages(found: Board, texts: Texts) -> tuple[Part, ...]:
    view = found.view
    turns = turning.buttons(
        view.page, found.pages, lambda to: moves.board(view.period, view.which, to, _topic(found)), texts
    )
    return (Buttons(turns),) if turns else ()


def _seasons(found: Board, texts: Texts) -> tuple[Part, ...]:
    if found.season is None or len(found.seasons) < 2:
        return ()
    options = tuple(_option(one, found) for one in found.seasons[: limits.OPTIONS])
    return (Menu(moves.season(_topic(found)), texts.gettext("Other seasons"), options),)


def _option(one: Season, found: Board) -> Option:
    ended = f"{one.ended_at.astimezone(found.zone):%Y-%m-%d}" if one.ended_at else ""
    name = limits.cut(clean(one.name), limits.OPTION_LABEL) or "—"
    return Option(name, str(one.id), f"{one.began_at.astimezone(found.zone):%Y-%m-%d} – {ended}".strip())


def _topic(found: Board) -> str:
    return key_of(min(found.subject.names)) if found.subject else ""
