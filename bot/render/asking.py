"""A question in a message: its text, what to press, and what became of an answer. The same in every game."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.i18n import Texts
from bot.render import asking_presses as presses
from bot.render import limits, question_presses
from bot.render.inline import escape
from bot.render.markdown import clean, pieces, prose
from bot.render.maths import rich, undrawn
from bot.render.pack import Budget, pack
from bot.render.parts import Button, Buttons, Form, Menu, Message, Option, Part, Picture, Text, TextField
from bot.render.pieces import Piece, Prose
from bot.services.rounds import Asked, Verdict
from knowledge.model import Block, BlockKind
from knowledge.questions.blocks import blocks
from knowledge.questions.model import TRUE, Kind, Origin, Question

LETTERS: Final = "ABCDEFGHIJ"
_PROMPT: Final = Budget(1_700, 4_200, 0)
_CHOICES: Final = Budget(1_300, 3_200, 0)
_SOLUTION: Final = Budget(2_600, 6_000, 0)
"""What each may take of a message; together with a head and a foot they stay within Discord's limits."""
TOGETHER: Final = 0.5
"""Share of its room that a question, and its solution, may each take where both stand in one message."""
_ELLIPSIS: Final = "…"


def question_parts(asked: Asked, texts: Texts, *, share: float = 1.0) -> tuple[Part, ...]:
    """Return what is asked, with lettered choices in the order in which they are shown.

    Args:
        asked: the question.
        texts: of whoever reads it.
        share: of the room that a question may take.
    """
    question = asked.question
    parts = _packed(question.prompt, _part(_PROMPT, share), texts)
    if question.choices:
        room = _part(_CHOICES, share / len(asked.shuffle))
        lines = (f"**{LETTERS[place]}.** {choice_text(asked, place, room)}" for place in range(len(asked.shuffle)))
        parts = (*parts, Text("\n".join(lines)))
    if question.kind in {Kind.SEVERAL, Kind.ORDER}:
        parts = (*parts, Text(f"-# {_how(question, texts)}"))
    return parts


def choice_text(asked: Asked, place: int, room: Budget = _CHOICES) -> str:
    """Return the choice at a place of the message, on one line."""
    line = " ".join(prose(clean(asked.question.choices[asked.shuffle[place]])).split())
    whole = limits.fitting(line, room.characters, room.bytes)
    return line if whole == len(line) else line[: max(whole - 1, 0)] + _ELLIPSIS


def made(question: Question, texts: Texts) -> tuple[str, ...]:
    """Return the mark of a question that nobody wrote; nothing for others."""
    return (texts.gettext("made from the notes"),) if question.origin is Origin.GENERATED else ()


def answer_controls(asked: Asked, texts: Texts) -> tuple[Part, ...]:
    """Return what to press to answer."""
    match asked.question.kind:
        case Kind.CHOICE:
            places = [Button(LETTERS[place], presses.choice(asked.round_id, place)) for place in _places(asked)]
            rows = (places[first : first + limits.ROW_BUTTONS] for first in range(0, len(places), limits.ROW_BUTTONS))
            return tuple(Buttons(tuple(row)) for row in rows)
        case Kind.TRUTH:
            labels = (texts.gettext("True"), texts.gettext("False"))
            return (
                Buttons(tuple(Button(label, presses.choice(asked.round_id, at)) for at, label in enumerate(labels))),
            )
        case Kind.SEVERAL:
            return (_menu(asked, texts),)
        case Kind.TYPED:
            return _one_button(texts.gettext("Type your answer"), presses.type_in(asked.round_id))
        case Kind.ORDER:
            return _one_button(texts.gettext("Put in order"), presses.order(asked.round_id))
        case Kind.OPEN:
            return _one_button(texts.gettext("Answer"), presses.open_answer(asked.round_id))


