"""The command line over several folders and repositories: what it counts where, and what it says of those that fail."""

from __future__ import annotations

import json

import pytest

from tests.knowledge.repositories import Origin, needs_git


@pytest.fixture
def configured(folder, tmp_path):
    """Configure the folder of notes and, below it, the given lines."""

    def configure(*lines: str) -> None:
        (tmp_path / "studybot.yaml").write_text("\n".join(["notes:", f"  - {folder}", *lines]), "utf-8")

    return configure


@needs_git
def test_json_of_the_index_lists_every_folder_and_repository(studybot, configured, folder, tmp_path):
    origin = Origin(tmp_path / "origin")
    commit = origin.commit(a="# A\n\nOne.\n")
    configured(f"  - git: {origin.url}")
    report = json.loads(studybot("index", "--json")[1])
    assert report["notes"] == str(folder)
    first, second = report["collections"]
    assert (first["name"], first["folder"], first["commit"], first["failure"]) == ("own", str(folder), None, None)
    assert (second["name"], second["commit"], second["notes"], second["sections"]) == ("origin", commit, 1, 1)


def test_json_of_the_questions_lists_every_folder(studybot, configured, folder, tmp_path):
    (tmp_path / "more").mkdir()
    configured("  - more")
    found = json.loads(studybot("questions", "list", "--json")[1])
    assert [one["folder"] for one in found["collections"]] == [str(folder), str(tmp_path / "more")]


@pytest.mark.parametrize(
    ("locale", "counts"), [("C.UTF-8", (" (1 note)", " (0 notes)")), ("zh_CN.UTF-8", ("（1 篇）", "（0 篇）"))]
)
def test_index_counts_the_notes_of_each(studybot, configured, folder, tmp_path, monkeypatch, locale, counts):
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setenv("COLUMNS", "300")
    (tmp_path / "more").mkdir()
    configured("  - more")
    rows = [line.split(maxsplit=1)[1].rstrip() for line in studybot("index")[1].splitlines()[:2]]
    assert rows == [f"{folder}{counts[0]}", f"{tmp_path / 'more'}{counts[1]}"]


def test_folder_that_is_missing_is_told_with_its_path_and_the_others_are_read(studybot, configured, tmp_path):
    configured("  - gone")
    code, out, err = studybot("index", "--json")
    report = json.loads(out)
    assert (code, report["files"]) == (0, 1)
    assert report["collections"][1]["failure"].startswith("The notes folder gone does not exist.")
    assert err.startswith(f"{tmp_path / 'gone'}: The notes folder gone does not exist.")


@needs_git
def test_repository_that_cannot_be_had_is_told_and_the_others_are_read(studybot, configured, tmp_path):
    configured(f"  - git: file://{tmp_path}/none")
    code, out, err = studybot("index", "--json")
    failure = "There is no repository none at this address (any more)."
    assert (code, err) == (0, f"{failure}\n")
    assert json.loads(out)["collections"][1]["failure"] == failure


def test_problem_of_no_file_stands_beside_the_place_of_the_notes(studybot, tmp_path):
    (tmp_path / "more").mkdir()
    assert f"\n  {tmp_path / 'more'}: There are no notes here." in studybot("index", "--notes", "more")[1]
