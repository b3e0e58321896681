"""What those who manage a daily question see: how it stands, what the bot lacks, and windows to change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.i18n import Texts
from bot.render import daily_presses as presses
from bot.render import limits
from bot.render.daily_words import (
    DIFFICULTIES,
    LANGUAGES,
    POST_PROBLEMS,
    PROBLEMS,
    moment,
    named,
    plain,
    rule,
    when,
)
from bot.render.parts import (
    Button,
    Buttons,
    Field,
    Form,
    Message,
    Option,
    Part,
    PickField,
    PlaceField,
    Text,
    TextField,
    TickField,
)
from bot.render.settings import PERMISSIONS
from bot.services.reveals import OFFERED
from bot.services.streams import Overview, Stream
from knowledge.questions.bank import Topic, topic_key

CHANNEL: Final = "channel"
TIME: Final = "time"
ZONE: Final = "zone"
ROLE: Final = "role"
THREAD: Final = "thread"
TOPICS: Final = "topics"
DIFFICULTY: Final = "difficulty"
LANGUAGE: Final = "language"
REVEAL: Final = "reveal"
GENERATED: Final = "generated"
YES: Final = "yes"
_TOPICS_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """What the window of where and when begins with; None and empty where nothing is known.

    Attributes:
        name: of a daily question that is still to be made; the window does not show it.
    """

    channel_id: int | None
    time: str
    zone: str
    role_id: int | None = None
    thread: bool = False
    name: str = ""


def panel(found: Overview, missing: Sequence[str] | None, texts: Texts, *, said: str = "") -> Message:
    """Return how a daily question stands, with everything that can be done about it.

    Args:
        found: the daily question.
        missing: permissions that the bot lacks in its channel, by discord.py's names; None where it sees no channel.
        texts: the reader's.
        said: what has just been done.
    """
    lines = [f"## ☀️ {named(found.stream.name)}", *_lines(found, texts)]
    parts: list[Part] = [Text(f"✅ {said}")] if said else []
    parts.append(Text("\n".join(lines)))
    if troubles := [*_missing(found.stream, missing, texts), *_problems(found, texts)]:
        parts.append(Text("\n".join(troubles)))
    return Message((*parts, *_buttons(found, texts, complete=missing == ())))


def ending(stream: Stream, texts: Texts) -> Message:
    """Return the question whether a daily question is really to be ended."""
    told = texts.gettext(
        "End {name} for good? What it has asked stays in the history.", name=f"**{named(stream.name)}**"
    )
    buttons = (
        Button(texts.gettext("End it"), presses.stream(presses.OVER, stream.id), style="bad"),
        Button(texts.gettext("Back"), presses.stream(presses.PANEL, stream.id)),
    )
    return Message((Text(told), Buttons(buttons)))


def ended(texts: Texts) -> Message:
    """Return that a daily question is over."""
    return Message((Text(texts.gettext("It is ended. /daily setup starts another.")),))


def made(texts: Texts) -> str:
    """Return that a daily question is set up."""
    return texts.gettext("It is set up. A test post shows what it looks like.")


def test_sent(stream: Stream, texts: Texts) -> str:
    """Return that a test comes."""
    return texts.gettext("A test is on its way to {channel}.", channel=f"<#{stream.channel_id}>")


def on_its_way(stream: Stream, texts: Texts) -> Message:
    """Return that today's question comes."""
    told = texts.gettext("Today's question is on its way to {channel}.", channel=f"<#{stream.channel_id}>")
    return Message((Text(f"✅ {told}"),))


def skipped(at: datetime, texts: Texts) -> str:
    """Return which day is left out."""
    return texts.gettext("There will be no question on {when}.", when=moment(at))


