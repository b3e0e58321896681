"""Texts that share a message are cut to what it takes, the last ones first."""

from bot.render import limits
from bot.render.fitting import beginning, fitted
from bot.render.parts import Separator, Text


def total(parts):
    texts = [part.text for part in parts if isinstance(part, Text)]
    return sum(map(len, texts)), sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in texts)


def test_what_fits_is_left_alone():
    parts = (Text("a"), Separator(), Text("b"))
    assert fitted(parts) == parts


def test_first_text_is_whole_and_the_next_cut_with_an_ellipsis():
    first, second = fitted((Text("a" * 3_000), Text("word " * 1_000)))
    assert first.text == "a" * 3_000
    assert second.text.endswith(" …")
    assert total((first, second))[0] <= limits.LAYOUT_CHARACTERS


def test_bytes_count_too():
    assert total(fitted((Text("门" * 3_900), Text("门" * 3_900))))[1] <= limits.LAYOUT_BYTES


def test_text_for_which_there_is_no_room_is_left_out_and_what_is_no_text_stays():
    assert fitted((Text("a" * 4_000), Text("b"), Separator())) == (Text("a" * 4_000), Separator())


def test_room_can_be_kept():
    assert total(fitted((Text("word " * 1_000),), keep=500))[0] <= limits.LAYOUT_CHARACTERS - 500


def test_nothing_begins_in_no_room():
    assert beginning("abc", 1, 100) == ""
