"""The notes as each group may see them.

There is an index for every set of collections that some group sees, made of these collections and nothing else: what a
group may not see is nowhere in what it searches, browses, is asked from or opens by its id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.services.collections import Collection
from bot.services.library import Change, Library
from knowledge.errors import NotesError, Problem

_AT_ONCE: Final = 8
"""Repositories that are fetched side by side."""


class Libraries:
    """The library of each group.

    Args:
        public: of everybody, and of direct messages.
        limited: of the groups that see more.
    """

    def __init__(self, public: Library, limited: Mapping[int, Library] | None = None) -> None:
        self.public = public
        self._limited = dict(limited or {})
        self._refreshing = asyncio.Lock()
        self._listeners: list[Callable[[], None]] = []
        # Remotes may hang for minutes; whoever waits for an answer must not wait for a thread of theirs.
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetch")

    @property
    def all(self) -> tuple[Library, ...]:
        """Every library, that of everybody first."""
        return tuple(dict.fromkeys((self.public, *self._limited.values())))

    @property
    def collections(self) -> tuple[Collection, ...]:
        """Every collection, each once."""
        return tuple(dict.fromkeys(one for library in self.all for one in library.collections))

    def of(self, guild_id: int) -> Library:
        """Return what a group sees; 0 stands for direct messages and for places where the bot is no member."""
        return self._limited.get(guild_id, self.public)

    def elsewhere(self, guild_id: int) -> frozenset[int]:
        """Return the groups with notes that not everybody sees, without those that see what this group sees."""
        return frozenset(one for one, library in self._limited.items() if library is not self.of(guild_id))

    def listen(self, listener: Callable[[], None]) -> None:
        """Call *listener* from now on after every refresh."""
        self._listeners.append(listener)

    def close(self) -> None:
        """End fetches that are going on; nothing is fetched any more."""
        for one in self.collections:
            one.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def start(self) -> None:
        """Read what is there, and fetch what must be fetched before anything can be read.

        PDFs that were never read are left waiting, so that the rest answers soon; refresh() reads them.

        Raises:
            NotesError: nothing at all can be read.
        """
        missing = [one for one in self.collections if not one.here]
        if len(missing) == len(self.collections):
            await self._fetched(missing)
        await self.refresh(new_pdfs=False)

    async def fetch(self, *collections: Collection) -> bool:
        """Bring repositories up to date and read those that are others than before; return whether any is.

        Raises:
            NotesError: what was fetched cannot be read.
        """
        changed = await self._fetched(collections)
        if changed:
            await self.refresh(*changed)
        return bool(changed)

    async def refresh(self, *collections: Collection, new_pdfs: bool = True) -> Mapping[Library, Change]:
        """Read *collections* again, all if none are named, and say what changed in which library.

        One that cannot be read stays as it was; see its *failure*.

        Raises:
            NotesError: none of them can be read.
        """
        wanted = collections or self.collections
        async with self._refreshing:
            errors = await asyncio.to_thread(_read, wanted, new_pdfs=new_pdfs)
            if wanted and len(errors) == len(wanted):
                raise errors[0]
            touched = [one for one in self.all if not collections or not set(wanted).isdisjoint(one.collections)]
            changes = {library: await library.rebuild() for library in touched}
        for listener in self._listeners:
            listener()
        return changes

    async def reload(self, guild_id: int) -> Change:
        """Fetch and read what a group sees, and say what changed for it.

        Raises:
            NotesError: nothing of it can be read.
        """
        library = self.of(guild_id)
        await self._fetched(library.collections)
        changes = await self.refresh(*library.collections)
        return changes[library]

    def discreet(self, problem: Problem) -> Problem:
        """Return *problem* without places on this machine, for people who only use the bot."""
        for one in self.collections:
            problem = one.discreet(problem)
        return problem

    async def _fetched(self, collections: Iterable[Collection]) -> list[Collection]:
        """Return those that are others than before; they are fetched side by side."""
        wanted, loop = list(collections), asyncio.get_running_loop()
        try:
            changed = await asyncio.gather(*(loop.run_in_executor(self._threads, one.fetch) for one in wanted))
        except asyncio.CancelledError:
            for one in wanted:
                one.stop()
            raise
        return [one for one, other in zip(wanted, changed, strict=True) if other]


def arranged(collections: Iterable[Collection], *, cache: Path | None, clock: Callable[[], datetime]) -> Libraries:
    """Return the libraries of *collections*: one for everybody, and one for each set that some groups see beside it."""
    every = tuple(collections)
    named = frozenset(guild_id for one in every for guild_id in one.about.guilds or ())

    def seen_by(guild_id: int) -> tuple[Collection, ...]:
        return tuple(one for one in every if one.about.guilds is None or guild_id in one.about.guilds)

    made = {seen: Library(*seen, cache=cache, clock=clock) for seen in {seen_by(guild_id) for guild_id in {0, *named}}}
    return Libraries(made[seen_by(0)], {guild_id: made[seen_by(guild_id)] for guild_id in named})


def _read(collections: Iterable[Collection], *, new_pdfs: bool) -> list[NotesError]:
    errors: list[NotesError] = []
    for one in collections:
        try:
            one.read(new_pdfs=new_pdfs)
        except NotesError as error:
            errors.append(error)
    return errors