def when_form(stream_id: int, draft: Draft, texts: Texts) -> Form:
    """Return the window of where and when; NEW in place of the id makes a daily question."""
    thread = (Option(texts.gettext("Open a thread under each question"), YES),)
    return Form(
        texts.gettext("Daily question: where and when"),
        presses.when(stream_id, draft.name),
        (
            PlaceField(CHANNEL, texts.gettext("Channel"), "channel", chosen=draft.channel_id),
            TextField(TIME, texts.gettext("Time of day"), texts.gettext("Such as 08:30"), value=draft.time, most=20),
            TextField(
                ZONE,
                texts.gettext("Time zone"),
                texts.gettext("A city, or a name such as Asia/Shanghai"),
                value=draft.zone,
                most=64,
            ),
            PlaceField(
                ROLE,
                texts.gettext("Role"),
                "role",
                texts.gettext("Mentioned with each question; empty: nobody"),
                chosen=draft.role_id,
                required=False,
            ),
            TickField(THREAD, texts.gettext("Thread"), thread, chosen=(YES,) if draft.thread else ()),
        ),
    )


def draft_of(stream: Stream) -> Draft:
    """Return what the window begins with where there is a daily question already."""
    return Draft(stream.channel_id, stream.post_at, stream.zone, stream.role_id, stream.thread)


def what_form(stream: Stream, topics: Sequence[Topic], texts: Texts) -> Form:
    """Return the window of what is asked, and when the answers are shown."""
    difficulties = tuple(Option(texts.gettext(name), str(number)) for number, name in enumerate(DIFFICULTIES))
    languages = tuple(Option(texts.gettext(name), tag) for tag, name in LANGUAGES.items())
    reveals = tuple(Option(rule(one, texts), str(one)) for one in OFFERED)
    generated = (Option(texts.gettext("Also ask questions that I made from the notes"), YES),)
    fields: list[Field] = [
        PickField(DIFFICULTY, texts.gettext("Difficulty"), difficulties, chosen=(str(stream.difficulty),)),
        PickField(LANGUAGE, texts.gettext("Language of the questions"), languages, chosen=(stream.language,)),
        PickField(REVEAL, texts.gettext("Answers are shown"), reveals, chosen=(stream.reveal,)),
        TickField(GENERATED, texts.gettext("Made questions"), generated, chosen=(YES,) if stream.generated else ()),
    ]
    options = _topic_options(stream, topics, texts)
    if options:
        hint = texts.gettext("Nothing chosen: all of them")
        label = texts.gettext("Topics")
        chosen = tuple(one.value for one in options if one.value in stream.topics)
        fields.insert(0, PickField(TOPICS, label, options, hint, chosen=chosen, required=False, most=len(options)))
    return Form(texts.gettext("Daily question: what is asked"), presses.what(stream.id), tuple(fields))


def missing_names(missing: Sequence[str], texts: Texts) -> str:
    """Return permissions as Discord's own settings call them."""
    return texts.listed(f"**{texts.gettext(PERMISSIONS.get(name, name))}**" for name in missing)


def _lines(found: Overview, texts: Texts) -> Iterator[str]:
    stream = found.stream
    there = texts.gettext("{zone}, where it is {time} now", zone=named(stream.zone), time=f"{found.now:%H:%M}")
    posted = texts.gettext("{value} ({note})", value=f"**{stream.post_at}**", note=there)
    yield f"📍 <#{stream.channel_id}> · ⏰ {posted}"
    extras = [texts.gettext("with a thread")] if stream.thread else []
    extras += [texts.gettext("mentions {role}", role=f"<@&{stream.role_id}>")] if stream.role_id else []
    if extras:
        yield f"🧵 {' · '.join(extras)}"
    asks = (
        _topics(stream, texts),
        texts.gettext(DIFFICULTIES[stream.difficulty]),
        texts.gettext(LANGUAGES.get(stream.language, LANGUAGES["any"])),
        *((texts.gettext("made questions too"),) if stream.generated else ()),
    )
    yield f"📚 {' · '.join(asks)}"
    yield f"👁 {texts.gettext('Answers: {rule}', rule=rule(found.reveal, texts))}"
    yield f"📦 {_stock(found, texts)}"
    if found.next_at is not None:
        coming = texts.gettext("{value} ({note})", value=moment(found.next_at), note=when(found.next_at))
        yield f"➡️ {texts.gettext('Next: {when}', when=coming)}"


