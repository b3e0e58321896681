"""Tables as pictures: everything in them is there to be read, in a width that a phone bears; or they are refused."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drawing.lettering import NoFontError
from drawing.studio import Order
from drawing.tables import MOST_COLUMNS, MOST_LINES, MOST_ROWS, WIDTH, NotDrawnError, card, draw

SLACK = 12
"""Pixels by which rounded columns may add up to more."""


def cell(text, look="plain"):
    return [[text, look]]


def table(*rows):
    return [[one if isinstance(one, list) else cell(one) for one in row] for row in rows]


def svg(*rows, aligns=None):
    made = table(*rows)
    return card(made, aligns or ["left"] * len(made[0]))


def words(drawn):
    return [re.sub(r"<[^<>]+>", "", text) for text in re.findall(r"<text[^<>]*>(.*?)</text>", drawn)]


def test_picture_is_a_png_of_the_size_that_is_told():
    outcome = draw(b"", table(("a", "b"), ("1", "2")), ["left", "right"])
    assert list(Image.open(io.BytesIO(outcome.data)).size) == outcome.value


def test_every_cell_is_drawn_the_head_first():
    assert words(svg(("模型", "机构"), ("GPT-4V", "阿里巴巴"))[0]) == ["模型", "机构", "GPT-4V", "阿里巴巴"]


@pytest.mark.parametrize("row", [("1", "2"), ("word " * 20, "x"), tuple("12345678"), ("模型过度拟合训练数据",) * 4])
def test_letters_can_be_read_on_a_phone(row):
    drawn, width, _ = svg(row, row)
    (em,) = re.findall(r'<svg [^<>]*font-size="(\d+)"', drawn)
    assert abs(width - WIDTH) <= SLACK
    assert int(em) * 320 / width > 10.7


def test_table_has_room_for_all_that_it_wants_or_is_closer_set():
    sizes = [re.search(r'font-size="(\d+)"', svg(("Accuracy",) * columns)[0])[1] for columns in (4, 5)]
    assert sizes == ["26", "24"]


@pytest.mark.parametrize(
    "rows", [table(("a", "b"), ("word " * 80, "x")), table(("Hyperparameter",) * 6), table(("1,000",) * 12)]
)
def test_table_that_a_phone_has_no_room_for_is_refused(rows):
    with pytest.raises(NotDrawnError):
        card(rows, ["left"] * len(rows[0]))


def test_cell_has_so_many_lines_and_no_more():
    text = "\n".join("x" * MOST_LINES)
    assert len(words(svg(("h",), (text,))[0])) == 1 + MOST_LINES
    with pytest.raises(NotDrawnError):
        svg(("h",), (text + "\nx",))


def test_wide_table_wraps_and_loses_nothing():
    long = "支持视觉输入与多模态对话，and words of another language. " * 2
    drawn, width, _ = svg(("a", "b"), (long, "x"))
    assert abs(width - WIDTH) <= SLACK
    assert "".join(words(drawn)[2:-1]).replace(" ", "") == long.replace(" ", "")


def test_narrow_column_keeps_its_line_beside_a_wide_one():
    drawn, _, _ = svg(("name", "text"), ("LLaVA / LLaVA-Next", "word " * 16))
    assert "LLaVA / LLaVA-Next" in words(drawn)


@pytest.mark.parametrize(("side", "anchor"), [("left", "start"), ("center", "middle"), ("right", "end")])
def test_column_is_aligned(side, anchor):
    assert svg(("a",), ("b",), aligns=[side])[0].count(f'text-anchor="{anchor}"') == 2


def test_bold_and_code_can_be_told_from_plain():
    drawn, _, _ = svg(("h",), ([["plain", "plain"], ["bold", "bold"], ["code", "code"]],))
    looks = [re.sub(r' ?dy="[^"]*"', "", look) for look in re.findall(r"<tspan([^<>]*)>[a-z]{4,}", drawn)]
    assert len(set(looks)) == 3


def test_head_is_bold():
    assert "stroke-width" in svg(("head",), ("body",))[0]


def test_line_feed_begins_a_line():
    assert words(svg(("h",), ("one\ntwo",))[0]) == ["h", "one", "two"]


def test_raised_and_lowered_letters_are_drawn_small_from_our_font():
    drawn, _, _ = svg(("h",), ("QKᵀ/√dₖ",))
    assert words(drawn)[1] == "QKT/√dk"
    assert drawn.count("<tspan") == 1 + 4
    assert drawn.count("font-size") == 1 + 2


@pytest.mark.parametrize(("emoji", "sign"), [("✅", "✓"), ("✔️", "✓"), ("❌", "✗"), ("⭐", "★")])
def test_common_emoji_are_drawn_without_a_font_of_theirs(emoji, sign):
    assert words(svg(("h",), (emoji,))[0])[1] == sign


def test_markup_in_a_cell_is_text():
    hostile = '</text></svg><image href="file:///etc/passwd"/>&x;'
    drawn, _, _ = svg(("h", "i"), (hostile, "\x00\x1b\ud800\ufffe"))
    assert "<image" not in drawn
    assert "&lt;image" in drawn
    assert Image.open(io.BytesIO(draw(b"", table(("h",), (hostile,)), ["left"]).data))


def test_character_that_no_font_has_is_refused():
    with pytest.raises(NoFontError):
        svg(("h",), ("\ue123",))


def test_many_characters_that_our_font_lacks_are_refused_at_once():
    with pytest.raises(NoFontError):
        svg(("h",), ("".join(map(chr, range(0xAC00, 0xAD00))),))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        table(*([("x",)] * (MOST_ROWS + 1))),
        table(("x",) * (MOST_COLUMNS + 1)),
        table(("好" * 9_000,)),
        table(("attention weighs every token",) * MOST_COLUMNS),
    ],
)
def test_table_that_could_not_be_read_is_refused(rows):
    with pytest.raises(NotDrawnError):
        draw(b"", rows, ["left"] * (len(rows[0]) if rows else 0))


def test_table_of_many_short_columns_is_drawn():
    drawn, width, _ = svg(tuple("ABCDEFGHIJ"), tuple(str(one) for one in range(100, 110)))
    assert "109" in words(drawn)
    assert width <= WIDTH + SLACK


@pytest.mark.parametrize(
    "text", ["x" * 3_000, "x\u0301" * 1_000, "e" + "\u0301" * 3_000, "\n" * 300, " " * 3_000, "（" * 900]
)
def test_hostile_cell_is_drawn_small_or_refused(text):
    try:
        _, width, height = svg(("h", "i"), (text, "y"))
    except NotDrawnError:
        return
    assert width <= WIDTH + SLACK
    assert height < 300


LETTERS = st.sampled_from([*"ab W中文，。（/-'\"<&\n", "é", "ⁿ", "ₖ", "✓", "√", "️", "\u0301"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.lists(LETTERS, max_size=60).map("".join), min_size=3, max_size=3), min_size=1, max_size=6))
def test_whatever_is_in_it_a_table_is_drawn_in_its_width_or_refused(rows):
    try:
        _, width, _ = svg(*rows)
    except NotDrawnError:
        return
    assert abs(width - WIDTH) <= SLACK


def test_studio_draws_a_table(studio):
    drawn = studio.draw(Order(draw, (table(("a", "b"), ("1", "2")), ["left", "left"])))
    assert studio.content(drawn.name).startswith(b"\x89PNG")
