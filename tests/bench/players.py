"""The other side of tests.bench.racing: a stand-in for Discord and 500 members who play a race on it.

Prints where it listens, and at the end one JSON object with what its members were told.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.bench.pressing import control, posted
from tests.wire.messages import Message
from tests.wire.payloads import MANAGE_GUILD, MAY_TALK, Asker
from tests.wire.standin import Standin

MEMBERS = 500
ROUNDS = 20
AT_ONCE = 32
SECOND_DEVICES = 50
"""Members, others in each round, who press twice."""
_STAFF = 12
"""Those who steer take turns, or the bot would find them too fast."""


async def main() -> None:
    """Play."""
    async with Standin() as standin:
        sys.stdout.write(json.dumps({"api": standin.api, "gateway": standin.gateway.url}) + "\n")
        sys.stdout.flush()
        await standin.connected()
        await asyncio.to_thread(sys.stdin.readline)
        started = time.perf_counter()
        told = await _play(standin)
        found = {"told": told, "seconds": time.perf_counter() - started}
        sys.stdout.write(json.dumps(found) + "\n")


async def _play(standin: Standin) -> Counter[str]:
    staff = itertools.cycle(Asker(10**17 + n, f"chief {n}", permissions=MAY_TALK | MANAGE_GUILD) for n in range(_STAFF))
    members = [Asker(10**18 + number, f"member {number}") for number in range(MEMBERS)]
    told: Counter[str] = Counter()
    await standin.slash("quiz race", next(staff), count=ROUNDS, seconds=120)
    waiting = await posted(standin, "join1:")
    for number in range(ROUNDS):
        await standin.send_press(control(waiting, "go1:"), waiting, next(staff))
        shown = await posted(standin, "choice1:")
        told += await _answer(standin, shown, [*members, *_second_devices(members, number)])
        await standin.send_press(control(shown, "skip1:"), shown, next(staff))
        await standin.bell.until(lambda shown=shown: "skip1:" not in str(shown.controls), lambda: "a reveal")  # type: ignore[misc]
        waiting = shown
    return told


def _second_devices(members: list[Asker], number: int) -> list[Asker]:
    first = number * SECOND_DEVICES % MEMBERS
    return members[first : first + SECOND_DEVICES]


async def _answer(standin: Standin, shown: Message, members: Iterable[Asker]) -> Counter[str]:
    told: Counter[str] = Counter()
    choices = itertools.cycle(press for press in shown.controls if press.startswith("choice1:"))

    async def one_after_another(coming: Iterator[Asker]) -> None:
        for member in coming:
            exchange = await standin.press(next(choices), shown, member)
            told[exchange.reply.text.partition(":")[0]] += 1

    coming = iter(members)
    await asyncio.gather(*(one_after_another(coming) for _ in range(AT_ONCE)))
    return told


if __name__ == "__main__":
    asyncio.run(main())
