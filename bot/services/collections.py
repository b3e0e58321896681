"""One source of notes: where they come from, who may see them, what was read of them last, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from knowledge.errors import NotesError, Problem
from knowledge.files import Folder
from knowledge.git_source import Commit, GitSource
from knowledge.parts import Part, read_part
from knowledge.places import Place


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a collection.

    Attributes:
        name: as people call it; empty for the name of its folder.
        prefix: what stands before the names of its files, with ``/`` at its end; empty where there is only one.
        url: what precedes ``/file.md`` in a public address; empty where that follows from the repository, or is none.
        guilds: the groups that see it; None is everybody.
    """

    name: str = ""
    prefix: str = ""
    url: str = ""
    guilds: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What goes wrong with a collection, and since when."""

    problem: Problem
    since: datetime


@dataclass(frozen=True, slots=True)
class CollectionStatus:
    """How a collection stands.

    Attributes:
        notes: that were read of it.
        commit: None where it is no repository, or none that was fetched.
        failure: why the newest attempt to fetch or to read it failed; what was read before goes on serving.
        read: whether it was read at all.
        waits: whether PDFs of it are still to be read.
        repository: whether it is one.
        refreshed_at: when it was last seen to be up to date: a folder when it was read, a repository when it was
            fetched; None if that has not happened since the start.
        address: where the commit can be read on the web; empty where that is not known.
    """

    name: str
    notes: int
    sections: int
    commit: Commit | None
    failure: Failure | None
    read: bool = True
    waits: bool = False
    repository: bool = False
    refreshed_at: datetime | None = None
    address: str = ""


class Collection:
    """A collection of notes. Everything it does blocks; one thing at a time.

    Attributes:
        part: as it was read last; None before that.
        every: how long a repository is left alone between two fetches; None for a folder, whose edits are followed.
    """

    def __init__(
        self,
        source: Folder | GitSource,
        about: About | None = None,
        *,
        every: timedelta | None = None,
        cache: Path | None = None,
        clock: Callable[[], datetime],
    ) -> None:
        self.source = source
        self.about = about or About()
        self.every = every
        self._cache = cache
        self.part: Part | None = None
        self._clock = clock
        self._fetching: Failure | None = None
        self._reading: Failure | None = None
        self._refreshed_at: datetime | None = None

    @property
    def name(self) -> str:
        """How people call it."""
        return self.about.name or self.folder.root.name or "/"

    @property
    def place(self) -> str:
        """Where it is, for those who run the bot: its folder, or the commit of its repository."""
        if isinstance(self.source, Folder):
            return str(self.folder.root)
        return f"{self.name} @ {self.source.commit.short}" if self.source.commit else self.name

    @property
    def folder(self) -> Folder:
        """Where its files are now. Of a repository that was never fetched, a folder that is not there."""
        return self.source if isinstance(self.source, Folder) else self.source.folder

    @property
    def failure(self) -> Failure | None:
        """What goes wrong with it; None if nothing does."""
        return self._fetching or self._reading

    @property
    def waits(self) -> bool:
        """Whether PDFs were left waiting."""
        return self.part is not None and bool(self.part.reading.waiting)

    @property
    def here(self) -> bool:
        """Whether there is something to read: a repository has to be fetched first."""
        return isinstance(self.source, Folder) or self.source.commit is not None

    def fetch(self) -> bool:
        """Bring a repository up to date; return whether it is to be read. What fails is kept as *failure*."""
        if isinstance(self.source, Folder):
            return False
        try:
            self.source.fetch()
        except NotesError as error:
            self._fetching = self._failed(error, self._fetching)
            return False
        self._fetching, self._refreshed_at = None, self._clock()
        return self.part is None or self.part.place.root != self.folder.root

    def stop(self) -> None:
        """End a fetch that is going on, from another thread."""
        if isinstance(self.source, GitSource):
            self.source.stop()

    def read(self, on_progress: Callable[[int, int], None] | None = None, *, new_pdfs: bool = True) -> Part:
        """Read it again, and keep what was read.

        Args:
            on_progress: told how many files are read and how many there are.
            new_pdfs: False leaves PDFs waiting that were never read, as that takes long.

        Raises:
            NotesError: it cannot be read; what was read before stays.
        """
        self._require_fetched()
        try:
            part = read_part(
                self.folder,
                place=self._place(),
                previous=self.part,
                on_progress=on_progress,
                cache=self._cache,
                new_pdfs=new_pdfs,
            )
        except NotesError as error:
            self._reading = self._failed(error, self._reading)
            raise
        self.part, self._reading = part, None
        if isinstance(self.source, Folder):
            self._refreshed_at = self._clock()
        return part

    def status(self) -> CollectionStatus:
        """Return how it stands."""
        notes = self.part.reading.notes if self.part else ()
        repository = None if isinstance(self.source, Folder) else self.source
        return CollectionStatus(
            self.name,
            len(notes),
            sum(len(one.sections) for one in notes),
            repository.commit if repository else None,
            self.failure,
            read=self.part is not None,
            waits=self.waits,
            repository=repository is not None,
            refreshed_at=self._refreshed_at,
            address=repository.commit_url if repository else "",
        )

    def discreet(self, problem: Problem) -> Problem:
        """Return *problem* without places on this machine."""
        return replace(problem, values=tuple((key, self._without_places(value)) for key, value in problem.values))

    def _without_places(self, value: str | int) -> str | int:
        if not isinstance(value, str):
            return value
        places = [str(self.folder.root)] if isinstance(self.source, Folder) else self.source.places
        for place in places:
            value = value.replace(place, self.name)
        return value

    def _failed(self, error: NotesError, before: Failure | None) -> Failure:
        return Failure(self.discreet(error.problem), before.since if before else self._clock())

    def _require_fetched(self) -> None:
        if self.here:
            return
        if self._fetching is not None:
            raise NotesError.of(self._fetching.problem)
        raise NotesError("The repository {name} has not been fetched yet.", name=self.name)

    def _place(self) -> Place:
        url = self.about.url
        if not url and isinstance(self.source, GitSource):
            url = self.source.public_url
        return Place(self.folder.root, self.about.prefix, url)
