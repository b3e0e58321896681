"""The host left to itself: it sleeps until something is due, wakes when something becomes due, and never ends."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.client import Settings, StudyBot
from bot.hosts.daily import DailyHost
from bot.online import EXTENSIONS
from bot.publisher import Publisher
from storage.errors import StorageError
from tests.bot.conftest import words


class EnvClock:
    """The clock of simcord, which moves with what sleeps."""

    def __init__(self) -> None:
        self.env = None
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.env.now() if self.env else self.now


@pytest.fixture
def clock() -> EnvClock:
    return EnvClock()


@pytest.fixture
def make_bot(services, catalogues, tmp_path):
    def make(_language: str | None = None) -> StudyBot:
        made = Settings(tmp_path / "data", "1.2.3", offline=True)
        return StudyBot(services, made, catalogues=catalogues, extensions=replace(EXTENSIONS, hosts=(DailyHost,)))

    return make


@pytest.fixture
def alive(desk, clock):
    """Return a desk whose bot works by itself."""
    clock.env = desk.env
    return desk


async def test_question_comes_by_itself(alive):
    await alive.set_up(post_at=time(0, 3))
    await alive.env.advance_time(170)
    assert alive.said() == []
    await alive.env.advance_time(60)
    assert len(alive.questions_asked) == 1


async def test_press_is_followed_at_once(alive):
    panel = (await alive.chat.chief.slash(alive.channel, "daily setup", time="9", zone="UTC")).response
    await alive.chat.chief.click(panel, label="Test post")
    await alive.env.settle()
    assert "🧪 Test" in words(alive.last)


async def test_after_a_restart_it_goes_on(alive, make_bot):
    await alive.set_up(post_at=time(0, 3))
    await alive.env.restart_bot(make_bot())
    await alive.env.advance_time(230)
    assert len(alive.questions_asked) == 1


async def test_send_that_hangs_is_cut_short_and_holds_up_nobody(alive, monkeypatch):
    slow = await alive.set_up(post_at=time(0, 1), name="Slow")
    quick = await alive.set_up(post_at=time(0, 1), name="Quick")
    posting = Publisher.post

    async def post(self, place, message, **given):
        if "Slow" in message.parts[0].text:
            await asyncio.sleep(3_600)
        return await posting(self, place, message, **given)

    monkeypatch.setattr(Publisher, "post", post)
    await alive.env.advance_time(90)
    assert (await alive.last_post(quick)).state == "sent"
    await alive.env.advance_time(70)
    stuck = await alive.last_post(slow)
    assert (stuck.state, stuck.message_id) == ("claimed", None)
    assert stuck.again_at > alive.clock()


async def test_database_that_fails_once_is_asked_again(alive, services, monkeypatch):
    await alive.set_up(post_at=time(0, 3))
    due = services.daily.work.due
    failures = iter([True])

    async def failing():
        if next(failures, False):
            raise RuntimeError("away")
        return await due()

    monkeypatch.setattr(services.daily.work, "due", failing)
    services.daily.work.bell.ring()
    await alive.env.advance_time(240)
    assert len(alive.questions_asked) == 1


async def test_database_that_fails_cuts_off_nothing_that_is_being_sent(alive, services, monkeypatch):
    stream = await alive.set_up(post_at=time(0, 1))
    due, posting, sending = services.daily.work.due, Publisher.post, []

    async def post(self, place, message, **given):
        sending.append(1)
        await asyncio.sleep(20)
        return await posting(self, place, message, **given)

    async def failing():
        if sending:
            raise StorageError("The database is busy. Nothing was changed; try again in a moment.")
        return await due()

    monkeypatch.setattr(Publisher, "post", post)
    monkeypatch.setattr(services.daily.work, "due", failing)
    await alive.env.advance_time(90)
    services.daily.work.bell.ring()
    await alive.env.advance_time(30)
    assert len(sending) == 1
    assert (await alive.last_post(stream)).state == "sent"
