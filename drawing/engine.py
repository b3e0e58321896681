"""The door to mathra, which reads LaTeX."""

from __future__ import annotations

import json
from typing import Any, Final

import mathra

DEPTH: Final = 64
"""Of nested groups that mathra reads."""


class FormulaError(Exception):
    """The formula cannot be read."""


def tree(tex: str) -> dict[str, Any]:
    """Return the parts of a formula, as mathra names them.

    Raises:
        FormulaError: it cannot be read.
    """
    try:
        made: dict[str, Any] = json.loads(mathra.tex_to_tree(tex))
    except (ValueError, RecursionError) as error:
        raise FormulaError(str(error)) from error
    return made


def render(tex: str) -> dict[str, Any]:
    """Return what mathra makes of a displayed formula: ``svg``, ``warnings`` and more.

    Raises:
        FormulaError: it cannot be read.
    """
    try:
        return dict(mathra.render(tex, display=True))
    except (ValueError, RecursionError) as error:
        raise FormulaError(str(error)) from error
