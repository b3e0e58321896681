"""What one person has answered, by quarters of an hour."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage import scores
from storage.scores import Quarter, Sums, Whose
from tests.storage.answering import ANN, BO, GUILD, NOON, answer, answers, correct

MINUTE = timedelta(minutes=1)
WHOSE = Whose(ANN, GUILD)


async def quarters(db, whose=WHOSE, since=NOON - timedelta(days=9)):
    async with db.reading() as conn:
        return await scores.by_quarter(conn, whose, since)


@pytest.mark.parametrize(("minutes", "begins"), [(0, 0), (14, 0), (15, 15), (29, 15), (-1, -15)])
async def test_answer_counts_in_its_quarter_of_an_hour(db, minutes, begins):
    await answer(db, ANN, 10, at=NOON + minutes * MINUTE)
    assert await quarters(db) == [Quarter(NOON + begins * MINUTE, 1, 10)]


async def test_quarters_come_in_the_order_of_time(db):
    for minutes in (40, 0, 5):
        await answers(db, ANN, [10, 5], at=NOON + minutes * MINUTE)
    assert await quarters(db) == [Quarter(NOON, 4, 30), Quarter(NOON + 30 * MINUTE, 2, 15)]


async def test_correction_counts_when_it_is_made_and_is_no_answer(db):
    round_id = await answer(db, ANN, 0)
    await correct(db, ANN, round_id, 1, 20, at=NOON + 60 * MINUTE)
    assert await quarters(db) == [Quarter(NOON, 1, 0), Quarter(NOON + 60 * MINUTE, 0, 20)]


async def test_answer_that_is_not_graded_counts_in_its_quarter_and_is_not_wrong(db):
    await answer(db, ANN, 0, answered=0)
    assert await quarters(db) == [Quarter(NOON, 1, 0)]
    async with db.reading() as conn:
        assert await scores.last_wrong(conn, WHOSE, ["Nets"]) == {}
        assert await scores.by_topic(conn, WHOSE) == {"Nets": Sums(0, 0, 0)}


async def test_others_tests_and_what_was_before_do_not_count(db):
    await answer(db, BO, 10)
    await answer(db, ANN, 10, source="test")
    await answer(db, ANN, 10, at=NOON - MINUTE)
    assert await quarters(db, since=NOON) == []


async def test_in_direct_messages_all_groups_count(db):
    await answer(db, ANN, 10)
    await answer(db, ANN, 5, guild_id=99)
    assert await quarters(db) == [Quarter(NOON, 1, 10)]
    assert await quarters(db, Whose(ANN, 0)) == [Quarter(NOON, 2, 15)]


@pytest.mark.usefixtures("sqlite_only")
@pytest.mark.parametrize("guild_id", [0, GUILD])
async def test_quarters_are_found_by_whose_they_are(db, guild_id):
    raw = scores._quarters(Whose(ANN, guild_id), NOON).compile(
        dialect=sa.dialects.sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    async with db.reading() as conn:
        plan = " ".join(row[3] for row in await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {raw}"))
    assert "INDEX ix_events_user_id_at (user_id=? AND at>?)" in plan
