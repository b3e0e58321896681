"""Everything that can be pressed, to be hung on the client at start."""

from __future__ import annotations

from typing import Any, Final

import discord

from bot.views.answers import PageButton, RelatedSelect, SuggestionButton, TwinButton
from bot.views.browse import TopicsButton, TopicsSelect

ITEMS: Final[tuple[type[discord.ui.DynamicItem[Any]], ...]] = (
    PageButton,
    TwinButton,
    SuggestionButton,
    RelatedSelect,
    TopicsButton,
    TopicsSelect,
)
