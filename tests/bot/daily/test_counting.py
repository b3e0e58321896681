"""Open answers in scores and boards: neither right nor wrong before their author has graded them."""

import pytest
import sqlalchemy as sa

from storage import boards, totals
from storage.boards import Scope
from storage.tables import totals as kept_sums
from tests.bot.conftest import words
from tests.bot.daily.desk import open_questions
from tests.bot.daily.test_open_answers import LONG, OTHER, grade, write


@pytest.fixture
def bank() -> list:
    return open_questions()


async def sums(desk):
    """Return what is kept of each member, in the order of their ids: answered, right, points."""
    columns = (kept_sums.c[name] for name in ("answered", "right", "points"))
    async with desk.db.reading() as conn:
        return [tuple(row) for row in await conn.execute(sa.select(*columns).order_by(kept_sums.c.user_id))]


async def board(desk, **scope):
    async with desk.db.reading() as conn:
        found = await boards.standings(conn, Scope(desk.guild_id, **scope), first=1, last=10)
    return [(one.name, one.answered, one.right, one.points) for one in found]


async def score(desk):
    return words((await desk.chat.ann.slash(desk.channel, "score")).response)


async def test_score_does_not_call_an_answer_wrong_that_is_not_graded(desk, post):
    response = await write(desk, desk.chat.ann, LONG)
    before = await score(desk)
    assert "no answer graded yet" in before
    assert "Topics to work on" not in before
    await grade(desk, desk.chat.ann, response, 0, 1)
    assert "**15 points** · 1 of 1 right" in await score(desk)


async def test_answer_graded_as_not_known_is_wrong(desk, post):
    await grade(desk, desk.chat.ann, await write(desk, desk.chat.ann, LONG))
    found = await score(desk)
    assert "0 of 1 right" in found
    assert "Topics to work on" in found


async def test_grading_again_counts_one_answer(desk, post):
    response = await write(desk, desk.chat.ann, LONG)
    assert await sums(desk) == [(0, 0, 0)]
    for ticks in ([0, 1], [], [0]):
        await grade(desk, desk.chat.ann, response, *ticks)
    assert await sums(desk) == [(1, 1, 8)]


async def test_sums_made_again_are_the_same(desk, post):
    await write(desk, desk.chat.ann, LONG)
    await grade(desk, desk.chat.bo, await write(desk, desk.chat.bo, OTHER), 0, 1)
    before = await sums(desk)
    async with desk.db.begin() as conn:
        await conn.run_sync(totals.recount)
    assert await sums(desk) == before


@pytest.mark.parametrize("scope", [{}, {"topics": ("Nets",)}])
async def test_boards_count_only_what_is_graded(desk, post, scope):
    await write(desk, desk.chat.ann, LONG)
    assert await board(desk, **scope) == []
    await grade(desk, desk.chat.bo, await write(desk, desk.chat.bo, OTHER), 0, 1)
    assert await board(desk, **scope) == [("bo", 1, 1, 15)]


async def test_answer_counted_from_the_beginning_is_not_counted_again(desk, post):
    response = await write(desk, desk.chat.ann, LONG)
    async with desk.db.begin() as conn:
        await conn.exec_driver_sql("UPDATE events SET answered = 1 WHERE number = 0")
        await conn.run_sync(totals.recount)
    await grade(desk, desk.chat.ann, response, 0, 1)
    assert await sums(desk) == [(1, 1, 15)]


async def test_who_has_answered_is_told_before_anybody_has_graded(desk, post):
    await write(desk, desk.chat.ann, LONG)
    await desk.until(9)
    assert any("1 has answered" in text for text in desk.said())
