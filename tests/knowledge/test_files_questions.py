"""Which files of a folder are question files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge import files
from knowledge.files import Folder, find, is_question_file
from tests.knowledge.test_files import write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "notes"
    path.mkdir()
    return path


def found(root: Path, **globs: tuple[str, ...]) -> list[str]:
    return [name for name, _ in find(Folder(root, **globs)).questions]


@pytest.mark.parametrize(
    "name",
    [
        "questions.yaml",
        "a/b/questions.yaml",
        "glu.questions.yaml",
        "questions/glu.yaml",
        "a/Questions/b/c.YAML",
        "x.questions.yml",
    ],
)
def test_question_files_are_told_by_name_or_folder(root, name):
    write(root, name)
    assert found(root) == [name]
    assert is_question_file(name)


@pytest.mark.parametrize(
    "name",
    [
        "glossary.yaml",
        "studybot.yaml",
        "myquestions.yaml",
        "questions.md",
        "questions.yaml.bak",
        "questions",
        "a.questions/b.yaml",
    ],
)
def test_other_files_are_none(root, name):
    write(root, name)
    assert found(root) == []
    assert not is_question_file(name)


@pytest.mark.parametrize(
    "name", [".questions.yaml", ".hidden/questions.yaml", "node_modules/questions.yaml", "out/questions.yaml"]
)
def test_question_file_that_is_hidden_or_ignored_is_left_out(root, name):
    write(root, name)
    (root / ".gitignore").write_text("out/\n", "utf-8")
    assert found(root) == []


def test_exclude_holds_for_question_files_and_include_does_not(root):
    write(root, "a.questions.yaml", "b.questions.yaml", "a.md")
    assert found(root, include=("*.md",), exclude=("b.*",)) == ["a.questions.yaml"]


def test_link_out_of_the_notes_is_not_followed(root):
    write(root.parent, "secret.yaml")
    (root / "questions.yaml").symlink_to(root.parent / "secret.yaml")
    assert found(root) == []
    assert [problem.file for problem in find(Folder(root)).problems] == ["questions.yaml"]


def test_pipe_is_not_opened(root):
    os.mkfifo(root / "questions.yaml")
    assert found(root) == []


def test_question_files_are_no_notes(root):
    write(root, "questions.yaml", "a.md")
    assert [name for name, _ in find(Folder(root)).files] == ["a.md"]


def test_too_many_question_files_are_cut_and_told(root, monkeypatch):
    monkeypatch.setattr(files, "MAX_QUESTION_FILES", 2)
    write(root, *(f"{n}.questions.yaml" for n in range(4)))
    assert found(root) == ["0.questions.yaml", "1.questions.yaml"]
    assert [str(problem) for problem in find(Folder(root)).problems] == [
        "There are more than 2 question files. The rest is left out."
    ]
