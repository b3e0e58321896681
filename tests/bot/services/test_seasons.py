"""Seasons begin and end, one at a time, and stay."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.errors import NoSeasonError, SeasonRunningError
from bot.services.seasons import LONGEST_NAME, Seasons
from storage import seasons as kept
from storage.tables import audit
from tests.bot.services.conftest import ANN, GROUP


@pytest.fixture
def seasons(db, clock) -> Seasons:
    return Seasons(db, clock=clock)


async def test_season_runs_from_its_beginning_to_its_end(seasons, clock):
    begun = await seasons.start(ANN, " Spring ")
    assert (begun.name, begun.began_at, begun.ended_at) == ("Spring", clock(), None)
    clock.turn(days=3)
    ended = await seasons.end(ANN)
    assert (ended.id, ended.ended_at) == (begun.id, clock())
    assert await seasons.running(GROUP) is None


async def test_second_season_waits_for_the_end_of_the_first(seasons):
    await seasons.start(ANN, "Spring")
    with pytest.raises(SeasonRunningError):
        await seasons.start(ANN, "Summer")


async def test_of_many_that_begin_at_once_one_runs(seasons):
    done = await asyncio.gather(*(seasons.start(ANN, str(n)) for n in range(8)), return_exceptions=True)
    assert [isinstance(one, SeasonRunningError) for one in done].count(False) == 1


async def test_of_many_ends_one_counts(seasons, db):
    await seasons.start(ANN, "Spring")
    done = await asyncio.gather(*(seasons.end(ANN) for _ in range(8)), return_exceptions=True)
    assert [isinstance(one, NoSeasonError) for one in done].count(False) == 1


async def test_nothing_ends_where_nothing_runs(seasons):
    with pytest.raises(NoSeasonError):
        await seasons.end(ANN)


async def test_one_call_ends_a_season_and_begins_the_next(seasons, db):
    await seasons.start(ANN, "Spring")
    assert (await seasons.change(ANN, start="Summer", end=True)).name == "Summer"
    async with db.reading() as conn:
        found = await kept.of_guild(conn, GROUP, 9)
    assert [(one.name, one.ended_at is None) for one in found] == [("Summer", True), ("Spring", False)]


async def test_call_that_wants_nothing_tells_what_runs(seasons):
    assert await seasons.change(ANN, start="", end=False) is None
    await seasons.start(ANN, "Spring")
    assert (await seasons.change(ANN, start=" ", end=False)).name == "Spring"


async def test_beginning_and_end_are_written_down(seasons, db):
    await seasons.start(ANN, "x" * 500)
    await seasons.end(ANN)
    async with db.reading() as conn:
        found = [tuple(row) for row in await conn.execute(sa.select(audit.c.action, audit.c.subject))]
    assert found == [("season_start", "x" * LONGEST_NAME), ("season_end", "x" * LONGEST_NAME)]


async def test_season_of_another_group_is_not_this_one_s(seasons, db):
    begun = await seasons.start(ANN, "Spring")
    async with db.reading() as conn:
        assert await kept.get(conn, GROUP, begun.id) == begun
        assert await kept.get(conn, 6, begun.id) is None
        assert await kept.of_guild(conn, 6, 9) == []
