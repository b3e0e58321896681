"""Quoted code, preformatted HTML and tables of HTML stand by themselves."""

import pytest

from bot.render.markdown import pieces
from bot.render.pieces import Code, Prose
from knowledge.model import Block, BlockKind


@pytest.fixture
def shown(english):
    return lambda text: pieces(Block(BlockKind.TEXT, text, (1, 1)), english)


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_quoted_code_is_code(shown, fence):
    quoted = f"> so\n> {fence}python\n> if x:\n>     y\n> {fence}\n> end"
    assert shown(quoted) == (Prose("> so"), Code("if x:\n    y", "python"), Prose("> end"))


def test_quoted_code_that_is_never_closed_ends_with_its_quotation(shown):
    assert shown("> ```\n> x\nafter") == (Code("x"), Prose("after"))


def test_backquotes_in_quoted_code_cannot_close_it(shown):
    (code,) = shown("> ~~~\n> ```\n> <@1>\n> ~~~")
    assert "```" not in code.body


def test_preformatted_text_is_code(shown):
    html = 'a\n<pre><code class="language-py">x &lt; <b>y</b>\n</code></pre>\nb'
    assert shown(html) == (Prose("a"), Code("x < y", "py"), Prose("b"))


def test_table_of_html_is_a_table(shown):
    html = "a\n<table><tr><th>n</th><th>m</th></tr>\n<tr><td>1</td><td>2</td></tr></table>\nb"
    assert shown(html) == (Prose("a"), Code("n | m\n--+--\n1 | 2"), Prose("b"))


def test_unclosed_html_is_text(shown):
    assert shown("<pre>a <table><tr><td>b") == (Prose("<pre>a\nb"),)


@pytest.mark.parametrize("piece", ["> ```\n", "<pre>", "<table>", "> ~~~~ x\n> y\n", "</pre>"])
def test_hostile_text_is_finished(shown, piece):
    assert isinstance(shown(piece * 1_000), tuple)


@pytest.mark.parametrize("piece", ["<pre>", "<pre>x", "<pre a>\n"])
def test_code_by_the_thousand_that_stays_open_is_finished(shown, piece):
    assert shown(piece * 100_000)


def test_of_code_within_code_the_inner_is_read(shown):
    assert shown("<pre>a <pre>b</pre>")[-1] == shown("<pre>b</pre>")[-1]
