"""Answers in people's own words: the windows to write and to grade them, and the pages to read them on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.i18n import Texts
from bot.render import asking, limits, turning
from bot.render import asking_presses as answering
from bot.render import daily_presses as presses
from bot.render.daily import shown_later
from bot.render.daily_words import beginning, named
from bot.render.fitting import beginning as cut
from bot.render.fitting import fitted
from bot.render.markdown import clean, prose
from bot.render.parts import Button, Buttons, Form, Message, Option, Part, Separator, Text, TextField, TickField
from bot.services.journal import Told
from bot.services.open_answers import LONGEST, AnswerPage, Begun, Graded, Own, Submitted
from bot.services.rounds import TEST, Asked

ANSWER: Final = "answer"
POINTS: Final = "points"
_SHOWN: Final = 900
_SHOWN_BYTES: Final = 2_400
"""Of each answer on a page of three."""


def form(found: Begun, texts: Texts) -> Form:
    """Return the window in which an open question is answered."""
    asked = found.asked
    field = TextField(
        ANSWER, texts.gettext("Your answer"), _hint(found, texts), value=found.text, long=True, most=LONGEST
    )
    return Form(limits.cut(clean(asked.question.prompt), 45) or "—", presses.written(asked.round_id), (field,))


def _hint(found: Begun, texts: Texts) -> str:
    """Return who will read the answer, and when."""
    if found.asked.source == TEST:
        return texts.gettext("This is a test: nobody else reads it")
    if found.final:
        return texts.gettext("Cannot be changed; the others read it, with your name, when everybody sees the answers")
    return texts.gettext("Private at first; the others read it, with your name, when the answers are shown")


def submitted(found: Submitted, told: Told, texts: Texts) -> Message:
    """Return what becomes of an answer that was written."""
    said = texts.gettext("Your answer is in.") if found.first else texts.gettext("Your answer is changed.")
    if not told.reveal:
        change = texts.gettext("Until then you can change it: press the button again.")
        return Message((Text(f"✅ {said}\n{quoted(found.text)}\n-# {shown_later(told, texts)} {change}"),))
    written = Text(f"✅ {said}\n{quoted(found.text)}")
    return Message(fitted((written, *asking.solution_parts(found.asked, texts), *_grading(found.asked, told, texts))))


def own(found: Own, told: Told, texts: Texts) -> Message:
    """Return what somebody is told who wants to answer again, and whose answer is final."""
    if not found.known:
        return Message((Text("\n".join(own_lines(found, texts))),))
    solution = asking.solution_parts(found.asked, texts)
    return Message(fitted((Text("\n".join(own_lines(found, texts))), *solution, *_onward(found, told, texts))))


def own_lines(found: Own, texts: Texts) -> Iterator[str]:
    """Yield that somebody has answered, what they wrote, and how it is graded as far as they may know."""
    yield "✅ " + texts.gettext("You have already answered:")
    yield quoted(found.text)
    if not found.known or not found.asked.question.points:
        return
    if found.ticks is None:
        yield "📝 " + texts.gettext("Not graded yet.")
        return
    earned = (texts.ngettext("+{n} point", "+{n} points", found.points),) if found.points else ()
    yield "📝 " + " · ".join((_covered(found.asked, found.ticks, texts), *earned))


def own_controls(found: Own, texts: Texts) -> tuple[Part, ...]:
    """Return what somebody who has answered may do with it now: grade it, or change it."""
    if found.known:
        return (Buttons((_grade_button(found.asked, texts),)),) if found.gradable else ()
    return (Buttons((Button(texts.gettext("Change my answer"), answering.open_answer(found.asked.round_id)),)),)


def quoted(text: str) -> str:
    """Return what somebody wrote as a quotation, cut to a bound."""
    shown = cut(prose(clean(text)), _SHOWN, _SHOWN_BYTES)
    return "\n".join(f"> {line}" for line in shown.splitlines())


def grade_form(found: Graded, texts: Texts) -> Form:
    """Return the window in which the key points of one's own answer are ticked."""
    options = tuple(
        Option(limits.cut(clean(point), limits.OPTION_LABEL) or "—", str(index))
        for index, point in enumerate(found.asked.question.points)
    )
    ticked = tuple(str(tick) for tick in found.ticks or ())
    hint = texts.gettext("Half of them make it right; points by their share")
    field = TickField(POINTS, texts.gettext("Which of these does your answer say?"), options, hint, chosen=ticked)
    return Form(texts.gettext("Grade your answer"), presses.graded(found.asked.round_id), (field,))


def graded(found: Graded, texts: Texts) -> Message:
    """Return how an answer stands after it was graded."""
    mark = "✅" if found.right else "📝"
    lines = [f"{mark} {_covered(found.asked, found.ticks or (), texts)}"]
    if found.points:
        lines.append(texts.ngettext("+{n} point", "+{n} points", found.points))
    if found.later:
        lines.append(f"-# {texts.gettext('You knew it, so /review asks it again only in some days.')}")
    elif found.asked.source != TEST:
        lines.append(f"-# {texts.gettext('The question is among your reviews now.')}")
    return Message((Text("\n".join(lines)),))


def page(found: AnswerPage, texts: Texts) -> Message:
    """Return a page of answers, each with a button to vote for it."""
    parts: list[Part] = [Text(f"## 💬 {beginning(found.asked.question)}")]
    for number, one in enumerate(found.answers, 1):
        name = named(one.name) if one.name else texts.gettext("somebody")
        votes = texts.ngettext("{n} vote", "{n} votes", one.votes)
        text = cut(prose(clean(one.text)), _SHOWN, _SHOWN_BYTES)
        parts += [Separator(), Text(f"**{number}. {name}** · {votes}\n{text}")]
    votes_for = tuple(
        Button(f"▲ {number}", presses.vote(one.id, found.asked.round_id, found.page))
        for number, one in enumerate(found.answers, 1)
    )
    round_id = found.asked.round_id
    turns = turning.buttons(found.page, found.pages, lambda to: presses.read(round_id, to), texts)
    return Message(fitted((*parts, Buttons(votes_for), *((Buttons(turns),) if turns else ()))))


def _covered(asked: Asked, ticks: Sequence[int], texts: Texts) -> str:
    return texts.gettext("{covered} of {of} key points", covered=len(ticks), of=len(asked.question.points))


def _grading(asked: Asked, told: Told, texts: Texts) -> tuple[Part, ...]:
    return _row([_grade_button(asked, texts)] if asked.question.points else [], told, texts)


def _onward(found: Own, told: Told, texts: Texts) -> tuple[Part, ...]:
    return _row([_grade_button(found.asked, texts)] if found.gradable else [], told, texts)


def _row(buttons: list[Button], told: Told, texts: Texts) -> tuple[Part, ...]:
    read = [Button("📖 " + texts.gettext("Read on"), answering.read(told.section_id))] if told.section_id else []
    return (Buttons((*buttons, *read)),) if buttons or read else ()


def _grade_button(asked: Asked, texts: Texts) -> Button:
    return Button("☑ " + texts.gettext("Grade my answer"), presses.grade(asked.round_id), style="main")
