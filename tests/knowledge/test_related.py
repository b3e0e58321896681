"""Neighbours of a section: what stands beside it first, then what its note links to."""

from __future__ import annotations

import pytest

from knowledge.model import Note
from knowledge.related import neighbours
from tests.knowledge.material import note, section

HERE = [section(f"h{number}", file="a.md") for number in range(5)]
LINKED = [section("linked", file="b.md"), section("second", file="b.md")]
TWIN = [section("twin", file="a_en.md")]


def by_file(*notes: Note) -> dict[str, Note]:
    return {one.file: one for one in notes}


NOTES = by_file(
    note("a.md", HERE, twin="a_en.md", links=("a_en.md", "b.md", "gone.md", "empty.md")),
    note("b.md", LINKED, links=("a.md",)),
    note("a_en.md", TWIN),
    note("empty.md"),
)


def titles(place: int, limit: int = 10) -> list[str]:
    return [one.title for one in neighbours(HERE[place], NOTES, limit)]


def test_nearest_sections_come_first_and_the_next_before_the_one_before():
    assert titles(2)[:4] == ["h3", "h1", "h4", "h0"]


@pytest.mark.parametrize(("place", "expected"), [(0, ["h1", "h2", "h3", "h4"]), (4, ["h3", "h2", "h1", "h0"])])
def test_ends_of_a_note_have_neighbours_on_one_side(place, expected):
    assert titles(place)[:4] == expected


def test_first_section_of_a_linked_note_comes_after_them():
    assert titles(2)[4:] == ["linked"]


def test_twin_links_to_nothing_and_missing_notes_are_passed_over():
    assert not {"twin", "second"} & set(titles(2))


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_never_more_than_asked_for(limit):
    assert len(titles(2, limit)) == limit


def test_section_is_no_neighbour_of_itself():
    assert "h2" not in titles(2)


def test_overviews_are_passed_over():
    all_of_it = section("all", file="o.md", overview=True)
    one, two = section("one", file="o.md"), section("two", file="o.md")
    assert neighbours(one, by_file(note("o.md", [all_of_it, one, two])), 5) == (two,)


def test_parts_of_one_heading_count_once():
    parts = [section("long", file="p.md"), section("long", file="p.md"), section("next", file="p.md")]
    found = neighbours(parts[2], by_file(note("p.md", parts)), 5)
    assert [one.title for one in found] == ["long"]


def test_other_parts_of_the_own_heading_are_no_neighbours():
    parts = [section("long", file="p.md"), section("long", file="p.md"), section("next", file="p.md")]
    assert [one.title for one in neighbours(parts[0], by_file(note("p.md", parts)), 5)] == ["next"]


def test_only_section_of_a_note_without_links_has_none():
    alone = section("alone", file="c.md")
    assert neighbours(alone, by_file(note("c.md", [alone])), 5) == ()


def test_notes_that_link_to_each_other_do_not_loop():
    assert [one.title for one in neighbours(LINKED[0], NOTES, 10)] == ["second", "h0"]
