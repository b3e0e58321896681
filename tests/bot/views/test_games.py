"""The custom_ids of games: short, read back by one item, and nothing else is read."""

import pytest

from bot.render import games_presses as moves
from bot.views.games import ITEMS as GAME_ITEMS
from bot.views.games import AgainButton, GameButton, GoButton, HoldButton, JoinButton, SkipButton, StopButton
from bot.views.items import FORMS, ITEMS

MOST = 999_999_999_999_999_999
MADE = [
    (moves.at(MOST, 9_999), GameButton), (moves.again(MOST), AgainButton), (moves.join(1), JoinButton),
    (moves.go(MOST), GoButton), (moves.hold(1), HoldButton), (moves.stop(MOST), StopButton),
    (moves.skip(1), SkipButton),
]  # fmt: skip


def readers(press):
    return [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)]


@pytest.mark.parametrize(("press", "item"), MADE)
def test_custom_id_is_short_and_read_by_its_item_alone(press, item):
    assert readers(press) == [item]
    assert not any(form.template.fullmatch(press) for form in FORMS)
    assert len(press) <= 100


@pytest.mark.parametrize(
    "press",
    [
        "at1:1",
        "at1::1",
        "at1:1:",
        "at1:-1:1",
        f"at1:{MOST}0:1",
        "at1:1:12345",
        "go1:",
        "go1:x",
        "go1:١",
        "skip1:1:2",
        "go2:1",
    ],
)
def test_what_we_never_made_is_read_by_no_item(press):
    assert readers(press) == []


def test_every_item_is_hung_on_the_client():
    assert set(GAME_ITEMS) <= set(ITEMS)
