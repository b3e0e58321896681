"""What those who manage a server settle about questions: reports and appeals, one after another."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import Texts
from bot.render import authoring_presses as presses
from bot.render import question_words as words
from bot.render import turning
from bot.render.fitting import fitted
from bot.render.inline import code_span
from bot.render.limits import cut
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Message, Part, Text
from bot.render.question_entries import whole
from bot.services.appeals import Appealed, Decision
from bot.services.entries import State
from bot.services.reports import Reported, ReportPage
from knowledge.questions.model import Origin, Question


def reported(added: bool, texts: Texts) -> Message:
    """Return the thanks for a report."""
    if added:
        return Message((Text(texts.gettext("Thank you! Those who manage this server will look at it.")),))
    return Message((Text(texts.gettext("You have reported this question already.")),))


def appealed(added: bool, texts: Texts) -> Message:
    """Return what becomes of an appeal."""
    if added:
        told = texts.gettext(
            "Those who manage this server decide whether your answer counts; /question list shows what became of it."
        )
        return Message((Text(told),))
    return Message((Text(texts.gettext("You have asked for that already; /question list shows what became of it.")),))


def reports(found: ReportPage, texts: Texts, *, note: str = "") -> Message:
    """Return an open report, the question it is about, and what can be done."""
    head = f"{note}\n" if note else ""
    one = found.reported
    if one is None:
        return Message((Text(head + texts.gettext("No report is open.")),))
    title = texts.gettext("Report {place} of {count}", place=found.place + 1, count=found.count)
    lines = [f"{head}### ⚑ {title}", _quoted(one.report.reason), f"-# <@{one.report.user_id}> · {_when(one.report.at)}"]
    if one.entry is None and one.question is not None:
        lines.append(_where(one.question, texts))
    question = whole(one.question, texts) if one.question else (Text(texts.gettext("The question is gone.")),)
    parts: list[Part] = [*fitted((Text("\n".join(lines)), *question)), Buttons(tuple(_of_report(one, texts)))]
    if turns := turning.buttons(found.place, found.count, presses.reports, texts):
        parts.append(Buttons(turns))
    return Message(tuple(parts))


def appeals(found: Appealed, texts: Texts, *, note: str = "") -> Message:
    """Return an open appeal, the question it is about, and what can be done."""
    head = f"{note}\n" if note else ""
    one = found.pending
    if one is None:
        return Message((Text(head + texts.gettext("No appeal is open.")),))
    title = texts.gettext("Appeal {place} of {count}", place=found.place + 1, count=found.count)
    typed = texts.gettext("Typed: {answer}", answer=f"**{words.short(one.appeal.given, 200)}**")
    told = f"{head}### {title}\n{typed}\n-# <@{one.appeal.user_id}> · {_when(one.appeal.at)}"
    buttons = (
        Button(texts.gettext("Accept"), presses.accept(one.appeal.id), style="good"),
        Button(texts.gettext("Decline"), presses.decline(one.appeal.id), style="bad"),
    )
    parts: list[Part] = [*fitted((Text(told), *whole(one.question, texts))), Buttons(buttons)]
    if turns := turning.buttons(found.place, found.count, presses.appeals, texts):
        parts.append(Buttons(turns))
    return Message(tuple(parts))


def decision(found: Decision, texts: Texts) -> str:
    """Return in a line what became of an appeal."""
    given = f"**{words.short(found.pending.appeal.given, 60)}**"
    if not found.accepted:
        return "✖ " + texts.gettext("{answer} does not count.", answer=given)
    counted = texts.ngettext("{n} answer was corrected", "{n} answers were corrected", found.corrected)
    return "✅ " + texts.gettext("{answer} counts from now on.", answer=given) + f" {counted}."


def dismissed(texts: Texts) -> str:
    """Return in a line that a report is settled."""
    return "✅ " + texts.gettext("Settled without a change.")


def _of_report(one: Reported, texts: Texts) -> list[Button]:
    buttons = [Button(texts.gettext("Dismiss"), presses.dismiss(one.report.id))]
    if one.entry is None:
        return buttons
    if one.entry.state is State.APPROVED:
        retire = presses.retire(one.entry.id, one.entry.version, "r")
        buttons.insert(0, Button(texts.gettext("Retire"), retire, style="bad"))
    return [Button(texts.gettext("Edit"), presses.edit(one.entry.id), style="main"), *buttons]


def _where(question: Question, texts: Texts) -> str:
    """Return where a question that is not the group's own can be mended."""
    lines = ""
    if question.lines:
        first, last = question.lines
        lines = " · " + texts.gettext("lines {first}–{last}", first=first, last=last)
    file = f"{code_span(cut(clean(question.file), 150))}" if question.file else ""
    key = code_span(question.id)
    match question.origin:
        case Origin.NOTES:
            return texts.gettext("It comes from the notes; mend it there: {file}", file=file + lines)
        case Origin.GENERATED:
            return texts.gettext("It was made from the notes: {file}", file=file)
        case _:
            return texts.gettext("It comes from a question file; mend it there: {id}", id=key + lines)


def _quoted(text: str) -> str:
    return f"> {words.short(text, 1_000)}"


def _when(at: datetime) -> str:
    return f"<t:{int(at.timestamp())}:R>"
