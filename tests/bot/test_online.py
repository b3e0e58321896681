import asyncio
import os
import signal
import subprocess
import sys

import discord
import pytest

from bot import online
from bot.app import SAMPLE, open_libraries, open_library
from bot.assembly import open_services
from bot.client import connect
from bot.config import Config, NotesFolder
from bot.errors import StudyError
from bot.online import FIRST_PAUSE_S, LONGEST_PAUSE_S, STABLE_S, Connection
from knowledge.errors import NotesError
from tests.bot.conftest import until
from tests.conftest import ROOT


class Clock:
    """Seconds that pass when somebody sleeps, or as far as a connection is said to last."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keep(make_bot, clock, monkeypatch):
    """Return a function that keeps a bot connected, each connection ending as its turn in *ends* says."""

    async def run(*ends: BaseException | float) -> None:
        turns = iter(ends)

        async def one(_bot, _token) -> None:
            end = next(turns, StudyError("the end"))
            if isinstance(end, BaseException):
                raise end
            clock.now += end

        monkeypatch.setattr(online, "connect", one)
        await Connection(make_bot, "token", sleep=clock.sleep, monotonic=clock.monotonic).keep()

    return run


async def test_connection_that_ends_is_taken_up_with_growing_pauses(keep, clock):
    with pytest.raises(StudyError, match="the end"):
        await keep(RuntimeError("a parser"), OSError("refused"), AttributeError("ws"))
    assert clock.pauses == [FIRST_PAUSE_S, FIRST_PAUSE_S * 2, FIRST_PAUSE_S * 4]


async def test_pauses_are_bounded(keep, clock):
    with pytest.raises(StudyError):
        await keep(*[OSError("refused")] * 12)
    assert max(clock.pauses) == LONGEST_PAUSE_S


async def test_lasting_connection_starts_the_pauses_anew(keep, clock):
    with pytest.raises(StudyError):
        await keep(OSError("refused"), OSError("refused"), STABLE_S + 1)
    assert clock.pauses == [FIRST_PAUSE_S, FIRST_PAUSE_S * 2, FIRST_PAUSE_S]


async def test_final_refusal_ends_it(keep, clock):
    with pytest.raises(StudyError, match="token"):
        await keep(StudyError("token"))
    assert clock.pauses == []


def close(code: int) -> discord.ConnectionClosed:
    class Socket:
        close_code = code

    return discord.ConnectionClosed(Socket(), shard_id=0)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (discord.LoginFailure("Improper token"), "does not accept the token"),
        (discord.PrivilegedIntentsRequired(None), "privileged intents"),
        (close(4004), "does not accept the token"),
        (close(4013), "close code 4013"),
    ],
)
async def test_what_discord_refuses_for_good_is_one_clear_sentence(make_bot, monkeypatch, error, words):
    bot = make_bot()

    async def start(_token):
        raise error

    monkeypatch.setattr(bot, "start", start)
    with pytest.raises(StudyError, match=words):
        await connect(bot, "secret-token")


async def test_other_closes_are_left_to_be_taken_up(make_bot, monkeypatch):
    bot = make_bot()

    async def start(_token):
        raise close(4000)

    monkeypatch.setattr(bot, "start", start)
    with pytest.raises(discord.ConnectionClosed):
        await connect(bot, "token")


@pytest.fixture
def offline(monkeypatch):
    """Let connections last until they are cancelled, and return the bots that were connected."""
    bots = []

    async def connect(bot, _token):
        bots.append(bot)
        await asyncio.Event().wait()

    monkeypatch.setattr(online, "connect", connect)
    return bots


async def test_signal_closes_the_bot(tmp_path, notes, offline, monkeypatch):
    monkeypatch.setattr(online, "_LAST_MOMENT_S", 3_600.0)
    config = Config(data=tmp_path, notes=(NotesFolder(notes),))
    async with open_services(config, open_libraries(config)) as services:
        serving = asyncio.create_task(online.serve(config, services, "token"))
        await until(lambda: bool(offline))
        os.kill(os.getpid(), signal.SIGTERM)
        await serving
    assert offline[0].is_closed()


BUSY = """
import asyncio, os, signal, time
from pathlib import Path
from bot import online
from bot.app import open_libraries
from bot.assembly import open_services
from bot.config import Config

async def connect(_bot, _token):
    asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)
    await asyncio.Event().wait()

online.connect, online._LAST_MOMENT_S = connect, 0.5
config = Config(data=Path(os.environ["DATA"]))
libraries = open_libraries(config)
libraries.public._replace = lambda *_: time.sleep(3_600)

async def serve():
    async with open_services(config, libraries) as services:
        await online.serve(config, services, "token")

asyncio.run(serve())
"""


def test_signal_ends_the_process_while_a_thread_is_busy(tmp_path):
    environ = {**os.environ, "DATA": str(tmp_path)}
    command = [sys.executable, "-c", BUSY]
    ended = subprocess.run(command, env=environ, cwd=ROOT, timeout=60, check=False)  # noqa: S603 - our own script
    assert ended.returncode == 0


@pytest.mark.usefixtures("offline")
async def test_missing_notes_end_it_with_their_reason(tmp_path):
    config = Config(data=tmp_path, notes=(NotesFolder(tmp_path / "none"),))
    async with open_services(config, open_libraries(config)) as services:
        with pytest.raises(NotesError):
            await online.serve(config, services, "token")


def test_without_notes_the_sample_is_used(tmp_path):
    assert open_library(Config(data=tmp_path)).source.root == SAMPLE


def test_settings_of_the_notes_reach_the_bot(tmp_path, catalogues):
    config = Config(data=tmp_path, notes=(NotesFolder(tmp_path, exclude=("draft/",), url="https://e.org/n"),))
    library = open_library(config)
    assert library.source.exclude == ("draft/",)
    library.load()
    assert library.places.all[0].url == "https://e.org/n"
