"""The pictures that are held to how they look: each by a name, with the order that draws it."""

from __future__ import annotations

import re

from drawing import formulas
from drawing.studio import Order
from tests.gallery import tables
from tests.gallery.cards import cards
from tests.gallery.formulas import FORMULAS


def cases() -> dict[str, Order]:
    """Return the orders by names that a file can have."""
    named = {f"formula {name}": Order(formulas.draw, ([tex],)) for name, tex in FORMULAS.items()}
    named["formulas on one card"] = Order(formulas.draw, (list(FORMULAS.values())[:3],))
    named |= {f"card {name}": order for name, order in cards().items()}
    named |= {f"table {name}": order for name, order in tables.orders().items()}
    return {re.sub(r"\W+", "-", name).lower(): order for name, order in named.items()}
