import asyncio
import json
from datetime import timedelta

import pytest

from bot import jobs
from bot.services.collections import Collection
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.presence import Presence
from knowledge import library
from knowledge.errors import NotesError
from knowledge.sources import Folder
from storage.errors import StorageError
from tests.bot.conftest import now, until
from tests.knowledge.repositories import Origin, needs_git, source_of


@pytest.fixture
async def run():
    """Return a starter of jobs, which are ended after the test."""
    tasks = []

    def start(job) -> asyncio.Task:
        tasks.append(asyncio.create_task(job))
        return tasks[-1]

    yield start
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def tended(edited, run):
    """Return a library whose notes are followed."""
    before = edited.loaded
    run(jobs.tend_notes(Libraries(edited), watch=True))
    await until(lambda: edited.loaded is not before)
    return edited


async def test_edit_becomes_searchable_while_the_bot_runs(tended):
    def edited_and_found() -> bool:  # again and again, because the watcher is not there at once
        (tended.source.root / "new.md").write_text("# Dropout\n\nDrops units at random.\n")
        return tended.search("dropout").found

    await until(edited_and_found)


async def test_edit_that_breaks_the_reader_ends_nothing(tended, monkeypatch, caplog):
    broken = tended.loaded
    monkeypatch.setattr(library, "build", lambda *_, **__: broken.no_such_part)
    assert await jobs._read_again(Libraries(tended), tended.collections[0])
    assert "the old ones stay" in caplog.text
    assert tended.search("swiglu").found


async def test_missing_notes_end_the_start(tmp_path):
    with pytest.raises(NotesError):
        await jobs.tend_notes(Libraries(Library(Folder(tmp_path / "none"), cache=None, clock=now)), watch=True)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(jobs, "_AGAIN_S", 0.01)
    monkeypatch.setattr(jobs, "_LOOK_MS", 50)


@pytest.mark.usefixtures("impatient")
async def test_notes_that_vanish_are_followed_again_when_they_are_back(tended):
    root = tended.source.root
    moved = root.rename(root.parent / "moved")
    await until(lambda: tended.collections[0].failure is not None)
    moved.rename(root)
    await until(lambda: tended.collections[0].failure is None)


@pytest.mark.usefixtures("impatient")
async def test_folder_put_in_place_of_the_notes_is_followed(tended):
    root = tended.source.root
    root.rename(root.parent / "moved")
    root.mkdir()

    def edited_and_found() -> bool:
        (root / "new.md").write_text("# Dropout\n\nDrops units at random.\n")
        return tended.search("dropout").found

    await until(edited_and_found)


class Vanishing(Libraries):
    """Its folder is moved away right after it was read for the first time, with PDFs left waiting."""

    async def start(self) -> None:
        await super().start()
        root = self.public.source.root
        root.rename(root.parent / "moved")


@pytest.mark.usefixtures("impatient")
async def test_notes_that_vanish_while_pdfs_wait_are_followed_when_they_are_back(edited, run, monkeypatch):
    monkeypatch.setattr(Collection, "waits", property(lambda _: True))
    root = edited.source.root
    task = run(jobs.tend_notes(Vanishing(edited), watch=True))
    await until(lambda: edited.collections[0].failure is not None or task.done())
    assert not task.done()
    (root.parent / "moved").rename(root)
    await until(lambda: edited.collections[0].failure is None)


@pytest.mark.usefixtures("impatient")
async def test_edits_are_followed_while_pdfs_wait(edited, run, monkeypatch):
    reading = asyncio.Event()
    monkeypatch.setattr(Collection, "waits", property(lambda _: True))
    monkeypatch.setattr(jobs, "_read_waiting", lambda *_: reading.wait())
    run(jobs.tend_notes(Libraries(edited), watch=True))

    def edited_and_found() -> bool:
        (edited.source.root / "new.md").write_text("# Dropout\n\nDrops units at random.\n")
        return edited.search("dropout").found

    await until(edited_and_found)


async def test_sign_of_life_tells_time_and_connection(tmp_path, run):
    file = tmp_path / "data" / "health.json"
    run(jobs.beat(file, ready=lambda: True, clock=now))
    await until(file.exists)
    assert json.loads(file.read_text()) == {"at": now().isoformat(), "ready": True}


