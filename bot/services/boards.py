"""The boards of a group: whose ranks, over which time, about what, and which page of them somebody sees."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import NoSeasonError, NotesLoadingError, SubjectUnknownError
from bot.services.groups import Groups, Who
from bot.services.leavers import Leavers
from bot.services.library import MARK
from bot.services.periods import Period, Span, span, week_before
from bot.services.questions import Questions
from bot.services.subjects import Subject, Subjects
from knowledge.questions.bank import Bank
from storage import boards, seasons
from storage.boards import Scope, Standing
from storage.database import Connection, Database
from storage.seasons import Season
from storage.settings import Group

__all__ = ["LEAST", "ROWS", "Board", "Boards", "Season", "Standing", "View"]

ROWS: Final = 10
"""Of one page."""
LEAST = MappingProxyType({Period.TODAY: 1, Period.WEEK: 2, Period.MONTH: 3, Period.SEASON: 5, Period.EVER: 5})
"""Answers that a rank takes, so that nobody leads by a single one."""
SEASONS: Final = 25
"""Newest seasons that can be chosen."""
_KEPT: Final = 200
"""Groups whose subjects are kept at hand."""
_LATEST_S: Final = 2**32
"""Seconds since 1970 that a custom_id is believed."""


@dataclass(frozen=True, slots=True)
class View:
    """Which board somebody wants to see.

    Attributes:
        which: of SEASON, its id; of WEEK, when it ends, in seconds since 1970; 0 is the one of now.
        page: counted from 0; one that is too big is the last.
        topic: a name, a part of one, or MARK and the key of one; empty for all.
    """

    period: Period = Period.WEEK
    which: int = 0
    page: int = 0
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A page of a board.

    Attributes:
        view: what is shown, its page being one that there is.
        span: the time that counts.
        zone: of the group.
        rows: in their order; those with too few answers for a rank come last.
        mine: where the viewer stands; None where they are not on it.
        shown: False where the viewer hides or is excluded.
        seasons: of the group, the newest ones, the newest first.
    """

    view: View
    span: Span
    zone: ZoneInfo
    rows: tuple[Standing, ...]
    listed: int
    least: int
    mine: Standing | None = None
    shown: bool = True
    subject: Subject | None = None
    season: Season | None = None
    seasons: tuple[Season, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; an empty board has one."""
        return max(1, -(-self.listed // ROWS))


class Boards:
    """Ranks the members of groups."""

    def __init__(
        self,
        db: Database,
        groups: Groups,
        *,
        questions: Questions,
        leavers: Leavers,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._groups = groups
        self._questions = questions
        self._leavers = leavers
        self._clock = clock
        self._subjects: OrderedDict[int, tuple[Bank, Subjects]] = OrderedDict()

    async def subjects(self, guild_id: int) -> Subjects:
        """Return what boards can be about; from memory unless the questions have changed."""
        try:
            bank = await self._questions.bank(guild_id)
        except NotesLoadingError:
            return Subjects(Bank())
        kept = self._subjects.get(guild_id)
        if kept is None or kept[0] is not bank:
            kept = self._subjects[guild_id] = (bank, await asyncio.to_thread(Subjects, bank))
            if len(self._subjects) > _KEPT:
                self._subjects.popitem(last=False)
        return kept[1]

    async def is_shown(self, who: Who) -> bool:
        """Return whether somebody stands on the boards of their group, if they answer."""
        async with self._db.reading() as conn:
            return await boards.is_shown(conn, who.guild_id, who.user_id)

    async def board(self, who: Who, view: View) -> Board:
        """Return a page of a board of a group, and where *who* stands on it.

        Raises:
            SubjectUnknownError: the topic is none of the questions'.
            NoSeasonError: the group has no such season.
        """
        subject = await self._subject(who.guild_id, view.topic)
        group = await self._groups.group(who.guild_id)
        async with self._db.reading() as conn:
            empty = replace(await self._framed(conn, group, view), subject=subject)
            scope = _scope(who.guild_id, empty)
            found = await boards.standings(conn, scope, **_places(view.page), viewer_id=who.user_id)
            listed = found[0].listed if found else await _listed(conn, scope)
            page = min(view.page, max(0, (listed - 1) // ROWS))
            if page != view.page:
                found = await boards.standings(conn, scope, **_places(page), viewer_id=who.user_id)
            board = _filled(replace(empty, view=replace(view, page=page), listed=listed), found, who.user_id)
            shown = board.mine is not None or await boards.is_shown(conn, who.guild_id, who.user_id)
        self._leavers.doubt(who.guild_id, found)
        return replace(board, shown=shown)

    async def of_this_week(self, guild_id: int, user_id: int) -> Standing | None:
        """Return where somebody stands on the board of this week; None where they are not on it."""
        group = await self._groups.group(guild_id)
        async with self._db.reading() as conn:
            scope = _scope(guild_id, await self._framed(conn, group, View()))
            return next(iter(await boards.standings(conn, scope, first=0, last=0, viewer_id=user_id)), None)

    async def _framed(self, conn: Connection, group: Group, view: View) -> Board:
        """Return the board without anybody on it."""
        zone = ZoneInfo(group.zone)
        known = tuple(await seasons.of_guild(conn, group.guild_id, SEASONS))
        season = await _season(conn, group.guild_id, view.which, known) if view.period is Period.SEASON else None
        if season:
            time = Span(season.began_at, season.ended_at)
        elif view.period is Period.WEEK and view.which:
            time = week_before(datetime.fromtimestamp(min(view.which, _LATEST_S), UTC), zone)
        else:
            time = span(view.period, self._clock(), zone, week_start=group.week_start)
        return Board(view, time, zone, (), 0, LEAST[view.period], season=season, seasons=known)

    async def _subject(self, guild_id: int, topic: str) -> Subject | None:
        if not topic:
            return None
        subjects = await self.subjects(guild_id)
        found = subjects.by_key(topic.removeprefix(MARK)) if topic.startswith(MARK) else subjects.meant(topic)
        if found is None:
            raise SubjectUnknownError(topic[:100])
        return found


def _scope(guild_id: int, board: Board) -> Scope:
    topics = tuple(sorted(board.subject.names)) if board.subject else ()
    return Scope(guild_id, board.span.begins, board.span.ends, topics, board.least)


async def _season(conn: Connection, guild_id: int, season_id: int, known: Sequence[Season]) -> Season:
    found = next((one for one in known if season_id in {0, one.id}), None)
    if found is None and season_id:
        found = await seasons.get(conn, guild_id, season_id)
    if found is None:
        raise NoSeasonError
    return found


def _places(page: int) -> dict[str, int]:
    return {"first": page * ROWS + 1, "last": (page + 1) * ROWS}


async def _listed(conn: Connection, scope: Scope) -> int:
    found = await boards.standings(conn, scope, first=1, last=1)
    return found[0].listed if found else 0


def _filled(board: Board, found: Sequence[Standing], user_id: int) -> Board:
    first, last = _places(board.view.page).values()
    rows = tuple(one for one in found if first <= one.place <= last)
    return replace(board, rows=rows, mine=next((one for one in found if one.user_id == user_id), None))
