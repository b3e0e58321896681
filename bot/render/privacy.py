"""What /mydata says."""

from __future__ import annotations

from typing import Final

from bot.errors import N_, StudyError
from bot.i18n import Texts
from bot.render.parts import Attachment, Form, Message, Text, TextField
from bot.services.privacy import Export

DELETION: Final = "forget1"
"""The custom_id of the window that asks whether to delete."""
WORD: Final = "word"
_WORDS: Final = frozenset({"delete", "删除", "刪除"})


class NotConfirmedError(StudyError):
    """The window that asks whether to delete came back with another word."""

    def __init__(self) -> None:
        super().__init__(N_("Nothing was deleted: another word was typed."))


def exported(export: Export, texts: Texts) -> Message:
    """Return the file with everything."""
    if export.rows:
        told = texts.ngettext(
            "Here is all that I keep about you: {n} entry.",
            "Here is all that I keep about you: {n} entries.",
            export.rows,
        )
    else:
        told = texts.gettext("I keep nothing about you; the file is empty.")
    return Message((Text(told), Attachment(export.name, export.content)))


def confirmation(texts: Texts) -> Form:
    """Return the window that asks whether to delete."""
    word = texts.gettext("DELETE")
    field = TextField(
        key=WORD,
        label=texts.gettext("Type {word} to delete your data", word=word),
        description=texts.gettext("Answers, scores, streak, cards, settings: in all groups, and it cannot be undone."),
        placeholder=word,
        most=20,
    )
    return Form(texts.gettext("Delete everything about you?"), DELETION, (field,))


def require_confirmation(typed: str) -> None:
    """Pass if the word for deleting was typed, in whatever language.

    Raises:
        NotConfirmedError: it was another.
    """
    if typed.strip().casefold() not in _WORDS:
        raise NotConfirmedError


def deleted(texts: Texts) -> Message:
    """Return that it is done, and what stays."""
    return Message(
        (
            Text(
                texts.gettext(
                    "**Done: everything about you is deleted.** Your groups' totals stay as they were, under a number "
                    "that leads back to nobody. If you answer again, I begin from nothing."
                )
            ),
        )
    )


def hidden(now: bool, texts: Texts) -> Message:
    """Return whether somebody is on the boards now."""
    told = (
        texts.gettext("You are on no leaderboard any more, in no group. `/mydata hide` again puts you back.")
        if now
        else texts.gettext("You are on the leaderboards again. `/mydata hide` takes you off.")
    )
    return Message((Text(told),))
