import pytest

from bot.render.markdown import prose
from bot.render.unwrapping import unwrapped

LONG = "In experiments with equal parameters and compute the gated variants reach"
HAN = "激活函数夹在两个线性层之间给网络带来非线性本文按出现的先后顺序过一遍常见的几种最后落到现在大模型"


def test_wrapped_line_goes_on():
    assert unwrapped(f"{LONG}\na lower perplexity.") == f"{LONG} a lower perplexity."


def test_paragraph_ends_with_its_short_line():
    assert unwrapped(f"{LONG}\nthe end\nmore") == f"{LONG} the end\nmore"


def test_wrapped_item_goes_on_without_its_indent():
    assert unwrapped(f"- {LONG}\n  a lower perplexity.\n- next") == f"- {LONG} a lower perplexity.\n- next"


def test_wrapped_quotation_goes_on_without_its_mark():
    assert unwrapped(f"> {LONG}\n> a lower perplexity.\n\nmore") == f"> {LONG} a lower perplexity.\n\nmore"


def test_text_after_a_quotation_stays_outside():
    assert unwrapped(f"> {LONG}\nmore") == f"> {LONG}\nmore"


def test_chinese_is_joined_without_a_blank():
    assert unwrapped(f"{HAN}\n普遍使用的那个") == f"{HAN}普遍使用的那个"
    assert unwrapped(f"{HAN}\nSwiGLU") == f"{HAN} SwiGLU"


@pytest.mark.parametrize("end", ["  ", "\\", "<br>", "：", "。", ":"])
def test_line_that_was_ended_on_purpose_stays(end):
    assert unwrapped(f"{LONG}{HAN}{end}\nmore") == f"{LONG}{HAN}{end}\nmore"


@pytest.mark.parametrize(
    "line",
    [
        "- item",
        "* item",
        "1. item",
        "# title",
        "| a |",
        "![x](y)",
        "<div>",
        "[^1]: note",
        "---",
        "",
        "> quoted",
        "https://e.org",
    ],
)
def test_what_begins_something_new_stays(line):
    assert unwrapped(f"{LONG}\n{line}\nend") == f"{LONG}\n{line}\nend"


@pytest.mark.parametrize("line", ["# " + LONG, f"| {LONG} |", "short", f"<p>{LONG}"])
def test_nothing_is_joined_to_what_is_no_wrapped_line(line):
    assert unwrapped(f"{line}\nmore") == f"{line}\nmore"


@pytest.mark.parametrize("part", ["```\n{}\nx\n```", "$$\n{}\nx\n$$", "  \\begin{{a}}\n{}\nx"])
def test_code_and_formulas_stay_as_they_are(part):
    text = part.format(LONG)
    assert unwrapped(text) == text


def test_prose_of_an_answer_is_unwrapped():
    assert prose(f"- {LONG}\n  $x$ more") == f"- {LONG} x more"
