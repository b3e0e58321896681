"""What a daily question looks like: open, closed, with its answers; and what those who answer are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.i18n import Texts
from bot.render import asking, limits, question_presses
from bot.render import asking_presses as answering
from bot.render import daily_presses as presses
from bot.render.daily_words import about, beginning, message_link, named, when
from bot.render.fitting import fitted
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Message, Part, Separator, Text
from bot.services.journal import Outcome, Told
from bot.services.reveals import Reveal, RevealKind
from bot.services.rounds import TEST, Verdict
from bot.services.steps import Work
from knowledge.questions.model import FALSE, TRUE, Kind, Question

_THREAD_NAME: Final = 100
_BAR: Final = 10
_BEST: Final = 250


def post(work: Work, texts: Texts) -> Message:
    """Return the message that asks a question."""
    test = work.asked.source == TEST
    head: list[Part] = [] if test or not work.stream.role_id else [Text(f"<@&{work.stream.role_id}>")]
    title = texts.gettext("Test: {name}", name=named(work.stream.name)) if test else named(work.stream.name)
    head.append(Text(f"## {'🧪' if test else '☀️'} {title}\n-# {about(work.asked.question, texts)}"))
    foot = (
        texts.gettext("This is a test: everybody can try it, and nobody earns anything.")
        if test
        else _foot(work, texts)
    )
    return Message(
        fitted(
            (
                *head,
                *asking.question_parts(work.asked, texts),
                *asking.answer_controls(work.asked, texts),
                Text(f"-# {foot}"),
            )
        )
    )


def thread_name(work: Work, texts: Texts) -> str:
    """Return how the thread under a question is called."""
    day = f"{work.post.day:%m-%d} · " if work.post.day else texts.gettext("Test") + " · "
    return limits.cut(day + clean(work.asked.question.prompt), _THREAD_NAME)


def closed(found: Outcome, texts: Texts) -> Message:
    """Return what takes the place of an open question: with its answers, where they were shown at once before."""
    at_once = Reveal.read(found.post.reveal).at_once
    title = Text(f"## ☀️ {named(found.stream.name)}\n-# {about(found.asked.question, texts)}")
    question = asking.question_parts(found.asked, texts, share=asking.TOGETHER if at_once else 1.0)
    if at_once:
        return Message(fitted((title, *question, Separator(), *_results(found, texts), *_onward(found, texts))))
    if found.asked.question.kind is Kind.OPEN:
        foot = texts.gettext("Closed: no more answers are taken.")
        return Message(fitted((title, *question, Text(f"-# 🔒 {foot}"))))
    foot = texts.gettext("Closed: who answers now practises, and earns nothing.")
    controls = asking.answer_controls(found.asked, texts)
    return Message(fitted((title, *question, *controls, Text(f"-# 🔒 {foot}"))))


def result(found: Outcome, texts: Texts) -> Message:
    """Return the message that shows the answers."""
    head = f"## ✅ {texts.gettext('The answers: {name}', name=named(found.stream.name))}"
    return Message(fitted((Text(f"{head}\n-# {_link(found, texts)}"), *_results(found, texts), *_onward(found, texts))))


def answered(found: Verdict, told: Told, texts: Texts) -> Message:
    """Return what somebody who has answered is told."""
    if told.reveal:
        return asking.verdict(found, texts, reveal=True, section_id=told.section_id)
    message = asking.verdict(found, texts, reveal=False)
    return Message((*message.parts, Text(f"-# {shown_later(told, texts)}")))


def shown_later(told: Told, texts: Texts) -> str:
    """Return when everybody will see the answers."""
    if told.reveal_at is None:
        return texts.gettext("The answers are shown later.")
    return texts.gettext("The answers are shown {when}.", when=when(told.reveal_at))


def practised(found: Verdict, section_id: str | None, texts: Texts) -> Message:
    """Return what somebody is told whose answer came too late to count."""
    late = Text("⏱ " + texts.gettext("Too late to count, but for practice:"))
    return Message(
        (late, *asking.verdict_parts(found, texts), *asking.verdict_buttons(found, texts, section_id=section_id))
    )


def results(found: Outcome, texts: Texts) -> tuple[Part, ...]:
    """Return the answers to a question and how people did, with what to press; for a message with more above it."""
    return (*_results(found, texts), *_onward(found, texts))


def written_at_once(question: Question, reveal_at: datetime | None, texts: Texts) -> str:
    """Return who sees what of an open question whose answers are shown at once to whoever has answered."""
    if question.points:
        told = texts.gettext("Once you have answered, you see the answer and grade yours by it.")
    else:
        told = texts.gettext("Once you have answered, you see the answer.")
    if reveal_at is None:
        return told
    return f"{told} {texts.gettext('Everybody sees all answers, with names, {when}.', when=when(reveal_at))}"


def _foot(work: Work, texts: Texts) -> str:
    reveal, is_open = Reveal.read(work.post.reveal), work.asked.question.kind is Kind.OPEN
    if reveal.at_once or work.reveal_at is None:
        if is_open:
            return written_at_once(work.asked.question, work.reveal_at, texts)
        return texts.gettext("You learn at once whether you are right, and nobody else does.")
    shown = _shown(reveal, work.reveal_at, texts)
    return f"{shown} {texts.gettext('Until then only you see yours, and can change it.')}" if is_open else shown


def _shown(reveal: Reveal, reveal_at: datetime, texts: Texts) -> str:
    shown = when(reveal_at)
    if reveal.kind is RevealKind.ANSWERS:
        return texts.ngettext(
            "The answers are shown after {n} answer, {when} at the latest.",
            "The answers are shown after {n} answers, {when} at the latest.",
            reveal.number,
            when=shown,
        )
    return texts.gettext("The answers are shown {when}.", when=shown)


def _link(found: Outcome, texts: Texts) -> str:
    text, post = beginning(found.asked.question), found.post
    if post.message_id is None:
        return text
    address = message_link(post.guild_id, post.channel_id, post.message_id)
    return f"{text} · [{texts.gettext('Go there')}]({address})"


def _results(found: Outcome, texts: Texts) -> tuple[Part, ...]:
    bars = "\n".join(_bars(found, texts))
    best = "\n".join(_best(found, texts))
    return (
        *((Text(bars),) if bars else ()),
        *asking.solution_parts(found.asked, texts, share=asking.TOGETHER),
        Text("\n".join(_news(found, texts))),
        *((Text(best),) if best else ()),
    )


def _bars(found: Outcome, texts: Texts) -> Iterator[str]:
    if found.asked.question.kind is Kind.TRUTH:
        labels = {TRUE: texts.gettext("True"), FALSE: texts.gettext("False")}
    else:
        labels = {choice: asking.LETTERS[place] for place, choice in enumerate(found.asked.shuffle)}
    if not found.chosen or not found.answers:
        return
    for choice, label in labels.items():
        count = found.chosen[choice]
        full = round(_BAR * count / found.answers)
        mark = " ✅" if choice in found.asked.question.right else ""
        yield f"**{label}** {'▰' * full}{'▱' * (_BAR - full)} {count}{mark}"


def _news(found: Outcome, texts: Texts) -> Iterator[str]:
    if not found.answers:
        yield texts.gettext("Nobody has answered.")
        return
    answers = texts.ngettext("{n} has answered", "{n} have answered", found.answers)
    # How many are right is not known of answers that their authors have yet to grade.
    right = "" if found.written and not found.right else " · " + texts.gettext("{right} right", right=found.right)
    yield answers + right
    if found.first and not found.written:
        yield "🥇 " + texts.gettext("First with the right answer: {name}", name=named(found.first))


def _best(found: Outcome, texts: Texts) -> Iterator[str]:
    if found.best:
        yield f"**{texts.gettext('Best answers')}**"
    for one in found.best:
        votes = texts.ngettext("{n} vote", "{n} votes", one.votes)
        name = named(one.name) if one.name else texts.gettext("somebody")
        yield f"> {named(one.text, _BEST)}\n> — {name} · {votes}"


def _onward(found: Outcome, texts: Texts) -> tuple[Part, ...]:
    round_id = found.asked.round_id
    own: list[Button] = []
    if found.written:
        label = texts.ngettext("Read {n} answer", "Read {n} answers", found.written)
        own.append(Button(f"💬 {label}", presses.read(round_id, 0), style="main"))
        if found.asked.question.points:
            own.append(Button("☑ " + texts.gettext("Grade my answer"), presses.grade(round_id), style="main"))
    if found.section_id:
        own.append(Button("📖 " + texts.gettext("Read on"), answering.read(found.section_id)))
    about_it = [Button(texts.gettext("Add to my reviews"), question_presses.keep(round_id))]
    if found.asked.question.kind is Kind.TYPED:
        about_it.insert(0, Button(texts.gettext("I was right"), question_presses.appeal(round_id)))
    about_it.append(Button("⚑ " + texts.gettext("Report"), question_presses.report(round_id)))
    return tuple(Buttons(tuple(row)) for row in (own, about_it) if row)
