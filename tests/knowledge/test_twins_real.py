"""Twins in real notes: the pairs that a person wrote down are found, and none where a section has no counterpart."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.alignment import twins
from knowledge.glossary import Glossary
from knowledge.library import Loaded
from knowledge.model import Note

TABLE = Path(__file__).parents[1] / "data" / "twins_llm_note.tsv"
Titles = Mapping[str, str]


def table() -> Iterator[tuple[str, str, Titles]]:
    """Yield file, twin, and the twins' headings by the headings."""
    for group in TABLE.read_text("utf-8").removeprefix("# ").split("\n# "):
        files, *pairs = (line.split("\t") for line in group.splitlines())
        yield files[0], files[1], dict(pairs)


def found(note: Note, other: Note, glossary: Glossary) -> Titles:
    aligned = twins([note, other], glossary)
    return {one.title: aligned[one.id].title for one in note.sections if one.id in aligned}


@pytest.fixture(scope="session")
def glossary(sample: Loaded) -> Glossary:
    return sample.vocabulary.glossary


def shortened(note: Note, gone: set[str]) -> Note:
    return replace(note, sections=tuple(one for one in note.sections if one.title not in gone))


def test_table_holds_what_it_should():
    assert sum(len(titles) for _, _, titles in table()) == 64


def test_every_pair_of_the_table_is_found_and_no_other(real, glossary):
    for file, twin, titles in table():
        assert found(real.index.note(file), real.index.note(twin), glossary) == titles


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_sections_whose_counterpart_was_taken_out_have_none(real, glossary, count, seed):
    chance = random.Random(seed)
    right = given = wanted = 0
    for file, twin, titles in table():
        gone = set(chance.sample(list(titles.values()), count - (len(titles) <= count)))
        expected = {title: other for title, other in titles.items() if other not in gone}
        answered = found(real.index.note(file), shortened(real.index.note(twin), gone), glossary)
        right += len(expected.items() & answered.items())
        given, wanted = given + len(answered), wanted + len(expected)
    assert right / given >= 0.95
    assert right / wanted >= 0.95


def test_levels_that_one_language_sets_deeper_change_nothing(real, glossary):
    for file, twin, titles in table():
        other = real.index.note(twin)
        deeper = replace(other, sections=tuple(replace(one, level=one.level + 1) for one in other.sections))
        assert found(real.index.note(file), deeper, glossary) == titles
