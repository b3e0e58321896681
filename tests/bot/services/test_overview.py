"""What those who manage a group see of it."""

from datetime import UTC, datetime

import pytest

from bot.services.overview import Overview, Purpose, Use, needed
from storage import settings, streams, weekly
from storage.streams import NewStream
from tests.bot.services.conftest import GROUP


@pytest.fixture
def overview(db, groups, clock) -> Overview:
    return Overview(db, groups, clock=clock)


async def test_panel_shows_the_group_s_time_and_its_next_board(overview, db):
    due_at = datetime(2026, 11, 30, tzinfo=UTC)
    async with db.begin() as conn:
        await settings.set_group(conn, GROUP, zone="Asia/Shanghai")
        await weekly.plan(conn, GROUP, 4, due_at)
    found = await overview.panel(GROUP)
    assert (found.at.hour, found.next_board, found.group.board_channel_id) == (20, due_at, 4)


async def test_group_that_has_set_nothing_has_a_panel(overview):
    found = await overview.panel(GROUP)
    assert (found.group.zone, found.next_board) == ("UTC", None)


async def test_uses_are_the_channels_in_which_something_is_posted(overview, db, clock):
    values = {"post_at": "09:00", "zone": "UTC", "language": "en", "reveal": "now", "seed": 1, "created_by": 1}
    new = NewStream(GROUP, "Morning", 3, **values, created_at=clock(), next_at=None, thread=True, role_id=8)
    async with db.begin() as conn:
        await streams.add(conn, new)
        await settings.set_group(conn, GROUP, board_channel_id=4, log_channel_id=5)
    assert await overview.uses(GROUP, 6) == (
        Use(3, Purpose.DAILY, "Morning", threads=True, role_id=8),
        Use(4, Purpose.BOARD),
        Use(5, Purpose.LOG),
        Use(6, Purpose.HERE),
    )


async def test_channel_in_which_one_stands_is_named_once(overview, db):
    async with db.begin() as conn:
        await settings.set_group(conn, GROUP, board_channel_id=4)
    assert await overview.uses(GROUP, 4) == (Use(4, Purpose.BOARD),)


async def test_stream_that_is_over_uses_no_channel(overview, db, clock):
    values = {"post_at": "09:00", "zone": "UTC", "language": "en", "reveal": "now", "seed": 1, "created_by": 1}
    async with db.begin() as conn:
        new = NewStream(GROUP, "x", 3, **values, created_at=clock(), next_at=None)
        await streams.retire(conn, await streams.add(conn, new), clock())
    assert await overview.uses(GROUP, 6) == (Use(6, Purpose.HERE),)


def test_threads_need_their_own_permissions():
    extra = set(needed(Use(1, Purpose.DAILY, threads=True))) - set(needed(Use(1, Purpose.DAILY)))
    assert extra == {"create_public_threads", "send_messages_in_threads"}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_use_needs_to_write(purpose):
    assert {"view_channel", "send_messages", "embed_links"} <= set(needed(Use(1, purpose)))
