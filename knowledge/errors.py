"""What can be wrong with notes, told so that a person can put it right.

A message is an English template with named places; it is also the key under which the catalogues of the bot hold
its Chinese form. So the first argument is always a literal, and what varies goes into the values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the notes, that does not stop the rest of them.

    Attributes:
        message: English template, such as ``"{suffix} is not a picture"``; the catalogue key.
        file: path below the notes root with ``/``; empty if the problem is not one file's.
        line: counted from 1; None if it is the whole file.
        values: what fills the places of the template, as pairs so that the problem stays hashable.
    """

    message: str
    file: str = ""
    line: int | None = None
    values: tuple[tuple[str, str | int], ...] = ()

    @property
    def where(self) -> str:
        """``file:line``, as far as there is one."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        sentence = self.message.format(**dict(self.values))
        return f"{self.where}: {sentence}" if self.where else sentence


class NotesError(Exception):
    """The notes, or a file of theirs, cannot be used at all; carries the problem to show."""

    def __init__(self, message: str, /, *, file: str = "", line: int | None = None, **values: str | int) -> None:
        self.problem = Problem(message, file, line, tuple(values.items()))
        super().__init__(str(self.problem))

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return the error that carries *problem*."""
        error = cls.__new__(cls)
        Exception.__init__(error, str(problem))
        error.problem = problem
        return error
