"""Refusals that a person is meant to read; told in English here and translated once, where they are shown."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark *message* as a text of the catalogue and return it as it is."""
    return message


class StudyError(Exception):
    """Something that the person who asked is told in one sentence.

    Attributes:
        message: English template with named places, such as ``"{name} is not a folder"``; the catalogue key.
        values: what fills the places.
    """

    def __init__(self, message: str, /, **values: str | int) -> None:
        self.message = message
        self.values = values
        super().__init__(message.format(**values))


class NotesLoadingError(StudyError):
    """The notes have not been read yet."""

    def __init__(self) -> None:
        super().__init__(N_("The notes are still being read. Try again in a moment."))


class SectionGoneError(StudyError):
    """A button or a completion leads to a section that no longer exists."""

    def __init__(self) -> None:
        super().__init__(N_("This is no longer in the notes. Look for it again with /explain."))


class TopicGoneError(StudyError):
    """A category or note of /topics no longer exists."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such topic in the notes (any more). /topics shows what there is."))


class NoTextError(StudyError):
    """A message that is to be explained has no words."""

    def __init__(self) -> None:
        super().__init__(N_("This message has no text that could be explained."))


class HereRefusedError(StudyError):
    """A command that changes something was used where nobody manages the bot."""

    def __init__(self) -> None:
        super().__init__(N_("This works only in a server to which the bot was added."))


class TooFastError(StudyError):
    """Somebody asks for too much at once."""

    def __init__(self, seconds: int) -> None:
        super().__init__(N_("Too many requests. Try again in {seconds} s."), seconds=seconds)


class RoundGoneError(StudyError):
    """A button belongs to a question that no longer exists, or never did in this group."""

    def __init__(self) -> None:
        super().__init__(N_("This question is no longer here."))


class RoundClosedError(StudyError):
    """An answer comes after the end."""

    def __init__(self) -> None:
        super().__init__(N_("This question is closed; your answer came too late to count."))


class NotYoursError(StudyError):
    """Somebody presses a button of somebody else's quiz."""

    def __init__(self) -> None:
        super().__init__(N_("This quiz is somebody else's. Start your own with /quiz start."))


class NotAnOrderError(StudyError):
    """Letters that were to be put in order are not each there once."""

    def __init__(self, letters: str) -> None:
        super().__init__(N_("Type each of these letters once, in the right order: {letters}"), letters=letters)


class NoCardsError(StudyError):
    """Somebody without cards wants to take them along."""

    def __init__(self) -> None:
        super().__init__(N_("You have no cards yet. Questions that you get wrong become cards."))
