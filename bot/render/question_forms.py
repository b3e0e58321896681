"""The windows in which questions are typed and decisions reasoned, and what is said when something is wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import authoring_presses as presses
from bot.render import question_words as words
from bot.render.fitting import fitted
from bot.render.parts import Button, Buttons, Field, Form, Message, Option, PickField, Text, TextField
from bot.services.authoring import LONGEST_REASON
from bot.services.entries import Filling, Refused
from bot.services.reports import LONGEST_REASON as LONGEST_REPORT
from knowledge.questions.forms import LONGEST_FIELD
from knowledge.questions.model import LONGEST_PROMPT, Kind
from knowledge.questions.schema import LONGEST_NAME

PROMPT: Final = "prompt"
ANSWERS: Final = "answers"
EXTRA: Final = "extra"
EXPLANATION: Final = "explanation"
TOPIC: Final = "topic"
REASON: Final = "reason"
"""The keys of the fields; the first five are those of knowledge.questions.forms.Sheet."""
_ANSWERS: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {
        Kind.CHOICE: (N_("Choices, one a line"), N_("Put a * before the right one.")),
        Kind.SEVERAL: (N_("Choices, one a line"), N_("Put a * before each right one.")),
        Kind.TYPED: (N_("Accepted answers, one a line"), N_("The first is the one that is shown.")),
        Kind.ORDER: (N_("Items, one a line"), N_("In the right order; they are shuffled each time.")),
        Kind.OPEN: (N_("Key points of a good answer, one a line"), N_("At most ten.")),
    }
)


def form(filling: Filling, texts: Texts) -> Form:
    """Return the window for a new question, or for the change of one."""
    blank, sheet = filling.blank, filling.sheet
    fields: list[Field] = [
        TextField(PROMPT, texts.gettext("Question"), value=sheet.prompt, long=True, most=LONGEST_PROMPT),
        _answers(filling, texts),
        *_extra(filling, texts),
        TextField(
            EXPLANATION,
            texts.gettext("Why? (shown with the answer)"),
            value=sheet.explanation,
            long=True,
            required=False,
            most=LONGEST_FIELD,
        ),
        TextField(TOPIC, texts.gettext("Topic"), value=sheet.topic, most=LONGEST_NAME),
    ]
    if blank.id:
        press = presses.edited(blank.id, blank.version, blank.difficulty)
        return Form(texts.gettext("Change a question"), press, tuple(fields))
    press = presses.suggested(blank.kind, blank.difficulty)
    return Form(texts.gettext("Suggest a question"), press, tuple(fields))


def refused(found: Refused, texts: Texts) -> Message:
    """Return everything that is wrong with what was typed, and the way back to it."""
    lines = "\n".join(f"- {words.problem(one, texts, typed=True)}" for one in found.problems)
    head = texts.gettext("**Not yet.** Put this right:")
    foot = "-# " + texts.gettext("What you typed is kept for 15 minutes.")
    again = Button(texts.gettext("Open the form again"), presses.draft(found.draft_id), style="main")
    return Message((*fitted((Text(f"{head}\n{lines}"),), keep=200), Text(foot), Buttons((again,))))


def rejection(question_id: str, version: int, back: presses.Back, texts: Texts) -> Form:
    """Return the window in which a rejection is reasoned."""
    description = texts.gettext("Whoever suggested it reads this.")
    field = TextField(REASON, texts.gettext("Reason"), description, long=True, most=LONGEST_REASON)
    return Form(texts.gettext("Do not take this question"), presses.rejected(question_id, version, back), (field,))


def report(round_id: int, texts: Texts) -> Form:
    """Return the window in which a report is reasoned."""
    description = texts.gettext("Those who manage this server read it.")
    field = TextField(REASON, texts.gettext("What is wrong with it?"), description, long=True, most=LONGEST_REPORT)
    return Form(texts.gettext("Report this question"), presses.reported(round_id), (field,))


def _answers(filling: Filling, texts: Texts) -> Field:
    kind, answers = filling.blank.kind, filling.sheet.answers
    if kind is Kind.TRUTH:
        options = (Option(texts.gettext("True"), "true"), Option(texts.gettext("False"), "false"))
        return PickField(ANSWERS, texts.gettext("Is it true?"), options, chosen=(answers,) if answers else ())
    label, description = (texts.gettext(text) for text in _ANSWERS[kind])
    return TextField(ANSWERS, label, description, value=answers, long=True, most=LONGEST_FIELD)


def _extra(filling: Filling, texts: Texts) -> tuple[Field, ...]:
    extra = filling.sheet.extra
    match filling.blank.kind:
        case Kind.TYPED:
            label = texts.gettext("By how much may a number differ?")
            return (TextField(EXTRA, label, value=extra, required=False, most=30),)
        case Kind.OPEN:
            return (TextField(EXTRA, texts.gettext("Model answer"), value=extra, long=True, most=LONGEST_FIELD),)
        case _:
            return ()
