"""A real repository is followed, whatever happens to it; each state is served whole or not at all."""

import logging
import os
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from knowledge import git_source
from knowledge.errors import NotesError
from knowledge.git_source import GitSource
from knowledge.sources import read
from tests.knowledge.repositories import Origin, needs_git, source_of

pytestmark = needs_git


def notes(source: GitSource) -> dict[str, str]:
    """Return the notes that are served, file -> text of its first section."""
    return {note.file: note.sections[0].text for note in read(source.folder).notes}


def problems(source: GitSource) -> list[str]:
    return [str(problem) for problem in read(source.folder).problems]


def trees(tmp_path) -> list[str]:
    return sorted(one.name for one in (tmp_path / "data" / "git" / "trees").iterdir() if one.is_dir())


def test_repository_is_fetched_with_its_commit(origin, source):
    assert source.commit is None
    commit = source.fetch()
    assert (commit.id, commit.subject) == (origin.git("rev-parse", "HEAD"), "First")
    assert commit.short == commit.id[:8]
    assert notes(source) == {"a.md": "One.", "b.md": "Two."}


def test_only_one_commit_is_fetched(origin, source, tmp_path):
    for number in range(5):
        origin.commit(f"Number {number}", a=f"# A\n\n{number}.\n")
    source.fetch()
    count = ("git", "--git-dir", str(tmp_path / "data" / "git" / "repository"), "rev-list", "--all", "--count")
    assert subprocess.run(count, check=True, capture_output=True, text=True).stdout.strip() == "1"  # noqa: S603


def test_change_rename_and_deletion_are_followed(origin, source):
    source.fetch()
    origin.git("mv", "b.md", "c.md")
    origin.commit(a="# A\n\nChanged.\n")
    source.fetch()
    assert notes(source) == {"a.md": "Changed.", "c.md": "Two."}
    (origin.path / "c.md").unlink()
    origin.commit()
    source.fetch()
    assert list(notes(source)) == ["a.md"]


def test_forced_push_is_followed(origin, source):
    origin.commit("Second", b="# B\n\nMistake.\n")
    source.fetch()
    origin.git("reset", "--quiet", "--hard", "HEAD~1")
    origin.commit("Other", a="# A\n\nRewritten.\n")
    assert source.fetch().subject == "Other"
    assert notes(source) == {"a.md": "Rewritten.", "b.md": "Two."}


def test_same_commit_writes_nothing_anew(source, tmp_path):
    source.fetch()
    before = trees(tmp_path)
    source.fetch()
    assert trees(tmp_path) == before


def test_unreadable_file_is_a_problem_and_the_rest_is_served(origin, source):
    origin.write("broken.md", bytes(range(128, 256)) * 9)
    origin.commit()
    source.fetch()
    assert list(notes(source)) == ["a.md", "b.md"]
    assert any("broken.md" in one for one in problems(source))


def test_branch_and_folder_are_those_that_were_named(origin, tmp_path):
    origin.git("checkout", "--quiet", "-b", "draft/notes")
    origin.write("docs/deep/x.md", "# X\n\nDeep.\n")
    origin.commit()
    origin.git("checkout", "--quiet", "main")
    source = source_of(origin.url, tmp_path / "data" / "git", branch="draft/notes", folder="docs")
    source.fetch()
    assert notes(source) == {"deep/x.md": "Deep."}


def test_branch_that_is_deleted_leaves_the_old_state(origin, tmp_path):
    origin.git("branch", "draft")
    source = source_of(origin.url, tmp_path / "data" / "git", branch="draft")
    source.fetch()
    origin.git("branch", "-D", "draft")
    with pytest.raises(NotesError, match="branch is not in the repository"):
        source.fetch()
    assert list(notes(source)) == ["a.md", "b.md"]


def test_remote_that_is_away_leaves_the_old_state_until_it_is_back(origin, source):
    source.fetch()
    away = origin.path.rename(origin.path.with_name("away"))
    with pytest.raises(NotesError, match="no repository origin"):
        source.fetch()
    assert notes(source)["a.md"] == "One."
    origin.path = away.rename(origin.path)
    origin.commit(a="# A\n\nBack.\n")
    source.fetch()
    assert notes(source)["a.md"] == "Back."


