import pytest

from bot.render import limits


def test_characters_count_as_utf16():
    assert limits.characters("a好👍") == 4


@pytest.mark.parametrize("text", ["short", "好" * 100, "👍🏽" * 30, "a\n b", "e\u0301" * 60])
def test_cut_text_holds_its_limit(text):
    assert limits.characters(limits.cut(text, 40)) <= 40


def test_cut_is_shown():
    assert limits.cut("注意力机制" * 3, 8) == "注意力机制注意…"


def test_cut_puts_everything_on_one_line():
    assert limits.cut("a\n\n  b", 80) == "a b"


def test_cut_leaves_an_emoji_whole():
    assert limits.cut("ab" + "👩‍👩‍👧‍👦" * 4, 12) == "ab…"
