"""How kinds, difficulties, states and problems of questions are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import limits
from bot.render.inline import code_span, escape
from bot.render.markdown import clean
from bot.services.entries import State
from knowledge.errors import Problem
from knowledge.questions.model import Difficulty, Kind

KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.CHOICE: N_("one right choice"),
        Kind.SEVERAL: N_("several right choices"),
        Kind.TRUTH: N_("true or false"),
        Kind.TYPED: N_("a word or a number"),
        Kind.ORDER: N_("putting in order"),
        Kind.OPEN: N_("in one's own words"),
    }
)
DIFFICULTIES: Final[Mapping[Difficulty, str]] = MappingProxyType(
    {Difficulty.EASY: N_("easy"), Difficulty.MEDIUM: N_("medium"), Difficulty.HARD: N_("hard")}
)
STATES: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.SUGGESTED: N_("waits for a decision"),
        State.APPROVED: N_("approved"),
        State.REJECTED: N_("not taken"),
        State.RETIRED: N_("retired"),
    }
)
MARKS: Final[Mapping[State, str]] = MappingProxyType(
    {State.SUGGESTED: "⏳", State.APPROVED: "✅", State.REJECTED: "✖", State.RETIRED: "💤"}
)
_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "question": N_("question"),
        "choices": N_("choices"),
        "answer": N_("answer"),
        "accept": N_("accepted answers"),
        "points": N_("key points"),
        "tolerance": N_("tolerance"),
        "explanation": N_("explanation"),
        "topic": N_("topic"),
    }
)
"""What the fields of a form are called where a file has keys."""


def problem(found: Problem, texts: Texts, *, typed: bool = False) -> str:
    """Return what is wrong, with file and line where there are any; *typed* into a form, which has fields, not keys."""
    values = {name: limits.cut(clean(str(value)), 200) for name, value in found.values}
    if typed and values.get("key") in _FIELDS:
        values["key"] = texts.gettext(_FIELDS[values["key"]])
    sentence = escape(texts.gettext(found.message, **values))
    return f"{code_span(limits.cut(clean(found.where), 150))} {sentence}" if found.where else sentence


def short(text: str, limit: int = 80) -> str:
    """Return the beginning of a text on one line, as it is to be shown."""
    return escape(limits.cut(clean(text), limit)) or "—"
