"""What can be wrong with the database, told so that a person can put it right."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark *message* as a text of the catalogue and return it as it is."""
    return message


class StorageError(Exception):
    """The database cannot do what was asked; nothing of it was kept.

    Attributes:
        message: English template with named places; the catalogue key.
        values: what fills the places.
    """

    def __init__(self, message: str, /, **values: str | int) -> None:
        self.message = message
        self.values = values
        super().__init__(message.format(**values))
