"""/mydata: everybody gets, deletes and hides their own data, and nobody else sees it."""

import json
import sqlite3
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from storage.failures import worded
from storage.tables import events, users
from tests.bot.conftest import words
from tests.storage.filling import fill, rows


@pytest.fixture
async def used(chat, db):
    """Return the chat after ann and bo have used the bot."""
    async with db.begin() as conn:
        for member in (chat.ann, chat.bo):
            await fill(conn, user_id=member.id, guild_id=7)
    return chat


async def people(db) -> set[int]:
    async with db.reading() as conn:
        return set((await conn.execute(sa.select(users.c.user_id))).scalars())


async def confirm(chat, word, member=None):
    member = member or chat.ann
    return await member.submit_modal(await member.slash(chat.channel, "mydata delete"), {"word": word})


async def test_export_is_a_private_file_with_one_s_own_data(used):
    result = await used.ann.slash(used.channel, "mydata export")
    (file,) = result.response.attachments
    assert result.ephemeral
    found = json.loads(await file.read())
    assert found["user_id"] == str(used.ann.id)
    assert str(used.bo.id) not in json.dumps(found)


@pytest.mark.parametrize("word", ["DELETE", " delete ", "删除", "刪除"])
async def test_deletion_is_done_once_the_word_is_typed(used, db, word):
    result = await confirm(used, word)
    assert result.ephemeral
    assert "everything about you is deleted" in words(result.response)
    assert await people(db) == {used.bo.id}


@pytest.mark.parametrize("word", ["no", "delet", "DELETE bo"])
async def test_another_word_deletes_nothing(used, db, word):
    assert "Nothing was deleted" in words((await confirm(used, word)).response)
    assert await people(db) == {used.ann.id, used.bo.id}


async def test_confirmation_works_after_a_restart(used, db, make_bot):
    window = await used.ann.slash(used.channel, "mydata delete")
    await used.env.restart_bot(make_bot())
    await used.ann.submit_modal(window, {"word": "DELETE"})
    assert await people(db) == {used.bo.id}


@pytest.mark.usefixtures("sqlite_only")
async def test_deletion_that_cannot_be_written_down_is_not_done_and_says_so(used, db, tmp_path):
    (tmp_path / "forgotten").mkdir()
    result = await confirm(used, "DELETE")
    assert "Nothing was changed" in words(result.response)
    async with db.reading() as conn:
        assert await rows(conn, events.c.user_id, used.ann.id)


async def test_hiding_is_private_and_taken_back_by_the_same_command(used):
    first, second = [await used.ann.slash(used.channel, "mydata hide") for _ in range(2)]
    assert first.ephemeral
    assert "on no leaderboard any more" in words(first.response)
    assert "on the leaderboards again" in words(second.response)


@pytest.mark.parametrize("command", ["export", "hide"])
async def test_it_works_in_direct_messages(chat, command):
    result = await chat.env.create_user("cleo").slash(f"mydata {command}")
    assert result.response.attachments if command == "export" else "leaderboard" in words(result.response)


@pytest.mark.language("zh-CN")
async def test_chinese_readers_are_asked_for_a_chinese_word(used, db):
    result = await confirm(used, "删除")
    assert "都已删除" in words(result.response)


@pytest.mark.usefixtures("sqlite_only")
async def test_failure_half_way_leaves_everything_as_it_was(used, db):
    async with db.begin() as conn:
        await conn.execute(sa.text("CREATE TRIGGER no AFTER UPDATE ON events BEGIN SELECT RAISE(ABORT, 'no'); END"))
    assert "Something went wrong" in words((await confirm(used, "DELETE")).response)
    assert await people(db) == {used.ann.id, used.bo.id}


FAILURES = [
    ("en", "The database is busy. Nothing was changed"),
    ("zh-CN", "数据库正忙，什么都没有改动"),
]


@pytest.mark.parametrize(
    ("language", "told"), [pytest.param(*one, marks=pytest.mark.language(one[0])) for one in FAILURES]
)
async def test_failure_at_a_press_is_told_in_the_reader_s_language_and_logged(
    used, db, monkeypatch, caplog, language, told
):
    @asynccontextmanager
    async def locked():
        with worded():
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorname = "SQLITE_BUSY"
            raise error
        yield

    monkeypatch.setattr(db, "begin", locked)
    result = await confirm(used, "DELETE")
    assert result.ephemeral
    assert told in words(result.response)
    assert "try again in a moment. (database is locked)" in caplog.text
