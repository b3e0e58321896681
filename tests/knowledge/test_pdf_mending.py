"""What print breaks is mended: superscripts, footnotes, tables, figures, references, stamps, accents, wrapped code."""

from __future__ import annotations

import pytest

from knowledge.confined import Outcome
from knowledge.loaders import pdf, pdf_reader
from knowledge.loaders.pdf_rows import accented
from knowledge.loaders.pdf_scripts import scripted
from knowledge.model import BlockKind
from knowledge.text import fold
from tests.knowledge.pdf_files import BOLD, MONO, Written, page, read_of
from tests.knowledge.pdf_files import pdf as file_of

FULL = "words that fill the line so that it is as wide as all others are"
STEP = 14


def row(text, base, *, left=72, right=290, size=10.0, end=None, mono=False):
    return [text, size, False, mono, left, right, base, base if end is None else end]


def texts(read):
    return [block.text for section in pdf.load(pdf.laid_out(read), "x.pdf").sections for block in section.blocks]


def full(count, *, base=700, left=72, right=290):
    return [
        row(f"line {number} of the text that is wide", base - 12 * number, left=left, right=right)
        for number in range(count)
    ]


@pytest.fixture
def read(confined):
    """Return the texts of the PDF that these pages make."""
    return lambda *pages: texts(confined.run(pdf_reader.text, data=file_of(*pages)).value)


def stands(*scripts):
    """Return how characters of size 10 stand on 100, but for *scripts*: place, size and baseline."""
    known = {place: (size, base) for place, size, base in scripts}
    return lambda place: known.get(place, (10.0, 100.0))


@pytest.mark.parametrize(
    ("text", "scripts", "shown"),
    [
        ("library.1 Because", [(8, 7, 104)], "library.¹ Because"),
        ("NLI. 6", [(5, 7, 103)], "NLI. ⁶"),
        ("4We note", [(0, 6, 104)], "⁴We note"),
        ("10 200", [(1, 7, 104)], "1⁰ 200"),
        ("E1 and T12", [(1, 7, 98), (8, 7, 98), (9, 7, 98)], "E₁ and T₁₂"),
        ("a 12 b", [(2, 7, 100), (3, 7, 100)], "a 12 b"),
        ("x2", [(1, 10, 104)], "x2"),
        ("x2", [(1, 7, 120)], "x2"),
        ("2018", [], "2018"),
        ("12 ", [(0, 7, 104)], "12 "),
    ],
)
def test_small_digits_above_and_below_the_line_are_shown_so(text, scripts, shown):
    assert scripted(text, stands(*scripts)) == shown


def test_mark_of_a_footnote_is_raised_as_in_print(read):
    mark = "BT /F1 11 Tf 1 0 0 1 72 700 Tm (library.) Tj /F1 7 Tf 4 Ts (1) Tj 0 Ts /F1 11 Tf ( Because) Tj ET"
    assert read(mark) == ["library.¹ Because"]


def test_raised_and_lowered_digits_are_found_as_others():
    assert fold("library.¹ E₁") == fold("library.1 E1")


def test_line_that_a_superscript_broke_is_whole():
    lines = [row("the token as C in R", 456, right=279), row("H, and more", 460, left=279, end=456, size=8)]
    assert texts(read_of([*lines, row("of the text", 444)])) == ["the token as C in RH, and more of the text"]


def test_mark_on_a_line_of_its_own_is_raised():
    lines = [row("self-attention heads as A.", 279), row("3", 283, left=290, right=294, size=7)]
    assert texts(read_of([*lines, row("We go on with it", 267)])) == ["self-attention heads as A.³ We go on with it"]


def test_pieces_of_a_formula_stay_in_their_sentence():
    pieces = [row("the probability P =", 431, right=200), row("e", 436, left=206, right=210, size=8)]
    pieces += [row("j", 425, left=212, right=214, size=6), row(", and so on to the end", 431, left=216)]
    assert texts(read_of([*pieces, row("of it.", 419)])) == ["the probability P = e j , and so on to the end of it."]


def test_footnote_stands_behind_the_text_that_it_interrupted():
    left = [*full(6), row("which goes", 628), row("¹A note in small", 100, size=8), row("letters.", 90, size=8)]
    right = [row("on in the other column", 700, left=310, right=528), *full(6, base=688, left=310, right=528)]
    found = texts(read_of([*left, *right]))
    assert "which goes on in the other column" in found[0]
    assert found[-1] == "¹A note in small letters."


