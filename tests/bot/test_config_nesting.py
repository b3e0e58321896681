"""Collections that lie in one another: what only some servers may see is in no collection that others see."""

import os
from pathlib import Path

import pytest

from bot.app import open_libraries
from bot.config import NotesFolder, NotesRepository, load
from bot.config.nesting import apart
from knowledge.git_url import parse
from tests.bot.conftest import now
from tests.bot.test_config import told
from tests.knowledge.repositories import Origin, needs_git

GUILD = 123456789012345678
NOWHERE = Path("/nowhere")


@pytest.fixture
def write(tmp_path):
    def write(text: str, *files: str) -> None:
        (tmp_path / "studybot.yaml").write_text(f"data: data\n{text}", "utf-8")
        for file in files:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {path.stem}\n\nText of {path.stem}.\n", "utf-8")

    return write


def seen(tmp_path, guild_id: int) -> list[str]:
    """Return the notes that a server sees."""
    libraries = open_libraries(load({}, tmp_path), clock=now)
    for one in libraries.collections:
        one.fetch()
    for library in libraries.all:
        library.load()
    return sorted(note.file for note in libraries.of(guild_id).index.notes)


def test_limited_folder_in_a_public_one_is_seen_by_its_servers_alone(write, tmp_path):
    write(f"notes: [all, {{path: all/staff, guilds: [{GUILD}]}}]\n", "all/a.md", "all/staff/b.md", "all/staff/c/d.md")
    assert seen(tmp_path, 0) == ["all/a.md"]
    assert seen(tmp_path, GUILD) == ["all/a.md", "staff/b.md", "staff/c/d.md"]


@pytest.mark.parametrize("link", ["other", "other.md"])
def test_link_does_not_lead_into_a_folder_that_is_a_collection_of_its_own(write, tmp_path, link):
    write(f"notes: [all, {{path: all/staff, guilds: [{GUILD}]}}]\n", "all/a.md", "all/staff/b.md")
    (tmp_path / "all" / link).symlink_to(tmp_path / "all" / "staff" / ("b.md" if "." in link else ""))
    assert seen(tmp_path, 0) == ["all/a.md"]


def test_limited_folder_that_is_named_by_a_link_is_seen_by_its_servers_alone(write, tmp_path):
    write(f"notes: [all, {{path: short, guilds: [{GUILD}]}}]\n", "all/a.md", "all/staff/b.md")
    (tmp_path / "short").symlink_to(tmp_path / "all" / "staff")
    assert seen(tmp_path, 0) == ["all/a.md"]
    assert seen(tmp_path, GUILD) == ["all/a.md", "short/b.md"]


def test_file_in_two_collections_is_in_the_inner_one(write, tmp_path):
    write("notes: [., ./all, {path: all/x, name: X}]\n", "n.md", "all/a.md", "all/x/b.md")
    assert seen(tmp_path, 0) == sorted([f"{tmp_path.name}/n.md", "all/a.md", "X/b.md"])


@needs_git
def test_limited_folder_of_a_public_repository_is_seen_by_its_servers_alone(write, tmp_path):
    origin = Origin(tmp_path / "origin")
    origin.write("staff/b.md")
    origin.commit(a="# A\n\nOne.\n")
    write(f"notes: [{{git: {origin.url}}}, {{git: {origin.url}, folder: staff, name: staff, guilds: [{GUILD}]}}]\n")
    assert seen(tmp_path, 0) == ["origin/a.md"]
    assert seen(tmp_path, GUILD) == ["origin/a.md", "staff/b.md"]


@pytest.mark.parametrize(
    "address",
    ["https://host/owner/repo", "https://host/owner/repo.git", "https://HOST/Owner/repo/", "git@host:owner/repo.git"],
)
@pytest.mark.parametrize("branch", ["", "main"])
def test_repository_is_the_same_by_any_of_its_addresses(address, branch):
    outer, inner = NotesRepository(parse("https://host/owner/repo")), NotesRepository(parse(address), branch, "x/y")
    assert apart(outer, [outer, inner], NOWHERE) == ("x/y",)


def test_repository_is_another_on_another_branch():
    remote = parse("https://host/owner/repo")
    outer = NotesRepository(remote, "main")
    assert apart(outer, [outer, NotesRepository(remote, "draft", "staff")], NOWHERE) == ()


@needs_git
@pytest.mark.parametrize("data", ["data", "."])
def test_limited_repository_that_is_kept_among_public_notes_is_seen_by_its_servers_alone(write, tmp_path, data):
    origin = Origin(tmp_path.parent / f"{tmp_path.name}-origin")
    origin.commit(b="# B\n\nOne.\n")
    notes = f"notes: [{{path: ., name: all}}, {{git: {origin.url}, name: staff, guilds: [{GUILD}]}}]\n"
    write(notes, "a.md")
    (tmp_path / "studybot.yaml").write_text(f"data: {data}\n{notes}", "utf-8")
    assert seen(tmp_path, GUILD) == ["all/a.md", "staff/b.md"]
    assert seen(tmp_path, 0) == ["all/a.md"]


def test_folder_beside_another_is_not_in_it(tmp_path):
    outer = NotesFolder(tmp_path / "notes")
    assert apart(outer, [outer, NotesFolder(tmp_path / "notes2"), NotesFolder(tmp_path)], tmp_path) == ()


@pytest.mark.parametrize("path", ["all", "./all/", "all/../all"])
def test_one_folder_cannot_be_for_some_servers_and_for_everybody(write, tmp_path, path):
    write(f"notes: [all, {{path: {path}, name: B, guilds: [{GUILD}]}}]\n", "all/a.md")
    (fault,) = told(tmp_path)
    assert fault == (
        "studybot.yaml: notes: all and B are the same folder; what only some servers may see needs one of its own"
    )


def test_one_folder_may_be_two_collections_of_different_files(write, tmp_path):
    write("notes: [{path: all, exclude: [x.md]}, {path: all, name: B, include: [x.md]}]\n", "all/a.md", "all/x.md")
    assert seen(tmp_path, 0) == ["B/x.md", "all/a.md"]


@pytest.mark.parametrize("here", [".", "../{}", "{}/..", "~/{}"])
def test_two_collections_of_one_name_are_refused_however_it_is_written(write, tmp_path, monkeypatch, here):
    home = tmp_path / "notes"
    home.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    (home / "studybot.yaml").write_text(f"notes: [{here.format('notes')}, b/Notes]\n", "utf-8")
    (fault,) = told(home, dict(os.environ))
    assert fault.startswith("studybot.yaml:")
    assert fault.endswith("notes: two collections are called Notes; give one of them another name")
