"""A table is shown as it reads best: in columns where it is narrow, as a list, else as a picture that says the same."""

import pytest

from bot.render import limits, rows, tables
from bot.render.parts import Picture
from bot.render.pieces import Code, Prose
from drawing.studio import Drawn

TABLE = "| name | 名称 |\n|---|:-:|\n| a | 注意力 |\n| bb | x |"
WIDE = (
    "| way | for | cost | 备注 |\n|-|-|-|-|\n" + "| **LoRA** | `big models` of all kinds | low $10^3$ | 省显存 |\n" * 2
)


def undrawn(_order):
    return None


def rows_of(source):
    return rows.of_markdown(source).rows


def shown(source, draw=undrawn):
    return tables.pieces(rows.of_markdown(source), draw)


def test_columns_are_aligned_with_chinese_counted_twice():
    lines = tables.aligned(rows_of(TABLE)).split("\n")
    assert lines == ["name | 名称", "-----+-------", "a    | 注意力", "bb   | x"]


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("中文", 4), ("e\u0301", 1), ("ＡＢ", 4)])
def test_width_is_that_of_a_terminal(text, columns):
    assert tables.width(text) == columns


@pytest.mark.parametrize(("letters", "narrow"), [(33, True), (34, False)])
def test_table_as_wide_as_a_phone_is_aligned_and_no_wider_one(letters, narrow):
    assert (tables.aligned(rows_of(f"|a|{'b' * (letters - 1)}|\n|-|-|\n")) is not None) is narrow


def test_narrow_table_is_code(draw):
    assert shown(TABLE, draw) == (Code(tables.aligned(rows_of(TABLE))),)


def test_fence_in_a_narrow_table_cannot_close_its_code():
    (code,) = shown("|a|b|\n|-|-|\n|\\`\\`\\`|x|")
    assert "```" not in code.body


def test_table_of_three_columns_is_a_list(draw):
    (listing,) = shown(f"|way|for|cost|\n|-|-|-|\n|LoRA|{'big models ' * 4}|low|", draw)
    assert isinstance(listing, Prose)
    assert draw.orders == []


def test_list_says_of_each_row_what_its_columns_say():
    said = tables.listed(rows_of("|way|for|cost|\n|-|-|-|\n|LoRA|big models|low|\n|full|all||"))
    assert said == "**LoRA**\n- for: big models\n- cost: low\n\n**full**\n- for: all"


def test_list_says_what_its_rows_are_called_where_one_has_no_name():
    said = tables.listed(rows_of("|way|for|cost|\n|-|-|-|\n|LoRA|big models|low|\n||all||"))
    assert said == "-# way\n\n**LoRA**\n- for: big models\n- cost: low\n\n—\n- for: all"


def test_table_of_two_columns_is_a_list_of_pairs():
    said = tables.listed(rows_of("|目录|内容|\n|-|-|\n|**lora**|微调|\n|x||\n||y|"))
    assert said == "**目录 · 内容**\n- **lora** – 微调\n- x\n- y"


def test_chinese_column_is_named_with_a_chinese_colon():
    assert "- 结果：好" in tables.listed(rows_of("|a|结果|c|\n|-|-|-|\n|x|好|z|"))


def test_break_in_a_cell_stays_in_its_item():
    assert "- b: one\n  two" in tables.listed(rows_of("|a|b|c|\n|-|-|-|\n|x|one<br>two|z|"))


def test_table_of_a_head_alone_keeps_its_words():
    assert tables.listed(rows_of("|way|for|\n|-|-|")) == "way | for"


def test_wide_table_is_a_picture_that_says_what_it_shows(draw):
    (picture,) = shown(WIDE, draw)
    assert picture.drawn
    assert picture.alt.startswith("LoRA – for: big models of all kinds, cost: low 10³, 备注：省显存; LoRA")


def test_list_that_is_too_long_is_a_picture(draw):
    (picture,) = shown(f"|a|b|\n|-|-|\n|x|{'long ' * 300}|", draw)
    assert isinstance(picture, Picture)


def test_cells_are_ordered_with_their_looks(draw):
    shown(WIDE, draw)
    cells, aligns = draw.orders[0].values
    assert cells[1][:2] == [[("LoRA", "bold")], [("big models", "code"), (" of all kinds", "plain")]]
    assert aligns == ["left"] * 4


def test_table_that_cannot_be_drawn_is_a_list():
    (listing,) = shown(WIDE)
    assert listing.text.startswith("**LoRA**\n- for: `big models` of all kinds")


def test_long_table_is_several_pictures_each_with_its_head(draw):
    pictures = shown("|a|b|c|d|\n|-|-|-|-|\n" + f"|{'x' * 30}|y|z|w|\n" * 40, draw)
    heads = [order.values[0][0] for order in draw.orders]
    assert len(pictures) == 3
    assert heads == [[[("a", "plain")], [("b", "plain")], [("c", "plain")], [("d", "plain")]]] * 3
    assert sum(len(order.values[0]) - 1 for order in draw.orders) == 40


def test_table_of_full_cells_is_several_pictures_so_that_none_is_a_strip(draw):
    shown("|a|b|c|d|\n|-|-|-|-|\n" + f"|{'word ' * 20}|y|z|w|\n" * 15, draw)
    assert [len(order.values[0]) - 1 for order in draw.orders] == [8, 7]


def test_after_ten_pictures_the_rest_of_a_table_is_a_list(draw):
    *pictures, rest = shown("|a|b|c|d|\n|-|-|-|-|\n" + "".join(f"|r{n:04}|{'x' * 30}|y|z|\n" for n in range(400)), draw)
    assert len(draw.orders) == len(pictures) == 10
    listed = rest.text.count("**r")
    assert sum(len(order.values[0]) - 1 for order in draw.orders) + listed == 400
    assert rest.text.startswith("**r0160**")
    assert rest.text.endswith("- d: z")


def test_wide_table_is_looked_at_no_further_than_to_see_that_it_is_wide(monkeypatch):
    looked = []
    monkeypatch.setattr(tables, "plain", lambda cell: looked.append(cell) or cell)
    assert tables.aligned(rows_of("|a|b|\n|-|-|\n" + f"|{'x' * 40}|y|\n" * 1_000)) is None
    assert len(looked) == 4


def test_of_several_pictures_one_that_is_not_drawn_makes_a_list_of_all():
    def draw(order):
        return None if "bad" in str(order.values) else Drawn("x.png")

    (listing,) = shown("|a|b|c|d|\n|-|-|-|-|\n" + f"|{'x' * 30}|y|z|w|\n" * 40 + "|bad|y|z|w|", draw)
    assert isinstance(listing, Prose)


def test_alt_text_holds_its_limit(draw):
    (picture, *_) = shown("|a|b|c|d|\n|-|-|-|-|\n" + f"|{'好' * 200}|y|z|w|\n" * 9, draw)
    assert limits.characters(picture.alt) <= limits.ALT


def test_list_mentions_nobody():
    said = tables.listed(rows_of("|a|b|c|\n|-|-|-|\n|<@1>|@everyone|[bank.com](https://evil.example)|"))
    assert "<@1>" not in said
    assert "@everyone" not in said
    assert "bank.com (<https://evil.example>)" in said
