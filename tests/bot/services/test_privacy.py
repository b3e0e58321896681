"""One's own data: handed out whole, deleted for good, hidden at once."""

import json
import zipfile
from io import BytesIO

import pytest
import sqlalchemy as sa

from bot.services import privacy
from bot.services.privacy import Privacy
from storage import settings
from storage.tables import events, users
from tests.storage.filling import NOON, fill, rows

ANN, BO = 111_111_111_111_111_111, 222_222_222_222_222_222


@pytest.fixture
def forgotten() -> list[int]:
    return []


@pytest.fixture
async def service(db, forgotten) -> Privacy:
    async with db.begin() as conn:
        for user_id in (ANN, BO):
            await fill(conn, user_id=user_id, guild_id=7)
    return Privacy(db, on_forgotten=forgotten.append, on_unseen=lambda: None, clock=lambda: NOON)


async def test_export_is_a_file_of_json_with_everything(service):
    export = await service.export(ANN)
    found = json.loads(export.content)
    assert export.name == "mydata-2026-11-25.json"
    assert (found["user_id"], found["exported_at"]) == (str(ANN), "2026-11-25T12:00:00+00:00")
    assert found["answers"][0]["given"] == "my own words"
    assert export.rows == sum(len(held) for held in found.values() if isinstance(held, list))


async def test_large_export_is_packed(service, monkeypatch):
    plain = await service.export(ANN)
    monkeypatch.setattr(privacy, "UNPACKED_BYTES", 100)
    packed = await service.export(ANN)
    assert packed.name == "mydata-2026-11-25.zip"
    with zipfile.ZipFile(BytesIO(packed.content)) as archive:
        assert archive.read("mydata-2026-11-25.json") == plain.content


async def test_stranger_s_export_is_empty(service):
    assert (await service.export(5)).rows == 0


async def test_deletion_deletes_and_drops_what_is_kept_at_hand(service, db, forgotten):
    await service.delete(ANN)
    assert forgotten == [ANN]
    assert (await service.export(ANN)).rows == 0
    assert (await service.export(BO)).rows > 0
    async with db.reading() as conn:
        assert len((await conn.execute(sa.select(events))).all()) == 2


async def test_hiding_goes_back_and_forth_and_keeps_other_settings(service, db):
    async with db.begin() as conn:
        await settings.set_person(conn, ANN, zone="Asia/Shanghai")
    assert [await service.toggle_hidden(ANN) for _ in range(3)] == [True, False, True]
    async with db.reading() as conn:
        (row,) = await rows(conn, users.c.user_id, ANN)
    assert (row.hidden, row.zone) == (True, "Asia/Shanghai")


async def test_who_has_set_nothing_can_hide(service, db):
    assert await service.toggle_hidden(5)
    async with db.reading() as conn:
        assert (await settings.person(conn, 5)).hidden


async def test_pictures_of_people_are_dropped_when_somebody_is_no_longer_to_be_seen(db):
    dropped = []
    service = Privacy(db, on_forgotten=lambda _: None, on_unseen=lambda: dropped.append(1), clock=lambda: NOON)
    await service.toggle_hidden(ANN)
    await service.delete(BO)
    assert len(dropped) == 2
