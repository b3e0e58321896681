"""What a channel is told about questions. The reason of a rejection is for its author alone."""

from __future__ import annotations

from bot.i18n import Texts
from bot.render import authoring_presses as presses
from bot.render import question_words as words
from bot.render.parts import Button, Buttons, Message, Text
from bot.services.announcing import News
from bot.services.appeals import APPEAL
from bot.services.entries import State
from bot.services.reports import REPORT


def announcement(news: News, texts: Texts) -> Message:
    """Return the message; what its button shows, it shows to those alone who may see it."""
    kind = news.announcement.kind
    if kind == REPORT:
        look = Button(texts.gettext("Look at it"), presses.reports(0))
        return Message((Text("⚑ " + texts.gettext("Somebody has reported a question.")), Buttons((look,))))
    if kind == APPEAL:
        look = Button(texts.gettext("Look at it"), presses.appeals(0))
        return Message((Text(texts.gettext("Somebody says that their answer was right.")), Buttons((look,))))
    return _decided(news, texts)


def _decided(news: News, texts: Texts) -> Message:
    who = f"<@{news.author_id}>" if news.author_id else texts.gettext("Somebody")
    if news.announcement.kind == State.APPROVED:
        told = texts.gettext("✅ {who}, your question #{number} was approved. Thank you!", who=who, number=news.number)
        prompt = f"\n> {words.short(news.question.prompt, 200)}" if news.question else ""
    else:
        told = texts.gettext("{who}, your question #{number} was looked at.", who=who, number=news.number)
        prompt = ""
    look = Button(texts.gettext("Look at it"), presses.show(news.announcement.question_id))
    return Message((Text(told + prompt), Buttons((look,))))
