"""A board as a picture, and in words for who does not see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.i18n import Texts
from bot.render import limits
from bot.render.markdown import clean
from bot.render.maths import Draw
from bot.render.parts import Picture
from bot.services.boards import Board, Standing
from drawing import boards, svg
from drawing.studio import Order

MEDALS: Final = 3
_NAME: Final = 60
_TOPIC: Final = 60
_TOLD: Final = 32
"""Characters of a name in words, so that ten of them fit."""


def picture(found: Board, title: str, texts: Texts, *, draw: Draw, instead: str) -> Picture | None:
    """Return the card of a board that somebody stands on; None if there is none to be had. Blocks.

    Args:
        found: the board.
        title: plain.
        texts: of the reader.
        draw: makes pictures.
        instead: the same as Discord Markdown.
    """
    if not found.rows:
        return None
    drawn = draw(Order(boards.draw, (card(found, title, texts).values(),), personal=True))
    return Picture(drawn.name, _alt(found, title, texts), drawn=True, instead=instead) if drawn else None


def card(found: Board, title: str, texts: Texts) -> boards.Board:
    """Return what is to be drawn of a board: its rows, and the reader's own where that is on another page."""
    about = (_days(found), _topic(found, texts))
    return boards.Board(
        title, " · ".join(filter(None, about)), texts.gettext("right"), texts.gettext("points"), (*_rows(found, texts),)
    )


def has_medal(one: Standing) -> bool:
    """Return whether somebody is among the first, and has done something for it."""
    return one.ranked and one.rank <= MEDALS and one.points > 0


def unread(found: Board) -> tuple[Standing, ...]:
    """Return who is on the page with a name that not every machine can draw."""
    return tuple(one for one in found.rows if not svg.is_ours(clean(one.name)))


def _rows(found: Board, texts: Texts) -> Iterator[boards.Row]:
    listed = (*found.rows, *([found.mine] if found.mine and found.mine not in found.rows else []))
    most = max(one.points for one in listed)
    unranked = next((one for one in listed if not one.ranked), None)
    for one in listed:
        above = texts.ngettext("Ranked from {n} answer on:", "Ranked from {n} answers on:", found.least)
        yield boards.Row(
            str(one.rank) if one.ranked else "–",
            clean(one.name)[:_NAME],
            f"{one.points:,}",
            f"{_right(one):,}/{one.answered:,}",
            one.points / most if most > 0 else 0.0,
            medal=one.rank if has_medal(one) else 0,
            note=texts.gettext("has left") if one.gone else "",
            mine=found.mine is not None and one.user_id == found.mine.user_id,
            faint=one.gone or not one.ranked,
            apart=one not in found.rows,
            above=above if one is unranked else "",
        )


def _right(one: Standing) -> int:
    return min(one.right, one.answered)


def _days(found: Board) -> str:
    """Return the days of a board, the same at whatever time of its last one it is drawn."""
    begins, ends = found.span.begins, found.span.ends
    if begins is None:
        return ""
    first = _day(found, begins)
    last = _day(found, ends - ends.resolution) if ends else ""
    return first if first == last else f"{first} – {last}".strip()


def _day(found: Board, at: datetime) -> str:
    return f"{at.astimezone(found.zone):%Y-%m-%d}"


def _topic(found: Board, texts: Texts) -> str:
    if found.subject is None:
        return ""
    name = clean(found.subject.name("zh" if texts.chinese else "en"))[:_TOPIC]
    return texts.gettext("Topic: {topic}", topic=name)


def _alt(found: Board, title: str, texts: Texts) -> str:
    told = texts.gettext("; ").join(_told(one, texts) for one in found.rows)
    return limits.cut(texts.gettext("{label}: {value}", label=title, value=told), limits.ALT)


def _told(one: Standing, texts: Texts) -> str:
    name = limits.cut(svg.clean(clean(one.name)), _TOLD)
    points = texts.ngettext("{n} point", "{n} points", one.points)
    placed = f"{one.rank} {name}" if one.ranked else name
    share = f"{_right(one)}/{one.answered}"
    return texts.gettext("{name}, {points}, {share}", name=placed, points=points, share=share)