def typed_form(asked: Asked, texts: Texts) -> Form:
    """Return the window in which a word or a number is typed."""
    field = TextField("answer", texts.gettext("Your answer"), most=limits.QUERY)
    return Form(texts.gettext("Type your answer"), presses.typed(asked.round_id), (field,))


def order_form(asked: Asked, texts: Texts) -> Form:
    """Return the window in which the letters are put in order."""
    letters = LETTERS[: len(asked.shuffle)]
    example = texts.gettext("Every letter once, such as {example}", example=letters[::-1])
    field = TextField("answer", texts.gettext("The letters in order, first to last"), placeholder=example, most=40)
    return Form(texts.gettext("Put in order"), presses.ordered(asked.round_id), (field,))


def verdict(found: Verdict, texts: Texts, *, reveal: bool, section_id: str | None = None) -> Message:
    """Return what the one who answered is told; without right or wrong unless *reveal*.

    Args:
        found: what became of the answer.
        texts: theirs.
        reveal: whether the right answer may be known already.
        section_id: where to read on; None where the notes do not say.
    """
    if not reveal:
        return Message((Text(_taken(found, texts)),))
    return Message((*verdict_parts(found, texts), *verdict_buttons(found, texts, section_id=section_id)))


def verdict_parts(found: Verdict, texts: Texts, *, share: float = 1.0) -> tuple[Part, ...]:
    """Return whether the answer was right, what is right, and why; *share* as in solution_parts()."""
    lines = [texts.gettext("✅ **Right!**") if found.right else texts.gettext("❌ **Not right.**")]
    if found.points:
        lines[0] += " " + texts.ngettext("+{n} point", "+{n} points", found.points)
    if not found.counted:
        lines.append(texts.gettext("Your first answer counts: {answer}", answer=given_text(found, texts)))
    elif not found.right:
        lines.append(texts.gettext("Your answer: {answer}", answer=given_text(found, texts)))
    return (Text("\n".join(lines)), *solution_parts(found.asked, texts, share=share))


def verdict_buttons(found: Verdict, texts: Texts, *, section_id: str | None = None) -> tuple[Part, ...]:
    """Return where to go from a verdict: the notes, an appeal, the reviews, a report."""
    round_id = found.asked.round_id
    buttons = [Button("📖 " + texts.gettext("Read on"), presses.read(section_id))] if section_id else []
    if found.asked.question.kind is Kind.TYPED and not found.right and found.asked.guild_id:
        buttons.append(Button(texts.gettext("I was right"), question_presses.appeal(round_id)))
    if found.right:
        buttons.append(Button(texts.gettext("Add to my reviews"), question_presses.keep(round_id)))
    if found.asked.guild_id:
        buttons.append(Button("⚑ " + texts.gettext("Report"), question_presses.report(round_id)))
    return (Buttons(tuple(buttons)),) if buttons else ()


def solution_parts(asked: Asked, texts: Texts, *, share: float = 1.0) -> tuple[Part, ...]:
    """Return the right answer, the model answer, the key points and the explanation, as far as there are any.

    Args:
        asked: the question.
        texts: of whoever reads it.
        share: of the room that a solution may take.
    """
    question = asked.question
    lines = [Prose(line) for line in (_right(asked, texts), _points(question, texts)) if line]
    told = "\n\n".join(text for text in (question.answer, question.explanation) if text)
    if question.kind is Kind.OPEN and question.answer:
        # Without a name, it reads like the answer that the reader has just written.
        lines.append(Prose(texts.gettext("**The answer:**")))
    return _page([*lines, *_pieces(told, texts)], _part(_SOLUTION, share))


def given_text(found: Verdict, texts: Texts) -> str:
    """Return what somebody answered, short, in the letters of the message."""
    if isinstance(found.given, str):
        return escape(limits.cut(clean(found.given), limits.QUERY)) or "—"
    return named(found.asked, found.given, texts) or "—"


