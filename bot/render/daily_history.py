"""Daily questions looked back at, and ahead: today's again, past ones, the next one, and those picked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import asking, turning
from bot.render import daily_presses as presses
from bot.render.daily import results, written_at_once
from bot.render.daily_words import POST_PROBLEMS, PROBLEMS, about, beginning, message_link, named, plain, rule, when
from bot.render.fitting import fitted
from bot.render.open_answers import own_controls, own_lines
from bot.render.parts import Button, Buttons, Menu, Message, Option, Part, Separator, Text
from bot.services.journal import HistoryPage, Outcome
from bot.services.lineup import Preview
from bot.services.open_answers import Own
from bot.services.reveals import Reveal
from bot.services.rotation import LOW
from bot.services.streams import Overview, Stream
from knowledge.questions.model import Kind, Question

_NONE_PICKED: Final = N_(
    "No question is picked, so the next ones come in shuffled order. To have a certain question asked first, add it "
    "with /daily queue: type a few of its words under question, and choose it."
)


def shown(found: Outcome, texts: Texts, own: Own | None = None) -> Message:
    """Return a question that was asked: with its answers if they are shown, else with what to press to answer it.

    Args:
        found: the question.
        texts: of whoever reads it.
        own: what they have written to it.
    """
    post = found.post
    title = Text(f"## ☀️ {named(found.stream.name)}\n-# {_day(post.day)} · {about(found.asked.question, texts)}")
    way = _way(found, texts)
    if found.revealed:
        question = asking.question_parts(found.asked, texts, share=asking.TOGETHER)
        written = (Text("\n".join(own_lines(own, texts))),) if own else ()
        return Message(fitted((title, *question, *written, Separator(), *results(found, texts), *way)))
    reveal = Reveal.read(post.reveal)
    foot = texts.gettext("Answers: {rule}", rule=rule(reveal, texts))
    if reveal.at_once and found.asked.question.kind is Kind.OPEN:
        foot = written_at_once(found.asked.question, post.reveal_at, texts)
    elif post.reveal_at is not None and not reveal.at_once:
        foot = texts.gettext("The answers are shown {when}.", when=when(post.reveal_at))
    question = asking.question_parts(found.asked, texts)
    return Message(fitted((title, *question, *_controls(found, own, texts), Text(f"-# {foot}"), *way)))


def nothing_yet(stream: Stream, texts: Texts) -> Message:
    """Return that a daily question has not asked anything so far."""
    said = texts.gettext("{name} has not asked anything yet.", name=f"**{named(stream.name)}**")
    coming = texts.gettext("Next: {when}", when=when(stream.next_at)) if stream.next_at else ""
    return Message((Text("\n".join(line for line in (said, coming) if line)),))


def for_managers(found: Overview, texts: Texts) -> tuple[Part, ...]:
    """Return what is wrong with a daily question and the way to mend it; nothing if all is well."""
    stream, newest = found.stream, found.newest
    lines = [f"⏸ {texts.gettext(PROBLEMS.get(stream.paused, PROBLEMS['by_hand']))}"] if stream.paused else []
    if newest is not None and (problem := POST_PROBLEMS.get(newest.problem or "")):
        told = texts.gettext("{label}: {value}", label=_day(newest.day), value=texts.gettext(problem))
        lines.append(f"⚠️ {told}")
    if found.questions and found.left <= LOW:
        lines.append("📦 " + texts.gettext("{left} not asked yet", left=found.left))
    if not lines:
        return ()
    buttons = [Button(texts.gettext("Settings"), presses.stream(presses.PANEL, stream.id))]
    if newest is not None and newest.state == "uncertain":
        buttons += doubt_buttons(newest.id, texts)
    return Separator(), Text("\n".join(lines)), Buttons(tuple(buttons))


def doubt_buttons(post_id: int, texts: Texts) -> tuple[Button, Button]:
    """Return what settles whether a question was posted."""
    return (
        Button(texts.gettext("Post again"), presses.post(presses.AGAIN, post_id), style="main"),
        Button(texts.gettext("It was posted"), presses.post(presses.POSTED, post_id)),
    )


def history(found: HistoryPage, texts: Texts) -> Message:
    """Return a page of past questions, to choose from."""
    title = f"## ☀️ {named(found.stream.name)}"
    if not found.posts:
        return Message((Text(title), Text(texts.gettext("Nothing was asked yet."))))
    lines = [f"**{_day(post.day)}** {beginning(question)}" for post, question in found.posts]
    options = tuple(
        Option(plain(f"{_day(post.day)} · {question.prompt}"), str(post.id), plain(question.topic))
        for post, question in found.posts
    )
    menu = Menu(presses.look(found.stream.id), texts.gettext("Open a question"), options)
    turns = turning.buttons(found.page, found.pages, lambda to: presses.history(found.stream.id, to), texts)
    turned = (Buttons(turns),) if turns else ()
    return Message((Text("\n".join([title, *lines])), menu, *turned))


def preview(found: Preview, texts: Texts) -> Message:
    """Return the question that comes next, for those who manage it."""
    question = found.asked.question
    head = f"## 👀 {texts.gettext('Next: {name}', name=named(found.stream.name))}\n-# {about(question, texts)}"
    origin = texts.gettext("Picked by hand.") if found.by_hand else ""
    left = texts.ngettext("After it {n} is left.", "After it {n} are left.", found.left)
    buttons = (
        Button(texts.gettext("Take another"), presses.other(found.stream.id, question.id)),
        Button(texts.gettext("Settings"), presses.stream(presses.PANEL, found.stream.id)),
    )
    return Message(
        fitted(
            (
                Text(head),
                *asking.question_parts(found.asked, texts, share=asking.TOGETHER),
                Separator(),
                *asking.solution_parts(found.asked, texts, share=asking.TOGETHER),
                Text(f"-# {' '.join(part for part in (origin, left) if part)}"),
                Buttons(buttons),
            )
        )
    )


def queue(stream: Stream, waiting: Sequence[Question], texts: Texts) -> Message:
    """Return the questions picked by hand, with a menu to take some out."""
    title = f"## 📥 {texts.gettext('Picked by hand: {name}', name=named(stream.name))}"
    if not waiting:
        return Message((Text(title), Text(texts.gettext(_NONE_PICKED))))
    lines = [f"{number}. {beginning(question)}" for number, question in enumerate(waiting, 1)]
    options = tuple(Option(plain(question.prompt), question.id, plain(question.topic)) for question in waiting)
    menu = Menu(presses.queue(stream.id), texts.gettext("Take out"), options, most=len(options))
    return Message((*fitted([Text("\n".join([title, *lines]))]), menu))


def _controls(found: Outcome, own: Own | None, texts: Texts) -> tuple[Part, ...]:
    if own is None:
        return asking.answer_controls(found.asked, texts)
    return Text("\n".join(own_lines(own, texts))), *own_controls(own, texts)


def _way(found: Outcome, texts: Texts) -> tuple[Part, ...]:
    post = found.post
    if post.message_id is None:
        return ()
    address = message_link(post.guild_id, post.channel_id, post.message_id)
    return (Buttons((Button(texts.gettext("Go there"), address, link=True),)),)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"
