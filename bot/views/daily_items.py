"""Everything about daily questions that can be pressed or filled in."""

from __future__ import annotations

from typing import Any, Final

import discord

from bot.views.daily import DoubtButton, StreamButton, WhatForm, WhenForm
from bot.views.daily_history import HistoryButton, LookSelect, OtherButton, QueueSelect
from bot.views.forms import FormHandler
from bot.views.open_answers import AnswersButton, GradeButton, GradedForm, VoteButton, WrittenForm

ITEMS: Final[tuple[type[discord.ui.DynamicItem[Any]], ...]] = (
    StreamButton,
    DoubtButton,
    HistoryButton,
    OtherButton,
    LookSelect,
    QueueSelect,
    GradeButton,
    AnswersButton,
    VoteButton,
)
FORMS: Final[tuple[type[FormHandler], ...]] = (WhenForm, WhatForm, WrittenForm, GradedForm)
