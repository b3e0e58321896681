"""What can be wrong with the configuration, told so that a person can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong setting.

    Attributes:
        message: English template with named places; the catalogue key.
        where: ``studybot.yaml:3`` or the name of an environment variable.
        values: what fills the places of the template.
    """

    message: str
    where: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.message.format(**dict(self.values))}"


class ConfigError(Exception):
    """The configuration cannot be used; carries every fault that was found, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def refusal(message: str, where: str, /, **values: str | int) -> ConfigError:
    """Return the error of a single fault."""
    return ConfigError([Fault(message, where, tuple(values.items()))])
