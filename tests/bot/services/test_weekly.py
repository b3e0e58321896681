"""The board of a week: due when it is over, taken by one, ended once, and never days too late."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.boards import Boards
from bot.services.leavers import Leavers
from bot.services.weekly import LEASE, TOO_LATE, UNCERTAIN, Weekly, nonce
from storage import settings
from storage import weekly as kept
from tests.storage.answering import ANN, BO, GUILD, answers, name

DUE = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
async def weekly(db, groups, questions, clock) -> Weekly:
    """The boards of a group in which two have answered; it is the end of the week."""
    boards = Boards(db, groups, questions=questions, leavers=Leavers(db, clock=clock), clock=clock)
    await name(db, ANN, BO)
    await answers(db, ANN, [10, 10])
    await answers(db, BO, [20, 20])
    async with db.begin() as conn:
        await kept.plan(conn, GUILD, 4, DUE)
    clock.now = DUE
    return Weekly(db, groups, boards, clock=clock)


async def row(db):
    async with db.reading() as conn:
        return await kept.of_guild(conn, GUILD)


async def claim(weekly):
    (found,) = await weekly.due()
    return await weekly.claim(found)


async def test_board_is_due_from_the_end_of_its_week(weekly, clock):
    clock.turn(microseconds=-1)
    assert await weekly.due() == ()
    clock.now = DUE
    assert [one.guild_id for one in await weekly.due()] == [GUILD]


async def test_wait_is_until_the_next_board_or_shorter(weekly, clock):
    clock.now = DUE - timedelta(seconds=20)
    assert await weekly.wait_s(60) == 20
    clock.now = DUE - timedelta(days=2)
    assert await weekly.wait_s(60) == 60
    clock.now = DUE + timedelta(days=1)
    assert await weekly.wait_s(60) == 0


async def test_wait_without_boards_is_the_longest(weekly, db):
    async with db.begin() as conn:
        await kept.plan(conn, GUILD, None, None)
    assert await weekly.wait_s(60) == 60


async def test_board_holds_those_of_the_week_that_is_over(weekly):
    post = await claim(weekly)
    assert [(one.name, one.points) for one in post.board.rows] == [("bo", 40), ("ann", 20)]
    assert (post.board.span.begins, post.board.span.ends) == (DUE - timedelta(days=7), DUE)
    assert (post.again, post.fresh) == (False, False)


async def test_of_many_that_claim_at_once_one_gets_the_board(weekly):
    (found,) = await weekly.due()
    got = await asyncio.gather(*(weekly.claim(found) for _ in range(8)))
    assert [one is not None for one in got].count(True) == 1


async def test_board_that_is_claimed_is_not_due_until_its_lease_ends(weekly, clock):
    await claim(weekly)
    clock.now = DUE + LEASE - timedelta(seconds=1)
    assert await weekly.due() == ()
    clock.now = DUE + LEASE
    post = await claim(weekly)
    assert (post.again, post.fresh) == (True, True)


async def test_try_of_long_ago_is_not_fresh(weekly, clock):
    await claim(weekly)
    clock.now = DUE + LEASE + timedelta(minutes=5)
    assert not (await claim(weekly)).fresh


async def test_nobody_is_patient_for_ever(weekly, clock):
    assert (await claim(weekly)).patient
    clock.now = DUE + timedelta(hours=7)
    assert not (await claim(weekly)).patient


async def test_done_board_is_due_again_after_the_next_week(weekly, db, clock):
    post = await claim(weekly)
    await weekly.done(post.row, 55)
    found = await row(db)
    assert (found.due_at, found.next_at, found.tries, found.message_id) == (
        DUE + timedelta(7),
        DUE + timedelta(7),
        0,
        55,
    )


async def test_board_posted_late_is_followed_by_that_of_the_running_week(weekly, db, clock):
    clock.now = DUE + timedelta(days=1)
    await weekly.done((await claim(weekly)).row, 55)
    assert (await row(db)).due_at == DUE + timedelta(days=7)


async def test_next_board_is_of_the_zone_of_then(weekly, db, groups, clock):
    post = await claim(weekly)
    async with db.begin() as conn:
        await settings.set_group(conn, GUILD, zone="Asia/Shanghai")
    groups.changed(GUILD)
    await weekly.done(post.row, 55)
    assert (await row(db)).due_at == DUE + timedelta(days=7, hours=-8)


async def test_board_that_is_too_late_is_left_out(weekly, db, clock):
    clock.now = DUE + TOO_LATE + timedelta(seconds=1)
    assert await claim(weekly) is None
    assert (await row(db)).due_at == DUE + timedelta(days=7)


async def test_week_without_answers_keeps_the_last_board(weekly, db, clock):
    async with db.begin() as conn:
        await kept.plan(conn, GUILD, 4, DUE + timedelta(days=7))
        await settings.set_group(conn, GUILD, board_message_id=55)
    clock.turn(days=7)
    assert await claim(weekly) is None
    assert ((await row(db)).message_id, (await row(db)).due_at) == (55, DUE + timedelta(days=14))


async def test_board_of_members_who_all_hide_is_left_out(weekly, db):
    async with db.begin() as conn:
        for user_id in (ANN, BO):
            await settings.set_person(conn, user_id, hidden=True)
    assert await claim(weekly) is None


async def test_failure_is_told_once_and_the_next_week_is_tried(weekly, db, clock):
    post = await claim(weekly)
    assert await weekly.failed(post.row, "forbidden")
    clock.turn(days=7)
    await answers(db, ANN, [10, 10], at=clock() - timedelta(days=1))
    post = await claim(weekly)
    assert not await weekly.failed(post.row, UNCERTAIN)
    assert ((await row(db)).problem, (await row(db)).due_at) == (UNCERTAIN, DUE + timedelta(days=14))


async def test_success_clears_the_problem(weekly, db, groups, clock):
    await weekly.failed((await claim(weekly)).row, "gone")
    assert (await groups.group(GUILD)).board_problem == "gone"
    clock.turn(days=7)
    await answers(db, ANN, [10, 10], at=clock() - timedelta(days=1))
    await weekly.done((await claim(weekly)).row, 5)
    assert (await groups.group(GUILD)).board_problem is None


async def test_pauses_between_tries_grow(weekly, db, clock):
    pauses = []
    for _ in range(9):
        post = await claim(weekly)
        await weekly.later(post.row)
        pauses.append((await row(db)).next_at - clock())
        clock.now = (await row(db)).next_at
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=15), timedelta(minutes=30))


async def test_group_that_is_away_is_looked_at_again_without_a_try(weekly, db, clock):
    (found,) = await weekly.due()
    await weekly.wait_for_group(found)
    assert ((await row(db)).tries, (await row(db)).next_at) == (0, clock() + timedelta(minutes=1))


async def test_board_that_the_group_planned_anew_meanwhile_is_left_alone(weekly, db):
    post = await claim(weekly)
    async with db.begin() as conn:
        await kept.plan(conn, GUILD, 44, DUE + timedelta(days=3))
    await weekly.done(post.row, 55)
    await weekly.later(post.row)
    found = await row(db)
    assert (found.due_at, found.next_at, found.message_id) == (DUE + timedelta(days=3), DUE + timedelta(days=3), None)


async def test_board_that_was_switched_off_meanwhile_stays_off(weekly, db):
    post = await claim(weekly)
    async with db.begin() as conn:
        await kept.plan(conn, GUILD, None, None)
    await weekly.done(post.row, 55)
    assert await row(db) is None


async def test_no_group_has_the_nonce_of_another_or_of_another_week(weekly, db):
    (found,) = await weekly.due()
    others = [kept.Due(guild, 4, at, at, 0, None, None) for guild in (2**63 - 1, 6) for at in (DUE, DUE + timedelta(7))]
    nonces = {nonce(kind, one) for kind in ("wk", "wp") for one in (found, *others)}
    assert len(nonces) == 10
    assert max(map(len, nonces)) <= 25


async def test_end_of_a_week_asks_for_no_second_connection(weekly, db, groups, monkeypatch):
    post = await claim(weekly)
    groups.changed(GUILD)
    # With a few connections in all, as many boards that each want another one would wait for each other.
    monkeypatch.setattr(db, "reading", None)
    await weekly.done(post.row, 55)
    monkeypatch.undo()
    assert (await row(db)).message_id == 55