def test_state_outlives_the_process(origin, source, tmp_path):
    fetched = source.fetch()
    shutil.rmtree(origin.path)
    later = source_of(origin.url, tmp_path / "data" / "git")
    assert later.commit == fetched
    assert notes(later)["a.md"] == "One."


def test_state_of_another_branch_or_folder_is_not_taken_for_this_one(origin, source, tmp_path):
    source.fetch()
    assert source_of(origin.url, tmp_path / "data" / "git", branch="x").commit is None
    assert source_of(origin.url, tmp_path / "data" / "git", folder="x").commit is None


def test_broken_repository_of_ours_is_made_anew(origin, source, tmp_path):
    source.fetch()
    (tmp_path / "data" / "git" / "repository" / "HEAD").unlink()
    origin.commit(a="# A\n\nNew.\n")
    source.fetch()
    assert notes(source)["a.md"] == "New."


def test_edits_of_the_files_here_are_thrown_away_and_said(source, caplog):
    source.fetch()
    (source.folder.root / "a.md").write_text("# A\n\nMine.\n")
    (source.folder.root / "mine.md").write_text("# Mine\n\nMine.\n")
    source.fetch()
    assert notes(source) == {"a.md": "One.", "b.md": "Two."}
    assert "2 files of the repository origin were edited here" in caplog.text


def test_objects_of_old_states_do_not_pile_up(origin, source, tmp_path, monkeypatch):
    monkeypatch.setattr(git_source, "_MOST_PACKS", 2)
    for number in range(8):
        origin.commit(a=f"# A\n\n{number} {os.urandom(999).hex()}\n")
        source.fetch()
    packs = list((tmp_path / "data" / "git" / "repository" / "objects" / "pack").glob("*.pack"))
    assert len(packs) <= 3
    assert len(trees(tmp_path)) == 2


def test_files_of_no_use_are_not_written(origin, source, tmp_path):
    for number in range(200):
        origin.write(f"code/part{number}.py", "x = 1\n")
    origin.write("PAPER.MD", "# Paper\n\nLoud.\n")
    origin.commit()
    source.fetch()
    assert "PAPER.MD" in notes(source)
    assert not (source.folder.root / "code").exists()


def test_server_that_can_leaves_out_what_is_of_no_use(origin, source, tmp_path):
    origin.git("config", "uploadpack.allowFilter", "true")
    origin.write("film.bin", os.urandom(300_000))
    origin.commit()
    source.fetch()
    packs = (tmp_path / "data" / "git" / "repository" / "objects" / "pack").glob("*.pack")
    assert sum(pack.stat().st_size for pack in packs) < 100_000
    assert list(notes(source)) == ["a.md", "b.md"]


def test_fetch_that_brings_too_much_is_ended_and_starts_anew_next_time(origin, source, tmp_path, monkeypatch):
    source.fetch()
    packs, program = tmp_path / "data" / "git" / "repository" / "objects" / "pack", tmp_path / "bin" / "git"
    program.parent.mkdir()
    real = f'exec {shutil.which("git")} "$@"'
    fetch = f"head -c 300000 /dev/zero > {packs}/part; exec sleep 999"
    program.write_text(f'#!/bin/sh\ncase "$*" in *" fetch "*) {fetch};; *) {real};; esac\n')
    program.chmod(0o755)
    monkeypatch.setattr(git_source, "MAX_BYTES", 200_000)
    environ = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    with pytest.raises(NotesError, match="holds too much"):
        source_of(origin.url, tmp_path / "data" / "git", environ=environ).fetch()
    commit = origin.commit(c="# C\n\nThree.\n")
    assert source.fetch().id == commit
    assert not (packs / "part").exists()


def test_missing_folder_is_told(origin, tmp_path):
    with pytest.raises(NotesError, match="no folder docs with notes"):
        source_of(origin.url, tmp_path / "data" / "git", folder="docs").fetch()


@pytest.mark.parametrize("date", ["99999999999999 +0000", "x +0000", "-99999999999999 +0000", "253402300799 +0000"])
def test_commit_with_an_impossible_date_is_fetched(origin, source, date):
    who = f"Ada <ada@example.org> {date}"
    tree = origin.git("rev-parse", "HEAD^{tree}")
    (origin.path / "commit").write_text(f"tree {tree}\nauthor {who}\ncommitter {who}\n\nOdd\n")
    made = origin.git("hash-object", "-t", "commit", "-w", "--literally", "commit")
    (origin.path / ".git" / "refs" / "heads" / "main").write_text(f"{made}\n")
    commit = source.fetch()
    assert (commit.id, commit.subject, commit.at) == (made, "Odd", datetime(1970, 1, 1, tzinfo=UTC))
    assert list(notes(source)) == ["a.md", "b.md"]


