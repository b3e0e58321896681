"""What a message consists of: plain values that views turn into Discord's components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Discord Markdown; mentions in it are neutralised already."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, by its path below the notes root, or one that was *drawn*, by its name.

    Attributes:
        instead: Discord Markdown that says the same where the picture cannot be shown, empty if other parts do; None
            leaves a line that names it.
    """

    path: str
    alt: str = ""
    drawn: bool = False
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Separator:
    """A little room, with a thin *line* in it or without."""

    line: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to keep, such as an export; *name* is plain ASCII."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; *press* is its custom_id, see presses, or an https address if it is a *link*."""

    label: str
    press: str
    disabled: bool = False
    style: Literal["plain", "main", "good", "bad"] = "plain"
    link: bool = False


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
    """A select of 1 to 25 options, of which *least* to *most* are chosen."""

    press: str
    placeholder: str
    options: tuple[Option, ...]
    least: int = 1
    most: int = 1


Part = Text | Picture | Attachment | Separator | Buttons | Menu


@dataclass(frozen=True, slots=True)
class Message:
    """A message, from top to bottom; it holds every limit of Discord's."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TextField:
    """A line, or with *long* a text, to type. *key* names what was typed when the form comes back."""

    key: str
    label: str
    description: str = ""
    value: str = ""
    placeholder: str = ""
    long: bool = False
    required: bool = True
    most: int = 200


@dataclass(frozen=True, slots=True)
class PickField:
    """A select of 1 to 25 options; *chosen* are the values that are chosen already."""

    key: str
    label: str
    options: tuple[Option, ...]
    description: str = ""
    chosen: tuple[str, ...] = ()
    required: bool = True
    most: int = 1


@dataclass(frozen=True, slots=True)
class TickField:
    """1 to 10 boxes, of which any number is ticked."""

    key: str
    label: str
    options: tuple[Option, ...]
    description: str = ""
    chosen: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class PlaceField:
    """A channel to write in, or a role to mention; *chosen* is the id of the one that is chosen already."""

    key: str
    label: str
    kind: Literal["channel", "role"]
    description: str = ""
    chosen: int | None = None
    required: bool = True


Field = TextField | PickField | TickField | PlaceField


@dataclass(frozen=True, slots=True)
class Form:
    """A window with 1 to 5 fields; *press* is its custom_id, and what comes back is handled by who reads that id."""

    title: str
    press: str
    fields: tuple[Field, ...]
