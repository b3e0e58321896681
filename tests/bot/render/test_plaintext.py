"""What comes from a PDF is shown as it stands: nothing in it is Markdown, and nobody is mentioned."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.markdown import pieces
from bot.render.plaintext import as_it_stands
from bot.render.preparing import orders
from knowledge.library import load
from knowledge.model import Block, BlockKind
from knowledge.sources import Folder
from tests.knowledge.pdf_files import MONO, Written, page, pdf

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")  # Discord's own rule


def plain(text: str) -> Block:
    return Block(BlockKind.TEXT, text, (1, 1), plain=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# install", r"\# install"),
        ("a\n> b", "a\n\\> b"),
        ("- an item", r"\- an item"),
        ("-# small", r"\-# small"),
        ("+ plus", r"\+ plus"),
        ("1. one", r"1\. one"),
        ("12) twelve", r"12\) twelve"),
        ("a*b*c __d__", r"a\*b\*c \_\_d\_\_"),
        ("`x` ~~y~~", r"\`x\` \~\~y\~\~"),
        ("||p(x)||", r"\|\|p(x)\|\|"),
        ("[name](x)", r"\[name](x)"),
        ("C:\\temp", r"C:\\temp"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("pre-training, C# & 3.5", "pre-training, C# & 3.5"),
    ],
)
def test_mark_is_shown_and_does_nothing(text, shown):
    assert as_it_stands(text) == shown


@pytest.mark.parametrize("text", ["<@123>", "<@&1>", "<#5>", "<t:0>", "<https://a.example>"])
def test_nothing_in_angle_brackets_is_taken_for_an_address_or_a_mention(text):
    assert as_it_stands(text).startswith("\\<")


@pytest.mark.parametrize("name", ["everyone", "here"])
def test_nobody_is_called(name):
    assert f"@{name}" not in as_it_stands(f"mail me @{name}")


def test_address_can_still_be_pressed():
    assert as_it_stands("at https://a.example/b_c*d_e, see") == "at https://a.example/b_c\\*d\\_e, see"


@given(st.text(alphabet="# >-*_`~|<[]()\\1.a\n", max_size=60))
def test_what_is_shown_is_what_stood_there(text):
    assert _ESCAPE.sub(r"\1", as_it_stands(text)) == text


@given(st.text(alphabet="# >-+1.a\n", max_size=60))
def test_no_line_begins_like_a_heading_a_quote_or_a_list(text):
    assert re.search(r"^ *(?:-#|#{1,3} |>|[-+*] |[0-9]+[.)])", as_it_stands(text), re.MULTILINE) is None


def test_block_of_plain_text_has_no_formulas(english):
    (piece,) = pieces(plain("$a$ and \\(b\\) or <table>"), english)
    assert piece.text == "$a$ and \\\\(b\\\\) or \\<table>"


FILLER = [Written("words that fill the page below everything else", 500 + 14 * n) for n in range(8)]


@pytest.fixture
def blocks(tmp_path, loaded):
    """Return the blocks of the first section of a PDF."""

    def read(*lines: Written) -> tuple[Block, ...]:
        (tmp_path / "x.pdf").write_bytes(pdf(page(*lines, *FILLER)))
        return load(Folder(tmp_path), previous=loaded).index.sections[0].blocks

    return read


def test_text_of_a_pdf_is_shown_as_it_stands(blocks, english):
    (piece,) = pieces(blocks(Written("# pip install $HOME_x", 100))[0], english)
    assert piece.text == "\\# pip install $HOME\\_x"


def test_overview_of_a_pdf_says_its_headings_as_they_stand(blocks, english):
    headings = [Written("1 Part", 90, size=18), Written("1.1 Use a*b and c*d", 110, size=16)]
    found = blocks(*headings, Written("text", 130), Written("2 End", 160, size=18))
    assert pieces(found[0], english)[0].text == "### 1.1 Use a\\*b and c\\*d"


def test_code_of_a_pdf_is_code(blocks, english):
    found = blocks(Written("# note", 100, font=MONO), Written("run", 114, font=MONO))
    assert pieces(found[0], english)[0].body == "# note\nrun"


def test_nothing_is_drawn_ahead_for_plain_text(tmp_path, loaded, english):
    (tmp_path / "x.pdf").write_bytes(pdf(page(r"\(\frac{a}{b}\) and $\begin{cases}a\\b\end{cases}$")))
    assert list(orders(load(Folder(tmp_path), previous=loaded).index.notes, english)) == []
