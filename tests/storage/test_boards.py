"""Ranks 1, 2, 2, 4; who is listed, in which order, and from which events."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage import boards, settings, userdata
from storage.boards import Scope
from storage.tables import members
from tests.storage.answering import ANN, BO, CY, DEE, GUILD, NOON, answer, answers, correct, name

EVERYBODY = (ANN, BO, CY, DEE)
LONG_AGO = NOON - timedelta(days=999)
ALL_WAYS = [Scope(GUILD), Scope(GUILD, begins=LONG_AGO), Scope(GUILD, topics=("Nets",))]
"""From the kept sums, from the events of a time, and of a topic: always the same board."""


async def board(db, scope=ALL_WAYS[0], *, first=1, last=10, viewer_id=None):
    async with db.reading() as conn:
        return await boards.standings(conn, scope, first=first, last=last, viewer_id=viewer_id)


def ranks(found):
    return [(one.name, one.rank, one.points) for one in found]


@pytest.fixture
async def four(db):
    """Four members: one first, two equal, one last."""
    await name(db, *EVERYBODY)
    for user_id, earned in ((ANN, [10]), (BO, [15, 15]), (CY, [20, 10]), (DEE, [20, 20])):
        await answers(db, user_id, earned)


@pytest.mark.parametrize("scope", ALL_WAYS)
@pytest.mark.usefixtures("four")
async def test_equal_points_share_a_rank_and_the_next_is_left_out(db, scope):
    assert ranks(await board(db, scope)) == [("dee", 1, 40), ("bo", 2, 30), ("cy", 2, 30), ("ann", 4, 10)]


@pytest.mark.usefixtures("four")
async def test_everybody_is_told_how_many_points_the_next_rank_has(db):
    assert [one.ahead for one in await board(db)] == [None, 40, 40, 30]


@pytest.mark.usefixtures("four")
async def test_own_place_comes_with_every_page(db):
    found = await board(db, last=2, viewer_id=ANN)
    assert [(one.name, one.place, one.listed) for one in found] == [("dee", 1, 4), ("bo", 2, 4), ("ann", 4, 4)]


@pytest.mark.usefixtures("four")
async def test_own_place_on_the_page_comes_once(db):
    assert [one.name for one in await board(db, last=2, viewer_id=DEE)] == ["dee", "bo"]


@pytest.mark.usefixtures("four")
async def test_second_page_goes_on(db):
    assert [one.name for one in await board(db, first=3, last=4)] == ["cy", "ann"]


async def test_equal_points_are_listed_by_right_answers_then_fewer_answers_then_the_older_account(db):
    await name(db, *EVERYBODY)
    for user_id, earned in ((ANN, [10, 10, 0]), (BO, [20]), (CY, [10, 10]), (DEE, [20])):
        await answers(db, user_id, earned)
    assert ranks(await board(db)) == [("cy", 1, 20), ("ann", 1, 20), ("bo", 1, 20), ("dee", 1, 20)]


async def test_too_few_answers_come_after_all_that_are_ranked(db):
    await name(db, ANN, BO)
    await answers(db, ANN, [10, 0, 0])
    await answer(db, BO, 20)
    found = await board(db, Scope(GUILD, least=3))
    assert [(one.name, one.ranked, one.rank) for one in found] == [("ann", True, 1), ("bo", False, 1)]
    assert [one.ahead for one in found] == [None, None]


async def test_who_answered_and_earned_nothing_is_listed(db):
    await name(db, ANN)
    await answer(db, ANN, 0)
    assert ranks(await board(db)) == [("ann", 1, 0)]


@pytest.mark.usefixtures("four")
async def test_who_hides_is_left_out_without_a_gap(db):
    async with db.begin() as conn:
        await settings.set_person(conn, DEE, hidden=True)
    assert ranks(await board(db, viewer_id=DEE)) == [("bo", 1, 30), ("cy", 1, 30), ("ann", 3, 10)]


@pytest.mark.usefixtures("four")
async def test_who_hides_no_longer_is_back_at_once(db):
    for hidden in (True, False):
        async with db.begin() as conn:
            await settings.set_person(conn, DEE, hidden=hidden)
    assert ranks(await board(db))[0] == ("dee", 1, 40)


@pytest.mark.usefixtures("four")
async def test_who_is_excluded_is_left_out_of_this_group_alone(db):
    await name(db, BO, guild_id=6)
    await answer(db, BO, 10, guild_id=6)
    async with db.begin() as conn:
        await conn.execute(sa.update(members).where(members.c.user_id == BO, members.c.guild_id == GUILD)
                           .values(excluded=True))  # fmt: skip
    assert [one.name for one in await board(db)] == ["dee", "cy", "ann"]
    assert [one.name for one in await board(db, Scope(6))] == ["bo"]


@pytest.mark.parametrize(("setting", "shown"), [({}, True), ({"hidden": True}, False), ({"language": "en"}, True)])
async def test_whether_somebody_is_shown_is_known(db, setting, shown):
    async with db.begin() as conn:
        await settings.set_person(conn, ANN, **{"hidden": False, **setting})
        assert await boards.is_shown(conn, GUILD, ANN) is shown


async def test_who_left_stays_on_the_board(db):
    await name(db, ANN)
    await answer(db, ANN, 10)
    async with db.begin() as conn:
        assert await boards.mark_gone(conn, GUILD, ANN, NOON)
    assert [(one.name, one.gone) for one in await board(db)] == [("ann", True)]


async def test_who_has_come_back_meanwhile_is_not_gone(db):
    await name(db, ANN, at=NOON + timedelta(seconds=1))
    async with db.begin() as conn:
        assert not await boards.mark_gone(conn, GUILD, ANN, NOON)


async def test_who_deleted_their_data_is_on_no_board(db):
    await name(db, ANN, BO)
    await answers(db, ANN, [10, 10])
    await answer(db, BO, 10)
    async with db.begin() as conn:
        await userdata.delete(conn, ANN, pseudonym=-3, at=NOON)
    assert ranks(await board(db)) == [("bo", 1, 10)]


async def test_other_groups_do_not_count(db):
    await name(db, ANN)
    await answer(db, ANN, 10)
    await answer(db, ANN, 20, guild_id=6)
    assert ranks(await board(db)) == [("ann", 1, 10)]


@pytest.mark.parametrize("scope", ALL_WAYS)
async def test_what_is_answered_in_a_test_counts_nowhere(db, scope):
    await name(db, ANN)
    await answer(db, ANN, 0, source="test")
    assert await board(db, scope) == []


async def test_time_begins_with_its_first_instant_and_ends_before_its_last(db):
    await name(db, *EVERYBODY)
    day = timedelta(days=1)
    for user_id, at in ((ANN, NOON - timedelta.resolution), (BO, NOON), (CY, NOON + day - timedelta.resolution),
                        (DEE, NOON + day)):  # fmt: skip
        await answer(db, user_id, 10, at=at)
    found = await board(db, Scope(GUILD, NOON, NOON + day))
    assert [one.name for one in found] == ["bo", "cy"]


async def test_topic_counts_its_own_events_under_each_of_its_names(db):
    await name(db, ANN)
    for topic in ("Nets", "网络", "Trees"):
        await answer(db, ANN, 10, topic=topic)
    assert ranks(await board(db, Scope(GUILD, topics=("Nets", "网络")))) == [("ann", 1, 20)]


@pytest.mark.parametrize("scope", ALL_WAYS)
async def test_correction_is_part_of_the_sum(db, scope):
    await name(db, ANN)
    round_id = await answer(db, ANN, 0)
    await correct(db, ANN, round_id, 1, 15)
    found = (await board(db, scope))[0]
    assert (found.answered, found.right, found.points) == (1, 1, 15)


async def test_correction_that_comes_in_a_later_time_earns_its_points_there(db):
    await name(db, ANN)
    round_id = await answer(db, ANN, 0)
    later = NOON + timedelta(days=7)
    await correct(db, ANN, round_id, 1, 15, at=later)
    found = (await board(db, Scope(GUILD, later)))[0]
    assert (found.answered, found.points) == (0, 15)


async def test_nobody_is_on_an_empty_board(db):
    await name(db, ANN)
    async with db.reading() as conn:
        assert not await boards.has_answers(conn, Scope(GUILD))
    await answer(db, ANN, 0)
    async with db.reading() as conn:
        assert await boards.has_answers(conn, Scope(GUILD))


@pytest.mark.usefixtures("sqlite_only")
async def test_board_of_a_week_is_read_from_an_index_alone(db):
    week = boards._sums(Scope(GUILD, NOON, NOON + timedelta(days=7))).select()
    async with db.reading() as conn:
        raw = str(week.compile(dialect=sa.dialects.sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[3] for row in await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {raw}"))
    assert "COVERING INDEX ix_events_board (guild_id=? AND at>? AND at<?)" in plan
