"""Who may have left: asked about seldom, few at a time, and believed only if nobody saw them since."""

from datetime import timedelta

import pytest

from bot.services.leavers import ASKED_AGAIN, MOST, Leavers
from storage import boards
from storage.boards import Scope
from tests.storage.answering import ANN, GUILD, NOON, answer, called, name

LONG_AGO = NOON - timedelta(days=30)


@pytest.fixture
def leavers(db, clock) -> Leavers:
    clock.now = NOON
    return Leavers(db, clock=clock)


async def standings(db, size=1, *, seen_at=LONG_AGO):
    await called(db, {ANN + number: "x" for number in range(size)}, at=seen_at)
    for number in range(size):
        await answer(db, ANN + number, 10)
    async with db.reading() as conn:
        return await boards.standings(conn, Scope(GUILD), first=1, last=99)


def doubts(leavers):
    found = []
    while (doubt := leavers.next()) is not None:
        found.append(doubt.user_id)
    return found


async def test_who_was_seen_lately_is_there(db, leavers):
    leavers.doubt(GUILD, await standings(db, seen_at=NOON - timedelta(days=6)))
    assert doubts(leavers) == []


async def test_who_was_not_seen_for_long_is_asked_about_once(db, leavers):
    found = await standings(db)
    leavers.doubt(GUILD, found)
    leavers.doubt(GUILD, found)
    assert doubts(leavers) == [ANN]
    leavers.doubt(GUILD, found)
    assert doubts(leavers) == []


async def test_who_was_there_is_asked_about_again_after_a_while(db, leavers, clock):
    found = await standings(db)
    leavers.doubt(GUILD, found)
    clock.now += ASKED_AGAIN
    leavers.doubt(GUILD, found)
    assert doubts(leavers) == [ANN, ANN]


async def test_one_board_asks_about_a_few(db, leavers):
    found = await standings(db, 9)
    leavers.doubt(GUILD, found)
    assert len(doubts(leavers)) == MOST
    leavers.doubt(GUILD, found)
    assert len(doubts(leavers)) == MOST


async def test_many_boards_do_not_pile_up(db, leavers):
    found = await standings(db)
    for guild_id in range(1_000):
        leavers.doubt(guild_id, found)
    assert len(doubts(leavers)) == 100


async def test_who_has_left_is_marked_and_not_doubted_again(db, leavers):
    leavers.doubt(GUILD, await standings(db))
    await leavers.left(leavers.next())
    async with db.reading() as conn:
        found = await boards.standings(conn, Scope(GUILD), first=1, last=9)
    assert found[0].gone
    leavers.doubt(GUILD, found)
    assert doubts(leavers) == []


async def test_who_does_something_meanwhile_has_not_left(db, leavers):
    leavers.doubt(GUILD, await standings(db))
    await name(db, ANN, at=NOON)
    await leavers.left(leavers.next())
    async with db.reading() as conn:
        assert not (await boards.standings(conn, Scope(GUILD), first=1, last=9))[0].gone


async def test_doubt_rings_the_bell(db, leavers):
    leavers.doubt(GUILD, await standings(db))
    assert await leavers.bell.wait(0)
