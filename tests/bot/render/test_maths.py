"""Formulas in messages: Unicode inside the text, pictures where they stand alone, the source where nothing is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import maths, preparing
from bot.render.markdown import formulas, pieces, prose
from bot.render.parts import Picture
from bot.render.pieces import Code, Prose
from drawing.studio import Drawn
from knowledge import library
from knowledge.model import Block, BlockKind
from knowledge.sources import Folder

PROSE_THAT_IS_NO_FORMULA = [
    "It costs $100 and not $50.",
    "Between $5 and $10 a month.",
    "US$20 or A$30",
    "Set $HOME:$PATH first.",
    "echo $USER and $SHELL",
    "\\$x\\$ is escaped",
    "a lone $ sign",
    "`$x$` is code",
    "$100–$200",
    "价格是$100，不是$50。",
    "awk '{print $1, $2}'",
    "$",
    "$$",
]


def block(kind, text):
    return Block(kind, text, (1, 1 + text.count("\n")))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("for $t$ in \\(T\\)", "for t in T"),
        ("$\\frac{a}{b}$ of it", "a/b of it"),
        ("as $W_q^T$ says", "as `W_qᵀ` says"),
        ("norm $|x|$", "norm `|x|`"),
        ("$ \\text{Gini} = 0 $", "Gini = 0"),
        ("其中$n_t$是样本数", "其中nₜ是样本数"),
        ("**$x$**", "**x**"),
        ("- $a$\n- $b$", "- a\n- b"),
        ("[see $x$](https://example.org)", "[see x](https://example.org)"),
        ("so $$x^2$$ it is", "so x² it is"),
    ],
)
def test_formula_in_a_text_is_unicode(written, shown):
    assert prose(written) == shown


@pytest.mark.parametrize("text", PROSE_THAT_IS_NO_FORMULA)
def test_what_only_looks_like_a_formula_stays_as_it_is(text):
    assert list(maths.written(text)) == []
    assert prose(text).replace("\\", "") == text.replace("\\", "")


def test_what_discord_would_take_for_marks_is_code():
    assert prose("$R_\\theta = r_\\phi(x, y)$") == "`R_θ = r_ϕ(x, y)`"


@pytest.mark.parametrize("hostile", ["@everyone", "<@1>", "[a](https://evil.example)", "||x||", "https://evil.example"])
def test_formula_mentions_nobody_and_links_nowhere(hostile):
    shown = prose(f"$\\text{{{hostile}}}$")
    assert shown.startswith("`")
    assert shown.endswith("`")


def test_formula_that_cannot_be_read_is_shown_as_written():
    deep = "{" * 300
    assert prose(f"$x{deep}$") == f"`$x{deep}$`"


def test_marks_of_our_own_in_a_text_are_nobody_s_formula():
    assert prose("\ue1000\ue101 and $x$") == "0 and x"


def test_title_shows_its_formula_in_plain_text():
    assert maths.flat("The $\\chi^2$ test") == "The χ² test"


def test_displayed_formula_is_a_picture_that_says_what_it_shows(draw, english):
    (picture,) = pieces(block(BlockKind.MATH, "$$\\frac{a}{b}$$"), english, draw)
    assert picture == Picture("1.png", "a/b", drawn=True)


def test_formulas_that_follow_each_other_share_a_card(draw):
    run = [block(BlockKind.MATH, f"$$x_{n}$$") for n in range(8)]
    first, second = formulas(run, draw)
    assert first.alt == "x₀; x₁; x₂; x₃; x₄; x₅"
    assert second.alt == "x₆; x₇"


def test_of_several_formulas_one_that_is_not_drawn_is_source_in_its_place():
    def draw(order):
        return None if "bad" in str(order.values) else Drawn("x.png")

    run = [block(BlockKind.MATH, f"$${tex}$$") for tex in ("a", "bad", "b")]
    assert formulas(run, draw) == (
        Picture("x.png", "a", drawn=True),
        Code("bad", "tex"),
        Picture("x.png", "b", drawn=True),
    )


def test_formula_too_long_for_its_line_is_a_picture_below(draw, english):
    long = "$" + "+".join(f"x_{{{n}}}" for n in range(40)) + "$"
    text, picture = pieces(block(BlockKind.TEXT, f"So {long} holds."), english, draw)
    assert isinstance(text, Prose)
    assert picture.drawn


def test_pictures_of_the_notes_are_known_before_anybody_asks(tmp_path, english):
    (tmp_path / "a.md").write_text("# A\n\nText of $x$.\n\n$$x$$\n\n$$y$$\n\n## B\n\n$$z$$\n", "utf-8")
    loaded = library.load(Folder(tmp_path), cache=None, previous=None)
    assert [order.values for order in preparing.orders(loaded.index.notes, english)] == [
        (["$$x$$", "$$y$$"],),
        (["$$z$$"],),
    ]


def test_of_the_pictures_of_a_section_those_are_drawn_ahead_that_an_answer_shows(tmp_path, english):
    text = "\n\n".join(f"$$x_{{{n}}}$$\n\nand so" for n in range(50))
    (tmp_path / "a.md").write_text(f"# A\n\n{text}\n", "utf-8")
    loaded = library.load(Folder(tmp_path), cache=None, previous=None)
    assert len(list(preparing.orders(loaded.index.notes, english))) == 40


@given(st.text(alphabet="$\\ab_{}^[]()`|*\n 中frac<>@", max_size=80))
def test_whatever_stands_in_a_text_no_mark_of_ours_is_left(text):
    assert "\ue100" not in prose(text)
