"""/review: a card that is asked for, its answer with the grades, and what is said when none is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from bot.i18n import Texts
from bot.render import asking, asking_presses, limits
from bot.render import review_presses as presses
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Menu, Message, Option, Part, Separator, Text
from bot.services.desk import Desk, Grade, Happened, Past, Shown
from knowledge.questions.model import Kind

_QUESTION_SHARE: Final = 0.4
_SOLUTION_SHARE: Final = 0.85
"""Of what each may take alone: whoever looks at the answer has read the question."""
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_MONTH_DAYS: Final = 30
_YEAR_DAYS: Final = 365
_UNDOABLE: Final = frozenset({Happened.GRADED, Happened.LEECH})
_RESTING: Final = frozenset({Happened.LEECH, Happened.ASIDE})
_MARKS: Final[Mapping[Happened, str]] = MappingProxyType(
    {
        Happened.GRADED: "✓",
        Happened.LEECH: "🪫",
        Happened.ASIDE: "💤",
        Happened.UNDONE: "↩",
        Happened.TAKEN_BACK: "✓",
        Happened.STALE: "⚠️",
    }
)


def desk(found: Desk, texts: Texts, *, limit: int) -> Message:
    """Return what lies before somebody who repeats; *limit* is the number of cards of a day."""
    if found.card is None:
        return Message(_nothing(found, texts, limit=limit))
    head = Text("\n".join(line for line in (_past(found.past, texts), _standing(found, texts, limit=limit)) if line))
    if not found.revealed:
        return Message((head, *asking.question_parts(found.card.asked, texts), *_ask(found, found.card, texts)))
    question = asking.question_parts(found.card.asked, texts, share=_QUESTION_SHARE)
    answer = _answer(found, found.card, texts)
    return Message((head, *question, Separator(), *answer, *_grades(found, found.card, texts)))


def kept(added: bool, texts: Texts) -> Message:
    """Return what became of a question that somebody wants to repeat."""
    if added:
        return Message((Text("✓ " + texts.gettext("Added. /review asks you again.")),))
    return Message((Text(texts.gettext("This question is already among your reviews.")),))


def interval(length: timedelta, texts: Texts) -> str:
    """Return a length of time in its largest fitting unit, short enough for a button."""
    if length < _HOUR:
        return texts.gettext("{n} min", n=max(round(length / timedelta(minutes=1)), 1))
    if length < _DAY:
        return texts.gettext("{n} h", n=round(length / _HOUR))
    days = round(length / _DAY)
    if days < 2 * _MONTH_DAYS:
        return texts.gettext("{n} d", n=days)
    if days < _YEAR_DAYS:
        return texts.gettext("{n} mo", n=round(days / _MONTH_DAYS))
    return texts.gettext("{n} y", n=f"{days / _YEAR_DAYS:.1f}".removesuffix(".0"))


def grade_name(grade: Grade, texts: Texts) -> str:
    """Return how a grade is called."""
    names = {
        Grade.AGAIN: texts.gettext("Again"),
        Grade.HARD: texts.gettext("Hard"),
        Grade.GOOD: texts.gettext("Good"),
        Grade.EASY: texts.gettext("Easy"),
    }
    return names[grade]


def _past(past: Past | None, texts: Texts) -> str:
    if past is None:
        return ""
    match past.what:
        case Happened.GRADED:
            when = _relative(past.due_at) if past.due_at else "—"
            told = texts.gettext("Noted. That card comes again {when}.", when=when)
        case Happened.LEECH:
            told = texts.gettext("You keep forgetting that card, so it is set aside. Read up on it, then take it back.")
        case Happened.ASIDE:
            told = texts.gettext("Set aside. That card is not asked for until you take it back.")
        case Happened.UNDONE:
            told = texts.gettext("Undone. Grade this card again.")
        case Happened.TAKEN_BACK:
            told = texts.ngettext("{n} card is back.", "{n} cards are back.", past.cards)
        case Happened.STALE:
            told = texts.gettext("That card has changed meanwhile, maybe in another window. Nothing was done.")
    return f"{_MARKS[past.what]} {told}"


def _standing(found: Desk, texts: Texts, *, limit: int) -> str:
    if found.practice:
        return "-# " + texts.gettext("Practice: nothing here changes when a card comes again.")
    due = texts.ngettext("{n} card due", "{n} cards due", found.counts.due)
    today = texts.gettext("{done} of {limit} today", done=found.done, limit=limit)
    return f"-# {due} · {today}"


def _ask(found: Desk, card: Shown, texts: Texts) -> tuple[Part, ...]:
    if found.practice:
        show = presses.practise(card.card_id, presses.ANSWER)
        return (Buttons((Button(texts.gettext("Show answer"), show, style="main"),)),)
    show = presses.show(card.card_id, card.version)
    buttons = (Button(texts.gettext("Show answer"), show, style="main"), *_after(found.past, texts))
    return (*_choices(card, texts), Buttons(buttons))


def _choices(card: Shown, texts: Texts) -> tuple[Part, ...]:
    """Return what answers the question by a press; nothing where an answer is thought and then looked up."""
    places = range(min(len(card.asked.shuffle), len(asking.LETTERS)))
    match card.asked.question.kind:
        case Kind.CHOICE | Kind.TRUTH:
            truth = card.asked.question.kind is Kind.TRUTH
            labels = (texts.gettext("True"), texts.gettext("False")) if truth else asking.LETTERS
            made = [Button(labels[at], presses.pick(card.card_id, card.version, at)) for at in places]
            rows = (made[first : first + limits.ROW_BUTTONS] for first in range(0, len(made), limits.ROW_BUTTONS))
            return tuple(Buttons(tuple(row)) for row in rows)
        case Kind.SEVERAL:
            options = tuple(Option(_option(card, at), str(at)) for at in places)
            press = presses.several(card.card_id, card.version)
            return (Menu(press, texts.gettext("Pick all that are right"), options, most=len(options)),)
        case _:
            return ()


def _option(card: Shown, place: int) -> str:
    choice = clean(card.asked.question.choices[card.asked.shuffle[place]])
    return limits.cut(f"{asking.LETTERS[place]}. {choice}", limits.OPTION_LABEL)


def _answer(found: Desk, card: Shown, texts: Texts) -> tuple[Part, ...]:
    solution = asking.solution_parts(card.asked, texts, share=_SOLUTION_SHARE)
    solution = solution or (Text(texts.gettext("There is no answer written down.")),)
    if found.guess is None:
        return solution
    if found.guess.right:
        return (Text(texts.gettext("✅ **Right!**")), *solution)
    given = asking.named(card.asked, found.guess.given, texts) or "—"
    told = f"{texts.gettext('❌ **Not right.**')}\n{texts.gettext('Your answer: {answer}', answer=escape(given))}"
    return (Text(told), *solution)


def _grades(found: Desk, card: Shown, texts: Texts) -> tuple[Part, ...]:
    read = (_read(card, texts),) if card.section_id else ()
    if found.practice:
        press = presses.practise(card.card_id, presses.QUESTION)
        return (Buttons((Button(texts.gettext("Next card"), press, style="main"), *read)),)
    suggested = found.guess.suggested if found.guess else None
    row = tuple(
        Button(
            f"{grade_name(grade, texts)} · {interval(length, texts)}",
            presses.grade(card.card_id, card.version, grade),
            style="main" if grade is suggested else "plain",
        )
        for grade, length in zip(Grade, card.intervals, strict=True)
    )
    aside = Button(texts.gettext("Set aside"), presses.aside(card.card_id, card.version))
    return (Buttons(row), Buttons((*read, aside)))


def _read(card: Shown, texts: Texts) -> Button:
    return Button("📖 " + texts.gettext("Read on"), asking_presses.read(card.section_id or ""))


def _after(past: Past | None, texts: Texts) -> tuple[Button, ...]:
    """Return what can be done about what has just happened."""
    buttons: list[Button] = []
    if past is not None and past.what in _RESTING:
        buttons.append(Button(texts.gettext("Take it back"), presses.back(past.card_id)))
    if past is not None and past.what in _UNDOABLE:
        buttons.append(Button("↩ " + texts.gettext("Undo"), presses.undo(past.card_id, past.version)))
    return tuple(buttons)


def _nothing(found: Desk, texts: Texts, *, limit: int) -> tuple[Part, ...]:
    lines = [line for line in (_past(found.past, texts), *_why_none(found, texts, limit=limit)) if line]
    buttons = list(_after(found.past, texts))
    asked = found.counts.all - found.counts.suspended
    if asked:
        more = texts.gettext("More anyway") if found.counts.due else texts.gettext("Practise anyway")
        buttons.append(Button(more, presses.practise(0, presses.QUESTION), style="main"))
        buttons.append(Button("🔄 " + texts.gettext("Look again"), presses.following()))
    if found.counts.suspended:
        label = texts.ngettext("Take back {n} card", "Take back {n} cards", found.counts.suspended)
        buttons.append(Button(label, presses.back(None)))
    return (Text("\n".join(lines)), *((Buttons(tuple(buttons[: limits.ROW_BUTTONS])),) if buttons else ()))


def _why_none(found: Desk, texts: Texts, *, limit: int) -> tuple[str, ...]:
    counts = found.counts
    if not counts.all:
        return (texts.gettext("You have no cards yet. Questions that you get wrong become cards."),)
    if found.practice:
        return (texts.gettext("That was the last of your cards."),)
    if counts.due:
        more = texts.ngettext("{n} more card is due; tomorrow is soon enough.",
                              "{n} more cards are due; tomorrow is soon enough.", counts.due)  # fmt: skip
        note = "-# " + texts.gettext("You may go on for practice; that does not change when a card comes again.")
        return (texts.gettext("🎉 **{n} cards done: enough for today.**", n=max(found.done, limit)), more, note)
    when = texts.gettext("The next one is due {when}.", when=_relative(counts.next_at)) if counts.next_at else ""
    return (texts.gettext("🎉 **No card is due.**"), when)


def _relative(when: datetime) -> str:
    return f"<t:{int(when.timestamp())}:R>"
