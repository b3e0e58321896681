"""PDFs as notes: headings, paragraphs mended and joined, and each section with its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.loaders import pdf
from knowledge.loaders.draft import Draft
from knowledge.model import BlockKind
from tests.knowledge.pdf_files import BOLD, MONO, Written, outline, page
from tests.knowledge.pdf_files import pdf as file_of

Load = Callable[..., Draft]
BODY = "words that fill the line so that it is as wide as all others are"


def heading(text: str, top: float, size: float = 14) -> Written:
    return Written(text, top, size=size, font=BOLD)


THREE = (
    page(heading("1 Start", 100), "It begins.", heading("1.1 Data", 200, 12), Written(BODY, 220)),
    page(heading("2 Method", 100), Written(BODY, 120), Written("and goes on", 134)),
)


@pytest.fixture
def load(confined) -> Load:
    """Loads the PDF that these pages make."""

    def loaded(*pages: str, file: str = "papers/x.pdf", **more: object) -> Draft:
        return pdf.load(confined.run(pdf.read, data=file_of(*pages, **more)).value, file)

    return loaded


def texts(draft: Draft) -> list[str]:
    return [block.text for section in draft.sections for block in section.blocks]


def test_numbered_lines_in_larger_letters_are_headings_with_their_pages(load):
    found = [(section.headings, section.page) for section in load(*THREE).sections]
    assert found == [(("1 Start",), 1), (("1 Start", "1.1 Data"), 1), (("2 Method",), 2)]


def test_fewer_than_three_headings_are_chance_and_each_page_is_a_section(load):
    draft = load(
        page(heading("1 Start", 100), Written(BODY, 120)), page(BODY), page(BODY), info={"Title": "Some paper"}
    )
    assert [(section.headings, section.page, section.part) for section in draft.sections] == [
        (("Some paper",), number, number) for number in (1, 2, 3)
    ]


def test_large_lines_without_a_number_are_no_headings(load):
    labels = [Written(f"Label {letter}", 100 + 20 * n, size=18) for n, letter in enumerate("abcd")]
    draft = load(page(*labels, *[Written(BODY, 300 + 14 * n) for n in range(20)]))
    assert {section.level for section in draft.sections} == {0}


def test_words_that_head_sections_need_no_number(load):
    words = ("Abstract", "Introduction", "References")
    pairs = [(heading(word, 100 * n), Written(BODY, 100 * n + 14)) for n, word in enumerate(words, start=1)]
    draft = load(page(*[line for pair in pairs for line in pair]))
    assert [section.title for section in draft.sections if section.level] == list(words)


def test_outline_tells_the_headings_whatever_they_look_like(load):
    names = ("Alpha", "Beta", "Gamma")
    draft = load(*[page(name, BODY) for name in names], more=outline([(name, n + 1) for n, name in enumerate(names)]))
    assert [(section.title, section.page) for section in draft.sections] == [("Alpha", 1), ("Beta", 2), ("Gamma", 3)]


def test_section_over_two_pages_is_cut_where_the_page_ends(load):
    draft = load(*THREE, page(BODY), page(heading("3 End", 100), Written(BODY, 120)))
    parts = [(section.part, section.page) for section in draft.sections if section.title == "2 Method"]
    assert parts == [(1, 2), (2, 3)]


def test_heading_at_the_foot_of_a_page_is_cited_where_its_text_stands(load):
    draft = load(THREE[0] + page(heading("2 Method", 690)), page(BODY), page(heading("3 End", 100), Written(BODY, 120)))
    assert [section.page for section in draft.sections if section.title == "2 Method"] == [2]


def test_lines_of_a_paragraph_are_joined_and_a_gap_parts_two(load):
    draft = load(page(Written(BODY, 100), Written("and ends.", 114), Written(BODY, 160)))
    assert texts(draft) == [f"{BODY} and ends.", BODY]


def test_line_that_had_room_for_the_next_word_ends_its_paragraph(load):
    draft = load(page(Written(BODY, 100), Written("Short", 114), Written(BODY, 128)))
    assert texts(draft) == [f"{BODY} Short", BODY]


def test_items_stand_for_themselves(load):
    draft = load(page(Written(BODY, 100), Written("1. one", 114), Written("2. two", 128)))
    assert texts(draft) == [BODY, "1. one", "2. two"]


def test_indent_begins_a_paragraph(load):
    draft = load(page(Written(BODY, 100), Written(BODY, 114), Written(BODY, 128, left=90)))
    assert texts(draft) == [f"{BODY} {BODY}", BODY]


def test_columns_are_read_one_after_the_other(load):
    left = [Written(f"left column number {n} of text", 100 + 14 * n) for n in range(6)]
    right = [Written(f"right column number {n} of text", 100 + 14 * n, left=330) for n in range(6)]
    text = " ".join(texts(load(page(*left, *right))))
    assert text.index("left column number 5") < text.index("right column number 0")


def test_one_column_is_read_from_top_to_bottom_in_whatever_order_it_was_drawn(load):
    draft = load(page(heading("3 Last", 300), heading("1 First", 100), heading("2 Second", 200), Written(BODY, 114)))
    assert [section.title for section in draft.sections] == ["1 First"]
    assert texts(draft) == [BODY]


def test_code_keeps_its_lines_and_indents(load):
    code = [Written("def f(x):", 100, font=MONO), Written("return x", 114, left=98.4, font=MONO)]
    (block,) = load(page(*code)).sections[0].blocks
    assert (block.kind, block.text) == (BlockKind.CODE, "```\ndef f(x):\n    return x\n```")


def test_fences_in_code_cannot_close_it():
    rows = [["```", 10, False, True, 72, 142, 700, 700]]
    read = {"title": "", "outline": [], "left": 0, "cut": False, "pages": [[600, 800, rows]]}
    assert texts(pdf.load(pdf.laid_out(read), "x.pdf")) == ["```\n` ` `\n```"]


def test_heads_feet_and_page_numbers_are_left_out(load):
    pages = [
        page(Written("A Journal of Things", 30), Written(f"{BODY} {n}", 200), Written(str(n), 780)) for n in range(1, 6)
    ]
    assert texts(load(*pages)) == [f"{BODY} {n}" for n in range(1, 6)]


def test_what_repeats_on_two_pages_alone_is_kept(load):
    pages = [page(Written("A Journal of Things", 30), Written(f"{BODY} {n}", 200)) for n in range(2)]
    assert texts(load(*pages)).count("A Journal of Things") == 2


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("On Trees", "On Trees"),
        ("Microsoft Word - trees.docx", "trees"),
        ("Trees - My Vault - Obsidian v1.8.7", "Trees"),
        ("untitled", "Large Words"),
        ("", "Large Words"),
        ("C:\\\\docs\\\\x.tex", "Large Words"),
        ("42", "Large Words"),
    ],
)
def test_title_is_the_files_own_if_it_says_anything_else_the_largest_line(load, said, title):
    draft = load(page(Written("Large Words", 60, size=22), Written(BODY, 100), BODY), info={"Title": said})
    assert draft.title == title


def test_title_of_a_file_that_has_none_is_its_name(load):
    assert load(page(BODY), file="papers/树.pdf").title == "树"


@pytest.mark.parametrize(
    ("broken", "whole"), [("rep￾resent", "represent"), ("left-to￾right", "left-to-right"), ("pre￾train", "pre-train")]
)
def test_broken_words_are_joined_with_the_hyphens_that_are_theirs(broken, whole):
    read = {"title": "", "outline": [], "left": 0, "cut": False}
    rows = [[broken, 10, False, False, 72, 300, 700, 700], ["to pre-train again", 10, False, False, 72, 200, 640, 640]]
    assert pdf.load(pdf.laid_out({**read, "pages": [[600, 800, rows]]}), "x.pdf").sections[0].blocks[0].text == whole


def test_ligatures_and_radicals_become_the_characters_that_people_type():
    rows = [["eﬃcient ⽂件⻚⾯", 10, False, False, 72, 300, 700, 700]]
    read = {"title": "", "outline": [], "left": 0, "cut": False, "pages": [[600, 800, rows]]}
    assert texts(pdf.load(pdf.laid_out(read), "x.pdf")) == ["efficient 文件页面"]


def test_chinese_lines_are_joined_without_a_gap():
    rows = [["处理特定领域的", 10, False, False, 72, 142, 700, 700], ["任务。", 10, False, False, 72, 102, 685, 685]]
    read = {"title": "", "outline": [], "left": 0, "cut": False, "pages": [[600, 800, rows]]}
    assert texts(pdf.load(pdf.laid_out(read), "x.pdf")) == ["处理特定领域的任务。"]


def test_file_without_text_is_a_problem(load):
    draft = load("0 0 10 10 re f", "")
    assert draft.sections == ()
    assert [str(problem) for problem in draft.problems] == [
        "papers/x.pdf: This PDF holds no text that can be read, perhaps only pictures of pages."
    ]


def test_pages_left_out_are_a_problem():
    rows = [["words", 10, False, False, 72, 142, 700, 700]]
    found = {"title": "", "outline": [], "left": 7, "cut": True, "pages": [[600, 800, rows]]}
    draft = pdf.load(pdf.laid_out(found), "x.pdf")
    assert [problem.message.partition(" ")[0] for problem in draft.problems] == ["Only", "This"]
    assert "first 1 pages" in str(draft.problems[0])
