"""How a race ends: what is open closes, and points that nobody competed for go."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from storage import events, games, players, rounds
from storage.database import Connection
from storage.games import Game, Step

FINISHED: Final = "finished"
STOPPED: Final = "stopped"
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
    for one in cut_off:
        await rounds.close(conn, one.id, now)
    unfinished = bool(cut_off) or (game.step == Step.PAUSE and ending != FINISHED)
    step = Step.REVEAL if unfinished else Step.FINAL
    due_at = now + wait if told else None
    if not await games.end(conn, game.id, ending, at=now, step=step if told else None, due_at=due_at):
        return False
    await _void(conn, game)
    return True


async def _void(conn: Connection, game: Game) -> None:
    """Take back the points of a race that one person alone has played."""
    standing = await players.standings(conn, game.id)
    if len(standing) >= FEWEST_PLAYERS or not any(one.points for one in standing):
        return
    found = await events.in_game(conn, game.id, standing[0].user_id)
    earned: Counter[int] = Counter()
    for event in found:  # what was accepted in the meantime, too
        earned[event.round_id] += event.points
    for event in found:
        if not event.number and (points := earned[event.round_id]):
            # At the time of the answer, so that no week or season keeps what another one lost.
            await events.correct(conn, replace(event, points=-points, right=0, given="", took_ms=None))


async def is_void(conn: Connection, game_id: int) -> bool:
    """Return whether a race has ended and earns nobody anything, whatever is accepted afterwards."""
    game = await games.get(conn, game_id)
    return game is not None and not game.running and len(await players.standings(conn, game_id)) < FEWEST_PLAYERS
