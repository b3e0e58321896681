"""Reports of questions that have something wrong: members send them, those who manage the server settle them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import NotesLoadingError, RoundGoneError, SettledError
from bot.services.bell import Bell
from bot.services.entries import Editor, Entry, entry_of
from bot.services.groups import Groups, Who
from bot.services.questions import Questions, storable
from bot.services.rounds import Asked, Rounds, asked_of
from knowledge.questions.model import Question
from storage import announcements, audit, questions, reports, rounds
from storage.database import Database
from storage.reports import NewReport, Report

REPORT: Final = "report"
LONGEST_REASON: Final = 1_000


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that is open.

    Attributes:
        question: as it reads now; as it read when it was asked where it is gone.
        entry: where it is one of the group's own; None for one of the notes.
    """

    report: Report
    question: Question | None
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report at a place, counted from 0, and how many are open; None if there is none."""

    reported: Reported | None
    place: int
    count: int


class Reports:
    """Takes reports and shows them to those who settle them.

    Args:
        bell: rung when a channel is to be told something.
    """

    def __init__(
        self,
        db: Database,
        groups: Groups,
        *,
        taken: Rounds,
        questions: Questions,
        bell: Bell,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._groups = groups
        self._taken = taken
        self._questions = questions
        self._bell = bell
        self._clock = clock

    async def report(self, who: Who, round_id: int, reason: str) -> bool:
        """Report the question of a round; False if this person has reported it before.

        Raises:
            RoundGoneError: there is no such round in this group.
            NotYoursError: it is somebody else's quiz.
        """
        asked = await self.asked(who, round_id)
        now, log = self._clock(), (await self._groups.group(who.guild_id)).log_channel_id
        new = NewReport(
            who.guild_id,
            who.user_id,
            asked.question.id,
            round_id,
            storable(" ".join(reason.split()))[:LONGEST_REASON],
            now,
        )
        async with self._db.begin() as conn:
            added = await reports.add(conn, new)
            await self._groups.see(conn, who)
            if added and log is not None:
                where = {"guild_id": who.guild_id, "channel_id": log}
                await announcements.add(conn, REPORT, question_id=asked.question.id, at=now, **where)
        self._bell.ring()
        return added

    async def asked(self, who: Who, round_id: int) -> Asked:
        """Return the question of a round that this person could see.

        Raises:
            RoundGoneError: there is no such round in this group, or it is no group.
            NotYoursError: it is somebody else's quiz.
        """
        asked = await self._taken.theirs(round_id, who)
        if not who.guild_id:
            raise RoundGoneError
        return asked

    async def at(self, editor: Editor, place: int) -> ReportPage:
        """Return the open report at a place, the oldest first; beyond the last it is the last."""
        guild_id = editor.who.guild_id
        async with self._db.reading() as conn:
            count = await reports.count(conn, guild_id)
            place = max(0, min(place, count - 1))
            report = await reports.nth(conn, guild_id, place)
            row = await questions.get(conn, guild_id, report.question_id) if report else None
            seen = await rounds.get(conn, report.round_id) if report and report.round_id else None
        if report is None:
            return ReportPage(None, place, count)
        entry = entry_of(row, editor) if row else None
        asked = asked_of(seen).question if seen else None
        question = entry.question if entry else await self._now(guild_id, report.question_id, asked)
        return ReportPage(Reported(report, question, entry), place, count)

    async def dismiss(self, editor: Editor, report_id: int) -> None:
        """Settle a report without a change of the question.

        Raises:
            SettledError: it was settled before, or never was.
        """
        who = editor.who
        async with self._db.begin() as conn:
            if not await reports.close(conn, who.guild_id, report_id):
                raise SettledError
            await audit.add(
                conn,
                "dismiss report",
                guild_id=who.guild_id,
                user_id=who.user_id,
                at=self._clock(),
                subject=str(report_id),
            )

    async def _now(self, guild_id: int, question_id: str, asked: Question | None) -> Question | None:
        try:
            bank = await self._questions.bank(guild_id)
        except NotesLoadingError:
            return asked
        return bank.get(question_id, asked.language if asked else None) or asked
