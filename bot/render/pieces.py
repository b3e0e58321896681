"""What a passage is made of before it is cut into pages."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render.parts import Picture
from bot.render.tags import BREAK


@dataclass(frozen=True, slots=True)
class Prose:
    """Discord Markdown that may be cut between paragraphs, lines and sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code block; *body* without its fences."""

    body: str
    info: str = ""


Piece = Prose | Code | Picture


def fenced(code: Code) -> str:
    """Return *code* with its fences; backquotes inside cannot close them."""
    return f"```{code.info}\n{code.body}\n```"


def uncloseable(body: str) -> str:
    """Return *body* so that nothing in it closes the fences around it."""
    return body.replace("``", f"`{BREAK}`").strip("\n")


def is_visible(piece: Piece) -> bool:
    """Return whether there is anything to be seen."""
    match piece:
        case Prose(text) | Code(text):
            return bool(text.replace(BREAK, "").strip())
        case _:
            return True
