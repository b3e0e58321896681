"""Twins: which sections of two notes say the same in two languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from knowledge.alignment import REACH, twins
from knowledge.model import Note, Section
from tests.knowledge.material import note, section

ZH, EN = "a_cn.md", "a_en.md"


def sections(file: str, *headings: str, levels: Sequence[int] = (), texts: Sequence[str] = ()) -> list[Section]:
    return [
        section(
            heading,
            file=file,
            level=levels[number] if levels else 1,
            text=texts[number] if texts else "",
            language="en" if file == EN else "zh",
        )
        for number, heading in enumerate(headings)
    ]


def pair(mine: Sequence[Section], theirs: Sequence[Section]) -> list[Note]:
    return [note(ZH, mine, twin=EN), note(EN, theirs, twin=ZH)]


def aligned(mine: Sequence[Section], theirs: Sequence[Section]) -> list[str]:
    """Titles of what the sections of the first note correspond to."""
    found = twins(pair(mine, theirs))
    return [found[one.id].title for one in mine]


def test_notes_of_one_shape_correspond_place_by_place():
    levels = (1, 2, 2)
    mine = sections(ZH, "激活", "门控", "缺点", levels=levels)
    assert aligned(mine, sections(EN, "Activation", "Gated", "Drawbacks", levels=levels)) == [
        "Activation",
        "Gated",
        "Drawbacks",
    ]


def test_twins_correspond_both_ways():
    mine, theirs = sections(ZH, "激活"), sections(EN, "Activation")
    found = twins(pair(mine, theirs))
    assert found[mine[0].id] == theirs[0]
    assert found[theirs[0].id] == mine[0]


def test_names_in_headings_tell_where_the_shape_differs():
    mine = sections(ZH, "SwiGLU 的门控", "GELU 是什么")
    theirs = sections(EN, "Introduction", "What is GELU", "The gates of SwiGLU")
    assert aligned(mine, theirs) == ["The gates of SwiGLU", "What is GELU"]


def test_numbers_and_formulas_tell_where_the_headings_do_not():
    mine = sections(ZH, "结果", "参数", texts=("准确率 93.7", r"取 \alpha=16 与 2048"))
    theirs = sections(EN, "One", "Two", "Three", texts=("nothing", r"\alpha is 16, width 2048", "accuracy 93.7"))
    assert aligned(mine, theirs) == ["Three", "Two"]


def test_place_decides_where_nothing_else_does():
    mine = sections(ZH, "一", "二", "三", "四")
    theirs = sections(EN, "First", "Second", levels=(1, 1))
    assert aligned(mine, theirs) == ["First", "First", "Second", "Second"]


def test_equal_level_is_preferred():
    mine = sections(ZH, "一", "二", levels=(1, 3))
    theirs = sections(EN, "A", "B", "C", levels=(1, 2, 3))
    assert aligned(mine, theirs)[1] == "C"


def test_note_without_a_twin_has_no_twins():
    assert twins([note(ZH, sections(ZH, "激活"))]) == {}


def test_twin_that_is_not_there_is_none():
    assert twins([note(ZH, sections(ZH, "激活"), twin="gone.md")]) == {}


@pytest.mark.parametrize(("mine", "theirs"), [(["激活"], []), ([], ["Activation"]), ([], [])])
def test_empty_notes_have_no_twins(mine, theirs):
    assert twins(pair(sections(ZH, *mine), sections(EN, *theirs))) == {}


def test_twin_named_by_one_side_alone_counts_for_that_side():
    mine, theirs = sections(ZH, "激活"), sections(EN, "Activation")
    assert twins([note(ZH, mine, twin=EN), note(EN, theirs)]) == {mine[0].id: theirs[0]}


def test_every_section_of_a_paired_note_has_a_twin():
    mine = sections(ZH, *(f"节 {number}" for number in range(7)))
    theirs = sections(EN, *(f"Part {number}" for number in range(5)))
    found = twins(pair(mine, theirs))
    assert set(found) == {one.id for one in (*mine, *theirs)}


def test_alignment_is_the_same_every_time():
    mine, theirs = sections(ZH, "一 x", "二 x", "三 x"), sections(EN, "x one", "x two")
    assert twins(pair(mine, theirs)) == twins(pair(mine, theirs))


def test_long_notes_are_compared_only_around_the_same_place():
    mine = sections(ZH, *(f"n{number}" for number in range(REACH * 10)))
    theirs = sections(EN, *(f"n{number}" for number in range(REACH * 10 + 3)))
    assert aligned(mine, theirs) == [one.title for one in mine]


def test_likeness_far_away_is_chance():
    mine = sections(ZH, "GELU", *("一" * (number % 9 + 1) + str(number) for number in range(REACH * 6)))
    theirs = sections(EN, *(f"Part {number}" for number in range(REACH * 6)), "GELU")
    assert aligned(mine, theirs)[0] != "GELU"


def in_parts(file: str, heading: str, count: int) -> list[Section]:
    """One heading whose text takes *count* parts."""
    return [
        replace(one, part=number, id=f"{file}-{number}")
        for number, one in enumerate(sections(file, *[heading] * count), 1)
    ]


def test_parts_correspond_to_parts_though_one_language_needs_more():
    mine = [*in_parts(ZH, "走一遍", 2), *sections(ZH, "小结")]
    theirs = [*in_parts(EN, "A walk-through", 3), *sections(EN, "Summary")]
    found = twins(pair(mine, theirs))
    assert [found[one.id].id for one in mine[:2]] == [one.id for one in theirs[:2]]
    assert [found[one.id].id for one in theirs[:3]] == [mine[0].id, mine[1].id, mine[1].id]
    assert found[mine[2].id].title == "Summary"
