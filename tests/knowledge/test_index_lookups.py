"""Looking up in the index: sections, notes, twins, parts and neighbours, of what is gone too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.answer import compose
from knowledge.index import Index
from knowledge.model import Note, Section
from tests.knowledge.group_notes import FILES, LONG
from tests.knowledge.material import section


def test_every_section_is_found_by_its_id(index):
    assert [index.section(one.id) for one in index.sections] == list(index.sections)
    assert len({one.id for one in index.sections}) == len(index.sections)


@pytest.mark.parametrize("section_id", ["", "0" * 16, "zzz", "\x00"])
def test_unknown_id_has_no_section(index, section_id):
    assert index.section(section_id) is None


def test_notes_are_found_by_their_file(index):
    assert index.note("lora.md").title == "LoRA"
    assert [index.note(file) for file in ("gone.md", "", "../lora.md", "LORA.md")] == [None] * 4


def test_notes_and_sections_stand_in_order_of_file(index):
    assert [note.file for note in index.notes] == sorted(FILES)
    assert [one.file for one in index.sections] == sorted(one.file for one in index.sections)


def titled(index: Index, file: str, title: str) -> Section:
    return next(one for one in index.note(file).sections if one.title == title)


def test_twin_is_the_section_that_says_the_same(index):
    assert index.twin(titled(index, "tree_cn.md", "剪枝")) == titled(index, "tree_en.md", "Pruning")
    assert index.twin(titled(index, "tree_en.md", "Pruning")) == titled(index, "tree_cn.md", "剪枝")


def test_section_of_a_note_without_a_twin_has_none(index):
    assert index.twin(titled(index, "lora.md", "Rank")) is None


def long_parts(index: Index) -> tuple[Section, ...]:
    return tuple(one for one in index.sections if one.file == "long.md" and one.part)


def test_parts_of_a_long_section_are_the_same_from_each_of_them(index):
    parts = long_parts(index)
    assert [one.part for one in parts] == list(range(1, len(parts) + 1))
    assert [index.parts(one) for one in parts] == [parts] * len(parts)


def test_whole_section_has_itself_as_its_only_part(index):
    rank = titled(index, "lora.md", "Rank")
    assert index.parts(rank) == (rank,)


def test_parts_of_equal_headings_that_follow_each_other_are_kept_apart(build):
    built = build(
        {"a.md": f"# Example\n\n{LONG}\n\n# Example\n\n{LONG}\n\n# Example\n\nshort\n\n# Example\n\n{LONG}\n"}
    )
    rows = list(dict.fromkeys(map(built.parts, built.sections)))
    assert [one.id for row in rows for one in row] == [one.id for one in built.sections]
    numbers = [[one.part for one in row] for row in rows]
    assert numbers == [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], [0], [1, 2, 3, 4, 5, 6]]


def stale(one: Section) -> list[Section]:
    """Sections that a button may still name: of a note that is gone, of a heading that is gone."""
    return [replace(one, file="gone.md"), replace(one, id="0" * 16, headings=("gone",)), section("x", file="gone.md")]


def test_gone_section_is_looked_up_without_an_error(index):
    for old in stale(long_parts(index)[1]):
        assert index.parts(old) == (old,)
        assert index.twin(old) is None


def test_section_of_a_gone_note_has_no_neighbours(index):
    assert [index.neighbours(old) for old in stale(long_parts(index)[1]) if old.file == "gone.md"] == [(), ()]


def test_gone_section_of_a_note_has_neighbours_in_it(index):
    old = replace(titled(index, "lora.md", "Rank"), id="0" * 16, headings=("gone",))
    assert {one.file for one in index.neighbours(old)} == {"lora.md"}


def test_section_of_a_note_that_changed_meanwhile_has_the_parts_of_now(build, index):
    grown = build(FILES | {"long.md": FILES["long.md"] + f"\n{LONG}\n"})
    old = long_parts(index)[0]
    assert grown.parts(old) == long_parts(grown)
    assert len(long_parts(grown)) > len(long_parts(index))


def test_neighbours_stand_beside_a_section_and_are_limited(index):
    gelu = titled(index, "activation.md", "1. GELU")
    assert [one.title for one in index.neighbours(gelu)][:2] == ["2. SwiGLU", "References"]
    assert len(index.neighbours(gelu, limit=1)) == 1


def test_answer_can_be_composed_of_every_hit(index):
    for hit in index.search("rank update sampling swiglu 剪枝", limit=50).hits:
        answer = compose(index, hit.section, index.neighbours(hit.section))
        assert answer.section == hit.section
        assert answer.blocks


def test_number_of_terms_is_that_of_different_words(build):
    assert build({"a.md": "# rank\n\nrank alpha rank\n"}).term_count == len({"rank", "alpha", "a"})


def test_index_holds_the_notes_that_it_was_made_of(index):
    assert all(isinstance(note, Note) for note in index.notes)
    assert index.sections == tuple(one for note in index.notes for one in note.sections)
