"""The buttons that turn pages are called so that nobody takes them for a way out."""

from __future__ import annotations

from bot.render import turning


def labels(texts):
    return [button.label for button in turning.buttons(1, 3, str, texts)]


def test_pages_are_turned_by_their_order(english, chinese):
    assert labels(english) == ["◀ Previous", "2/3", "Next ▶"]
    assert labels(chinese) == ["◀ 上一页", "2/3", "下一页 ▶"]


def test_way_out_of_a_question_is_no_page_in_chinese(chinese):
    assert chinese.gettext("Back") == "返回"


def test_first_and_last_page_turn_no_further(english):
    first, last = turning.buttons(0, 2, str, english), turning.buttons(1, 2, str, english)
    assert [button.disabled for button in first] == [True, True, False]
    assert [button.disabled for button in last] == [False, True, True]
    assert turning.buttons(0, 1, str, english) == ()
