"""What in a text is code, a comment or a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loaders.formulas import MAX_DISPLAY, SpanKind, find


def found(text: str) -> list[tuple[SpanKind, str]]:
    return [(span.kind, text[span.start : span.end]) for span in find(text)]


def formulas(text: str) -> list[str]:
    return [part for kind, part in found(text) if kind in (SpanKind.INLINE, SpanKind.DISPLAY)]


@pytest.mark.parametrize("formula", ["$x$", "$ x_1 $", r"\(a\)", r"$\alpha$ ", "$2^n$", "$3x+1$", "$10\\%$"])
def test_inline_formula_is_found(formula):
    assert found(f"so {formula} holds") == [(SpanKind.INLINE, formula.strip())]


@pytest.mark.parametrize(
    "formula", ["$$x$$", "$$\nx\n\ny\n$$", r"\[x\]", "\\[\na\n\\]", r"\begin{aligned}a\\b\end{aligned}", r"$a \\ b$"]
)
def test_displayed_formula_is_found(formula):
    assert found(f"so\n{formula}\nholds") == [(SpanKind.DISPLAY, formula)]


@pytest.mark.parametrize(
    "text",
    [
        "between $5 and $10",
        "from $5.50 to $7, or $6",
        "$100 一个月，$200 两个月",
        "每月 $20，一年 $200",
        "$5-$10",
        "$5/month, $50/year",
        "$1,000.00 and more",
        "about $20k, not $30k",
        "under $100?",
        "costs $5 (or $10 with tax)",
        "US$20–US$30",
        "HK$100, NT$300",
        "A$ and NZ$ are currencies",
        "5$ and 6$",
        r"a \$3 coffee, \$x and \$y",
        r"A \$3 coffee for US$20",
        r"echo $PATH. A \$3 coffee. US$20–US$30",
        "echo $HOME:$PATH",
        "echo $HOME and $PATH",
        "cd $HOME/bin; ls $OLDPWD",
        "export A=$B,C=$D",
        "$A $B",
        "run $(pwd) or $(ls)",
        "${VAR} and ${OTHER}",
        "${VAR} and $$ (the pid)",
        "$1 $2 $3",
        "$@ and $# and $?",
        "awk '{print $1}' | awk '{print $NF}'",
        "PS1='> $ ' for $5",
        "^a$ and ^b$",
        "$USER@$HOST",
        "jQuery: $(this) and $(that)",
        r"\$x\$",
        "a $ b",
        "$ $",
        "$",
        "$$",
        "$$$",
        "| $5 | 6 |\n| $7 | 8 |",
    ],
)
def test_price_or_variable_is_no_formula(text):
    assert formulas(text) == []


@pytest.mark.parametrize(
    "formula",
    ["$x$", "$ x $", "$2x$", "$ f(y) = 1$", "$loss = a $", "$10\\%$", "$n-$", "$5 \\times 3$", "$a, b$", "$3$"],
)
@pytest.mark.parametrize("after", ["", ".", ")", " and", "，", "-dim"])
def test_formula_is_none_of_them(formula, after):
    assert formulas(f"so {formula}{after}") == [formula]


@pytest.mark.parametrize("text", ["变量$i$2个", "$k$1 and", "$x$2", r"$!A \land B$", "the set $#S$", r"$?\alpha$"])
def test_digit_behind_and_sign_at_the_begin_of_a_formula_leave_it_one(text):
    assert len(formulas(text)) == 1


def test_bracket_with_a_sign_of_mathematics_is_a_formula_in_a_line():
    assert formulas(r"so \[a = b\] holds") == [r"\[a = b\]"]


def test_escaped_bracket_of_a_quotation_is_no_formula():
    assert formulas(r"he \[the author\] says") == []


def test_inline_formula_may_run_over_a_line():
    assert formulas("so $a =\nb$ holds") == ["$a =\nb$"]


@pytest.mark.parametrize("gap", ["\n\n", "\n## H\n", "\n- ", "\n1. ", "\n| "])
def test_inline_formula_ends_with_its_paragraph(gap):
    assert formulas(f"a $x{gap}y$ b") == []


def test_displayed_formula_does_not_reach_over_a_heading():
    assert formulas("$$\na\n## H\nb\n$$") == []


def test_dollars_inside_a_line_do_not_swallow_paragraphs():
    assert formulas("the id is $$ there\n\n- a\n\nand $$ here") == []


def test_displayed_formula_is_bounded():
    assert formulas("$$" + "x " * MAX_DISPLAY + "$$") == []


def test_code_is_no_formula():
    assert found("`$x$` and ``a ` $y$``") == [(SpanKind.CODE, "`$x$`"), (SpanKind.CODE, "``a ` $y$``")]


def test_unclosed_backquote_hides_nothing():
    assert formulas("a ` b $x$") == ["$x$"]


def test_code_does_not_reach_over_a_blank_line():
    assert formulas("a ` b\n\n$x$ ` c") == ["$x$"]


@pytest.mark.parametrize("comment", ["<!-- a -->", "<!---->", "<!-->", "<!-- $x$\n\n## b -->"])
def test_comment_is_found_whole(comment):
    assert found(f"a {comment} b") == [(SpanKind.COMMENT, comment)]


def test_unclosed_comment_is_text():
    assert found("a <!-- b $x$") == [(SpanKind.INLINE, "$x$")]


def test_environment_ends_at_its_own_name():
    text = r"\begin{cases}\begin{matrix}a\end{matrix}\end{cases}"
    assert formulas(text) == [text]


@pytest.mark.parametrize("mark", ["$", "`", "[", "<!--", "\\[", "\\(", "\\begin{a}", "$$", "$1 a"])
def test_many_unclosed_marks_are_read_to_the_end(mark):
    """It takes minutes where each mark looks for its end through the whole text."""
    assert formulas(mark * 100_001 + "\n\n$x$")[-1:] == ["$x$"]


@given(st.text(alphabet="$`\\[]()<!->ab1 \n#|{}", max_size=80))
def test_spans_are_in_order_and_do_not_overlap(text):
    spans = list(find(text))
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(span.start < span.end <= len(text) for span in spans)
