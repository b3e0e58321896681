"""A group's own questions, reports, appeals, drafts and announcements: each decided, kept and told once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage import announcements, appeals, drafts, questions, reports, rounds
from storage.appeals import ACCEPTED, DECLINED, NewAppeal
from storage.drafts import LASTS, Draft
from storage.questions import NewQuestion, State
from storage.reports import NewReport

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
GROUP, OTHER = 5, 6


def new(key="a", guild_id=GROUP, state=State.SUGGESTED, **given):
    return NewQuestion(key * 16, guild_id, "{}", state, NOON, **given)


async def add(db, question):
    async with db.begin() as conn:
        return await questions.add(conn, question)


async def test_numbers_count_up_in_each_group_though_many_come_at_once(db):
    found = await asyncio.gather(*(add(db, new(key)) for key in "abcdef"))
    assert sorted(found) == [1, 2, 3, 4, 5, 6]
    assert await add(db, new("0", OTHER)) == 1


async def test_id_is_given_once(db):
    assert [await add(db, new()), await add(db, new()), await add(db, new(guild_id=OTHER))] == [1, None, None]


async def test_question_is_changed_by_who_saw_it_last(db):
    await add(db, new())
    async with db.begin() as conn:
        seen = await questions.get(conn, GROUP, "a" * 16)
        assert await questions.change(conn, seen, at=NOON, state=State.APPROVED)
        assert not await questions.change(conn, seen, at=NOON, state=State.RETIRED)
        now = await questions.numbered(conn, GROUP, 1)
    assert (now.state, now.version) == (State.APPROVED, 2)


async def test_lists_and_counts_are_of_a_group_a_state_and_an_author(db):
    for key, author in (("a", 1), ("b", 1), ("c", 2)):
        await add(db, new(key, author_id=author))
    async with db.begin() as conn:
        await questions.change(conn, await questions.numbered(conn, GROUP, 1), at=NOON, state=State.APPROVED)
        own = await questions.listed(conn, GROUP, author_id=1)
        assert [one.number for one in own] == [2, 1]
        assert [one.number for one in await questions.listed(conn, GROUP, first=1, limit=1)] == [2]
        assert await questions.count(conn, GROUP, state=State.SUGGESTED) == 2
        assert await questions.count(conn, OTHER) == 0
        assert (await questions.oldest(conn, GROUP, State.SUGGESTED)).number == 2
        assert (await questions.oldest(conn, GROUP, State.SUGGESTED, after=2)).number == 3
        assert await questions.get(conn, OTHER, "a" * 16) is None


async def test_stamp_is_another_after_every_change(db):
    stamps = []
    for step in range(4):
        async with db.begin() as conn:
            if step == 1:
                await questions.add(conn, new(author_id=1))
            if step > 1:
                row = await questions.numbered(conn, GROUP, 1)
                await questions.change(conn, row, at=NOON, author_id=None)
            stamps.append(await questions.stamp(conn, GROUP))
    assert len(set(stamps)) == 4


async def test_many_are_added_at_once_with_the_next_numbers(db):
    await add(db, new())
    async with db.begin() as conn:
        await questions.add_all(conn, GROUP, [new("b"), new("c")])
        await questions.add_all(conn, GROUP, [])
        assert [one.number for one in await questions.listed(conn, GROUP)] == [3, 2, 1]


async def test_report_is_kept_once_and_closed_once(db):
    one = NewReport(GROUP, 1, "a" * 16, 9, "typo", NOON)
    async with db.begin() as conn:
        assert [await reports.add(conn, one) for _ in range(2)] == [True, False]
        found = await reports.nth(conn, GROUP, 0)
        assert (found.reason, await reports.nth(conn, OTHER, 0)) == ("typo", None)
        assert not await reports.close(conn, OTHER, found.id)
        assert [await reports.close(conn, GROUP, found.id) for _ in range(2)] == [True, False]
        assert (await reports.count(conn, GROUP), await reports.get(conn, GROUP, found.id)) == (0, None)


async def test_all_reports_of_a_question_are_closed_together(db):
    async with db.begin() as conn:
        for user_id, key in ((1, "a"), (2, "a"), (1, "b")):
            await reports.add(conn, NewReport(GROUP, user_id, key * 16, 9, "typo", NOON))
        await reports.close_all(conn, GROUP, "a" * 16)
        assert await reports.count(conn, GROUP) == 1


@pytest.fixture
async def round_id(db):
    async with db.begin() as conn:
        return await rounds.add(conn, rounds.NewRound(GROUP, 2, "quiz", "a" * 16, "{}"))


async def test_appeal_is_kept_once_and_decided_once(db, round_id):
    async with db.begin() as conn:
        one = NewAppeal(GROUP, 1, round_id, "gate", NOON)
        assert [await appeals.add(conn, one) for _ in range(2)] == [True, False]
        found = await appeals.nth(conn, GROUP, 0)

    async def decide(state):
        async with db.begin() as conn:
            return await appeals.decide(conn, found, state, 9)

    assert sorted(await asyncio.gather(*map(decide, (ACCEPTED, DECLINED, ACCEPTED)))) == [False, False, True]
    async with db.reading() as conn:
        assert await appeals.count(conn, GROUP) == 0
        assert (await appeals.of_user(conn, GROUP, 1, 5))[0].state in {ACCEPTED, DECLINED}
        assert await appeals.get(conn, OTHER, found.id) is None


async def test_form_is_accepted_once(db):
    async with db.begin() as conn:
        for _ in range(2):
            await appeals.accept_form(conn, GROUP, "a" * 16, "gate", NOON)
        assert await rounds.accepted_forms(conn, GROUP, "a" * 16) == ("gate",)
        assert await rounds.accepted_forms(conn, OTHER, "a" * 16) == ()


def draft(at=NOON, kind="new", body="1", user_id=1):
    return Draft(GROUP, user_id, kind, body, at)


async def test_newest_draft_of_a_kind_takes_the_place_of_the_one_before(db):
    async with db.begin() as conn:
        first = await drafts.keep(conn, draft())
        second = await drafts.keep(conn, draft(body="2"))
        await drafts.keep(conn, draft(kind="edit"))
        assert await drafts.get(conn, first, NOON) is None
        assert (await drafts.get(conn, second, NOON)).body == "2"
        assert (await drafts.newest(conn, guild_id=GROUP, user_id=1, kind="new", now=NOON)).body == "2"
        await drafts.clear(conn, guild_id=GROUP, user_id=1, kind="new")
        assert await drafts.newest(conn, guild_id=GROUP, user_id=1, kind="new", now=NOON) is None


async def test_draft_lasts_a_while_and_goes_with_the_next_one(db):
    async with db.begin() as conn:
        key = await drafts.keep(conn, draft())
        assert await drafts.get(conn, key, NOON + LASTS - timedelta(seconds=1)) is not None
        assert await drafts.get(conn, key, NOON + LASTS) is None
        await drafts.keep(conn, draft(NOON + LASTS, user_id=2))
        assert not await drafts.drop(conn, key)


async def test_announcement_is_taken_by_one_and_again_when_its_lease_is_over(db):
    until = NOON + timedelta(minutes=2)
    async with db.begin() as conn:
        await announcements.add(conn, "report", guild_id=GROUP, channel_id=2, question_id="a" * 16, at=NOON)

    async def take(now):
        async with db.begin() as conn:
            return await announcements.take(conn, now, until=now + timedelta(minutes=2), limit=5)

    assert sorted(map(len, await asyncio.gather(*(take(NOON) for _ in range(4))))) == [0, 0, 0, 1]
    (again,) = await take(until)
    assert again.tries == 1
    async with db.begin() as conn:
        assert await announcements.next_at(conn) == until + timedelta(minutes=2)
        await announcements.drop(conn, again.id)
        assert await announcements.next_at(conn) is None
