"""What our font holds, and what else this machine can draw."""

import pytest

from drawing import glyphs


@pytest.mark.parametrize("character", ["a", "é", "中", "，", "√", "α", "✓", "①", "\u0301", "\u200d", "\ufe0f"])
def test_everyday_characters_are_ours(character):
    assert glyphs.is_ours(character)
    assert glyphs.is_drawn(character)


@pytest.mark.parametrize("character", ["ᵀ", "한", "ก", "😀", "\ue123", "\U0010fffd"])
def test_others_are_not(character):
    assert not glyphs.is_ours(character)


@pytest.mark.parametrize("character", ["\ue123", "\U0010fffd", "\U000e0fff"])
def test_character_that_no_font_has_is_not_drawn(character):
    assert not glyphs.is_drawn(character)


@pytest.mark.parametrize(("character", "ems"), [("中", 1), ("a", 0.563), (" ", 0.224), ("\u0301", 0), ("한", 1.25)])
def test_widths_are_the_font_s_and_guessed_for_others(character, ems):
    assert glyphs.advance(character) == pytest.approx(ems)
