"""``studybot run`` as a process: how it starts, starts again and ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire import notes
from tests.wire.gateway import WRONG_TOKEN
from tests.wire.process import running
from tests.wire.standin import TOKEN, Standin

pytestmark = pytest.mark.asyncio(loop_scope="module")

TERMINATES_S = 10.0
NOTES_READ = "Notes read"


@dataclass(frozen=True, slots=True)
class Restarted:
    """A bot that answered, was killed, started again, and was asked to end.

    Attributes:
        pressed: what a button of the old message showed after the new start.
        syncs: how often commands were written in all.
    """

    pressed: str
    syncs: int
    exit_code: int
    output: str


@dataclass(frozen=True, slots=True)
class Outlasted:
    """A bot that started before its server did, answered, and lost its token."""

    answer: str
    exit_code: int
    output: str


@dataclass(frozen=True, slots=True)
class Lives:
    """Lives of bots that go on at the same time, because most of their time is spent waiting."""

    restarted: asyncio.Task[Restarted]
    outlasted: asyncio.Task[Outlasted]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lives(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Lives]:
    """The lives, begun."""
    restarted = asyncio.create_task(restart(tmp_path_factory.mktemp("restarted")))
    outlasted = asyncio.create_task(outlast(tmp_path_factory.mktemp("outlasted")))
    yield Lives(restarted, outlasted)
    await asyncio.wait([restarted, outlasted])


async def restart(folder: Path) -> Restarted:
    """Let a bot answer, kill it, start it again, press a button of the old answer, and end it."""
    notes.write(folder / "notes")
    async with Standin() as standin:
        async with running(standin, folder) as bot:
            await standin.connected()
            await bot.wrote(NOTES_READ)
            answer = (await standin.slash("explain", topic="swiglu")).reply
            await bot.kill()
        async with running(standin, folder) as bot:
            await standin.identified(2)
            await bot.wrote(NOTES_READ)
            pressed = (await standin.press(answer.control("twin"), answer)).reply.text
            bot.terminate()
            exit_code = await bot.ended(TERMINATES_S)
        return Restarted(pressed, standin.rest.syncs, exit_code, bot.output)


async def outlast(folder: Path) -> Outlasted:
    """Start a bot, its server after it, ask, and declare its token wrong."""
    notes.write(folder / "notes")
    async with Standin(listening=False) as standin, running(standin, folder) as bot:
        await bot.wrote("again")
        await standin.listen()
        await standin.connected()
        await bot.wrote(NOTES_READ)
        answer = (await standin.slash("explain", topic="swiglu")).reply.text
        await standin.gateway.close(WRONG_TOKEN)
        exit_code = await bot.ended()
    return Outlasted(answer, exit_code, bot.output)


async def refused(folder: Path, changes: dict[str, str]) -> tuple[list[str], str]:
    """Return what a bot that cannot start asked for, and what it wrote."""
    async with Standin() as standin, running(standin, folder, changes) as bot:
        assert await bot.ended() != 0
        return [str(seen) for seen in standin.rest.seen], bot.output


async def test_button_of_a_killed_bot_works_after_a_new_start(lives: Lives) -> None:
    assert "线性变换相乘" in (await lives.restarted).pressed


async def test_unchanged_commands_are_not_synced_at_the_second_start(lives: Lives) -> None:
    assert (await lives.restarted).syncs == 1


async def test_sigterm_ends_it_cleanly(lives: Lives) -> None:
    restarted = await lives.restarted
    assert restarted.exit_code == 0
    assert "Traceback" not in restarted.output


async def test_server_that_is_away_at_first_is_waited_for(lives: Lives) -> None:
    assert "multiplies two linear maps" in (await lives.outlasted).answer


async def test_token_withdrawn_later_ends_it(lives: Lives) -> None:
    outlasted = await lives.outlasted
    assert outlasted.exit_code != 0
    assert "token" in outlasted.output.splitlines()[-1]


async def test_token_is_never_written(lives: Lives) -> None:
    assert TOKEN not in (await lives.restarted).output
    assert TOKEN not in (await lives.outlasted).output


async def test_wrong_token_ends_in_one_sentence(tmp_path: Path) -> None:
    notes.write(tmp_path / "notes")
    token = TOKEN.replace("wire", "other")
    asked, output = await refused(tmp_path, {"DISCORD_TOKEN": token})
    assert asked == ["GET /users/@me -> 401"]
    assert "token" in output.splitlines()[-1]
    assert "Traceback" not in output
    assert not any(part in output for part in token.split("."))


async def test_bot_that_may_not_have_commands_ends_with_its_invitation(tmp_path: Path) -> None:
    notes.write(tmp_path / "notes")
    async with Standin() as standin:
        standin.break_next(r"PUT /applications/", 403, code=50001)
        async with running(standin, tmp_path) as bot:
            assert await bot.ended() == 2
    assert "scope=bot+applications.commands" in bot.output.splitlines()[-1]
    assert "Traceback" not in bot.output


async def test_refusal_at_login_is_one_line_and_tried_again(tmp_path: Path) -> None:
    notes.write(tmp_path / "notes")
    async with Standin() as standin:
        standin.break_next(r"GET /users/@me", 403, times=9)
        async with running(standin, tmp_path) as bot:
            await bot.wrote("again in")
            bot.terminate()
            assert await bot.ended() == 0
    assert "HTTP 403" in bot.output
    assert "Traceback" not in bot.output


async def test_missing_token_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    asked, output = await refused(tmp_path, {"DISCORD_TOKEN": ""})
    assert not asked
    assert "DISCORD_TOKEN" in output
    assert len(output.splitlines()) == 1


async def test_plain_address_elsewhere_is_refused(tmp_path: Path) -> None:
    asked, output = await refused(tmp_path, {"STUDYBOT_DISCORD_API": "http://192.0.2.1/api/v10"})
    assert not asked
    assert "STUDYBOT_DISCORD_API" in output
    assert len(output.splitlines()) == 1
