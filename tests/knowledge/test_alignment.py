"""Twins: which sections of two notes say the same in two languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from knowledge.alignment import REACH, Known, twins
from knowledge.glossary import Glossary
from knowledge.model import Block, BlockKind, Note, Picture, Section
from tests.knowledge.material import GLOSSARY, note, section

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


def aligned(mine: Sequence[Section], theirs: Sequence[Section], glossary: Glossary | None = None) -> list[str | None]:
    """Titles of what the sections of the first note correspond to."""
    found = twins(pair(mine, theirs), glossary)
    return [found[one.id].title if one.id in found else None for one in mine]


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


def test_section_without_a_counterpart_has_none():
    mine = sections(ZH, "SwiGLU 的门控", "历史", "GELU 是什么", levels=(1, 1, 1))
    theirs = sections(EN, "The gates of SwiGLU", "What is GELU")
    assert aligned(mine, theirs) == ["The gates of SwiGLU", None, "What is GELU"]


def test_nothing_is_paired_by_place_alone_where_one_side_has_more():
    mine = sections(ZH, "一一", "二二", "三三", "四四")
    assert aligned(mine, sections(EN, "First", "Second")) == [None] * 4


def test_what_lies_between_twins_corresponds_where_both_have_as_many():
    mine = sections(ZH, "SwiGLU", "优点", "代价", "GELU")
    theirs = sections(EN, "Overview", "SwiGLU", "Strengths", "Cost", "GELU")
    assert aligned(mine, theirs) == ["SwiGLU", "Strengths", "Cost", "GELU"]


def test_what_lies_between_twins_has_none_where_the_levels_differ():
    mine = sections(ZH, "SwiGLU", "优点", "代价", "GELU", levels=(1, 2, 3, 1))
    theirs = sections(EN, "A", "SwiGLU", "Strengths", "Cost", "GELU", levels=(1, 1, 2, 2, 1))
    assert aligned(mine, theirs)[1:3] == [None, None]


def test_glossary_knows_that_headings_say_the_same():
    mine = sections(ZH, "旋转位置编码", "决策树", "层归一化")
    theirs = sections(EN, "Rotary position embedding", "Layer normalization")
    assert aligned(mine, theirs, GLOSSARY) == ["Rotary position embedding", None, "Layer normalization"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (BlockKind.CODE, "```python\ndef step(w, g):\n    return w - g\n```"),
        (BlockKind.MATH, "$$\nX = q + k\n$$"),
        (BlockKind.IMAGE, "![](tree.png)"),
    ],
)
def test_code_formulas_and_pictures_tell_what_words_do_not(kind, text):
    picture = Picture("tree.png") if kind is BlockKind.IMAGE else None
    shown = (Block(kind, text, (1, 1), picture),)
    mine = [replace(one, blocks=shown if one.title == "实现" else one.blocks) for one in sections(ZH, "实现", "其他")]
    theirs = sections(EN, "One", "Two", "Three")
    theirs[1] = replace(theirs[1], blocks=shown)
    assert aligned(mine, theirs)[0] == "Two"


def test_numbers_of_headings_count_however_they_are_written():
    mine = sections(ZH, "一、简介", "三、小结", texts=("这是开头的话", "这是最后的话"))
    theirs = sections(EN, "I. Start", "II. Middle", "III. End", texts=("It begins", "goes on", "It ends"))
    assert aligned(mine, theirs) == ["I. Start", "III. End"]


def test_levels_count_by_their_order_in_the_note():
    mine = sections(ZH, "SwiGLU", "缺点", levels=(1, 2))
    assert aligned(mine, sections(EN, "SwiGLU", "Drawbacks", levels=(2, 3))) == ["SwiGLU", "Drawbacks"]


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


def test_no_section_is_the_twin_of_two():
    mine = sections(ZH, *(f"BERT 的第 {number} 点" for number in range(7)))
    found = twins(pair(mine, sections(EN, *(f"BERT, point {number}" for number in range(5)))))
    given = [found[one.id].id for one in mine if one.id in found]
    assert len(given) == len(set(given))


def test_notes_that_did_not_change_are_not_aligned_again():
    mine, theirs = sections(ZH, "激活"), sections(EN, "Activation", "kept")
    notes = pair(mine, theirs)
    known = Known({one.file: one for one in notes}, {mine[0].id: replace(theirs[1], blocks=())})
    assert twins(notes, known=known) == {mine[0].id: theirs[1]}


@pytest.mark.parametrize("change", [{"digest": "1" * 64}, {"twin": "b.md"}])
def test_note_that_changed_is_aligned_anew(change):
    mine, theirs = sections(ZH, "激活"), sections(EN, "Activation")
    notes = pair(mine, theirs)
    known = Known({ZH: notes[0], EN: replace(notes[1], **change)}, {})
    assert twins(notes, known=known)[mine[0].id] == theirs[0]


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
