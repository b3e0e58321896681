"""What a message consists of: plain values that views turn into Discord's components."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Discord Markdown; mentions in it are neutralised already."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, by its path below the notes root."""

    path: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Separator:
    """A thin line."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; *press* is its custom_id, see presses."""

    label: str
    press: str
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """One to five buttons beside each other."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A select of 1 to 25 options, of which one is chosen."""

    press: str
    placeholder: str
    options: tuple[Option, ...]


Part = Text | Picture | Separator | Buttons | Menu


@dataclass(frozen=True, slots=True)
class Message:
    """A message, from top to bottom; it holds every limit of Discord's."""

    parts: tuple[Part, ...]
