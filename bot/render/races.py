"""A race in a channel: its rules, its rounds, what became of them, and who has won."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import asking, limits, question_presses
from bot.render import asking_presses as presses
from bot.render import games_presses as moves
from bot.render.games import head, named
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Message, Part, Separator, Text
from bot.services import race_ends
from bot.services.points import WORTH
from bot.services.race_reports import Outcome, Placed, Quick, Race, Results
from bot.services.race_steps import MOST_UNANSWERED
from bot.services.races import Running, Skipping
from bot.services.rounds import Asked
from knowledge.questions.model import FALSE, TRUE, Kind

_MEDALS: Final[Mapping[int, str]] = MappingProxyType({1: "🥇", 2: "🥈", 3: "🥉"})
_LISTED: Final = 20
_NAME: Final = 32
_BAR: Final = 10
_ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        race_ends.STOPPED: N_("It was stopped before its end."),
        race_ends.UNANSWERED: N_("Nobody has answered for a while, so it ends here."),
        race_ends.RESTART: N_("I was away for too long to go on with it."),
        race_ends.FAILED: N_("I cannot go on with it here."),
    }
)


@dataclass(frozen=True, slots=True)
class Next:
    """What follows a reveal.

    Attributes:
        at: when the next question comes; None after the last.
        held: the race waits for somebody to let it go on.
    """

    at: datetime | None
    held: bool = False


def announcement(race: Race, texts: Texts, *, joined: int = 0, begins_at: datetime | None = None) -> Message:
    """Return the first message of a race: how it is played, and what to press until it begins; None is after that."""
    game = race.game
    title = texts.ngettext("Race: {n} question", "Race: {n} questions", len(race.rounds))
    lines = [f"## 🏁 {title}", texts.gettext("{host} has started it.", host=_host(race, texts))]
    if game.topic:
        lines.append(texts.gettext("Topic: {topic}", topic=named(game.topic)))
    lines += [f"- {rule}" for rule in _rules(race, texts)]
    if begins_at is None:
        return Message((Text("\n".join(lines)),))
    counted = texts.ngettext("{n} has joined", "{n} have joined", joined)
    lines.append(texts.gettext("Begins {when} · {joined}", when=when(begins_at), joined=f"**{counted}**"))
    buttons = (
        Button(texts.gettext("Join"), moves.join(game.id), style="good"),
        Button(texts.gettext("Begin now"), moves.go(game.id)),
        Button(texts.gettext("Stop"), moves.stop(game.id)),
    )
    return Message((Text("\n".join(lines)), Buttons(buttons)))


def question(race: Race, asked: Asked, texts: Texts, *, answered: int = 0) -> Message:
    """Return an open round, with how many have answered and nothing about what."""
    counted = texts.ngettext("{n} has answered", "{n} have answered", answered)
    closes = texts.gettext("Closes {when}", when=when(asked.closes_at)) if asked.closes_at else ""
    foot = " · ".join(part for part in (closes, f"**{counted}**", _worth(asked, texts)) if part)
    steering = (
        Button(texts.gettext("Skip"), moves.skip(asked.round_id)),
        Button(texts.gettext("Stop"), moves.stop(race.game.id)),
    )
    return Message(
        (
            head(asked, len(race.rounds), texts),
            *asking.question_parts(asked, texts),
            *asking.answer_controls(asked, texts),
            Text(f"⏳ {foot}"),
            Buttons(steering),
        )
    )


def reveal(race: Race, found: Outcome, texts: Texts, *, following: Next) -> Message:
    """Return a closed round: how the answers were distributed, what is right and why, and who was quickest."""
    parts: list[Part] = [
        head(found.asked, len(race.rounds), texts),
        *asking.question_parts(found.asked, texts, share=asking.TOGETHER),
        Separator(),
        *((Text("\n".join(bars)),) if found.answered and (bars := list(_bars(found, texts))) else ()),
        *asking.solution_parts(found.asked, texts, share=asking.TOGETHER),
        Text("\n".join(_news(found, texts))),
    ]
    if following.at is not None:
        parts.append(Text(_following(following.at, texts, held=following.held)))
    rows = (_steering(race, found, texts, following=following), _about(found, texts))
    return Message((*parts, *(Buttons(row) for row in rows if row)))


def final(found: Results, texts: Texts) -> Message:
    """Return the table at the end of a race."""
    lines = [f"## 🏁 {texts.gettext('The race is over')}"]
    lines += _ending(found, texts)
    lines += [_place(one, found.played, texts) for one in found.table[:_LISTED]]
    if (left := len(found.table) - _LISTED) > 0:
        lines.append("-# " + texts.ngettext("and {n} more", "and {n} more", left))
    if found.took_part == 1:
        lines.append(texts.gettext("Only one player took part, so nobody earns points by it."))
    elif not found.took_part and found.game.ending != race_ends.UNANSWERED:
        lines.append(texts.gettext("Nobody has answered."))
    return Message((Text("\n".join(lines)),))


def resumed(texts: Texts) -> Message:
    """Return that a race goes on after a restart."""
    return Message((Text("🔄 " + texts.gettext("I was restarted in the middle of this race. It goes on.")),))


def begun(count: int, texts: Texts) -> Message:
    """Return what whoever started a race is told."""
    said = texts.ngettext(
        "Your race of {n} question begins. You have joined it.",
        "Your race of {n} questions begins. You have joined it.",
        count,
    )
    return Message((Text(f"🏁 {said}"),))


def running(race: Running, texts: Texts) -> Message:
    """Return that the channel has a race, and the way there."""
    said = Text(texts.gettext("There is a race in this channel already. It has to end first."))
    if race.message_id is None:
        return Message((said,))
    address = f"https://discord.com/channels/{race.guild_id}/{race.channel_id}/{race.message_id}"
    return Message((said, Buttons((Button(texts.gettext("Go there"), address, link=True),))))


def joined(texts: Texts) -> Message:
    """Return what somebody who has joined is told."""
    return Message((Text(texts.gettext("You are in. Each question waits for you until its time is up.")),))


def stopped(texts: Texts) -> Message:
    """Return what whoever stopped a race is told."""
    return Message((Text(texts.gettext("The race is stopped.")),))


def done(texts: Texts) -> Message:
    """Return that what was asked for is done."""
    return Message((Text(texts.gettext("Done.")),))


def voted(found: Skipping, texts: Texts) -> Message:
    """Return how many want to skip."""
    said = texts.gettext("Votes to skip: {votes} of {needed}", votes=found.votes, needed=found.needed)
    return Message((Text(said),))


def when(instant: datetime) -> str:
    """Return an instant as Discord shows it, counting down."""
    return f"<t:{int(instant.timestamp())}:R>"


def _host(race: Race, texts: Texts) -> str:
    # Who has had their data deleted is left as a number below zero.
    return f"<@{race.game.host_id}>" if race.game.host_id > 0 else texts.gettext("somebody")


def _rules(race: Race, texts: Texts) -> Iterator[str]:
    yield texts.ngettext("{n} second for each question.", "{n} seconds for each question.", race.game.seconds or 0)
    yield texts.gettext("Everybody may play, also without joining. One answer each; the first one counts.")
    yield texts.gettext("Quick answers earn more, but a right one never earns less than half of its points.")
    yield texts.gettext("A question ends early when everybody who plays has answered.")
    yield texts.gettext("At least two have to play, or nobody earns points.")
    if len(race.rounds) >= MOST_UNANSWERED:
        yield texts.gettext("It ends by itself after {n} questions in a row without an answer.", n=MOST_UNANSWERED)


def _worth(asked: Asked, texts: Texts) -> str:
    most = WORTH[asked.question.difficulty]
    return texts.ngettext("up to {n} point", "up to {n} points", most)


def _bars(found: Outcome, texts: Texts) -> Iterator[str]:
    asked = found.asked
    match asked.question.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            labels = {choice: asking.LETTERS[place] for place, choice in enumerate(asked.shuffle)}
        case Kind.TRUTH:
            labels = {TRUE: texts.gettext("True"), FALSE: texts.gettext("False")}
        case _:
            yield from (f"- {escape(limits.cut(clean(text), _NAME)) or '—'} × {count}" for text, count in found.typed)
            return
    for choice, label in labels.items():
        count = found.picked.get(choice, 0)
        full = round(_BAR * count / found.answered)
        mark = " ✅" if choice in asked.question.right else ""
        yield f"**{label}** {'▰' * full}{'▱' * (_BAR - full)} {count}{mark}"


def _news(found: Outcome, texts: Texts) -> Iterator[str]:
    answered = texts.ngettext("{n} has answered", "{n} have answered", found.answered)
    right = texts.gettext("{right} right", right=found.right)
    yield f"{answered} · {right}" if found.answered else texts.gettext("Nobody has answered.")
    if found.quickest:
        quickest = " · ".join(_quick(one, texts) for one in found.quickest)
        yield "⚡ " + texts.gettext("Quickest: {names}", names=quickest)
    if found.leading:
        leading = " · ".join(f"{_name(one.name, texts)} {one.points}" for one in found.leading)
        yield "🏆 " + texts.gettext("Points so far: {names}", names=leading)
        if found.alone:
            yield "-# " + texts.gettext("They count only if somebody else plays, too.")


def _quick(one: Quick, texts: Texts) -> str:
    return texts.gettext("{name} ({seconds} s)", name=_name(one.name, texts), seconds=f"{one.took_ms / 1000:.1f}")


def _following(at: datetime, texts: Texts, *, held: bool) -> str:
    if held:
        return "⏸ " + texts.gettext("Paused. It goes on {when} at the latest.", when=when(at))
    return "-# " + texts.gettext("Next question: {when}", when=when(at))


def _steering(race: Race, found: Outcome, texts: Texts, *, following: Next) -> tuple[Button, ...]:
    buttons = [Button("📖 " + texts.gettext("Read on"), presses.read(found.section_id))] if found.section_id else []
    if following.at is not None:
        buttons.append(Button(texts.gettext("Next question") + " ▶", moves.go(race.game.id), style="main"))
        if not following.held:
            buttons.append(Button(texts.gettext("Pause"), moves.hold(race.game.id)))
        buttons.append(Button(texts.gettext("Stop"), moves.stop(race.game.id)))
    return tuple(buttons)


def _about(found: Outcome, texts: Texts) -> tuple[Button, ...]:
    """Return what everybody can do about a question that is over; appeal if somebody has typed what was not right."""
    round_id = found.asked.round_id
    wrong = found.asked.question.kind is Kind.TYPED and found.right < found.answered
    appeal = (Button(texts.gettext("I was right"), question_presses.appeal(round_id)),) if wrong else ()
    keep = Button(texts.gettext("Add to my reviews"), question_presses.keep(round_id))
    return (*appeal, keep, Button("⚑ " + texts.gettext("Report"), question_presses.report(round_id)))


def _ending(found: Results, texts: Texts) -> Iterator[str]:
    """Yield why a race is over, where that is not its last question, and what that means."""
    ending = found.game.ending or ""
    if ending in _ENDINGS:
        yield texts.gettext(_ENDINGS[ending])
    if found.cut_off:
        yield texts.gettext("The question that was still open does not count.")
    early = ending in {race_ends.STOPPED, race_ends.RESTART, race_ends.FAILED}
    if early and not found.void and found.table:
        yield texts.gettext("Points earned until then stay.")


def _ordinal(rank: int) -> str:
    return f"{rank}\\."  # with the point escaped: a list of Discord's would count 1, 2, 3, 4


def _place(one: Placed, played: int, texts: Texts) -> str:
    points = texts.ngettext("{n} point", "{n} points", one.points)
    right = texts.gettext("{right} of {count} right", right=one.right, count=played)
    medal = _MEDALS.get(one.rank) if one.points > 0 else None
    return f"{medal or _ordinal(one.rank)} **{_name(one.name, texts)}** {points} · {right}"


def _name(name: str, texts: Texts) -> str:
    return escape(limits.cut(clean(name), _NAME)) or texts.gettext("somebody")
