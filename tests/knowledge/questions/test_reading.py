"""Files are read by their names below the notes' folder, and nothing else is."""

from __future__ import annotations

import os
import unicodedata

import pytest

from knowledge.questions.reading import of_note


@pytest.fixture
def root(tmp_path):
    (tmp_path / "notes" / "sub").mkdir(parents=True)
    (tmp_path / "notes" / "sub" / "a.md").write_bytes(b"text")
    (tmp_path / "secret.md").write_bytes(b"secret")
    return tmp_path / "notes"


def test_file_is_read(root):
    assert of_note(root, "sub/a.md", 10) == b"text"


def test_decomposed_name_is_found_by_its_composed_one(root):
    (root / unicodedata.normalize("NFD", "é.md")).write_bytes(b"e")
    assert of_note(root, "é.md", 10) == b"e"


@pytest.mark.parametrize("file", ["gone.md", "sub", "../secret.md", "/etc/hostname", "a\0b", "x" * 5_000])
def test_what_is_no_file_of_the_notes_is_not_read(root, file):
    assert of_note(root, file, 100) is None


def test_link_out_of_the_notes_is_not_followed(root):
    (root / "link.md").symlink_to(root.parent / "secret.md")
    assert of_note(root, "link.md", 100) is None


def test_circle_of_links_is_not_followed(root):
    (root / "b.md").symlink_to(root / "c.md")
    (root / "c.md").symlink_to(root / "b.md")
    assert of_note(root, "b.md", 100) is None


def test_pipe_is_not_waited_for(root):
    os.mkfifo(root / "pipe.md")
    assert of_note(root, "pipe.md", 100) is None


def test_file_over_the_limit_is_not_read(root):
    assert of_note(root, "sub/a.md", 4) == b"text"
    assert of_note(root, "sub/a.md", 3) is None
