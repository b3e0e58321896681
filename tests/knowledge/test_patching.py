"""An index that is patched finds what one built anew finds; what is gone is not found."""

import pytest

from knowledge import library, patching
from knowledge.index import Index
from knowledge.sources import Folder
from tests.knowledge.material import note, section

NOTES = {
    "a.md": "# Trees\n\nA decision tree splits.\n\n## Pruning\n\nCuts branches that say little.\n",
    "b.md": "# Networks\n\nLayers of units.\n\n## SwiGLU\n\nA gated unit with swish.\n",
    "d.md": "# 归一化\n\n层归一化让训练稳定。\n",
}
QUERIES = ("decision tree", "pruning", "swiglu", "gated unit", "层归一化", "dropout", "zebra", "networks")
EDITS = {
    "one changed": {"b.md": "# Networks\n\nLayers of units.\n\n## Dropout\n\nLeaves units out by chance.\n"},
    "one new in the middle": {"c.md": "# Dropout\n\nLeaves units out.\n\n## Zebra\n\nStripes.\n"},
    "one new at the end": {"z.md": "# Zebra\n\nStripes.\n"},
    "one gone": {"a.md": None},
    "several": {"a.md": None, "b.md": "# SwiGLU\n\nGated.\n", "e.md": "# 层归一化\n\n稳定。\n"},
    "nothing": {},
    "all gone": {"a.md": None, "b.md": None, "d.md": None},
}


def write(root, files):
    for file, text in files.items():
        if text is None:
            (root / file).unlink()
        else:
            (root / file).write_text(text, "utf-8")


@pytest.fixture
def patched_and_built(tmp_path):
    """Return a maker of what is found after an edit: patched, and built anew."""

    def make(edit):
        write(tmp_path, NOTES)
        before = library.load(Folder(tmp_path))
        write(tmp_path, edit)
        after = library.load(Folder(tmp_path), previous=before)
        return library.patched(after.parts, before), after

    return make


def found(index: Index, query):
    return [(hit.section.id, hit.score) for hit in index.search(query, limit=8).hits]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_patched_index_finds_what_one_built_anew_finds(patched_and_built, edit):
    patched, built = patched_and_built(edit)
    assert {query: found(patched.index, query) for query in QUERIES} == {
        query: found(built.index, query) for query in QUERIES
    }


def test_sections_are_those_of_the_files_now(patched_and_built):
    patched, built = patched_and_built(EDITS["several"])
    assert patched.index.sections == built.index.sections
    assert [patched.index.section(one.id) for one in built.index.sections] == list(built.index.sections)


def test_twin_that_is_gone_is_none(tmp_path):
    write(tmp_path, {"x_en.md": "# Unit\n\nGated $a_1$ unit.\n", "x_cn.md": "# 单元\n\n门控 $a_1$ 单元。\n"})
    before = library.load(Folder(tmp_path))
    one = next(one for one in before.index.sections if one.language == "en")
    assert before.index.twin(one) is not None
    write(tmp_path, {"x_cn.md": None})
    after = library.load(Folder(tmp_path), previous=before)
    assert library.patched(after.parts, before).index.twin(one) is None


def test_patched_state_may_be_patched_again(patched_and_built, tmp_path):
    patched, _ = patched_and_built(EDITS["one gone"])
    write(tmp_path, EDITS["one changed"])
    after = library.load(Folder(tmp_path), previous=patched)
    again = library.patched(after.parts, patched)
    assert found(again.index, "dropout") == found(after.index, "dropout") != []


def test_much_that_is_new_is_not_patched():
    many = note("b.md", [section(f"Heading {number}") for number in range(patching.MOST + 1)])
    assert patching.patch([note("a.md")], [note("a.md"), many]) is None


def test_notes_that_change_places_are_not_patched():
    one, other = note("a.md", [section("A")]), note("b.md", [section("B")])
    assert patching.patch([one, other], [other, one]) is None


def test_another_glossary_is_not_patched(tmp_path):
    write(tmp_path, NOTES)
    before = library.load(Folder(tmp_path))
    write(tmp_path, {"glossary.yaml": "- {zh: [斑马], en: [zebra]}\n"})
    after = library.load(Folder(tmp_path), previous=before)
    assert library.patched(after.parts, before) is None
