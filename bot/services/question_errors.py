"""Refusals about a group's own questions, reports of questions and appeals."""

from __future__ import annotations

from bot.errors import N_, StudyError


class QuestionMovedError(StudyError):
    """Somebody decides about a question that is no longer as they have seen it."""

    def __init__(self) -> None:
        super().__init__(N_("This question has changed in the meantime. Look at it again before you decide."))


class NotYourQuestionError(StudyError):
    """Somebody wants to change a question that they may not change (any more)."""

    def __init__(self) -> None:
        super().__init__(
            N_("You can change your own questions until they are approved; after that those who manage the server can.")
        )


class TooManySuggestionsError(StudyError):
    """Somebody suggests more than anybody will look at."""

    def __init__(self, most: int) -> None:
        super().__init__(
            N_("{most} of your questions wait for a decision. Wait for one before you add more."), most=most
        )


class FormTooSmallError(StudyError):
    """A question does not fit into the fields of a form."""

    def __init__(self) -> None:
        super().__init__(
            N_("This question is too long for a form. Use /question export, change it in the file, and import that.")
        )


class DraftGoneError(StudyError):
    """A draft was kept for minutes, and they are over."""

    def __init__(self) -> None:
        super().__init__(N_("This is no longer kept. Start again."))


class FileTooLargeError(StudyError):
    """A file to be imported is larger than anybody types."""

    def __init__(self, limit: int) -> None:
        super().__init__(N_("The file is larger than {limit} MB. Split it."), limit=limit)


class FileChangedError(StudyError):
    """A file that was fine when it was looked at cannot be imported now."""

    def __init__(self) -> None:
        super().__init__(N_("This file can no longer be imported as it was shown. Import it again."))


class NothingToExportError(StudyError):
    """A group without questions of its own wants to take them along."""

    def __init__(self) -> None:
        super().__init__(N_("This group has no approved questions of its own yet."))


class NoAppealError(StudyError):
    """There is nothing about an answer that an appeal could change."""

    def __init__(self) -> None:
        super().__init__(N_("Only a typed answer that was marked wrong can be appealed."))
