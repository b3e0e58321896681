"""A collection as the bot keeps it: what was read of it, and since when something goes wrong."""

import shutil
from datetime import timedelta

import pytest

from bot.app import open_libraries
from bot.config import load
from bot.services.collections import About, Collection
from bot.services.libraries import arranged
from knowledge.errors import NotesError, Problem
from knowledge.files import Folder
from tests.knowledge.repositories import Origin, needs_git, source_of


@pytest.fixture
def origin(tmp_path) -> Origin:
    made = Origin(tmp_path / "origin")
    made.commit("First", a="# A\n\nOne.\n")
    return made


@pytest.fixture
def collection(origin, tmp_path, clock) -> Collection:
    return Collection(source_of(origin.url, tmp_path / "git"), About("notes", "notes/"), clock=clock)


def test_folder_is_never_fetched(tmp_path, clock):
    collection = Collection(Folder(tmp_path), clock=clock)
    assert (collection.here, collection.fetch(), collection.failure) == (True, False, None)


def test_folder_is_called_by_its_name_and_its_place_is_not_told(tmp_path, clock):
    collection = Collection(Folder(tmp_path / "none"), clock=clock)
    with pytest.raises(NotesError):
        collection.read()
    assert collection.name == "none"
    assert str(tmp_path) not in str(collection.failure)


def test_failure_keeps_the_time_of_its_first_until_it_is_over(tmp_path, clock):
    collection, began = Collection(Folder(tmp_path / "none"), clock=clock), clock()
    for _ in range(2):
        with pytest.raises(NotesError):
            collection.read()
        clock.turn(hours=1)
    assert collection.failure.since == began
    (tmp_path / "none").mkdir()
    collection.read()
    assert collection.failure is None


def test_status_of_a_folder_tells_when_it_was_read(tmp_path, clock):
    (tmp_path / "a.md").write_text("# A\n\nOne.\n")
    collection = Collection(Folder(tmp_path), clock=clock)
    assert (collection.status().read, collection.status().refreshed_at) == (False, None)
    collection.read()
    now = collection.status()
    assert (now.read, now.notes, now.refreshed_at, now.repository) == (True, 1, clock(), False)


@needs_git
def test_status_tells_a_repository_that_was_not_fetched_yet(collection):
    now = collection.status()
    assert (now.repository, now.commit, now.read, now.address) == (True, None, False, "")


@needs_git
def test_repository_is_not_here_before_it_was_fetched(collection):
    assert not collection.here
    with pytest.raises(NotesError, match="has not been fetched"):
        collection.read()
    assert collection.fetch()
    assert [note.file for note in collection.read().reading.notes] == ["notes/a.md"]


@needs_git
def test_repository_that_is_the_same_is_no_news(collection, origin):
    assert collection.fetch()
    collection.read()
    assert not collection.fetch()
    origin.commit(a="# A\n\nTwo.\n")
    assert collection.fetch()


@needs_git
def test_commit_that_could_not_be_read_is_read_with_the_next_fetch(collection, origin):
    collection.fetch()
    collection.read()
    origin.commit(a="# A\n\nTwo.\n")
    assert [collection.fetch(), collection.fetch()] == [True, True]
    collection.read()
    assert not collection.fetch()


@needs_git
def test_status_tells_the_commit_and_since_when_the_remote_is_away(collection, origin, clock):
    collection.fetch()
    collection.read()
    clock.turn(hours=1)
    began, away = clock(), origin.path.rename(origin.path.with_name("away"))
    for _ in range(2):
        assert not collection.fetch()
        clock.turn(minutes=10)
    now = collection.status()
    assert (now.name, now.notes, now.commit.subject) == ("notes", 1, "First")
    assert now.refreshed_at == began - timedelta(hours=1)
    assert now.failure.since == began
    assert "no repository" in str(now.failure.problem)
    away.rename(origin.path)
    collection.fetch()
    assert (collection.status().failure, collection.status().refreshed_at) == (None, clock())


@needs_git
def test_reason_why_a_repository_is_not_there_is_told_at_the_start(collection, origin):
    shutil.rmtree(origin.path)
    collection.fetch()
    with pytest.raises(NotesError, match="There is no repository origin"):
        collection.read()


@needs_git
def test_places_on_this_machine_are_not_told(collection, origin, tmp_path):
    collection.fetch()
    places = (str(collection.folder.root), str(tmp_path / "git"), str(origin.path))
    problem = collection.discreet(Problem("{reason}", values=(("reason", " ".join(places)), ("n", 1))))
    assert str(tmp_path) not in str(problem)


@needs_git
def test_link_leads_to_the_commit_unless_another_address_is_given(origin, tmp_path, clock, monkeypatch):
    source = source_of(origin.url, tmp_path / "git")
    commit = source.fetch()
    monkeypatch.setattr(type(source), "public_url", property(lambda _: f"https://github.com/o/r/blob/{commit.id}"))
    assert Collection(source, clock=clock).read().place.url.endswith(commit.id)
    own = Collection(source, About(url="https://notes.example.org"), clock=clock)
    assert own.read().place.url == "https://notes.example.org"


@needs_git
async def test_repository_is_followed_by_the_libraries(origin, tmp_path, clock):
    made = arranged([Collection(source_of(origin.url, tmp_path / "git"), clock=clock)], cache=None, clock=clock)
    await made.start()
    assert made.public.search("one").found
    origin.commit(b="# Zebra\n\nStripes.\n")
    assert await made.fetch(*made.collections)
    assert made.public.search("zebra").found
    assert not await made.fetch(*made.collections)


@needs_git
async def test_remote_that_is_away_at_the_start_holds_up_no_other_collection(origin, tmp_path, clock):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "n.md").write_text("# Near\n\nHere.\n")
    near, far = (
        Collection(Folder(tmp_path / "notes"), About("near", "near/"), clock=clock),
        Collection(source_of(origin.url, tmp_path / "git"), About("far", "far/"), clock=clock),
    )
    made = arranged([near, far], cache=None, clock=clock)
    await made.start()
    assert [note.file for note in made.public.index.notes] == ["near/n.md"]
    await made.fetch(far)
    assert [note.file for note in made.public.index.notes] == ["near/n.md", "far/a.md"]


@needs_git
async def test_reload_fetches_first(origin, tmp_path, clock):
    made = arranged([Collection(source_of(origin.url, tmp_path / "git"), clock=clock)], cache=None, clock=clock)
    await made.start()
    origin.commit(b="# Zebra\n\nStripes.\n")
    assert (await made.reload(0)).added == ("b.md",)


@needs_git
async def test_configured_repository_is_read_from_the_data_folder(origin, tmp_path):
    (tmp_path / "studybot.yaml").write_text(f"data: data\nnotes:\n- git: {origin.url}\n  folder: .\n")
    made = open_libraries(load({}, tmp_path))
    await made.start()
    assert made.public.source.root.is_relative_to(tmp_path / "data" / "git")
    assert made.public.status().collections[0].name == "origin"
