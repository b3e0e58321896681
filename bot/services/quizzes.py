"""Quizzes of one person's own: all questions are chosen at the start, and each press moves on from what is kept."""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.errors import NotesLoadingError, NotYoursError, RoundGoneError
from bot.services import choosing
from bot.services.choosing import NoQuestions, Wish
from bot.services.groups import Who
from bot.services.questions import Questions
from bot.services.rounds import QUIZ, Asked, Rounds, Verdict, asked_of, new_round, read_given
from knowledge.index import Index
from knowledge.model import Language
from knowledge.questions.bank import Bank, Topic, section_of
from knowledge.questions.model import Question
from storage import events, games, posts, rounds
from storage.database import Connection, Database
from storage.events import Event
from storage.games import Game, NewGame
from storage.rounds import NewRound, Round

KNOWN_FOR: Final = timedelta(days=14)
"""What was answered right is not asked again for so long, where there is something else to ask."""
_KEPT: Final = 200
"""Lists of topics that are kept at hand."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A quiz at one of its questions.

    Attributes:
        count: of questions in the quiz; those of *asked* are numbered from 1.
        verdict: None until it is answered.
        section_id: where to read on; None where the notes do not say.
    """

    asked: Asked
    count: int
    verdict: Verdict | None = None
    section_id: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A section of the notes to read after a quiz."""

    section_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A quiz at its end.

    Attributes:
        verdicts: one for each question, in order.
        to_read: where what was answered wrong is explained, each section once.
    """

    game_id: int
    verdicts: tuple[Verdict, ...]
    to_read: tuple[Read, ...]