def test_each_footnote_stands_for_itself():
    notes = [row("¹One", 100, size=8), row("²Two, which", 90, size=8), row("goes on", 80, size=8)]
    assert texts(read_of([*full(6), *notes]))[-2:] == ["¹One", "²Two, which goes on"]


def test_footnote_that_goes_on_on_the_next_page_stands_behind_its_text():
    first = [*full(6), row("¹A note that does not", 100, size=8)]
    second = [*full(6), row("end on its page.", 100, size=8)]
    found = texts(read_of(first, second))
    assert found[1::2] == ["¹A note that does not", "end on its page."]


def test_small_print_without_a_mark_stays_where_it_is():
    caption = row("Table 1: small letters at the foot", 100, size=8)
    lines = [*full(6), caption, row("on in the other column", 700, left=310), *full(6, base=688, left=310, right=528)]
    assert texts(read_of(lines))[1] == "Table 1: small letters at the foot"


def test_footnote_stays_in_its_section(read):
    heads = [Written(f"{number} Part", 100 * number, size=16, font=BOLD) for number in (1, 2, 3)]
    body = [Written(FULL, 100 * number + 20) for number in (1, 2, 3)]
    note = "BT /F1 6 Tf 1 0 0 1 72 44 Tm (1) Tj /F1 8 Tf 1 0 0 1 76 40 Tm (A note below) Tj ET"
    assert read(page(*heads, *body) + "\n" + note)[-1] == "¹A note below"


def test_word_broken_before_a_footnote_is_whole():
    left = [*full(6), row("we predict the ma\ufffe", 628), row("¹A note.", 100, size=8)]
    right = [row("jority class", 700, left=310, right=528), *full(6, base=688, left=310, right=528)]
    assert "we predict the majority class" in texts(read_of([*left, *right]))[0]


def test_word_that_goes_on_on_another_page_keeps_its_hyphen():
    assert texts(read_of([row("without fine\ufffe", 700)], [row("tuning data", 700)])) == [
        "without fine-",
        "tuning data",
    ]


def test_stamp_in_the_margin_is_left_out(read):
    stamp = "BT /F1 20 Tf 0 1 -1 0 30 300 Tm (arXiv:1234.56789v1  [cs.CL]) Tj ET"
    assert read(page(FULL) + "\n" + stamp) == [FULL]


def test_label_of_an_axis_is_no_stamp(read):
    label = "BT /F1 8 Tf 0 1 -1 0 120 300 Tm (Accuracy) Tj ET"
    assert "Accuracy" in " ".join(read(page(FULL) + "\n" + label))


def test_rows_of_numbers_keep_their_lines(read):
    table = ["System Dev Test", "OpenAI GPT 82.1 81.4", "BERT base 84.6 83.4", "BERT large - 85.9"]
    lines = [Written(text, 300 + STEP * place) for place, text in enumerate(table)]
    found = read(page(Written(FULL, 100), *lines, Written("Table 1: Results of all systems", 380)))
    assert found[2] == "OpenAI GPT 82.1 81.4\nBERT base 84.6 83.4\nBERT large - 85.9"
    assert found[3].startswith("Table 1")


def test_sentence_that_ends_in_numbers_is_no_row():
    lines = [row("we use the batch sizes 16 32", 700), row("and more of them in the rest", 688)]
    assert texts(read_of(lines)) == ["we use the batch sizes 16 32 and more of them in the rest"]


def test_labels_of_a_figure_are_one_paragraph(read):
    labels = [Written(f"Tok {number}", 100 + 30 * number, left=90 * number, size=6) for number in (1, 2, 3, 4)]
    text = [Written(FULL, 400 + STEP * place) for place in range(5)]
    assert read(page(*labels, *text))[0] == "Tok 1 Tok 2 Tok 3 Tok 4"


def test_entries_that_hang_are_whole_and_apart():
    entry = [("Ann Lee. 2018.", 72), ("A title that goes on.", 83), ("In some journal.", 83)]
    lines = [
        row(text, 700 - 12 * (3 * number + place), left=left)
        for number in range(3)
        for place, (text, left) in enumerate(entry)
    ]
    assert texts(read_of(lines)) == ["Ann Lee. 2018. A title that goes on. In some journal."] * 3