@pytest.mark.parametrize("told", ["", "x", "fatal\0\0"])
def test_log_that_says_nothing_leaves_the_old_state(source, monkeypatch, told):
    first, run = source.fetch(), source._git.run
    monkeypatch.setattr(source._git, "run", lambda *said, **how: told if "log" in said else run(*said, **how))
    with pytest.raises(NotesError, match="git failed on the repository origin"):
        source.fetch()
    assert source.commit == first


def test_pointer_of_lfs_is_a_problem_and_no_text(origin, source):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n"
    origin.write("big.md", pointer)
    origin.write("plot.png", pointer)
    origin.commit(a="# A\n\n![plot](plot.png)\n")
    source.fetch()
    assert "big.md" not in notes(source)
    assert sum("Git LFS" in one for one in problems(source)) == 2


def test_link_out_of_the_repository_is_not_followed(origin, source, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n\nhunter2\n")
    (origin.path / "leak.md").symlink_to(secret)
    (origin.path / "up.md").symlink_to("../../../state.json")
    (origin.path / "etc").symlink_to("/etc")
    origin.commit()
    source.fetch()
    assert list(notes(source)) == ["a.md", "b.md"]
    assert "hunter2" not in str(notes(source))
    assert any("leads out of the notes folder" in one for one in problems(source))


@pytest.mark.parametrize("target", ["/etc", "..", "../../.."])
def test_folder_that_is_a_link_out_of_the_repository_is_refused(origin, tmp_path, target):
    (origin.path / "docs").symlink_to(target)
    (origin.path / "docs.md").symlink_to(target)
    origin.commit()
    with pytest.raises(NotesError, match="no folder docs"):
        source_of(origin.url, tmp_path / "data" / "git", folder="docs").fetch()
    with pytest.raises(NotesError, match=r"no folder docs\.md"):
        source_of(origin.url, tmp_path / "data" / "git2", folder="docs.md").fetch()


def test_submodule_is_left_out_and_a_link_through_it_leads_nowhere(origin, source, tmp_path):
    inner = Origin(tmp_path / "inner")
    inner.write("secret.md", "# Secret\n\nhunter2\n")
    (inner.path / "out").symlink_to("/etc")
    inner.commit()
    origin.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", inner.url, "sub")
    (origin.path / "through.md").symlink_to("sub/out/passwd")
    origin.commit()
    source.fetch()
    assert list(notes(source)) == ["a.md", "b.md"]
    assert any("through.md" in one for one in problems(source))


def test_hooks_and_filters_of_the_repository_do_not_run(origin, source, tmp_path):
    mark = tmp_path / "ran"
    origin.write(".gitattributes", "*.md filter=evil\n")
    origin.write(".githooks/post-checkout", f"#!/bin/sh\ntouch {mark}\n")
    origin.write(".lfsconfig", "[lfs]\n\turl = https://evil.example\n")
    origin.commit(a="# A\n\nNew.\n")
    source.fetch()
    assert notes(source)["a.md"] == "New."
    assert not mark.exists()


def test_nothing_secret_is_logged(origin, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = {**os.environ, "STUDYBOT_GIT_TOKEN": "hunter2"}
    source = source_of(origin.url, tmp_path / "data" / "git", environ=secrets)
    source.fetch()
    shutil.rmtree(origin.path)
    with pytest.raises(NotesError):
        source.fetch()
    assert "hunter2" not in caplog.text


def test_forty_notes_are_found_among_six_thousand_other_files(origin, source):
    for number in range(6_000):
        origin.write(f"src/{number % 60}/file{number}.ts", "export {}\n")
    for number in range(40):
        origin.write(f"docs/note{number}.md", f"# Note {number}\n\nText {number}.\n")
    origin.commit()
    source.fetch()
    assert len(notes(source)) == 42
    assert sum(len(names) for _, _, names in os.walk(source.folder.root)) == 42
