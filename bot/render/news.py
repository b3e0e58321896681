"""What a channel is told when the notes have changed, and where that is set."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Texts
from bot.render import asking_presses, limits
from bot.render import news_presses as presses
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.maths import flat
from bot.render.parts import Button, Buttons, Message, Part, Text
from bot.render.settings import Finding, finding
from bot.services.news import SHOWN, Channel, News, Told


def told(news: Told, texts: Texts) -> Message:
    """Return the post: each topic with a button that shows it to whoever presses."""
    lines = [f"## 📚 {texts.gettext('New in the notes')}", *(_line(one, texts) for one in news.topics)]
    if news.more:
        lines.append("-# " + texts.ngettext("and {n} more", "and {n} more", news.more))
    buttons = [
        Button(limits.cut(_title(one), limits.BUTTON_LABEL), asking_presses.read(one.section_id)) for one in news.topics
    ]
    row = limits.ROW_BUTTONS
    rows: list[Part] = [Buttons(tuple(buttons[first : first + row])) for first in range(0, len(buttons), row)]
    return Message((Text("\n".join(lines)), *rows))


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
        command = f"`{texts.command('notes announce')}`"
        lines.append(texts.gettext("{command} with a channel switches it on.", command=command))
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
    first, *others = _where(found, texts)
    how = "" if found else f" · `{texts.command('notes announce')}`"
    return "\n".join([f"📣 {first}{how}", *others])


def _where(found: Announced | None, texts: Texts) -> list[str]:
    if found is None:
        return [texts.gettext("What is new is posted nowhere.")]
    channel, since = f"<#{found.channel.channel_id}>", found.channel.since_at
    if since is None:
        said = texts.gettext("What is new is posted in {channel}.", channel=channel)
    else:
        when = f"<t:{int(since.timestamp())}:D>"
        said = texts.gettext("What is new is posted in {channel}, since {when}.", channel=channel, when=when)
    return [said] if found.finding.missing == () else [said, finding(found.finding, texts)]


def _line(one: News, texts: Texts) -> str:
    kind = texts.gettext("new") if one.new else texts.gettext("changed")
    return f"- **{escape(limits.cut(_title(one), 150))}** · {kind}"


def _title(one: News) -> str:
    return flat(clean(one.title)) or "—"