def _topics(stream: Stream, texts: Texts) -> str:
    if not stream.topics:
        return texts.gettext("all topics")
    left = len(stream.topics) - _TOPICS_NAMED
    shown = texts.listed(map(named, stream.topics[:_TOPICS_NAMED]))
    return shown + (" " + texts.ngettext("and {n} more", "and {n} more", left) if left > 0 else "")


def _stock(found: Overview, texts: Texts) -> str:
    stock = texts.ngettext("{n} question", "{n} questions", found.questions)
    left = texts.gettext("{left} not asked yet", left=found.left)
    waiting = texts.gettext("{waiting} picked by hand", waiting=found.waiting)
    return " · ".join((stock, left, waiting) if found.waiting else (stock, left))


def _missing(stream: Stream, missing: Sequence[str] | None, texts: Texts) -> Iterator[str]:
    if missing is None:
        yield f"❌ <#{stream.channel_id}>: {texts.gettext('the channel is gone, or I cannot see it')}"
    elif missing:
        lacking = texts.gettext("missing {permissions}", permissions=missing_names(missing, texts))
        yield f"❌ <#{stream.channel_id}>: {lacking}"
        yield f"-# {texts.gettext('Channel settings → Permissions → my role, then press the button.')}"


def _problems(found: Overview, texts: Texts) -> Iterator[str]:
    if found.stream.paused:
        yield f"⏸ {texts.gettext(PROBLEMS.get(found.stream.paused, PROBLEMS['by_hand']))}"
    if not found.questions:
        yield "❌ " + texts.gettext("No question fits. Choose other topics, another difficulty or another language.")
    newest = found.newest
    if newest is not None and (problem := POST_PROBLEMS.get(newest.problem or "")):
        yield "⚠️ " + texts.gettext("{label}: {value}", label=str(newest.day), value=texts.gettext(problem))


def _buttons(found: Overview, texts: Texts, *, complete: bool) -> tuple[Part, ...]:
    stream_id = found.stream.id
    go_on = Button(texts.gettext("Resume"), presses.stream(presses.RESUME, stream_id), style="good")
    wait = Button(texts.gettext("Pause"), presses.stream(presses.PAUSE, stream_id))
    changing = (
        Button(texts.gettext("Where and when"), presses.stream(presses.ASK_WHEN, stream_id), style="main"),
        Button(texts.gettext("What is asked"), presses.stream(presses.ASK_WHAT, stream_id), style="main"),
        Button(texts.gettext("Test post"), presses.stream(presses.TEST, stream_id), disabled=not found.questions),
        Button(texts.gettext("Preview"), presses.stream(presses.PREVIEW, stream_id), disabled=not found.questions),
    )
    again = Button("🔁 " + texts.gettext("Check again"), presses.stream(presses.PANEL, stream_id))
    end = Button(texts.gettext("End"), presses.stream(presses.END, stream_id), style="bad")
    steering = (go_on if found.stream.paused else wait, *(() if complete else (again,)), end)
    return Buttons(changing), Buttons(steering)


def _topic_options(stream: Stream, topics: Sequence[Topic], texts: Texts) -> tuple[Option, ...]:
    """Return the topics to choose from: those chosen first, then those with the most questions."""
    counts = {topic_key(one.name): one.questions for one in topics}
    names = {topic_key(name): name for name in (*stream.topics, *(one.name for one in topics))}
    fitting = [(key, name) for key, name in names.items() if key and len(name) <= limits.OPTION_LABEL]
    return tuple(
        Option(plain(name), name, texts.ngettext("{n} question", "{n} questions", counts.get(key, 0)))
        for key, name in fitting[: limits.OPTIONS]
    )
