"""A group's own questions: one of them, lists of them, and the queue of those that wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.i18n import Texts
from bot.render import asking, limits, turning
from bot.render import authoring_presses as presses
from bot.render import question_words as words
from bot.render.fitting import fitted
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Menu, Message, Option, Part, Separator, Text
from bot.services.appeals import Pending
from bot.services.entries import Entry, Listing, Queue, State, as_written
from knowledge.questions.model import Question

LETTERS: Final[Mapping[State, str]] = MappingProxyType(
    {State.SUGGESTED: "s", State.APPROVED: "p", State.REJECTED: "r", State.RETIRED: "t"}
)
ANY: Final = "a"
_QUESTION_SHARE: Final = 0.45
_SOLUTION_SHARE: Final = 0.7


def state_of(letter: str) -> State | None:
    """Return the state that a letter of a custom_id stands for, None for any."""
    return next((state for state, one in LETTERS.items() if one == letter), None)


def entry(found: Entry, texts: Texts, *, manages: bool, note: str = "") -> Message:
    """Return a question with its answer and what its reader may do about it."""
    buttons = _decisions(found, "d", texts) if manages else []
    if found.editable:
        buttons.append(Button(texts.gettext("Edit"), presses.edit(found.id)))
    row = (Buttons(tuple(buttons)),) if buttons else ()
    return Message((*fitted((Text(_head(found, texts, note)), *whole(found.question, texts))), *row))


def suggested(found: Entry, texts: Texts) -> Message:
    """Return the thanks for a suggestion."""
    note = texts.gettext(
        "Thank you! This waits for a decision by those who manage the server; /question list shows what became of it."
    )
    return entry(found, texts, manages=False, note=note)


def queue(found: Queue, texts: Texts, *, note: str = "") -> Message:
    """Return the suggestion that is to be decided about next."""
    head = f"{note}\n" if note else ""
    if found.entry is None:
        return Message((Text(head + texts.gettext("No question waits for a decision.")),))
    waiting = texts.ngettext("{n} question waits", "{n} questions wait", found.waiting)
    buttons = [*_decisions(found.entry, "q", texts), Button(texts.gettext("Edit"), presses.edit(found.entry.id))]
    if found.waiting > 1:
        buttons.append(Button(texts.gettext("Later") + " ▶", presses.queue(found.entry.number)))
    told = _head(found.entry, texts, f"{head}-# {waiting}")
    return Message((*fitted((Text(told), *whole(found.entry.question, texts))), Buttons(tuple(buttons))))


def decided(found: Entry, texts: Texts) -> str:
    """Return in a line what became of a question."""
    return f"{words.MARKS[found.state]} #{found.number}: {texts.gettext(words.STATES[found.state])}"


def listing(found: Listing, own: Sequence[Pending], texts: Texts) -> Message:
    """Return a page of questions, one of which can be picked, and on one's own first page one's appeals."""
    title = texts.gettext("All questions of this group") if found.everybody else texts.gettext("Your questions")
    state = f" · {texts.gettext(words.STATES[found.state])}" if found.state else ""
    lines = [f"### {title}{state}", *(_line(one) for one in found.entries)]
    if not found.entries:
        lines.append(texts.gettext("There is nothing here yet."))
    parts: list[Part] = [Text("\n".join(lines))]
    if own and not found.everybody and not found.page:
        parts.append(Text("\n".join([f"### {texts.gettext('Your appeals')}", *(_appeal(one, texts) for one in own)])))
    return Message((*fitted(parts), *_picking(found, texts)))


def whole(question: Question, texts: Texts) -> tuple[Part, ...]:
    """Return a question and its answer, as they are written."""
    asked = as_written(question)
    solution = asking.solution_parts(asked, texts, share=_SOLUTION_SHARE)
    return (*asking.question_parts(asked, texts, share=_QUESTION_SHARE), Separator(), *solution)


def _head(found: Entry, texts: Texts, note: str) -> str:
    question = found.question
    kind, difficulty = texts.gettext(words.KINDS[question.kind]), texts.gettext(words.DIFFICULTIES[question.difficulty])
    lines = [
        f"### #{found.number} · {words.MARKS[found.state]} {texts.gettext(words.STATES[found.state])}",
        f"-# {words.short(question.topic)} · {kind} · {difficulty}",
    ]
    if found.reason:
        lines.append(texts.gettext("Reason: {reason}", reason=words.short(found.reason, 500)))
    return "\n".join([note, *lines] if note else lines)


def _decisions(found: Entry, back: presses.Back, texts: Texts) -> list[Button]:
    key = (found.id, found.version, back)
    if found.state is State.APPROVED:
        return [Button(texts.gettext("Retire"), presses.retire(*key), style="bad")]
    approve = [Button(texts.gettext("Approve"), presses.approve(*key), style="good")]
    if found.state is not State.SUGGESTED:
        return approve
    return [*approve, Button(texts.gettext("Reject"), presses.reject(*key), style="bad")]


def _line(found: Entry) -> str:
    return f"{words.MARKS[found.state]} **#{found.number}** {words.short(found.question.prompt)}"


def _picking(found: Listing, texts: Texts) -> tuple[Part, ...]:
    if not found.entries:
        return ()
    options = tuple(
        Option(limits.cut(f"#{one.number} {clean(one.question.prompt)}", limits.OPTION_LABEL), one.id)
        for one in found.entries
    )
    menu = Menu(presses.pick(), texts.gettext("Look at a question"), options)
    whose = presses.EVERYBODY if found.everybody else presses.MINE
    state = LETTERS[found.state] if found.state else ANY
    turns = turning.buttons(found.page, found.pages, lambda page: presses.listing(whose, state, page), texts)
    return (menu, Buttons(turns)) if turns else (menu,)


def _appeal(found: Pending, texts: Texts) -> str:
    given, prompt = words.short(found.appeal.given, 40), words.short(found.question.prompt, 60)
    mark, state = {
        True: ("✅", texts.gettext("accepted, it counts")),
        False: ("✖", texts.gettext("not accepted")),
        None: ("⏳", texts.gettext("waits for a decision")),
    }[found.accepted]
    return f"{mark} **{given}** · {prompt} · {state}"
