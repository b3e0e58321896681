"""What somebody has reached: points, streak, rank, strong and weak topics with a way back into the notes, and trend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import HiddenError, NotesLoadingError
from bot.services.boards import Boards
from bot.services.groups import Groups, Who
from bot.services.libraries import Libraries
from bot.services.periods import midnight
from bot.services.questions import Questions
from bot.services.streaks import Streak, days_of, streak
from bot.services.subjects import Subject, Subjects
from knowledge.model import Language
from knowledge.questions.bank import Bank, section_of
from knowledge.questions.model import Question, restore
from storage import rounds, scores
from storage.boards import Standing
from storage.database import Connection, Database
from storage.scores import Quarter, Sums, Whose, Wrong

__all__ = ["ENOUGH", "Day", "Score", "Scores", "Sums", "TopicScore", "share"]

ENOUGH: Final = 5
"""Answers from which on a percentage says something."""
MOST_TOPICS: Final = 5
"""Weak topics, and strong ones, that are named."""
STRONG: Final = 0.8
"""Share of right answers that makes a topic strong; what is below it is weak."""
LATELY: Final = 30
BEFORE: Final = 90
"""Days, today's with them, over which a trend is told."""
YEAR: Final = timedelta(days=372)
"""53 weeks and the day on which one begins in another zone."""


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How somebody does in a subject.

    Attributes:
        section_id: where a question of it that was answered wrong is explained; None where nothing was, or the notes
            do not say.
    """

    subject: Subject
    sums: Sums
    section_id: str | None = None

    @property
    def share(self) -> float:
        """Of the answers, how many are right: 0 to 1."""
        return share(self.sums)


@dataclass(frozen=True, slots=True)
class Day:
    """What somebody did on a day of their zone. *points* may be below zero: corrections count when they are made."""

    day: date
    answered: int
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """How somebody does.

    Attributes:
        whose: the person; *guild_id* 0 stands for all their groups together.
        week: where they stand on the board of this week; None where they are not on it.
        strong: topics with enough answers, the strongest first.
        weak: the weakest first.
        lately: in the last LATELY days.
        before: in the last BEFORE days.
        today: in their zone.
        days: on which they did something, of the last YEAR, in order.
    """

    whose: Who
    sums: Sums
    streak: Streak
    week: Standing | None
    strong: tuple[TopicScore, ...]
    weak: tuple[TopicScore, ...]
    lately: Sums
    before: Sums
    today: date
    days: tuple[Day, ...] = ()


class Scores:
    """Everybody's scores.

    Args:
        libraries: the notes that each group sees. Topics of notes that a place does not see are not named there.
    """

    def __init__(
        self,
        db: Database,
        groups: Groups,
        *,
        boards: Boards,
        questions: Questions,
        libraries: Libraries,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._groups = groups
        self._boards = boards
        self._questions = questions
        self._libraries = libraries
        self._clock = clock

    async def of(self, whose: Who, *, viewer_id: int, language: Language) -> Score:
        """Return the score of a person; in direct messages that of all their groups together.

        Args:
            whose: the person, in a group.
            viewer_id: who wants to know.
            language: in which they read on.

        Raises:
            HiddenError: it is somebody else's, who does not want it to be seen.
        """
        if whose.user_id != viewer_id and (await self._groups.person(whose.user_id)).hidden:
            raise HiddenError
        key = Whose(whose.user_id, whose.guild_id)
        zone = await self._groups.zone_of(whose.user_id, whose.guild_id)
        today = self._clock().astimezone(zone).date()
        async with self._db.reading() as conn:
            lately = await scores.since(conn, key, _first_of(LATELY, today, zone))
            before = await scores.since(conn, key, _first_of(BEFORE, today, zone))
            total = summed((await scores.by_topic(conn, key)).values())
            topics = await scores.by_topic(conn, key, without=self._libraries.elsewhere(key.guild_id))
        strong, weak = await self._sorted(key, topics, language)
        week = await self._boards.of_this_week(whose.guild_id, whose.user_id) if whose.guild_id else None
        streak_now, days = await self._streak(key, zone), await self._days(key, zone)
        return Score(whose, total, streak_now, week, strong, weak, lately, before, today, days)

    async def _days(self, key: Whose, zone: ZoneInfo) -> tuple[Day, ...]:
        async with self._db.reading() as conn:
            quarters = await scores.by_quarter(conn, key, self._clock() - YEAR)
        together = groupby(quarters, lambda quarter: quarter.begins.astimezone(zone).date())
        return tuple(_day(day, list(found)) for day, found in together)

    async def _streak(self, key: Whose, zone: ZoneInfo) -> Streak:
        async with self._db.reading() as conn:
            answered = await scores.answered_at(conn, key)
            posted = await scores.posted_at(conn, key)
        today = self._clock().astimezone(zone).date()
        # Where there never was a daily question, every day is one on which somebody can answer.
        return streak(days_of(answered, zone), days_of(posted, zone) if posted else None, today)

    async def _sorted(
        self, key: Whose, topics: dict[str, Sums], language: Language
    ) -> tuple[tuple[TopicScore, ...], tuple[TopicScore, ...]]:
        """Return the strong topics and the weak ones."""
        bank = await self._bank(key.guild_id)
        found = by_subject(await self._boards.subjects(key.guild_id), topics)
        strong = [one for one in found if one.share >= STRONG and one.sums.answered >= ENOUGH]
        weak = [one for one in found if one.share < STRONG and one.sums.answered > 0]
        strong.sort(key=_expected, reverse=True)
        weak.sort(key=_expected)
        sections = await self._sections(key, weak[:MOST_TOPICS], bank, language)
        with_sections = zip(weak[:MOST_TOPICS], sections, strict=True)
        return tuple(strong[:MOST_TOPICS]), tuple(TopicScore(one.subject, one.sums, at) for one, at in with_sections)

    async def _sections(
        self, key: Whose, weak: Sequence[TopicScore], bank: Bank, language: Language
    ) -> tuple[str | None, ...]:
        """Return where to read on for each of the topics."""
        names = {name for one in weak for name in one.subject.names}
        async with self._db.reading() as conn:
            wrong = await scores.last_wrong(conn, key, names, without=self._libraries.elsewhere(key.guild_id))
            asked = {topic: await _question(conn, one, bank, language) for topic, one in wrong.items()}
        read = {topic: self._section(question, key.guild_id) for topic, question in asked.items() if question}
        return tuple(next((read[name] for name in one.subject.names if read.get(name)), None) for one in weak)

    def _section(self, question: Question, guild_id: int) -> str | None:
        try:
            section = section_of(question, self._libraries.of(guild_id).index)
        except NotesLoadingError:
            return None
        return section.id if section else None

    async def _bank(self, guild_id: int) -> Bank:
        try:
            return await self._questions.bank(guild_id)
        except NotesLoadingError:
            return Bank()


def share(sums: Sums) -> float:
    """Return how many of the answers are right, 0 to 1; what was accepted later may be counted without its answer."""
    return min(max(sums.right / sums.answered, 0.0), 1.0) if sums.answered else 0.0


def summed(sums: Iterable[Sums]) -> Sums:
    """Return all of *sums* together."""
    found = list(sums)
    return Sums(*(sum(getattr(one, name) for one in found) for name in Sums.__slots__))


def _first_of(days: int, today: date, zone: ZoneInfo) -> datetime:
    """Return when the first of so many *days* began, of which *today* is the last."""
    return midnight(today - timedelta(days=days - 1), zone)


def _day(day: date, quarters: Sequence[Quarter]) -> Day:
    return Day(day, sum(one.answered for one in quarters), sum(one.points for one in quarters))


def by_subject(subjects: Subjects, topics: dict[str, Sums]) -> tuple[TopicScore, ...]:
    """Return the sums of topics with those of one subject put together."""
    together: dict[frozenset[str], tuple[Subject, list[Sums]]] = {}
    for topic, sums in topics.items():
        if topic:
            subject = subjects.of(topic)
            together.setdefault(subject.names, (subject, []))[1].append(sums)
    return tuple(TopicScore(subject, summed(sums)) for subject, sums in together.values())


def _expected(one: TopicScore) -> float:
    """Return how many of further answers would be right, as far as these few say: Laplace's rule of succession."""
    return (one.share * one.sums.answered + 1) / (one.sums.answered + 2)


async def _question(conn: Connection, wrong: Wrong, bank: Bank, language: Language) -> Question | None:
    """Return the question as it is now, else as it was asked."""
    if (found := bank.get(wrong.question_id, language)) is not None:
        return found
    kept = await rounds.get(conn, wrong.round_id)
    return restore(kept.question) if kept else None
