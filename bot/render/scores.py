"""Somebody's score: what they have reached, and where to go on in the notes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.i18n import Texts
from bot.render import asking_presses, boards, limits, score_cards
from bot.render import scores_presses as moves
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.maths import Draw, undrawn
from bot.render.parts import Button, Buttons, Message, Part, Separator, Text
from bot.services.boards import LEAST
from bot.services.periods import Period
from bot.services.scores import BEFORE, ENOUGH, LATELY, Score, Sums, TopicScore, share
from bot.services.streaks import Streak
from bot.services.subjects import key_of

_NAME = 50
_TOPIC = 60


def score(found: Score, texts: Texts, *, own: bool, draw: Draw = undrawn) -> Message:
    """Return a score; with buttons that lead on where it is the reader's *own*. Blocks while it is drawn."""
    head = Text(f"## {escape(limits.cut(clean(found.whose.name), _NAME)) or '—'}")
    if not found.sums.answered and not any(day.answered for day in found.days):
        return Message((head, Text(_nothing(found, texts, own=own))))
    parts: list[Part] = [head, Text("\n".join(_lines(found, texts)))]
    parts += _pictures(found, texts, draw)
    if own and score_cards.is_bare(found, texts):
        hint = texts.gettext("Answer on another day, too, and pictures show your points and your year here.")
        parts.append(Text(f"-# {hint}"))
    if found.weak:
        parts += [Separator(), Text(f"**{texts.gettext('Topics to work on')}**")]
        parts += _weak(found, texts, own=own)
    return Message(tuple(parts))


def _nothing(found: Score, texts: Texts, *, own: bool) -> str:
    """Return what is told of who has not answered, and how they begin."""
    if not own:
        return texts.gettext("No answers yet.")
    if not found.whose.guild_id:
        return texts.gettext("No answers yet. /quiz start asks questions from the notes.")
    return texts.gettext(
        "No answers yet. /quiz start asks questions from the notes at once; /daily show has today's question. Your "
        "points, your days in a row and your topics will stand here."
    )


def _pictures(found: Score, texts: Texts, draw: Draw) -> Iterator[Part]:
    """Yield what goes well as pictures; as text where there are none."""
    strong = _strong(found, texts)
    if progress := score_cards.progress(found, texts, draw=draw, instead=strong):
        yield progress
    elif strong:
        yield from (Separator(), Text(strong))
    if year := score_cards.year(found, texts, draw=draw):
        yield year


def _strong(found: Score, texts: Texts) -> str:
    lines = "\n".join(f"- {_topic(one, texts)}" for one in found.strong)
    return f"**{texts.gettext('Strong topics')}**\n{lines}" if lines else ""


def _lines(found: Score, texts: Texts) -> list[str]:
    points = texts.ngettext("{n} point", "{n} points", found.sums.points)
    lines = [f"**{points}** · {_accuracy(found.sums, texts)}", _streak(found.streak, texts)]
    if found.week:
        if found.week.ranked:
            place = texts.gettext("Rank {rank} of {count} this week", rank=found.week.rank, count=found.week.listed)
        else:
            place = texts.gettext("No rank this week yet")
        lines.append(f"🏆 {place} · {boards.gap(found.week, LEAST[Period.WEEK], texts)}")
    lines.append(f"📈 {_trend(found, texts)}")
    return lines


def _accuracy(sums: Sums, texts: Texts) -> str:
    """Return how much was right; as a share only where there is enough of it."""
    if not sums.answered:
        return texts.gettext("no answer graded yet")
    right = min(max(sums.right, 0), sums.answered)
    told = texts.gettext("{right} of {count} right", right=right, count=sums.answered)
    return texts.gettext("{value} ({note})", value=told, note=_percent(sums)) if sums.answered >= ENOUGH else told


def _percent(sums: Sums) -> str:
    return f"{share(sums) * 100:.0f}%"


def _streak(streak: Streak, texts: Texts) -> str:
    days = texts.ngettext("{n} day in a row", "{n} days in a row", streak.days)
    told = [f"🔥 {days}"]
    if streak.longest > streak.days:
        told.append(texts.gettext("the longest was {n}", n=streak.longest))
    if streak.freezes:
        told.append("❄️ " + texts.ngettext("{n} freeze", "{n} freezes", streak.freezes))
    if streak.days and not streak.today:
        told.append(texts.gettext("not answered today yet"))
    return " · ".join(told)


def _trend(found: Score, texts: Texts) -> str:
    spans = ((LATELY, found.lately), (BEFORE, found.before))
    told = " · ".join(_span(days, sums, texts) for days, sums in spans)
    told = f"{told} {_arrow(found)}".rstrip()
    if all(sums.answered >= ENOUGH for _, sums in spans):
        return told
    hint = texts.gettext("Once a span has {n} answers, it shows how many percent were right.", n=ENOUGH)
    return f"{told}\n-# {hint}"


def _span(days: int, sums: Sums, texts: Texts) -> str:
    name = texts.gettext("{days} days", days=days)
    count = texts.ngettext("{n} answer", "{n} answers", sums.answered)
    if sums.answered >= ENOUGH:
        count = texts.gettext("{value} ({note})", value=_percent(sums), note=count)
    return texts.gettext("{label}: {value}", label=name, value=count)


def _arrow(found: Score) -> str:
    """Return whether the last LATELY days went better or worse than those before them, up to BEFORE."""
    lately, both = found.lately, found.before
    before = Sums(both.answered - lately.answered, both.right - lately.right)
    if min(lately.answered, before.answered) < ENOUGH:
        return ""
    change = share(lately) - share(before)
    return "" if abs(change) < 0.02 else "⬆" if change > 0 else "⬇"


def _weak(found: Score, texts: Texts, *, own: bool) -> Iterator[Part]:
    read: set[str] = set()
    for one in found.weak:
        yield Text(f"- {_topic(one, texts)}")
        buttons = []
        # A message may not have two buttons that do the same.
        if own and one.section_id and one.section_id not in read:
            read.add(one.section_id)
            buttons.append(Button("📖 " + texts.gettext("Read on"), asking_presses.read(one.section_id)))
        if own and one.subject.playable:
            press = moves.quiz_on(key_of(min(one.subject.names)))
            buttons.append(Button("🎯 " + texts.gettext("Quiz me on this"), press))
        if buttons:
            yield Buttons(tuple(buttons))


def _topic(one: TopicScore, texts: Texts) -> str:
    name = escape(limits.cut(clean(one.subject.name("zh" if texts.chinese else "en")), _TOPIC)) or "—"
    return texts.gettext("{label}: {value}", label=name, value=_accuracy(one.sums, texts))
