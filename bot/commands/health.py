"""studybot health: whether the bot that runs on this data folder is alive and connected."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.commands.session import Session

SILENCE = timedelta(seconds=100)
"""Three signs of life of bot.jobs missed, and some grace."""
_MAX_BYTES = 10_000


def _now() -> datetime:
    return datetime.now(UTC)


def is_well(session: Session, file: Path | None, *, clock: Callable[[], datetime] = _now) -> bool:
    """Print one line on how the running bot is; return whether it is well."""
    config = session.configured(file, None)
    age, ready = _sign_of_life(config.health, clock())
    if age is None:
        sentence = session.texts.gettext("No bot is running here.")
    elif age > SILENCE:
        seconds = int(age.total_seconds())
        sentence = session.texts.gettext("The bot has not reported for {seconds} s.", seconds=seconds)
    elif not ready:
        sentence = session.texts.gettext("The bot is running but not connected to Discord.")
    else:
        sentence = session.texts.gettext("The bot is running normally.")
    session.out.print(sentence, markup=False)
    return age is not None and age <= SILENCE and ready


def _sign_of_life(path: Path, now: datetime) -> tuple[timedelta | None, bool]:
    """Return how long ago the bot wrote *path*, None if it never did, and whether it was connected then."""
    try:
        with path.open("rb") as file:
            sign = json.loads(file.read(_MAX_BYTES))
        return now - datetime.fromisoformat(sign["at"]), bool(sign["ready"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None, False
