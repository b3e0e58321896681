"""How many answers a second the bot takes, committed and replied, beside a bot that only replies. Over real sockets.

Both are processes of their own that talk to a stand-in for Discord, in turns, and get the same presses of the same
message. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from tests.wire import notes
from tests.wire.messages import Message
from tests.wire.payloads import Asker
from tests.wire.process import environment, running
from tests.wire.standin import Standin

PRESSES = 3_000
WARM_UP = 300
AT_ONCE = 32
"""Presses in flight; their members do not wait for one another."""
TURNS = 3
HEAD = "language: en\ntopic: Nets\nquestions:\n"
QUESTION = """  - id: gate-{0}
    kind: choice
    question: Which function gates the value in SwiGLU number {0}?
    choices: [Swish, ReLU, The softmax of the value, Nothing]
    answer: A
"""


def main() -> None:
    """Measure in turns and print the median rates."""
    members = (Asker(user_id=number, name=f"member {number}") for number in itertools.count(10**18))
    rates: dict[str, list[float]] = {"replying": [], "pressing": []}
    for _ in range(TURNS):
        rate, shown = asyncio.run(_pressing(members))
        rates["pressing"].append(rate)
        rates["replying"].append(asyncio.run(_replying(members, shown)))
    found = {name: median(each) for name, each in rates.items()}
    ratio = median(ours / peer for ours, peer in zip(rates["pressing"], rates["replying"], strict=True))
    sys.stdout.write(json.dumps(found | {"ratio": ratio, "at_once": AT_ONCE}) + "\n")


async def _replying(members: Iterator[Asker], shown: Message) -> float:
    with tempfile.TemporaryDirectory() as folder:
        async with Standin() as standin, _peer(standin, Path(folder)):
            await standin.connected()
            return await _rate(standin, shown, control(shown, "choice1:"), members)


async def _pressing(members: Iterator[Asker]) -> tuple[float, Message]:
    with tempfile.TemporaryDirectory() as folder:
        write_notes(Path(folder, "notes"), 1)
        async with Standin() as standin, running(standin, Path(folder)) as bot:
            await standin.connected()
            await bot.wrote("Notes read")
            host = next(members)
            await standin.slash("quiz race", host, count=1, seconds=120)
            first = await posted(standin, "join1:")
            await standin.send_press(control(first, "go1:"), first, host)
            shown = await posted(standin, "choice1:")
            return await _rate(standin, shown, control(shown, "choice1:"), members), shown


def write_notes(folder: Path, questions: int) -> None:
    """Write small notes with so many questions of four choices."""
    notes.write(folder)
    (folder / "questions.yaml").write_text(HEAD + "".join(map(QUESTION.format, range(questions))), encoding="utf-8")


@asynccontextmanager
async def _peer(standin: Standin, folder: Path) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.replying", env=environment(standin, folder)
    )
    try:
        yield
    finally:
        process.kill()
        await process.wait()


async def _rate(standin: Standin, message: Message, press: str, members: Iterator[Asker]) -> float:
    """Return how many presses a second are answered."""
    await _press(standin, message, press, itertools.islice(members, WARM_UP))
    started = time.perf_counter()
    await _press(standin, message, press, itertools.islice(members, PRESSES))
    return PRESSES / (time.perf_counter() - started)


async def _press(standin: Standin, message: Message, press: str, members: Iterator[Asker]) -> None:
    async def one_after_another() -> None:
        for member in members:
            exchange = await standin.press(press, message, member)
            assert exchange.reply.text.startswith("Your answer is in"), exchange.reply.text

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))


async def posted(standin: Standin, prefix: str) -> Message:
    """Return the newest message with a control whose custom_id begins like this, once there is one."""

    def found() -> list[Message]:
        return [one for one in standin.rest.channels.posted if any(press.startswith(prefix) for press in one.controls)]

    await standin.bell.until(found, lambda: f"a message with {prefix}; seen: {standin.told()}")
    return found()[-1]


def control(message: Message, prefix: str) -> str:
    """Return the first custom_id that begins like this."""
    return next(press for press in message.controls if press.startswith(prefix))


if __name__ == "__main__":
    main()
