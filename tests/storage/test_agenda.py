"""When something is due next: from indexes alone."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.dialects import sqlite

from storage import agenda, notices, posts, streams
from storage.agenda import NEXT
from storage.ahead import BEYOND
from storage.posts import NewPost
from tests.storage.test_streams import NEW

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def in_minutes(count: int) -> datetime:
    return NOON + timedelta(minutes=count)


async def next_at(db):
    async with db.reading() as conn:
        return await agenda.next_at(conn)


async def test_nothing_is_due_where_there_is_nothing(db):
    assert await next_at(db) is None


@pytest.mark.parametrize("first", ["stream", "step", "reveal", "notice"])
async def test_earliest_of_everything_counts(db, first):
    due = {name: in_minutes(1 if name == first else 5) for name in ("stream", "step", "reveal", "notice")}
    async with db.begin() as conn:
        stream_id = await streams.add(conn, replace(NEW, next_at=due["stream"]))
        new = NewPost(stream_id, 1, None, "claimed", NOON, "q", 2, "", "now", again_at=due["step"])
        post_id = await posts.claim(conn, new)
        await posts.change(conn, post_id, {"reveal_at": due["reveal"]})
        await notices.add(conn, "low", stream_id, at=due["notice"])
    assert await next_at(db) == in_minutes(1)


async def test_paused_stream_is_never_due(db):
    async with db.begin() as conn:
        await streams.add(conn, replace(NEW, next_at=None))
    assert await next_at(db) is None


def test_no_table_is_scanned(migrated_url, sqlite_only):
    statements = [str(NEXT.compile(dialect=sqlite.dialect()))]
    statements.append(str(BEYOND.compile(dialect=sqlite.dialect())).replace("?", "5"))
    statements += [
        "SELECT * FROM streams WHERE next_at <= 5 ORDER BY next_at LIMIT 200",
        "SELECT id FROM posts WHERE again_at <= 5 ORDER BY again_at LIMIT 200",
        "SELECT id FROM posts WHERE reveal_at <= 5 ORDER BY reveal_at LIMIT 200",
        "SELECT id FROM notices WHERE due_at <= 5 ORDER BY due_at LIMIT 200",
    ]
    with closing(sqlite3.connect(migrated_url.database)) as connection:
        for statement in statements:
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
            looks = [line for line in plan if "streams" in line or "posts" in line or "notices" in line]
            assert looks
            assert [line for line in looks if "USING" not in line or "INDEX" not in line] == []
            assert [line for line in looks if line.startswith("SCAN")] == []
    connection.close()


async def test_notice_is_told_by_one_and_comes_again_when_it_was_not(db):
    async with db.begin() as conn:
        stream_id = await streams.add(conn, NEW)
        await notices.add(conn, "low", stream_id, at=NOON)
    async with db.begin() as conn:
        (notice_id,) = await notices.due(conn, NOON, 9)
        found = await notices.take(conn, notice_id, NOON, in_minutes(2))
        assert (found.kind, found.tries, found.post_id) == ("low", 1, None)
        assert await notices.take(conn, notice_id, NOON, in_minutes(2)) is None
        assert await notices.due(conn, in_minutes(1), 9) == ()
        await notices.postpone(conn, notice_id, in_minutes(1))
        assert await notices.due(conn, in_minutes(1), 9) == (notice_id,)
        await notices.done(conn, notice_id)
        assert await notices.due(conn, in_minutes(9), 9) == ()