class Quizzes:
    """Quizzes of people's own.

    Args:
        index: of the notes that a group sees; raises NotesLoadingError until there is one.
    """

    def __init__(
        self,
        db: Database,
        *,
        questions: Questions,
        taken: Rounds,
        index: Callable[[int], Index],
        clock: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._db = db
        self._questions = questions
        self._rounds = taken
        self._index = index
        self._clock = clock
        self._rng = rng
        self._topics: OrderedDict[tuple[int, Language], tuple[Bank, tuple[Topic, ...]]] = OrderedDict()

    async def topics(self, guild_id: int, *, chinese: bool) -> tuple[Topic, ...]:
        """Return the topics about which a game can ask who reads Chinese, or English; mostly from memory.

        Raises:
            NotesLoadingError: the notes have not been read yet.
        """
        bank = await self._questions.bank(guild_id)
        language: Language = "zh" if chinese else "en"
        key = (guild_id, language)
        kept = self._topics.get(key)
        if kept is None or kept[0] is not bank:
            kept = (bank, await asyncio.to_thread(choosing.topics, bank, language))
            self._topics[key] = kept
            if len(self._topics) > _KEPT:
                self._topics.popitem(last=False)
        return kept[1]

    async def start(self, who: Who, channel_id: int, wish: Wish) -> Sheet | NoQuestions:
        """Begin a quiz; others of the same person may go on.

        Raises:
            NotesLoadingError: the notes have not been read yet.
        """
        bank = await self._questions.bank(who.guild_id)
        async with self._db.reading() as conn:
            secret = await posts.unrevealed(conn, who.guild_id, who.user_id)
        found = await asyncio.to_thread(choosing.fitting, bank, wish, secret)
        if not found:
            return NoQuestions(wish, await self.topics(who.guild_id, chinese=wish.language == "zh"))
        now = self._clock()
        async with self._db.begin() as conn:
            known = await games.right_since(conn, who.user_id, now - KNOWN_FOR)
            asked = choosing.chosen(found, wish.count, known=known, rng=self._rng)
            game_id = await games.add(conn, _game(who, channel_id, wish, now=now))
            assert game_id is not None  # noqa: S101 - only races are one at a time
            ids = [await rounds.add(conn, one) for one in self._rounds_of(who, channel_id, game_id, asked)]
            await self._rounds.open(conn, ids[0], at=now, closes_at=None)
        return Sheet(await self._rounds.asked(ids[0]), len(asked))

    async def again(self, game_id: int, who: Who, channel_id: int) -> Sheet | NoQuestions:
        """Begin a quiz like an earlier one of the same person.

        Raises:
            RoundGoneError, NotYoursError: there is no such quiz, or it is somebody else's.
            NotesLoadingError: the notes have not been read yet.
        """
        async with self._db.reading() as conn:
            game = await self._theirs(conn, game_id, who)
            count = len(await rounds.of_game(conn, game_id))
        wish = choosing.wish(game.topic, count, chinese=game.language == "zh", difficulty=game.difficulty)
        return await self.start(who, channel_id, wish)

    async def at(self, game_id: int, who: Who, number: int) -> Sheet | Summary:
        """Return a quiz at its question of *number*, or at the first that is not answered, whichever comes first.

        Safe to repeat. A number after the last is the end.

        Raises:
            RoundGoneError, NotYoursError: there is no such quiz, or it is somebody else's.
        """
        async with self._db.reading() as conn:
            await self._theirs(conn, game_id, who)
            kept = await rounds.of_game(conn, game_id)
            verdicts = _verdicts(kept, await events.in_game(conn, game_id, who.user_id))
        shown = next((one for one in kept if one.number == number or one.id not in verdicts), None)
        async with self._db.begin() as conn:
            if shown is None:
                await games.end(conn, game_id, "finished", at=self._clock())
                return self._summary(game_id, tuple(verdicts.values()))
            await self._rounds.open(conn, shown.id, at=self._clock(), closes_at=None)
        return self._sheet(asked_of(shown), len(kept), verdicts.get(shown.id))

    async def after(self, verdict: Verdict) -> Sheet:
        """Return the quiz after an answer to one of its questions."""
        async with self._db.reading() as conn:
            count = len(await rounds.of_game(conn, verdict.asked.game_id or 0))
        return self._sheet(verdict.asked, count, verdict)

    def _rounds_of(self, who: Who, channel_id: int, game_id: int, asked: tuple[Question, ...]) -> list[NewRound]:
        place = {"guild_id": who.guild_id, "channel_id": channel_id}
        made = (new_round(one, **place, source=QUIZ, rng=self._rng) for one in asked)
        return [replace(one, game_id=game_id, number=at, host_id=who.user_id) for at, one in enumerate(made, 1)]

    async def _theirs(self, conn: Connection, game_id: int, who: Who) -> Game:
        game = await games.get(conn, game_id)
        if game is None or game.kind != games.QUIZ or game.guild_id != who.guild_id:
            raise RoundGoneError
        if game.host_id != who.user_id:
            raise NotYoursError
        return game

    def _sheet(self, asked: Asked, count: int, verdict: Verdict | None) -> Sheet:
        read = self._read(asked) if verdict else None
        return Sheet(asked, count, verdict, read.section_id if read else None)

    def _summary(self, game_id: int, verdicts: tuple[Verdict, ...]) -> Summary:
        wrong = (self._read(verdict.asked) for verdict in verdicts if not verdict.right)
        to_read = {read.section_id: read for read in wrong if read}
        return Summary(game_id, verdicts, tuple(to_read.values()))

    def _read(self, asked: Asked) -> Read | None:
        try:
            section = section_of(asked.question, self._index(asked.guild_id))
        except NotesLoadingError:
            return None
        return Read(section.id, section.title) if section else None


def _game(who: Who, channel_id: int, wish: Wish, *, now: datetime) -> NewGame:
    return NewGame(
        kind=games.QUIZ,
        guild_id=who.guild_id,
        channel_id=channel_id,
        host_id=who.user_id,
        language=wish.language,
        topic=wish.topic,
        difficulty=wish.difficulty or 0,
        started_at=now,
    )


def _verdicts(kept: Iterable[Round], found: Sequence[Event]) -> dict[int, Verdict]:
    """Return what became of the answers to rounds, by their ids and in their order; without what is not answered."""
    verdicts = {}
    for one in kept:
        of_round = [event for event in found if event.round_id == one.id]
        if of_round:
            asked = asked_of(one)
            right, earned = (sum(values) for values in zip(*((e.right, e.points) for e in of_round), strict=True))
            verdicts[one.id] = Verdict(asked, True, read_given(asked.question, of_round[0].given), right > 0, earned)
    return verdicts