def test_items_that_hang_are_no_entries():
    lines = [row("of our paper are as", 700), row("follows:", 688)]
    lines += [row("• one thing that is long", 676, left=83), row("and goes on", 664, left=92)]
    lines += [row("• another that is long", 652, left=83), row("and goes on", 640, left=92)]
    assert texts(read_of(lines))[0] == "of our paper are as follows:"


def test_paragraphs_with_a_first_indent_are_no_entries():
    lines = [row("begins here and goes on", 700, left=83), row("to the end of the line", 688)]
    lines += [row("and once more and ends.", 676), *lines]
    found = [
        *lines[:3],
        *[row(line[0], base, left=line[4]) for line, base in zip(lines[:3], (664, 652, 640), strict=True)],
    ]
    assert texts(read_of(found)) == ["begins here and goes on to the end of the line and once more and ends."] * 2


def test_title_on_two_lines_is_one_paragraph(read):
    title = [Written("A Long Title of Some", 60, size=20), Written("Paper", 84, left=200, size=20)]
    assert (
        read(page(*title, *[Written(FULL, 200 + STEP * place) for place in range(4)]))[0]
        == "A Long Title of Some Paper"
    )


def test_bracket_at_the_beginning_of_a_line_goes_on():
    lines = [row("which has improved to 83.1", 700, right=272), row("(5.1 points more than it was)", 688)]
    assert texts(read_of(lines)) == ["which has improved to 83.1 (5.1 points more than it was)"]


def test_line_of_code_in_another_font_stays_in_the_code():
    code = [row("{", 700, mono=True), row("# comment", 688), row("}", 676, mono=True)]
    (block,) = pdf.load(pdf.laid_out(read_of(code)), "x.pdf").sections[0].blocks
    assert (block.kind, block.text) == (BlockKind.CODE, "```\n{\n# comment\n}\n```")


def test_text_apart_from_the_code_is_no_code(read):
    found = read(page(Written("ls", 100, font=MONO), Written("Then do", 140), Written("cd x", 180, font=MONO)))
    assert found == ["```\nls\n```", "Then do", "```\ncd x\n```"]


def test_wrapped_code_is_joined():
    code = [row("load deep-\ufffe", 700, mono=True), row("seek", 688, mono=True), row("x", 676, mono=True)]
    assert texts(read_of(code)) == ["```\nload deep--seek\nx\n```"]


def test_line_that_begins_in_another_font_is_of_the_size_of_its_rest(read):
    mixed = "BT /F3 8 Tf 1 0 0 1 72 686 Tm (hairy) Tj /F1 11 Tf ( and during the masking) Tj ET"
    found = read(page(Written(FULL, 100)) + "\n" + mixed)
    assert found == [f"{FULL} hairy and during the masking"]


def test_line_in_a_smaller_font_goes_on_where_it_stands_as_close_as_others():
    close = [row("replace the word with another, as in my", 700), row("dog is apple", 688, size=8.2, right=140)]
    apart = [row("replace the word with another, as in my", 700), row("System Dev Test", 682, size=8.2, right=140)]
    assert [len(texts(read_of(lines))) for lines in (close, apart)] == [1, 2]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Lo¨ıc", "Loïc"),
        ("Tackstr ¨ om", "Tackström"),
        ("M¨uller and Dvoˇrák", "Müller and Dvořák"),
        ("Mar´ıa", "María"),
        ("it´s", "it´s"),
        ("sˆi,j", "sˆi,j"),
        ("p˜n", "p˜n"),
        ("¨ ", "¨ "),
        ("a ¨ b", "a ¨ b"),
    ],
)
def test_accents_stand_on_their_letters(written, meant):
    assert accented(written) == meant


def test_heading_goes_on_in_a_second_bold_line(read):
    lines = [
        Written(f"{number} A heading that is too long for a line", 100 * number, font=BOLD) for number in (1, 2, 3)
    ]
    lines += [Written("so it goes on", 100 * number + 13, font=BOLD) for number in (1, 2, 3)]
    lines += [Written(FULL, 100 * number + 40) for number in (1, 2, 3)]
    assert read(page(*lines)) == [FULL] * 3


def endless(_data, mark):
    """Lay out words of 50,000 letters; for a confined process, which has ten seconds."""
    word = mark.join(["a" * 50_000, "b" * 40_000])
    return Outcome(texts(read_of([row(word, 700), row("a" * 50_000, 688)])))


@pytest.mark.parametrize("mark", ["", "-", "\ufffe"])
def test_word_without_end_is_read_in_time(confined, mark):
    assert confined.run(endless, mark).value[0].startswith("aaa")