async def test_sign_of_life_that_cannot_be_written_ends_nothing(tmp_path, run, monkeypatch, caplog):
    monkeypatch.setattr(jobs, "BEAT_S", 0.01)
    (tmp_path / "data").write_text("in the way")
    asked = []
    task = run(jobs.beat(tmp_path / "data" / "health.json", ready=lambda: asked.append(1) or True, clock=now))
    await until(lambda: len(asked) > 3)
    assert not task.done()
    assert len(caplog.records) == 1


class Purges(Presence):
    """Counts how often it is asked, and fails the first two times: of busyness, then of a fault of ours."""

    def __init__(self) -> None:
        self.asked = 0
        self.known = asyncio.Event()

    async def compared(self) -> None:
        await self.known.wait()

    async def purge(self) -> int:
        self.asked += 1
        if self.asked == 1:
            raise StorageError("The database is busy. Nothing was changed; try again in a moment.")
        if self.asked == 2:
            raise LookupError
        return 1


async def test_nothing_is_purged_until_it_is_known_who_has_the_bot_and_then_every_day(run, monkeypatch, caplog):
    monkeypatch.setattr(jobs, "DAY_S", 0.01)
    caplog.set_level("INFO")
    purges = Purges()
    run(jobs.purge_left(purges))
    await asyncio.sleep(0)
    assert purges.asked == 0
    purges.known.set()
    await until(lambda: purges.asked > 3)
    assert "cannot be deleted: The database is busy" in caplog.text
    assert "deleted: 1" in caplog.text


@pytest.fixture
def origin(tmp_path) -> Origin:
    made = Origin(tmp_path / "origin")
    made.commit(a="# Alpha\n\nOne.\n")
    return made


@pytest.fixture
def followed(origin, tmp_path):
    """Return libraries of a repository that is fetched very often."""
    every = timedelta(milliseconds=20)
    collection = Collection(source_of(origin.url, tmp_path / "git"), every=every, clock=now)
    return Libraries(Library(collection, cache=None, clock=now))


@needs_git
async def test_repository_is_followed_through_an_outage(followed, origin, run, caplog):
    run(jobs.tend_notes(followed, watch=True))
    await until(lambda: followed.public.loaded is not None)
    away = origin.path.rename(origin.path.with_name("away"))
    await until(lambda: followed.collections[0].failure is not None)
    assert followed.public.search("alpha").found
    away.rename(origin.path)
    origin.commit(b="# Zebra\n\nStripes.\n")
    await until(lambda: followed.public.search("zebra").found)
    assert followed.collections[0].failure is None
    assert caplog.text.count("cannot be fetched, the old notes stay") == 1


@needs_git
async def test_edits_of_a_fetched_tree_are_thrown_away_while_the_bot_runs(followed, run):
    run(jobs.tend_notes(followed, watch=False))
    await until(lambda: followed.public.loaded is not None)
    (followed.public.source.root / "a.md").write_text("# Mine\n\nEdited here.\n")
    await until(lambda: (followed.public.source.root / "a.md").read_text().startswith("# Alpha"))


@needs_git
async def test_fetch_that_breaks_ends_nothing(followed, run, monkeypatch, caplog):
    run(jobs.tend_notes(followed, watch=False))
    await until(lambda: followed.public.loaded is not None)
    monkeypatch.setattr(followed.collections[0], "fetch", lambda: 1 // 0)
    await until(lambda: "cannot be fetched" in caplog.text)
    assert followed.public.search("alpha").found


@needs_git
async def test_repository_that_was_never_there_ends_the_start(followed, origin):
    origin.path.rename(origin.path.with_name("away"))
    with pytest.raises(NotesError, match="no repository"):
        await jobs.tend_notes(followed, watch=True)


@needs_git
async def test_fetch_ends_with_the_job(tmp_path, run):
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/began\nexec sleep 999\n")
    program.chmod(0o755)
    source = source_of("file:///none/x", tmp_path / "git", environ={"PATH": f"{program.parent}:/bin:/usr/bin"})
    hanging = Libraries(Library(Collection(source, every=timedelta(1), clock=now), cache=None, clock=now))
    task = run(jobs.tend_notes(hanging, watch=False))
    await until((tmp_path / "began").exists)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
