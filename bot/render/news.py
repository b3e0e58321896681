"""What a channel is told when the notes have changed, and where that is set."""

from __future__ import annotations

from bot.i18n import Texts
from bot.render import asking_presses as presses
from bot.render import limits
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.maths import flat
from bot.render.parts import Button, Buttons, Message, Part, Text
from bot.services.news import News, Told


def told(news: Told, texts: Texts) -> Message:
    """Return the post: each topic with a button that shows it to whoever presses."""
    lines = [f"## 📚 {texts.gettext('New in the notes')}", *(_line(one, texts) for one in news.topics)]
    if news.more:
        lines.append("-# " + texts.ngettext("and {n} more", "and {n} more", news.more))
    buttons = [
        Button(limits.cut(_title(one), limits.BUTTON_LABEL), presses.read(one.section_id)) for one in news.topics
    ]
    row = limits.ROW_BUTTONS
    rows: list[Part] = [Buttons(tuple(buttons[first : first + row])) for first in range(0, len(buttons), row)]
    return Message((Text("\n".join(lines)), *rows))


def chosen(channel_id: int | None, texts: Texts) -> Message:
    """Return that a group is told in a channel, or no more."""
    if channel_id is None:
        return Message((Text(texts.gettext("I no longer say what is new in the notes.")),))
    text = texts.gettext(
        "I will say in {channel} what is new in the notes, once an hour at most.", channel=f"<#{channel_id}>"
    )
    return Message((Text(text),))


def _line(one: News, texts: Texts) -> str:
    kind = texts.gettext("new") if one.new else texts.gettext("changed")
    return f"- **{escape(limits.cut(_title(one), 150))}** · {kind}"


def _title(one: News) -> str:
    return flat(clean(one.title)) or "—"
