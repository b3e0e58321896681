"""How a race ends: what is open closes, and points that not everybody could earn, or nobody competed for, go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from storage import events, games, players, rounds, totals
from storage.database import Connection
from storage.events import Event
from storage.games import Game, Step
from storage.players import Standing

FINISHED: Final = "finished"
STOPPED: Final = "stopped"
"""By somebody, so that the open round does not count: those who have not answered yet could still have been right."""
UNANSWERED: Final = "unanswered"
RESTART: Final = "restart"
FAILED: Final = "failed"
FEWEST_PLAYERS: Final = 2
"""With fewer who answered, a race earns nobody anything."""


async def end(
    conn: Connection, game: Game, ending: str, now: datetime, *, wait: timedelta = timedelta(0), told: bool = True
) -> bool:
    """End a race, with what its members are to see of it still to do; False if it has ended before.

    Args:
        conn: in a transaction.
        game: the race.
        ending: one of the above.
        now: the open round closes at this time.
        wait: before the final message.
        told: False where nothing can be written any more.
    """
    kept = await rounds.of_game(conn, game.id)
    cut_off = [one for one in kept if one.opened_at is not None and one.closed_at is None]
    close = rounds.cut_off if ending == STOPPED else rounds.close
    for one in cut_off:
        await close(conn, one.id, now)
    unfinished = bool(cut_off) or (game.step == Step.PAUSE and ending != FINISHED)
    step = Step.REVEAL if unfinished else Step.FINAL
    due_at = now + wait if told else None
    if not await games.end(conn, game.id, ending, at=now, step=step if told else None, due_at=due_at):
        return False
    if ending == STOPPED:
        for one in cut_off:
            await _take_back(conn, await events.of_round(conn, one.id))
    await _void(conn, game)
    return True


def playing(standing: Sequence[Standing]) -> int:
    """Return how many compete: those who are excluded do not count."""
    return sum(not one.excluded for one in standing)


async def _void(conn: Connection, game: Game) -> None:
    """Take back the points of a race in which nobody competed."""
    standing = await players.standings(conn, game.id)
    earning = [one.user_id for one in standing if one.points]
    if not earning or playing(standing) >= FEWEST_PLAYERS:
        return
    await conn.run_sync(totals.hold, {(game.guild_id, user_id) for user_id in earning})
    for user_id in earning:
        await _take_back(conn, await events.in_game(conn, game.id, user_id))


async def _take_back(conn: Connection, found: Sequence[Event]) -> None:
    """Take back the points of answers, all of whose corrections are among *found*."""
    earned: Counter[tuple[int, int]] = Counter()
    for event in found:  # what was accepted in the meantime, too
        earned[event.round_id, event.user_id] += event.points
    for event in found:
        if not event.number and (points := earned[event.round_id, event.user_id]):
            # At the time of the answer, so that no week or season keeps what another one lost.
            await events.correct(conn, replace(event, points=-points, right=0, given="", took_ms=None))


async def is_void(conn: Connection, game_id: int, round_id: int) -> bool:
    """Return whether a round of a race earns nobody anything, whatever is accepted afterwards.

    Points that a race has left tell that it counted: who competes may be decided anew after its end.
    """
    kept, game = await rounds.get(conn, round_id), await games.get(conn, game_id)
    if kept is not None and kept.cut_off:
        return True
    if game is None or game.running:
        return False
    standing = await players.standings(conn, game_id)
    return playing(standing) < FEWEST_PLAYERS and not any(one.points for one in standing)
