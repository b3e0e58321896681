"""The tree of components in a message: how to walk it and what it weighs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = frozenset({3, 5, 6, 7, 8})
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
LAYOUT = frozenset({SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER})
LINK_STYLE = 5
BYTES_BESIDES_A_TEXT = 12


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield every component, nested ones and accessories included, in the order in which they are read."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        yield from walk([component[key] for key in ("component", "accessory") if component.get(key)])


def texts(components: list[Json]) -> list[str]:
    """Return what the text displays say, in order."""
    return [component["content"] for component in walk(components) if component["type"] == TEXT]


def weight_bytes(components: list[Json]) -> int:
    """Return what Discord weighs a layout by: UTF-8 bytes of all text and 12 for each text display."""
    return sum(len(text.encode()) + BYTES_BESIDES_A_TEXT for text in texts(components))


def media(components: list[Json]) -> Iterator[Json]:
    """Yield every ``{"url": ...}`` of galleries, thumbnails and files."""
    for component in walk(components):
        if component["type"] == GALLERY:
            yield from (item["media"] for item in component["items"])
        elif component["type"] == THUMBNAIL:
            yield component["media"]
        elif component["type"] == FILE:
            yield component["file"]