def named(asked: Asked, choices: Sequence[int], texts: Texts) -> str:
    """Return the letters under which choices of the question were shown, or true and false in words."""
    if asked.question.kind is Kind.TRUTH:
        return texts.listed(texts.gettext("True") if one == TRUE else texts.gettext("False") for one in choices)
    letters = [LETTERS[asked.shuffle.index(one)] for one in choices if one in asked.shuffle]
    return " → ".join(letters) if asked.question.kind is Kind.ORDER else texts.listed(sorted(letters))


def _taken(found: Verdict, texts: Texts) -> str:
    answer = given_text(found, texts)
    if found.counted:
        return texts.gettext("Your answer is in: {answer}", answer=answer)
    return texts.gettext("You have already answered: {answer}", answer=answer)


def _right(asked: Asked, texts: Texts) -> str:
    question = asked.question
    match question.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            places = sorted(asked.shuffle.index(one) for one in question.right if one in asked.shuffle)
            shown = "\n".join(f"**{LETTERS[place]}.** {choice_text(asked, place)}" for place in places)
            if len(places) > 1:
                shown = f"\n{shown}"  # each on a line of its own
        case Kind.TRUTH:
            shown = f"**{named(asked, question.right, texts)}**"
        case Kind.ORDER:
            shown = f"**{named(asked, range(len(question.choices)), texts)}**"
        case Kind.TYPED:
            shown = f"**{escape(limits.cut(clean(question.accepted[0]), limits.QUERY))}**" if question.accepted else ""
        case Kind.OPEN:
            return ""
    return texts.gettext("The answer: {answer}", answer=shown) if shown else ""


def _points(question: Question, texts: Texts) -> str:
    if all(_plain(point) in _plain(question.answer) for point in question.points):
        return ""  # points that were cut out of the answer tell it twice
    lines = [f"- {' '.join(prose(clean(point)).split())}" for point in question.points]
    return "\n".join([texts.gettext("**Key points**"), *lines]) if lines else ""


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _how(question: Question, texts: Texts) -> str:
    if question.kind is Kind.ORDER:
        return texts.gettext("Put them in the right order.")
    if question.partial:
        return texts.gettext("More than one may be right; a part of them earns a part of the points.")
    return texts.gettext("More than one may be right; all of them and no other count.")


def _menu(asked: Asked, texts: Texts) -> Menu:
    options = tuple(
        Option(limits.cut(f"{LETTERS[at]}. {asked.question.choices[asked.shuffle[at]]}", limits.OPTION_LABEL), str(at))
        for at in _places(asked)
    )
    placeholder = texts.gettext("Pick all that are right")
    return Menu(presses.several(asked.round_id), placeholder, options, most=len(options))


def _one_button(label: str, press: str) -> tuple[Part, ...]:
    return (Buttons((Button(label, press, style="main"),)),)


def _places(asked: Asked) -> range:
    return range(min(len(asked.shuffle), len(LETTERS)))


def _packed(text: str, budget: Budget, texts: Texts) -> tuple[Part, ...]:
    return _page(_pieces(text, texts), budget)


def _of_block(block: Block, texts: Texts) -> tuple[Piece, ...]:
    # A question is read at once and by many: a formula in it is a line of text, not a picture.
    return (Prose(rich(clean(block.text))),) if block.kind is BlockKind.MATH else pieces(block, texts, undrawn)


def _pieces(text: str, texts: Texts) -> list[Piece]:
    """Return a Markdown text as pieces, without pictures."""
    found = (piece for block in blocks(text) for piece in _of_block(block, texts))
    return [piece for piece in found if not isinstance(piece, Picture)]


def _part(budget: Budget, share: float) -> Budget:
    return Budget(int(budget.characters * share), int(budget.bytes * share), 0)


def _page(found: Sequence[Piece], budget: Budget) -> tuple[Part, ...]:
    """Return as much as the budget takes, with an ellipsis where it is cut."""
    if not found:
        return ()
    pages = pack(found, budget).pages
    return (*pages[0], *((Text(_ELLIPSIS),) if len(pages) > 1 else ()))
