"""A phone shows a card about 360 wide: whatever is written on it is at least 11 high there."""

import re

import pytest

from drawing import svg
from tests.gallery.cards import cards

PHONE = 360
LEAST = 11
CARDS = cards()


@pytest.mark.parametrize("name", CARDS)
def test_no_type_on_a_card_is_too_small_for_a_phone(name, monkeypatch):
    written = []
    monkeypatch.setattr(svg.raster, "png", lambda picture, *_, **__: written.append(picture) or b"")
    wide, _ = CARDS[name].function(b"", *CARDS[name].values).value
    sizes = [float(size) * PHONE / wide for size in re.findall(r'font-size="([\d.]+)"', written[0])]
    assert sizes
    assert min(sizes) >= LEAST
