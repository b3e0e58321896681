"""Somebody's score as pictures: points over the days with how much was right in each topic, and a year of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.errors import N_
from bot.i18n import Texts
from bot.render import limits
from bot.render.markdown import clean
from bot.render.maths import Draw
from bot.render.parts import Picture
from bot.services.scores import BEFORE, ENOUGH, LATELY, Score, TopicScore
from drawing import charts, heatmap, svg
from drawing.studio import Order

MONTHS: Final = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
WEEKDAYS: Final = (N_("Mon"), "", N_("Wed"), "", N_("Fri"), "", "")
_MOST_TICKS: Final = 7
_LEAST_DAYS: Final = 2
"""Days from which on there is a curve, or a year, to look at."""
_NAME: Final = 60
_TOPIC: Final = 60
_DAY: Final = timedelta(days=1)


def progress(found: Score, texts: Texts, *, draw: Draw, instead: str) -> Picture | None:
    """Return the card of points and topics; None if there is nothing to be seen on it, or none to be had. Blocks.

    Args:
        found: the score.
        texts: of the reader.
        draw: makes pictures.
        instead: what it tells of topics, as Discord Markdown.
    """
    card = progress_card(found, texts)
    drawn = draw(Order(charts.draw, (card.values(),), personal=True)) if _shows_progress(card) else None
    if drawn is None:
        return None
    gain = [(card.caption, card.gain)] if card.points else []
    told = [*gain, *((topic.name, topic.said) for topic in card.topics)]
    lines = [texts.gettext("{label}: {value}", label=label, value=value) for label, value in told]
    return Picture(drawn.name, _alt(lines, texts), drawn=True, instead=instead)


def year(found: Score, texts: Texts, *, draw: Draw) -> Picture | None:
    """Return the card of somebody's days; None if there are too few of them, or none is to be had. Blocks."""
    card = year_card(found, texts)
    drawn = draw(Order(heatmap.draw, (card.values(),), personal=True)) if _shows_year(card) else None
    return Picture(drawn.name, _alt([card.title, card.about], texts), drawn=True, instead="") if drawn else None


def is_bare(found: Score, texts: Texts) -> bool:
    """Return whether neither card would show anything yet."""
    return not _shows_progress(progress_card(found, texts)) and not _shows_year(year_card(found, texts))


def _shows_progress(card: charts.Progress) -> bool:
    """Return whether there is a curve or a bar on it."""
    return bool(card.points) or any(topic.share is not None for topic in card.topics)


def _shows_year(card: heatmap.Year) -> bool:
    """Return whether there are enough days on it."""
    return sum(map(bool, card.answered)) >= _LEAST_DAYS


def progress_card(found: Score, texts: Texts) -> charts.Progress:
    """Return what is to be drawn of somebody's points and topics."""
    points = _points(found)
    gained, total = sum(points), found.sums.points
    if sum(map(bool, points)) < _LEAST_DAYS:
        points = []
    accuracy = texts.gettext("{right} of {count} right", right=f"{_right(found):,}", count=f"{found.sums.answered:,}")
    about = texts.ngettext("{count} point", "{count} points", total, count=f"{total:,}")
    return charts.Progress(
        svg.clean(clean(found.whose.name))[:_NAME],
        f"{about} · {accuracy}",
        texts.ngettext("Points of the last {n} day", "Points of the last {n} days", len(points)),
        f"{gained:+,}",
        points,
        _ticks(found, len(points)),
        texts.gettext("Right answers by topic"),
        tuple(_topic(one, texts) for one in (*found.strong, *reversed(found.weak))),
    )


def year_card(found: Score, texts: Texts) -> heatmap.Year:
    """Return what is to be drawn of somebody's days."""
    answered = {one.day: one.answered for one in found.days if one.answered > 0}
    days = [found.today - number * _DAY for number in range(heatmap.days(found.today))]
    shown = [answered.get(day, 0) for day in reversed(days)]
    on = sum(map(bool, shown))
    return heatmap.Year(
        texts.ngettext("{n} day in a row", "{n} days in a row", found.streak.days),
        texts.ngettext("Answered on {n} day of the last year", "Answered on {n} days of the last year", on),
        shown,
        found.today.isoformat(),
        [texts.gettext(month) for month in MONTHS],
        [texts.gettext(weekday) if weekday else "" for weekday in WEEKDAYS],
        texts.gettext("less"),
        texts.gettext("more"),
    )


def _points(found: Score) -> list[int]:
    """Return the points of each day of the longer time of which the trend tells; of the shorter, if they lie in it."""
    oldest = found.today - (BEFORE - 1) * _DAY
    earned = {one.day: one.points for one in found.days if one.day >= oldest}
    count = BEFORE if min(earned, default=found.today) <= found.today - LATELY * _DAY else LATELY
    return [earned.get(found.today - number * _DAY, 0) for number in reversed(range(count))]


def _ticks(found: Score, days: int) -> tuple[tuple[int, str], ...]:
    """Return the days that are named below the curve: today, and those before it at equal distances."""
    step = max(-(-days // _MOST_TICKS), 1)
    named = range(days - 1, -1, -step)
    return tuple((number, f"{found.today - (days - 1 - number) * _DAY:%m-%d}") for number in reversed(named))


def _topic(one: TopicScore, texts: Texts) -> charts.Topic:
    name = svg.clean(clean(one.subject.name("zh" if texts.chinese else "en")))[:_TOPIC]
    right, count = min(max(one.sums.right, 0), one.sums.answered), one.sums.answered
    if count < ENOUGH:
        return charts.Topic(name, texts.gettext("{right} of {count} right", right=right, count=count))
    answers = texts.ngettext("{n} answer", "{n} answers", count)
    return charts.Topic(
        name, texts.gettext("{value} ({note})", value=f"{one.share * 100:.0f}%", note=answers), one.share
    )


def _right(found: Score) -> int:
    return min(max(found.sums.right, 0), found.sums.answered)


def _alt(told: Sequence[str], texts: Texts) -> str:
    return limits.cut(texts.gettext("; ").join(told), limits.ALT)
