"""What crashes, full disks and ended fetches leave of a repository: the old state, nothing beside it, and a way on."""

import errno
import os
import shutil

import pytest

from knowledge import git_source
from knowledge.errors import NotesError
from tests.knowledge.repositories import needs_git, source_of
from tests.knowledge.test_git_source import notes, trees

pytestmark = needs_git


def crash(*_):
    raise ZeroDivisionError


def test_crash_before_the_new_state_is_whole_leaves_the_old_one(origin, source, tmp_path, monkeypatch):
    first = source.fetch()
    origin.commit(a="# A\n\nNew.\n")
    monkeypatch.setattr(git_source, "write_atomically", crash)
    with pytest.raises(ZeroDivisionError):
        source.fetch()
    later = source_of(origin.url, tmp_path / "data" / "git")
    assert later.commit == first
    assert notes(later)["a.md"] == "One."


def test_what_a_crash_left_is_cleared_out(origin, source, tmp_path, monkeypatch):
    source.fetch()
    with monkeypatch.context() as context:
        context.setattr(git_source, "write_atomically", crash)
        for number in range(4):
            origin.commit(a=f"# A\n\n{number}.\n")
            with pytest.raises(ZeroDivisionError):
                source.fetch()
    source.fetch()
    assert notes(source)["a.md"] == "3."
    assert len(trees(tmp_path)) == 2


@pytest.mark.parametrize("written", ["", "{", "[]", '{"id": 1, "at": "x"}', '{"id": "a", "tree": "../../x"}'])
def test_unreadable_state_is_fetched_anew(source, origin, tmp_path, written):
    source.fetch()
    (tmp_path / "data" / "git" / "state.json").write_text(written)
    later = source_of(origin.url, tmp_path / "data" / "git")
    assert later.commit is None
    later.fetch()
    assert notes(later)["a.md"] == "One."


def test_repository_that_is_too_large_leaves_the_old_state_and_nothing_beside(origin, source, tmp_path, monkeypatch):
    source.fetch()
    origin.commit(c="# C\n\n" + "x" * 5_000 + "\n")
    monkeypatch.setattr(git_source, "MAX_BYTES", 4_000)
    for _ in range(3):
        with pytest.raises(NotesError, match="holds too much"):
            source.fetch()
    assert "c.md" not in notes(source)
    assert len(trees(tmp_path)) == 1
    assert len(list((tmp_path / "data" / "git" / "trees").glob("*.index"))) == 1


def test_fetch_waits_for_that_of_another_process_no_longer_than_this_one_lives(origin, source, tmp_path):
    fcntl = pytest.importorskip("fcntl")
    source.fetch()
    origin.commit("Second", a="# A\n\nThree.\n")
    with (tmp_path / "data" / "git" / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        source.stop()
        with pytest.raises(NotesError, match="being fetched by another"):
            source.fetch()
    assert notes(source)["a.md"] == "One."


@pytest.mark.parametrize("left", ["shallow.lock", "config.lock", "refs/studybot/fetched.lock", "HEAD.lock"])
def test_lock_of_a_git_that_was_killed_does_not_stop_the_next_fetch(origin, source, tmp_path, left):
    source.fetch()
    commit = origin.commit("Second", a="# A\n\nThree.\n")
    (tmp_path / "data" / "git" / "repository" / left).write_text("")
    assert source.fetch().id == commit


def test_git_that_is_killed_in_the_midst_of_a_fetch_leaves_a_repository_that_can_be_fetched(origin, source, tmp_path):
    """It leaves shallow.lock behind, as at the end of a bot that has just begun with a large repository."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    real = shutil.which("git")
    died = f'touch "{tmp_path}/data/git/repository/shallow.lock"; kill -9 $$'
    program.write_text(f'#!/bin/sh\ncase "$*" in *" fetch "*) {died};; *) exec {real} "$@";; esac\n')
    program.chmod(0o755)
    environ = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    with pytest.raises(NotesError, match="git failed"):
        source_of(origin.url, tmp_path / "data" / "git", environ=environ).fetch()
    assert source.fetch().subject == "First"


@pytest.mark.parametrize("damaged", ["config", "refs/studybot/fetched", "HEAD", "shallow"])
@pytest.mark.parametrize("content", ["", "\0" * 40])
def test_damaged_repository_is_fetched_anew(origin, source, tmp_path, damaged, content):
    source.fetch()
    commit = origin.commit("Second", a="# A\n\nThree.\n")
    (tmp_path / "data" / "git" / "repository" / damaged).write_text(content)
    assert source.fetch().id == commit


def test_data_folder_that_cannot_be_made_is_told(origin, tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(NotesError, match="cannot be kept in the data folder: Not a directory"):
        source_of(origin.url, tmp_path / "data" / "git").fetch()


def test_full_disk_leaves_no_folder_for_each_time_that_it_was_tried(origin, source, tmp_path, monkeypatch):
    source.fetch()
    origin.commit("Second", a="# A\n\nThree.\n")
    monkeypatch.setattr(git_source, "_patterns", no_room)
    for _ in range(3):
        with pytest.raises(NotesError, match="cannot be kept in the data folder: No space left"):
            source.fetch()
    assert len(trees(tmp_path)) == 1


def no_room(_folder):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
