"""SVG that others wrote, made safe to be drawn: it loads nothing, runs nothing, and has a size that fits a chat.

resvg reads any file that an absolute address names, which the notes' author could so have shown: no address is left.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from drawing import entities
from drawing.entities import EntityError
from drawing.raster import LONGEST_SVG

LONGEST_SIDE: Final = 2_000
"""Pixels."""
_ENLARGED: Final = 2.0
"""For screens that show two pixels for one."""
_USUAL: Final = (300.0, 150.0)
"""What browsers take where an SVG has no size."""
_SVG: Final = "{http://www.w3.org/2000/svg}svg"
_LEFT_OUT: Final = frozenset({"script", "foreignObject", "iframe", "audio", "video", "handler", "listener"})
_WITH_DATA: Final = frozenset({"image", "feImage"})
_DATA: Final = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_OUTWARD: Final = re.compile(r"url\(\s*['\"]?\s*(?!#|['\"#])", re.IGNORECASE)
_IMPORT: Final = re.compile(r"@import[^;]*;?|@font-face\s*\{[^}]*\}", re.IGNORECASE)
_FONT: Final = re.compile(r"font(?:-family)?\s*:[^;}]*;?", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*([a-z]*|%)\s*")
_PIXELS: Final[Mapping[str, float]] = MappingProxyType(
    {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16, "ex": 8}
)


class VectorError(Exception):
    """The SVG is not drawn: it is none, is too long, or has no size."""


def safe(data: bytes) -> tuple[str, int, int]:
    """Return an SVG that shows what is in *data* itself, and its width and height in pixels.

    Its letters are set in our own font, whatever it asks for: one that is not there would draw nothing.

    Raises:
        VectorError
    """
    text = data.decode("utf-8-sig", "replace")
    if len(text) > LONGEST_SVG:
        raise VectorError("too long")
    try:
        root = ET.fromstring(entities.put_in(text, LONGEST_SVG))  # noqa: S314 - entities are none of the parser's
    except (ET.ParseError, EntityError) as error:
        raise VectorError(str(error)) from None
    if root.tag != _SVG:
        raise VectorError("no SVG")
    for element in list(root.iter()):
        _clean(element)
    width, height = _measured(root)
    try:
        return ET.tostring(root, "unicode"), width, height
    except RecursionError:
        raise VectorError("nested too deeply") from None


def _clean(element: ET.Element) -> None:
    for child in list(element):
        if _local(child.tag) in _LEFT_OUT:
            element.remove(child)
    for name, value in list(element.attrib.items()):
        kept = _kept(_local(element.tag), _local(name), value)
        if kept is None:
            del element.attrib[name]
        else:
            element.set(name, kept)
    if _local(element.tag) == "style" and element.text:
        element.text = _OUTWARD.sub("url(#", _FONT.sub("", _IMPORT.sub("", element.text)))


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value as it may stay; None if it may not."""
    if name.startswith("on") or name in {"font-family", "font", "base", "src"}:
        return None
    if name == "href":
        return value if value.startswith("#") or (tag in _WITH_DATA and _DATA.match(value)) else None
    if _OUTWARD.search(value):
        return None
    return _FONT.sub("", value) if name == "style" else value


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _measured(root: ET.Element) -> tuple[int, int]:
    """Give *root* the size in pixels that it is drawn in, and return it."""
    view = _numbers(root.get("viewBox", ""))
    width, height = _size(root, view)
    if not all(math.isfinite(side) and side > 0 for side in (width, height)):
        raise VectorError("no size")
    if view is None:
        root.set("viewBox", f"0 0 {width} {height}")
    scale = min(LONGEST_SIDE / max(width, height), _ENLARGED)
    pixels = max(1, round(width * scale)), max(1, round(height * scale))
    root.set("width", str(pixels[0]))
    root.set("height", str(pixels[1]))
    return pixels


def _size(root: ET.Element, view: tuple[float, ...] | None) -> tuple[float, float]:
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    if width is not None and height is not None:
        return width, height
    across, down = view[2:] if view else _USUAL
    if not across > 0 < down:
        raise VectorError("no size")
    if width is not None:
        return width, width * down / across
    return (height * across / down, height) if height is not None else (across, down)


def _numbers(text: str) -> tuple[float, ...] | None:
    try:
        numbers = tuple(map(float, text.replace(",", " ").split()))
    except ValueError:
        return None
    return numbers if len(numbers) == 4 else None


def _length(text: str) -> float | None:
    """Return a length in pixels; None for none, and for a share of what is around it."""
    found = _LENGTH.fullmatch(text.lower())
    if found is None or found[2] not in _PIXELS:
        return None
    try:
        return float(found[1]) * _PIXELS[found[2]]
    except ValueError:
        return None
