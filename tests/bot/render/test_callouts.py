"""Callouts of Obsidian and GitHub are headed quotations."""

import pytest

from bot.render.markdown import prose


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("> [!note] Mind this", "> 📝 **Mind this**"),
        ("> [!WARNING]", "> ⚠️ **Warning**"),
        ("> [!tip]- 提示", "> 💡 **提示**"),
        ("> [!tip]+ **Bold** title", "> 💡 **Bold title**"),
        ("> [!my-own] x", "> 📌 **x**"),
        ("> [!info|wide] x", "> ℹ️ **x**"),
    ],
)
def test_callout_is_headed_by_its_emoji_and_title(source, head):
    assert prose(f"{source}\n> body") == f"{head}\n> body"


def test_callout_inside_a_quotation_is_headed():
    assert prose("> a\n> > [!bug] b\n> > c") == "> a\n> 🐞 **b**\n> c"


def test_long_title_is_not_joined_with_the_text():
    title = "a title that is long enough to look like a line that was wrapped"
    assert prose(f"> [!note] {title}\n> body") == f"> 📝 **{title}**\n> body"


def test_what_looks_like_a_callout_outside_a_quotation_is_text():
    assert prose("[!note] x") == "[!note] x"
