"""A deletion outlasts the database: what an older backup brings back goes again, what came after it stays."""

import shutil

import pytest
import sqlalchemy as sa

from storage.errors import StorageError
from storage.forgotten import forget, forget_again
from storage.opening import open_database
from storage.tables import events, users
from tests.storage.filling import NOON, fill, rows

ANN, BO = 111_111_111_111_111_111, 222_222_222_222_222_222


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "forgotten"


@pytest.fixture
async def filled(db, file):
    db.forgotten = file
    async with db.begin() as conn:
        for user_id in (ANN, BO):
            await fill(conn, user_id=user_id, guild_id=7)
    return db


async def people(db) -> set[int]:
    async with db.reading() as conn:
        return set((await conn.execute(sa.select(users.c.user_id))).scalars())


async def test_deletion_is_done_and_written_down_for_its_owner_alone(filled, file):
    await forget(filled, ANN, NOON)
    assert await people(filled) == {BO}
    assert str(ANN) in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


async def test_everything_of_one_person_gets_one_number_below_zero_and_of_another_another(filled, file):
    await forget(filled, ANN, NOON)
    await forget(filled, BO, NOON)
    async with filled.reading() as conn:
        found = list((await conn.execute(sa.select(events.c.user_id))).scalars())
    assert len(set(found)) == 2
    assert max(found) < 0
    assert not {str(one) for one in found} & set(file.read_text().split('"'))


async def test_database_that_has_been_through_the_deletion_is_left_alone(filled, file):
    await forget(filled, ANN, NOON)
    async with filled.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=ANN))
    assert await forget_again(filled) == 0
    assert await people(filled) == {ANN, BO}


@pytest.mark.usefixtures("sqlite_only")
async def test_restored_older_file_loses_the_person_again_when_it_is_opened(filled, file, tmp_path):
    await filled.close()
    older = tmp_path / "older.db"
    shutil.copy(tmp_path / "studybot.db", older)
    await forget(filled, ANN, NOON)
    await filled.close()
    shutil.copy(older, tmp_path / "studybot.db")
    for _ in range(2):
        async with open_database(filled.url, forgotten=file) as db:
            assert await people(db) == {BO}
            async with db.reading() as conn:
                assert await rows(conn, events.c.user_id, ANN) == []


async def test_lines_that_cannot_be_read_are_left_out_and_swallow_no_other(filled, file, caplog):
    file.parent.mkdir()
    file.write_text('\n[1]\n{"user": "x"}\n{"user": "5", "tok')
    await forget(filled, ANN, NOON)
    async with filled.begin() as conn:
        await conn.execute(sa.text("DELETE FROM deletions"))
    assert await forget_again(filled) == 1
    assert "cannot be read: 3" in caplog.text


async def test_without_the_list_nothing_is_deleted(filled, file, tmp_path):
    file.parent.write_text("a file where the folder should be")
    with pytest.raises(StorageError):
        await forget(filled, ANN, NOON)
    assert await people(filled) == {ANN, BO}


async def test_list_that_is_not_there_or_cannot_be_read_stops_no_start(filled, file, caplog):
    assert await forget_again(filled) == 0
    file.mkdir(parents=True)
    assert await forget_again(filled) == 0
    assert "list of deletions cannot be read" in caplog.text
