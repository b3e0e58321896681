"""What buttons and windows of daily questions carry: each is short, and read by one handler alone."""

import pytest

from bot.render import daily_presses as presses
from bot.views.items import FORMS, ITEMS

LONGEST = 10**18 - 1
PRESSES = [
    *(presses.stream(action, LONGEST) for action in (presses.PANEL, presses.TEST, presses.ASK_WHEN, presses.ASK_WHAT)),
    *(presses.stream(action, 5) for action in (presses.PREVIEW, presses.PAUSE, presses.RESUME, presses.END)),
    presses.stream(presses.OVER, 5), presses.post(presses.AGAIN, 5), presses.post(presses.POSTED, LONGEST),
    presses.other(LONGEST, "0" * 16), presses.queue(5), presses.history(LONGEST, 99_999), presses.look(5),
    presses.grade(5), presses.read(5, 0), presses.vote(LONGEST, LONGEST, 99_999),
]  # fmt: skip


@pytest.mark.parametrize("press", PRESSES)
def test_press_is_short_and_read_by_exactly_one_item(press):
    assert sum(bool(item.__discord_ui_compiled_template__.fullmatch(press)) for item in ITEMS) == 1
    assert len(press) <= 100


@pytest.mark.parametrize(
    "press",
    [
        presses.when(0),
        presses.when(0, "a:b 题"),
        presses.when(LONGEST, "题" * 999),
        presses.what(5),
        presses.written(5),
        presses.graded(LONGEST),
    ],
)
def test_window_is_short_and_read_by_exactly_one_handler(press):
    assert sum(bool(form.template.fullmatch(press)) for form in FORMS) == 1
    assert len(press) <= 100


@pytest.mark.parametrize("press", ["daily1:erase:5", "daily1:pause:", "dailypost1:again:-1", f"vote1:{'9' * 19}:1:0"])
def test_what_was_never_made_is_read_by_nobody(press):
    assert not any(item.__discord_ui_compiled_template__.fullmatch(press) for item in ITEMS)
