"""Opens the configured database and builds every service over it; apart from app, as it takes long to import."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from typing import Final

from bot.config import Config
from bot.services import services
from bot.services.libraries import Libraries
from bot.services.services import Services
from drawing.studio import Studio
from knowledge.confined import Confined, Limits
from storage.addresses import locate
from storage.opening import open_database

_DRAWING: Final = Limits(seconds=5.0)
_PHOTOS: Final = Limits(seconds=15.0)


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_services(
    config: Config, libraries: Libraries, *, clock: Callable[[], datetime] = _now, rng: random.Random | None = None
) -> AsyncIterator[Services]:
    """Yield every service, over the configured database.

    Raises:
        StorageError: the database cannot be used.
    """
    url = locate(config.database_address, config.database_file)
    confined, slow = Confined(_DRAWING), Confined(_PHOTOS)
    with closing(Studio(config.cache / "drawn", confined, slow=slow)) as studio:
        async with open_database(url, forgotten=config.forgotten) as db:
            yield await services.build(db, libraries, studio=studio, clock=clock, rng=rng or random.Random())
