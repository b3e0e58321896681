import pytest

from bot.render.markdown import clean, pieces, prose
from bot.render.parts import Picture
from bot.render.pieces import Code, Prose, fenced
from knowledge.model import Block, BlockKind
from knowledge.model import Picture as NotePicture


@pytest.fixture
def piece(english):
    def make(kind: BlockKind, text: str, **given: object):
        made = pieces(Block(kind, text, (1, 1), **given), english)
        return made[0] if made else None

    return make


@pytest.mark.parametrize(("level", "shown"), [(1, "### x"), (2, "### x"), (3, "### x"), (4, "**x**"), (6, "**x**")])
def test_headings_are_those_that_discord_shows(level, shown):
    assert prose(f"{'#' * level} x") == shown


def test_underlined_heading_is_a_heading():
    assert prose("Title\n=====\ntext") == "### Title\ntext"


def test_rule_is_a_line():
    assert prose("a\n\n---\n\nb") == "a\n\n———\n\nb"


def test_three_angle_brackets_do_not_quote_the_rest():
    assert prose(">>> print(1)\nmore").startswith("\\>>>")


def test_blank_lines_are_at_most_one():
    assert prose("a\n\n<div>\n\n</div>\n\nb") == "a\n\nb"


def test_code_keeps_its_text_and_language(piece):
    assert piece(BlockKind.CODE, "```python\nprint(1)\n```", info="python") == Code("print(1)", "python")


def test_unclosed_fence_keeps_its_text(piece):
    assert piece(BlockKind.CODE, "```\na\nb") == Code("a\nb")


def test_code_cannot_close_its_fence(piece):
    shown = fenced(piece(BlockKind.CODE, "~~~\n```\n@everyone\n~~~"))
    assert shown.count("```") == 2
    assert shown.endswith("\n```")


def test_info_of_a_fence_cannot_bring_text_of_its_own(piece):
    assert piece(BlockKind.CODE, "```a b\nx\n```", info="py` <@1>").info == ""


@pytest.mark.parametrize("source", ["$$\nx^2\n$$", "\\[x^2\\]", "```math\nx^2\n```", "$$x^2$$"])
def test_formula_that_is_not_drawn_is_shown_as_its_source(piece, source):
    assert piece(BlockKind.MATH, source) == Code("x^2", "tex")


def test_narrow_table_is_code(piece):
    assert piece(BlockKind.TABLE, "|a|b|\n|-|-|\n|1|2|") == Code("a | b\n--+--\n1 | 2")


def test_broken_table_keeps_its_text(piece):
    assert piece(BlockKind.TABLE, "|a|b|\nno rule") == Code("|a|b|\nno rule")


def test_local_picture_is_a_picture(piece):
    found = NotePicture("images/x.png", "the formula")
    assert piece(BlockKind.IMAGE, "![the formula](x.png)", picture=found) == Picture("images/x.png", "the formula")


def test_remote_picture_is_a_link(piece):
    found = NotePicture("", "plot", url="https://e.org/p.png")
    assert piece(BlockKind.IMAGE, "![plot](https://e.org/p.png)", picture=found) == Prose(
        "[🖼 plot](https://e.org/p.png)"
    )


def test_missing_picture_is_said_with_its_words(piece):
    shown = piece(BlockKind.IMAGE, "![the formula](gone.png)").text
    assert "missing" in shown
    assert "the formula" in shown


@pytest.mark.parametrize("text", ["", "  \n ", "<!-- only a comment -->", "\u200b"])
def test_block_without_anything_to_see_is_left_out(piece, text):
    assert piece(BlockKind.TEXT, text) is None


def test_what_cannot_be_shown_is_removed():
    assert clean("a\x00b\x1b[31m\ud800c\u202ed\r\ne") == "ab[31mcd\ne"
