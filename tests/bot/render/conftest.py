"""What draws in tests of renderers."""

import pytest

from drawing.studio import Drawn


@pytest.fixture
def draw():
    """Return what draws everything, and keeps the orders."""

    def draw(order):
        draw.orders.append(order)
        return Drawn(f"{len(draw.orders)}.png")

    draw.orders = []
    return draw
