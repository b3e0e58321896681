"""The buttons that turn pages; the middle one tells the page and cannot be pressed."""

from __future__ import annotations

from collections.abc import Callable

from bot.i18n import Texts
from bot.render import presses
from bot.render.parts import Button


def buttons(page: int, pages: int, press: Callable[[int], str], texts: Texts) -> tuple[Button, ...]:
    """Return the buttons of a page, counted from 0, of several; none if there is only one.

    What *press* returns for a page is the custom_id that shows it.
    """
    if pages < 2:
        return ()
    first, last = page == 0, page == pages - 1
    return (
        Button("◀ " + texts.gettext("Previous"), presses.idle("before") if first else press(page - 1), disabled=first),
        Button(f"{page + 1}/{pages}", presses.idle("page"), disabled=True),
        Button(texts.gettext("Next") + " ▶", presses.idle("after") if last else press(page + 1), disabled=last),
    )
