"""What groups and people have set, and how they are called."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage import settings
from storage.settings import Group, Person
from storage.tables import members
from tests.storage.answering import ANN, BO, GUILD, NOON, called


async def rows(db):
    async with db.reading() as conn:
        columns = (members.c.guild_id, members.c.user_id, members.c.name, members.c.gone, members.c.excluded)
        return [
            tuple(row)
            for row in await conn.execute(sa.select(*columns).order_by(members.c.guild_id, members.c.user_id))
        ]


async def test_nothing_set_is_the_defaults(db):
    async with db.reading() as conn:
        assert await settings.group(conn, GUILD) == Group(GUILD, None, "UTC", 0, None, None, None)
        assert await settings.person(conn, ANN) == Person(ANN, None, None, False)


@pytest.mark.parametrize(("column", "value"), [("zone", "Asia/Shanghai"), ("week_start", 6), ("log_channel_id", 2**62)])
async def test_one_column_is_set_without_the_others(db, column, value):
    async with db.begin() as conn:
        await settings.set_group(conn, GUILD, language="en")
        await settings.set_group(conn, GUILD, **{column: value})
        found = await settings.group(conn, GUILD)
    assert (getattr(found, column), found.language) == (value, "en")


async def test_groups_and_people_are_kept_apart(db):
    async with db.begin() as conn:
        await settings.set_group(conn, GUILD, zone="Asia/Shanghai")
        await settings.set_person(conn, ANN, zone="Europe/Berlin", hidden=True)
        assert (await settings.group(conn, 6)).zone == "UTC"
        assert await settings.person(conn, BO) == Person(BO)


async def test_languages_are_of_those_who_chose_one(db):
    async with db.begin() as conn:
        await settings.set_person(conn, ANN, language="zh-CN")
        await settings.set_person(conn, BO, hidden=True)
        assert await settings.languages(conn) == {ANN: "zh-CN"}


async def test_name_is_the_last_one_and_whoever_is_seen_is_back(db):
    await called(db, {ANN: "ann"})
    async with db.begin() as conn:
        await conn.execute(sa.update(members).values(gone=True, excluded=True))
    await called(db, {ANN: "Anna"}, at=NOON + timedelta(days=1))
    assert await rows(db) == [(GUILD, ANN, "Anna", False, True)]


async def test_many_are_seen_at_once(db):
    await called(db, {ANN: "ann", BO: "bo"})
    await called(db, {})
    assert [row[2] for row in await rows(db)] == ["ann", "bo"]


async def test_exclusion_keeps_the_name_that_is_known(db):
    await called(db, {ANN: "ann"})
    async with db.begin() as conn:
        for user_id in (ANN, BO):
            await settings.exclude(conn, guild_id=GUILD, user_id=user_id, name="new", at=NOON, excluded=True)
    assert await rows(db) == [(GUILD, ANN, "ann", False, True), (GUILD, BO, "new", False, True)]


async def test_exclusion_is_of_one_group(db):
    await called(db, {ANN: "ann"}, guild_id=6)
    async with db.begin() as conn:
        await settings.exclude(conn, guild_id=GUILD, user_id=ANN, name="ann", at=NOON, excluded=True)
    assert [(row[0], row[4]) for row in await rows(db)] == [(GUILD, True), (6, False)]


async def test_exclusion_can_be_undone(db):
    async with db.begin() as conn:
        for excluded in (True, False):
            await settings.exclude(conn, guild_id=GUILD, user_id=ANN, name="ann", at=NOON, excluded=excluded)
    assert [row[4] for row in await rows(db)] == [False]
