"""What a channel is told when the notes have changed, and where that is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.i18n import Texts
from bot.render import asking_presses, limits
from bot.render import news_presses as presses
from bot.render.inline import code_span, escape
from bot.render.markdown import clean
from bot.render.maths import flat
from bot.render.parts import Button, Buttons, Message, Part, Text
from bot.render.settings import Finding, finding
from bot.services.news import SHOWN, Batch, Channel, Contents, News

_LONGEST_TITLE: Final = 80
_LONGEST_PLACE: Final = 50
_LONGEST_NAME: Final = 40


def told(contents: Contents, texts: Texts) -> Message:
    """Return the post: each topic with where it is, and a button that shows it to whoever presses."""
    topics = [topic for batch in contents.batches for topic in batch.topics]
    names = _Names(topics)
    heading = f"## 📚 {texts.gettext('New in the notes')}"
    parts: list[Part] = []
    for batch in contents.batches:
        lines = [*([heading, *_counted(contents, texts)] if not parts else []), *_batch(batch, names, texts)]
        parts += [Text("\n".join(lines)), *_rows([_button(one, names) for one in batch.topics])]
    if contents.more:
        parts.append(Text("-# " + texts.ngettext("and {n} more", "and {n} more", contents.more)))
    return Message(tuple(parts))


@dataclass(frozen=True, slots=True)
class Announced:
    """Where a group is told, and what the bot lacks there."""

    channel: Channel
    finding: Finding


def panel(found: Announced | None, texts: Texts, *, said: str = "") -> Message:
    """Return whether and where a group is told, with a button that ends it.

    Args:
        found: None if it is not told.
        texts: the reader's.
        said: what has just been done.
    """
    parts: list[Part] = [Text(f"✅ {said}")] if said else []
    lines = [f"## 📣 {texts.gettext('What is new in the notes')}", *_where(found, texts)]
    if found is None:
        return Message((*parts, Text("\n".join(lines))))
    coming = texts.gettext(
        "When topics are new or changed, I name up to {n} of them there, with buttons that open them, and count the "
        "others; once an hour at most. What was only moved or deleted is not told.",
        n=SHOWN,
    )
    stop = Button(texts.gettext("Stop announcing"), presses.stop(found.channel.channel_id), style="bad")
    return Message((*parts, Text("\n".join([*lines, f"-# {coming}"])), Buttons((stop,))))


def line(found: Announced | None, texts: Texts) -> str:
    """Return whether and where a group is told, among other lines."""
    return "📣 " + "\n".join(_where(found, texts))


def _where(found: Announced | None, texts: Texts) -> list[str]:
    if found is None:
        command = f"`{texts.command('notes announce')}`"
        how = texts.gettext("{command} with a channel switches it on.", command=command)
        return [texts.gettext("News about the notes is not posted anywhere."), f"-# {how}"]
    channel, since = f"<#{found.channel.channel_id}>", found.channel.since_at
    if since is None:
        said = texts.gettext("News about the notes is posted in {channel}.", channel=channel)
    else:
        when = f"<t:{int(since.timestamp())}:D>"
        said = texts.gettext("News about the notes is posted in {channel}, since {when}.", channel=channel, when=when)
    return [said] if found.finding.missing == () else [said, finding(found.finding, texts)]


class _Names:
    """How topics of a post are called: what two of them share does not tell them apart."""

    def __init__(self, topics: Sequence[News]) -> None:
        # Each once: formulas in it are read.
        self._plain = {text: flat(clean(text)) for one in topics for text in {one.title, one.note, one.above}}
        self._titles = Counter(map(self._title, topics))
        self._inside = Counter((self._title(one), one.file) for one in topics)
        self._notes = Counter(note for note, _ in {(self._plain[one.note], one.file) for one in topics})

    def label(self, one: News) -> str:
        """Return what the button of a topic says."""
        title, place = self._title(one), self._place(one) or _file(one)
        if self._titles[title] == 1 or not place:
            return limits.cut(title, limits.BUTTON_LABEL)
        return f"{limits.cut(title, limits.BUTTON_LABEL - _LONGEST_PLACE - 3)} · {place}"

    def line(self, one: News, texts: Texts) -> str:
        """Return what a topic is called, whether it is new, and where it is."""
        kind = texts.gettext("new") if one.new else texts.gettext("changed")
        place, file = escape(self._place(one)), _file(one)
        title = escape(limits.cut(self._title(one), _LONGEST_TITLE))
        return " · ".join(filter(None, (f"- **{title}**", kind, place or (code_span(file) if file else ""))))

    def _place(self, one: News) -> str:
        """Return the title of its note, and the heading above it where the note has two of its title.

        The title of the note is left out where it says no more than the topic, or is that of two notes.
        """
        note, above = self._plain[one.note], self._plain[one.above]
        if note == self._title(one) or self._notes[note] > 1:
            note = ""
        if self._inside[self._title(one), one.file] == 1 or above == note:
            return limits.cut(note, _LONGEST_PLACE)
        return limits.cut(" › ".join(filter(None, (limits.cut(note, _LONGEST_PLACE // 2), above))), _LONGEST_PLACE)

    def _title(self, one: News) -> str:
        return self._plain[one.title] or "—"


def _batch(batch: Batch, names: _Names, texts: Texts) -> Iterator[str]:
    if batch.collection:
        yield f"### {escape(limits.cut(clean(batch.collection), _LONGEST_NAME))}"
    yield from (names.line(one, texts) for one in batch.topics)
    if batch.more:
        yield "-# " + texts.ngettext("and {n} more", "and {n} more", batch.more)


def _counted(contents: Contents, texts: Texts) -> list[str]:
    """Return how much there is, where not all of it is named."""
    named = sum(len(batch.topics) for batch in contents.batches)
    if contents.new + contents.changed <= named:
        return []
    new = texts.ngettext("{n} new topic", "{n} new topics", contents.new)
    changed = texts.ngettext("{n} changed topic", "{n} changed topics", contents.changed)
    return ["-# " + " · ".join(said for said, n in ((new, contents.new), (changed, contents.changed)) if n)]


def _button(one: News, names: _Names) -> Button:
    return Button(names.label(one), asking_presses.read(one.section_id))


def _rows(buttons: Sequence[Button]) -> Iterator[Part]:
    for first in range(0, len(buttons), limits.ROW_BUTTONS):
        yield Buttons(tuple(buttons[first : first + limits.ROW_BUTTONS]))


def _file(one: News) -> str:
    """Return the file of a topic; of a long path the name."""
    file = " ".join(clean(one.file).split())
    if limits.characters(file) > _LONGEST_PLACE:
        file = f"…/{file.rpartition('/')[2]}"
    return limits.cut(file, _LONGEST_PLACE)
