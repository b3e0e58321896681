"""Two processes on one database, in the same instant: nothing is counted twice, and neither waits for the other."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from bot.errors import NotAnsweredError
from bot.services.groups import Groups, Who
from bot.services.intake import Answer, Intake
from bot.services.open_answers import OpenAnswers
from bot.services.points import DAILY_CAP
from bot.services.rounds import QUIZ, RACE, Rounds
from knowledge.questions.model import Kind, dump
from storage import cards, events, open_answers, rounds, settings, totals
from storage.cards import NewCard
from storage.database import Database
from storage.events import Event
from storage.opening import open_database
from storage.rounds import NewRound
from storage.settings import Seen
from tests.storage.answering import ANN, GUILD, NOON, QUESTION, answers

PEOPLE = [Who(number, GUILD, f"member {number}") for number in range(1, 41)]
POINTS = 15
OPEN = replace(QUESTION, kind=Kind.OPEN, choices=(), right=(), points=("they select", "they multiply"), answer="x")


def clock():
    return NOON


@dataclass
class Process:
    """What one of them has."""

    db: Database
    intake: Intake
    own_words: OpenAnswers


@pytest.fixture
async def processes(migrated_url) -> AsyncIterator[list[Process]]:
    async with open_database(migrated_url) as one, open_database(migrated_url) as other:
        made = []
        for db in (one, other):
            groups = Groups(db, clock=clock)
            own_words = OpenAnswers(db, rounds=Rounds(db, groups, clock=clock), groups=groups, clock=clock)
            made.append(Process(db, Intake(db, groups), own_words))
        yield made


async def begin(db, source, question=QUESTION) -> int:
    async with db.begin() as conn:
        new = NewRound(GUILD, 2, source, question.id, dump(question), opened_at=NOON)
        return await rounds.add(conn, new)


def an_answer(round_id, who, source) -> Answer:
    event = Event(GUILD, who.user_id, round_id, NOON, NOON.date(), source, QUESTION.id, "Nets", "0", 1, POINTS, 1)
    return Answer(event, who, None)


async def earned(db, who, source) -> int:
    async with db.reading() as conn:
        return await events.points_on(conn, guild_id=GUILD, user_id=who.user_id, day=NOON.date(), source=source)


async def test_daily_cap_holds_for_answers_of_both(processes):
    for who in PEOPLE[:10]:
        await answers(processes[0].db, who.user_id, [DAILY_CAP - POINTS], source=QUIZ)
    ids = [await begin(one.db, QUIZ) for one in processes]
    pairs = [(one, an_answer(ids[n], who, QUIZ)) for who in PEOPLE[:10] for n, one in enumerate(processes)]
    await asyncio.gather(*(one.intake.keep(answer) for one, answer in pairs))
    assert {await earned(processes[0].db, who, QUIZ) for who in PEOPLE[:10]} == {DAILY_CAP}


async def test_first_answers_of_a_day_are_capped_together(processes):
    ids = [await begin(one.db, QUIZ) for one in processes]
    new = [replace(an_answer(number, PEOPLE[0], QUIZ).event, points=DAILY_CAP - 1) for number in ids]
    kept = await asyncio.gather(
        *(p.intake.keep(Answer(e, PEOPLE[0], None)) for p, e in zip(processes, new, strict=True))
    )
    assert sorted(kept) == [1, DAILY_CAP - 1]


def adding_answers(conn, people) -> None:
    events.add_answers(conn, [an_answer(1, who, RACE).event for who in people])


def seeing_people(conn, people) -> None:
    settings.saw_all(conn, [Seen(GUILD, who.user_id, who.name, NOON) for who in people])


def adding_cards(conn, people) -> None:
    cards.add_all(conn, [NewCard(who.user_id, GUILD, QUESTION.id, dump(QUESTION), NOON) for who in people])


def holding_sums(conn, people) -> None:
    totals.hold(conn, [(GUILD, who.user_id) for who in people])


async def others_come(db, conn, work) -> asyncio.Task[None]:
    """Let another process begin *work*, and give it time to get as far as it can."""
    task = asyncio.create_task(db.at_once(work))
    for _ in range(50):
        await events.answers_to(conn, 1)
    return task


@pytest.mark.parametrize("work", [adding_answers, seeing_people, adding_cards, holding_sums])
async def test_batches_in_different_orders_never_wait_for_each_other(processes, work):
    first, second = PEOPLE[:2]
    await begin(processes[0].db, RACE)
    async with processes[0].db.begin() as conn:
        await conn.run_sync(work, [first])
        task = await others_come(processes[1].db, conn, lambda other: work(other, [second, first]))
        await conn.run_sync(work, [second])
    await task


@pytest.fixture
async def written(processes) -> int:
    """Return an open round that ANN has answered."""
    round_id = await begin(processes[0].db, RACE, OPEN)
    async with processes[0].db.begin() as conn:
        blank = replace(an_answer(round_id, PEOPLE[0], RACE).event, user_id=ANN, right=0, points=0)
        await events.add_answer(conn, blank)
        await open_answers.add(conn, guild_id=GUILD, user_id=ANN, round_id=round_id, text="They do.", at=NOON)
    return round_id


async def test_grade_waits_for_one_that_is_being_kept_and_replaces_it(processes, written):
    one, other = processes
    async with one.db.begin() as conn:
        await open_answers.held(conn, written, ANN)
        task = asyncio.create_task(other.own_words.grade(written, Who(ANN, GUILD, "ann"), ()))
        for _ in range(50):
            await events.answers_to(conn, written)
        await events.correct(conn, replace(an_answer(written, PEOPLE[0], RACE).event, user_id=ANN))
    assert (await task).points == 0
    async with one.db.reading() as conn:
        assert await events.standing_of(conn, written, ANN) == (0, 0)


async def test_grade_that_cannot_be_kept_is_not_said_to_be(processes, written, monkeypatch):
    async def refused(*_, **__):
        return False

    monkeypatch.setattr(events, "correct", refused)
    with pytest.raises(NotAnsweredError):
        await processes[0].own_words.grade(written, Who(ANN, GUILD, "ann"), (0, 1))
    async with processes[0].db.reading() as conn:
        assert (await open_answers.of(conn, written, ANN)).ticks is None
