"""What groups and people set, how they are called, and who changed what."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.services.groups import LONGEST_NAME, Choice, Groups, Who
from storage import settings, weekly
from storage.settings import Group
from storage.tables import audit, members
from tests.bot.services.conftest import ANN, BO, GROUP

CHIEF = Who(9, GROUP, "chief")
CHOICE = Choice(language="zh-CN", zone="Asia/Shanghai", week_start=6, log_channel_id=3, board_channel_id=4)


async def names(db):
    async with db.reading() as conn:
        return {row.user_id: row.name for row in await conn.execute(sa.select(members.c.user_id, members.c.name))}


async def see(db, groups, who):
    """Let somebody be seen, as whoever takes an answer does."""
    async with db.begin() as conn:
        await groups.see(conn, who)
    groups.remember(who)


async def changes(db):
    async with db.reading() as conn:
        columns = (audit.c.guild_id, audit.c.user_id, audit.c.action, audit.c.subject)
        return [tuple(row) for row in await conn.execute(sa.select(*columns).order_by(audit.c.id))]


async def board(db):
    async with db.reading() as conn:
        return await weekly.of_guild(conn, GROUP)


async def test_group_that_has_set_nothing_has_defaults(groups):
    assert await groups.group(GROUP) == Group(GROUP)


async def test_group_is_read_once(groups, db):
    await groups.group(GROUP)
    async with db.begin() as conn:
        await settings.set_group(conn, GROUP, zone="Asia/Shanghai")
    assert (await groups.group(GROUP)).zone == "UTC"


async def test_what_another_process_changed_is_known_after_a_minute(groups, db, clock):
    await groups.group(GROUP)
    async with db.begin() as conn:
        await settings.set_group(conn, GROUP, zone="Asia/Shanghai")
    clock.turn(minutes=1)
    assert (await groups.group(GROUP)).zone == "Asia/Shanghai"


async def test_what_was_changed_is_known_at_once(groups):
    await groups.group(GROUP)
    await groups.change(CHIEF, CHOICE)
    assert await groups.group(GROUP) == Group(GROUP, "zh-CN", "Asia/Shanghai", 6, 3, 4, zone_chosen=True)


async def test_utc_that_was_chosen_is_told_from_no_zone(groups):
    await groups.change(CHIEF, replace(CHOICE, zone=""))
    assert ((await groups.group(GROUP)).zone, (await groups.group(GROUP)).zone_chosen) == ("UTC", False)
    await groups.move(CHIEF, "UTC")
    assert ((await groups.group(GROUP)).zone, (await groups.group(GROUP)).zone_chosen) == ("UTC", True)


async def test_zone_that_was_chosen_stays_where_none_is_given(groups):
    await groups.change(CHIEF, CHOICE)
    await groups.change(CHIEF, replace(CHOICE, zone="", week_start=1))
    found = await groups.group(GROUP)
    assert (found.zone, found.zone_chosen, found.week_start) == ("Asia/Shanghai", True, 1)


async def test_change_while_somebody_reads_is_not_overlooked(groups):
    for _ in range(20):
        await asyncio.gather(groups.group(GROUP), groups.change(CHIEF, CHOICE), groups.group(GROUP))
        assert (await groups.group(GROUP)).zone == "Asia/Shanghai"
        await groups.change(CHIEF, replace(CHOICE, zone="UTC"))


async def test_day_is_the_group_s(groups):
    late = datetime(2026, 11, 25, 20, tzinfo=UTC)
    assert (await groups.today(GROUP, late)).day == 25
    await groups.move(CHIEF, "Asia/Shanghai")
    assert (await groups.today(GROUP, late)).day == 26


async def test_zone_of_a_person_goes_before_the_group_s(groups):
    await groups.move(CHIEF, "Asia/Shanghai")
    assert (await groups.zone_of(ANN.user_id, GROUP)).key == "Asia/Shanghai"
    await groups.choose_zone(ANN, "Europe/Berlin")
    assert (await groups.zone_of(ANN.user_id, GROUP)).key == "Europe/Berlin"
    await groups.choose_zone(ANN, None)
    assert (await groups.zone_of(ANN.user_id, GROUP)).key == "Asia/Shanghai"


async def test_language_chosen_is_known_without_waiting(groups):
    await groups.choose_language(ANN, "zh-CN")
    assert (groups.language_of(ANN.user_id), groups.language_of(BO.user_id)) == ("zh-CN", None)
    await groups.choose_language(ANN, None)
    assert groups.language_of(ANN.user_id) is None


async def test_language_chosen_outlives_a_restart(groups, db, clock):
    await groups.choose_language(ANN, "zh-TW")
    restarted = Groups(db, clock=clock)
    await restarted.load()
    assert restarted.language_of(ANN.user_id) == "zh-TW"


async def test_settings_of_a_person_leave_one_another_alone(groups, db):
    await groups.choose_language(ANN, "en")
    await groups.choose_zone(ANN, "UTC")
    async with db.begin() as conn:
        await settings.set_person(conn, ANN.user_id, hidden=True)
    assert await groups.person(ANN.user_id) == settings.Person(ANN.user_id, "en", "UTC", True)


async def test_name_is_the_last_one(groups, db):
    await see(db, groups, ANN)
    await see(db, groups, replace(ANN, name="Anna"))
    assert await names(db) == {ANN.user_id: "Anna"}


async def test_name_that_is_known_is_not_written_again_for_a_day(groups, db, clock):
    await see(db, groups, ANN)
    async with db.begin() as conn:
        await conn.execute(sa.delete(members))
    await see(db, groups, ANN)
    assert await names(db) == {}
    clock.turn(days=1)
    await see(db, groups, ANN)
    assert await names(db) == {ANN.user_id: "ann"}


async def test_name_whose_transaction_failed_is_written_the_next_time(groups, db):
    with pytest.raises(ZeroDivisionError):
        async with db.begin() as conn:
            await groups.see(conn, ANN)
            raise ZeroDivisionError
    await see(db, groups, ANN)
    assert await names(db) == {ANN.user_id: "ann"}


async def test_very_long_name_is_cut(groups, db):
    await see(db, groups, replace(ANN, name="x" * 500))
    assert await names(db) == {ANN.user_id: "x" * LONGEST_NAME}


async def test_person_who_is_forgotten_is_seen_anew(groups, db):
    await see(db, groups, ANN)
    await groups.choose_language(ANN, "en")
    async with db.begin() as conn:
        await conn.execute(sa.delete(members))
    groups.forget(ANN.user_id)
    await see(db, groups, ANN)
    assert await names(db) == {ANN.user_id: "ann"}
    assert groups.language_of(ANN.user_id) is None


async def test_every_change_is_written_down_once_with_who_made_it(groups, db):
    await groups.change(CHIEF, CHOICE)
    await groups.change(BO, replace(CHOICE, week_start=0, log_channel_id=None))
    first = [("language", "zh-CN"), ("zone", "Asia/Shanghai"), ("week_start", "6"), ("log_channel_id", "3"),
             ("board_channel_id", "4")]  # fmt: skip
    assert await changes(db) == [
        *((GROUP, CHIEF.user_id, *one) for one in first),
        (GROUP, BO.user_id, "week_start", "0"),
        (GROUP, BO.user_id, "log_channel_id", ""),
    ]


async def test_what_stays_is_not_written_down(groups, db):
    await groups.change(CHIEF, CHOICE)
    before = await changes(db)
    await groups.change(CHIEF, CHOICE)
    assert await changes(db) == before


async def test_member_who_never_answered_can_be_excluded(groups, db):
    await groups.exclude(CHIEF, BO, excluded=True)
    async with db.reading() as conn:
        assert (await conn.execute(sa.select(members.c.name, members.c.excluded))).one() == ("bo", True)
    assert await changes(db) == [(GROUP, CHIEF.user_id, "exclude", str(BO.user_id))]


async def test_who_is_excluded_stays_so_when_they_answer(groups, db):
    await groups.exclude(CHIEF, BO, excluded=True)
    await see(db, groups, BO)
    async with db.reading() as conn:
        assert (await conn.execute(sa.select(members.c.excluded))).scalar_one()


async def test_board_is_planned_for_the_end_of_the_week(groups, db):
    await groups.change(CHIEF, CHOICE)
    # Sunday midnight in Shanghai.
    assert (await board(db)).due_at == datetime(2026, 11, 28, 16, tzinfo=UTC)


async def test_board_without_a_channel_is_not_planned(groups, db):
    await groups.change(CHIEF, replace(CHOICE, board_channel_id=None))
    assert await board(db) is None


async def test_board_that_is_switched_off_is_planned_no_more(groups, db):
    await groups.change(CHIEF, CHOICE)
    await groups.change(CHIEF, replace(CHOICE, board_channel_id=None))
    assert await board(db) is None


async def test_board_moves_with_the_zone_and_the_first_day(groups, db):
    await groups.change(CHIEF, CHOICE)
    await groups.change(CHIEF, replace(CHOICE, zone="UTC", week_start=0))
    assert (await board(db)).due_at == datetime(2026, 11, 30, tzinfo=UTC)


async def test_moving_the_zone_after_a_board_gives_no_second_one_for_the_same_week(groups, db, clock):
    await groups.change(CHIEF, CHOICE)
    due_at = (await board(db)).due_at
    clock.now = due_at + timedelta(minutes=1)
    async with db.begin() as conn:
        await weekly.finish(conn, await weekly.of_guild(conn, GROUP), due_at + timedelta(days=7), message_id=5)
    await groups.move(CHIEF, "America/New_York")
    assert (await board(db)).due_at == datetime(2026, 12, 6, 5, tzinfo=UTC)


async def test_board_that_is_being_posted_is_left_alone(groups, db, clock):
    await groups.change(CHIEF, CHOICE)
    due_at = (await board(db)).due_at
    clock.now = due_at + timedelta(seconds=5)
    await groups.move(CHIEF, "UTC")
    assert (await board(db)).due_at == due_at


async def test_other_channel_does_not_inherit_the_last_board(groups, db):
    await groups.change(CHIEF, CHOICE)
    async with db.begin() as conn:
        await settings.set_group(conn, GROUP, board_message_id=5)
    await groups.move(CHIEF, "UTC")
    assert (await board(db)).message_id == 5
    await groups.change(CHIEF, replace(CHOICE, board_channel_id=44))
    assert (await board(db)).message_id is None
