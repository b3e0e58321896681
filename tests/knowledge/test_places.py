"""Files of the notes are found by their names, however these are encoded on disk, and only inside their folders."""

from __future__ import annotations

import unicodedata

import pytest

from knowledge.files import Folder, find
from knowledge.places import Place, Places, inside


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "notes"
    (root / "Übersicht").mkdir(parents=True)
    return root


@pytest.mark.parametrize("forms", [("NFD", "NFD"), ("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFC")])
def test_file_is_found_again_by_the_name_under_which_it_is_read(tmp_path, forms):
    folder, file = (
        unicodedata.normalize(form, name) for form, name in zip(forms, ("Übersicht", "café.md"), strict=True)
    )
    (tmp_path / folder).mkdir()
    (tmp_path / folder / file).write_text("# A\n")
    ((name, path),) = find(Folder(tmp_path)).files
    assert Places((Place(tmp_path, "group/"),)).path(f"group/{name}") == path.resolve()


@pytest.mark.parametrize("name", ["é.md", "Übersicht/é.md", "é/a.md", "../é.md", "/é.md", "é\0.md", "é" * 5_000])
def test_name_of_no_file_is_none(root, name):
    assert inside(root, name) is None


def test_decomposed_name_outside_is_none(root):
    (root.parent / unicodedata.normalize("NFD", "é.md")).write_text("secret")
    (root / unicodedata.normalize("NFD", "ö.md")).symlink_to(root.parent / unicodedata.normalize("NFD", "é.md"))
    assert inside(root, "../é.md") is None
    assert inside(root, "ö.md") is None


def test_file_of_no_collection_is_none(root):
    (root / "a.md").write_text("# A\n")
    assert Places((Place(root, "group/"),)).path("other/a.md") is None
