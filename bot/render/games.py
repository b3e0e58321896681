"""A quiz of one person's own, from question to summary, and what all games say when there is nothing to ask."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import asking, limits
from bot.render import asking_presses as presses
from bot.render import games_presses as moves
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.maths import flat
from bot.render.parts import Button, Buttons, Message, Part, Separator, Text
from bot.services.choosing import NoQuestions
from bot.services.points import DAILY_CAP
from bot.services.quizzes import Sheet, Summary
from bot.services.rounds import Asked, Verdict
from knowledge.questions.model import Difficulty

DIFFICULTIES: Final[Mapping[Difficulty, str]] = MappingProxyType(
    {Difficulty.EASY: N_("easy"), Difficulty.MEDIUM: N_("medium"), Difficulty.HARD: N_("hard")}
)
_TOPIC: Final = 60
_TOPICS: Final = 15
_PROMPT: Final = 60
_READ: Final = 5
_LABEL: Final = 38


def sheet(found: Sheet, texts: Texts) -> Message:
    """Return a quiz at one of its questions: with what to press, or once it is answered with what became of it."""
    top = head(found.asked, found.count, texts)
    if found.verdict is None:
        return Message((top, *asking.question_parts(found.asked, texts), *asking.answer_controls(found.asked, texts)))
    return Message(
        (
            top,
            *asking.question_parts(found.asked, texts, share=asking.TOGETHER),
            Separator(),
            *asking.verdict_parts(found.verdict, texts, share=asking.TOGETHER),
            _onward(found, texts),
            *asking.verdict_buttons(found.verdict, texts, section_id=found.section_id),
        )
    )


def summary(found: Summary, texts: Texts) -> Message:
    """Return the end of a quiz: how it went, and what to read."""
    right = sum(verdict.right for verdict in found.verdicts)
    points = sum(verdict.points for verdict in found.verdicts)
    lines = [
        "## " + texts.gettext("{right} of {count} right", right=right, count=len(found.verdicts)),
        texts.ngettext("{n} point", "{n} points", points),
        *(_line(number, verdict) for number, verdict in enumerate(found.verdicts, 1)),
    ]
    if any(verdict.right and not verdict.points for verdict in found.verdicts):
        hint = texts.gettext("Quizzes of your own earn at most {most} points a day.", most=DAILY_CAP)
        lines.append(f"-# {hint}")
    again = Buttons((Button("🔁 " + texts.gettext("Once more"), moves.again(found.game_id), style="main"),))
    return Message((Text("\n".join(lines)), *_to_read(found, texts), again))


def no_questions(found: NoQuestions, texts: Texts) -> Message:
    """Return that nothing can be asked, and about what something can."""
    if not found.topics:
        return Message((Text(texts.gettext("There are no questions yet.")),))
    topic = escape(limits.cut(clean(found.wish.topic), _TOPIC))
    if topic:
        lines = [texts.gettext("There are no such questions about **{topic}**.", topic=topic)]
    else:
        lines = [texts.gettext("There are no such questions.")]
    lines.append(texts.gettext("There are questions about:"))
    lines += [
        "- " + texts.gettext("{value} ({note})", value=named(one.name), note=one.questions)
        for one in found.topics[:_TOPICS]
    ]
    if left := len(found.topics) - _TOPICS:
        lines += ["-# " + texts.ngettext("and {n} more", "and {n} more", left)] if left > 0 else []
    return Message((Text("\n".join(lines)),))


def head(asked: Asked, count: int, texts: Texts) -> Text:
    """Return which question this is, what it is about, how hard, and whether nobody wrote it."""
    title = texts.gettext("Question {number} of {count}", number=asked.number, count=count)
    question = asked.question
    about = (named(question.topic), texts.gettext(DIFFICULTIES[question.difficulty]), *asking.made(question, texts))
    return Text(f"### {title}\n-# {' · '.join(about)}")


def named(topic: str) -> str:
    """Return a topic as Discord shows it."""
    return escape(limits.cut(clean(topic), _TOPIC)) or "—"


def _onward(found: Sheet, texts: Texts) -> Part:
    last = found.asked.number >= found.count
    label = texts.gettext("Result") if last else texts.gettext("Next question") + " ▶"
    return Buttons((Button(label, moves.at(found.asked.game_id or 0, found.asked.number + 1), style="main"),))


def _line(number: int, verdict: Verdict) -> str:
    prompt = escape(limits.cut(flat(clean(verdict.asked.question.prompt)), _PROMPT))
    return f"{'✅' if verdict.right else '❌'} {number}. {prompt}"


def _to_read(found: Summary, texts: Texts) -> tuple[Part, ...]:
    if not found.to_read:
        return ()
    buttons = (
        Button("📖 " + (limits.cut(clean(one.title), _LABEL) or "—"), presses.read(one.section_id))
        for one in found.to_read[:_READ]
    )
    return (Text(f"**{texts.gettext('To read')}**"), *(Buttons((button,)) for button in buttons))
