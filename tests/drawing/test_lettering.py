"""Text as letters that can be measured, and lines that break where a reader expects it."""

import pytest

from drawing.lettering import NoFontError, letters, lines, width, words


def broken(text, room):
    return ["".join(one.text for one in line) for line in lines(letters([(text, "plain")]), room)]


def test_chinese_breaks_between_characters_but_not_before_punctuation():
    assert broken("注意力，机制", 3) == ["注意", "力，机", "制"]


def test_nothing_ends_with_an_opening_bracket():
    assert broken("注意（力）", 3) == ["注意", "（力）"]


def test_words_break_at_blanks():
    assert broken("one two three", 4.5) == ["one two", "three"]


def test_word_that_is_too_long_is_cut():
    assert broken("aaaaaaaa", 2) == ["aaa", "aaa", "aa"]


def test_word_may_break_after_a_stroke():
    assert broken("LLaVA/Next", 3.4) == ["LLaVA/", "Next"]


def test_emoji_of_several_characters_is_never_parted():
    assert broken("e\u0301" * 6, 1.2) == ["e\u0301" * 2] * 3


def test_line_of_nothing_is_one_line():
    assert broken("", 5) == [""]
    assert broken("a\n\nb", 5) == ["a", "", "b"]


@pytest.mark.parametrize(
    ("text", "shown", "height"), [("ᵀ", "T", 1), ("ₖ", "k", -1), ("ℝ", "R", 0), ("ﬁ", "fi", 0), ("x", "x", 0)]
)
def test_letter_that_our_font_lacks_is_its_like(text, shown, height):
    made = letters([(text, "plain")])
    assert "".join(one.text for one in made) == shown
    assert made[0].height == height


def test_raised_letter_is_narrower_and_stays_with_its_base():
    base, raised = letters([("TᵀT", "plain")])[:2]
    assert raised.width < base.width
    assert broken("中ᵀ中ᵀ", 1.5) == ["中T", "中T"]


def test_words_are_what_cannot_be_broken():
    parts = ["".join(one.text for one in word) for word in words(letters([("a bc 中文", "plain")]))]
    assert [part for part in parts if part.strip()] == ["a", "bc", "中", "文"]


def test_width_is_that_of_the_font():
    assert width(letters([("中文", "plain")])) == 2
    assert width(letters([("iW", "code")])) == pytest.approx(0.275 + 0.878)


def test_control_characters_are_left_out():
    assert letters([("\x00\ud800\ufdd0", "plain")]) == []


def test_character_without_any_font_is_refused_also_in_a_cluster():
    for text in ("\ue123", "a\ue123\u0301", "\ue123\u0301"):
        with pytest.raises(NoFontError):
            letters([(text, "plain")])
