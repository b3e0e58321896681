"""Everything that can be pressed or filled in, to be hung on the client at start."""

from __future__ import annotations

from typing import Any, Final

import discord

from bot.views.answers import AlsoButton, PageButton, RelatedSelect, SuggestionButton, TwinButton
from bot.views.asking import (
    ChoiceButton,
    OpenButton,
    OrderButton,
    OrderedForm,
    ReadButton,
    RoundButton,
    SeveralSelect,
    TypedForm,
)
from bot.views.browse import TopicsButton, TopicsSelect
from bot.views.daily_items import FORMS as DAILY_FORMS
from bot.views.daily_items import ITEMS as DAILY_ITEMS
from bot.views.forms import FormHandler
from bot.views.games import ITEMS as GAME_ITEMS
from bot.views.news import ITEMS as NEWS_ITEMS
from bot.views.pdf_pages import PdfPageButton
from bot.views.privacy import DeletionForm
from bot.views.question_entries import ITEMS as ENTRY_ITEMS
from bot.views.question_items import ITEMS as QUESTION_ITEMS
from bot.views.question_windows import FORMS as QUESTION_FORMS
from bot.views.review import ITEMS as REVIEW_ITEMS
from bot.views.scores import ITEMS as SCORE_ITEMS
from bot.views.settings import FORMS as SETTINGS_FORMS
from bot.views.settings import ITEMS as SETTINGS_ITEMS

ITEMS: Final[tuple[type[discord.ui.DynamicItem[Any]], ...]] = (
    PageButton,
    TwinButton,
    AlsoButton,
    PdfPageButton,
    SuggestionButton,
    RelatedSelect,
    TopicsButton,
    TopicsSelect,
    RoundButton,
    OrderButton,
    ChoiceButton,
    OpenButton,
    SeveralSelect,
    ReadButton,
    *REVIEW_ITEMS,
    *DAILY_ITEMS,
    *GAME_ITEMS,
    *QUESTION_ITEMS,
    *ENTRY_ITEMS,
    *SCORE_ITEMS,
    *SETTINGS_ITEMS,
    *NEWS_ITEMS,
)

FORMS: Final[tuple[type[FormHandler], ...]] = (
    TypedForm,
    OrderedForm,
    DeletionForm,
    *SETTINGS_FORMS,
    *QUESTION_FORMS,
    *DAILY_FORMS,
)
"""Everything that reads windows which were filled in."""
