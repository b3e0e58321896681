"""The door to Pillow: makes a picture of the notes ready for a chat. Only called where hostile input is borne."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from PIL import Image, ImageOps, ImageStat

from drawing import metadata, raster, style, vector
from drawing.prints import Print
from knowledge.confined import Outcome

LONGEST_SIDE: Final = 4_096
"""Pixels; phones refuse to show more."""
MOST_PIXELS: Final = 50_000_000
"""That a header may promise: what is decoded fits the memory."""
_READ: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "DIB", "TIFF", "AVIF")
"""Nothing that starts programs (EPS), and nothing rare, whose readers nobody tests."""
_SHOWN: Final = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
_LOSSLESS: Final = frozenset({"PNG", "GIF", "BMP", "DIB", "TIFF"})
_ORIENTATION: Final = 0x0112
_DEEP: Final = ("I", "F")
_SHRUNK: Final = (1.0, 0.7, 0.5, 0.35, 0.2, 0.1)
_QUALITIES: Final = (90, 75)
_SQUARE, _SQUARES = 128, 4
_BOARD: Final = _SQUARE * _SQUARES
"""Pixels a side of what the size of a picture is guessed by: squares, as many across as down."""
_LARGEST_PROFILE: Final = 64 * 1024
_SAMPLE: Final = (64, 64)
_DARK, _LIGHT = 90, 190
_SEE_THROUGH: Final = 0.2
"""Share of a picture without ink from which on its ground is what one reads it on."""


class PhotoError(Exception):
    """The picture cannot be shown: it is none, promises too many pixels, or cannot be made small enough."""


def ready(data: bytes, limit_bytes: int) -> Outcome:
    """Return a packed Print of a picture file of any name; its width and height in pixels.

    It is upright, tells neither place nor device, is of a kind that a chat shows, and has at most *limit_bytes*
    and 4,096 pixels a side. What is all that already is not touched.

    Raises:
        PhotoError, VectorError, OSError: it cannot be shown.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _encoded(_drawn(data), limit_bytes, lossless=True, still=False)
    picture = _opened(data)
    animated = bool(getattr(picture, "is_animated", False)) and picture.format != "MPO"
    if _fits(picture, animated=animated):
        bare = metadata.without(data, picture.format or "")
        if len(bare) <= limit_bytes:
            content = b"" if bare == data else bare
            return Outcome(list(picture.size), Print(_SHOWN[picture.format or ""], content=content).pack())
    lossless = picture.format in _LOSSLESS
    return _encoded(_upright(picture), limit_bytes, lossless=lossless, still=animated)


def _opened(data: bytes) -> Image.Image:
    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # it would only warn: the bound below is an error
    picture = Image.open(io.BytesIO(data), formats=_READ)
    if picture.width * picture.height > MOST_PIXELS:
        raise PhotoError("too many pixels")
    return picture


def _fits(picture: Image.Image, *, animated: bool) -> bool:
    """Tell whether the picture can stay as it is but for what its file tells besides."""
    if picture.format not in _SHOWN or max(picture.size) > LONGEST_SIDE:
        return False
    if animated:
        return True
    if picture.mode == "CMYK" or picture.mode.startswith(_DEEP) or _orientation(picture) != 1:
        return False
    return not picture.has_transparency_data or _ground(picture) is None


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except (ValueError, TypeError, OSError, SyntaxError, struct.error, KeyError):
        return 1  # what cannot be read turns nothing


def _upright(picture: Image.Image) -> Image.Image:
    """Return the first frame, turned as it is to be seen, in 8 bits, on a ground where it needs one."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = picture if _orientation(picture) == 1 else ImageOps.exif_transpose(picture)
    plain = _in_eight_bits(turned)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    return _on_ground(plain, _ground(plain))


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(_DEEP):
        deep = picture if picture.mode == "F" else picture.convert("I")
        low, high = deep.getextrema()
        if picture.mode.startswith("I;16"):
            low, high = 0, 65_535
        scale = 255.0 / (float(high) - float(low) or 1.0)  # type: ignore[arg-type]  # one band: two numbers
        offset = -float(low) * scale  # type: ignore[arg-type]
        return deep.point(lambda value: value * scale + offset).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")


def _ground(picture: Image.Image) -> str | None:
    """Return the colour of the ground that a picture needs to be read on every theme; None if it brings its own.

    Black ink without a ground cannot be seen on a dark one, white ink not on a light one.
    """
    if not picture.has_transparency_data:
        return None
    sample = picture.convert("RGBA")
    sample.thumbnail(_SAMPLE)
    ink = sample.getchannel("A").point(lambda value: 255 if value > 32 else 0)
    covered = ImageStat.Stat(ink).mean[0] / 255
    if not 0 < covered < 1 - _SEE_THROUGH:
        return None
    lightness = ImageStat.Stat(sample.convert("RGB").convert("L"), ink).mean[0]
    if lightness < _DARK:
        return "white"
    return style.GROUND if lightness > _LIGHT else None


def _on_ground(picture: Image.Image, colour: str | None) -> Image.Image:
    if colour is None:
        return picture
    ground = Image.new("RGB", picture.size, colour)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _drawn(data: bytes) -> Image.Image:
    svg, width, height = vector.safe(data)
    drawn = Image.open(io.BytesIO(raster.png(svg, width, height, system_fonts="<text" in svg or ":text" in svg)))
    # Drawings are made for paper, where nothing says otherwise.
    return _on_ground(drawn.convert("RGBA"), _ground(drawn) or "white")


def _encoded(picture: Image.Image, limit_bytes: int, *, lossless: bool, still: bool) -> Outcome:
    profile = picture.info.get("icc_profile") or b""
    if picture.mode != "RGB" or len(profile) > _LARGEST_PROFILE:
        profile = b""
    picture.info.clear()  # Pillow would save what it holds, such as a comment, without being told
    forms = [(form, _likely_bytes(picture, form)) for form in _forms(picture, profile, lossless=lossless)]
    for scale in _SHRUNK:
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        small = size[0] * size[1] <= _BOARD**2  # found out soon enough
        hopeful = [form for form, likely in forms if small or likely * scale**2 <= limit_bytes * form.doubt]
        shrunk = picture.resize(size, reducing_gap=2.0) if hopeful and scale < 1 else picture
        for form in hopeful:
            content = _saved(shrunk, form)
            if len(content) <= limit_bytes:
                return Outcome(list(size), Print(form.suffix, still, content).pack())
    raise PhotoError("cannot be made small enough")


@dataclass(frozen=True, slots=True)
class _Form:
    """A kind of file, and how a picture is packed into it.

    Attributes:
        doubt: by how much a guess of its bytes may be above the limit for it to be tried all the same.
    """

    kind: str
    suffix: str
    how: Mapping[str, object]
    doubt: float = 1.3


def _forms(picture: Image.Image, profile: bytes, *, lossless: bool) -> Sequence[_Form]:
    """Return what a picture may be saved as, the best first."""
    # A large photo as a PNG takes seconds.
    best = [_Form("PNG", ".png", {"icc_profile": profile}, doubt=1)] if lossless else []
    if picture.mode == "RGBA":
        # More effort takes twice the time, for a hundredth of the bytes.
        return best + [_Form("WEBP", ".webp", {"quality": quality, "method": 1}) for quality in _QUALITIES]
    return best + [_Form("JPEG", ".jpg", {"quality": quality, "icc_profile": profile}) for quality in _QUALITIES]


def _likely_bytes(picture: Image.Image, form: _Form) -> float:
    """Return about how many bytes a large picture takes, by squares from all over it."""
    if picture.width * picture.height <= _BOARD**2:
        return 0.0
    board = Image.new(picture.mode, (_BOARD, _BOARD))
    for column, row in product(range(_SQUARES), repeat=2):
        x = (picture.width - _SQUARE) * column // (_SQUARES - 1)
        y = (picture.height - _SQUARE) * row // (_SQUARES - 1)
        board.paste(picture.crop((x, y, x + _SQUARE, y + _SQUARE)), (column * _SQUARE, row * _SQUARE))
    bare = replace(form, how={**form.how, "icc_profile": b""})
    return len(_saved(board, bare)) * picture.width * picture.height / _BOARD**2


def _saved(picture: Image.Image, form: _Form) -> bytes:
    into = io.BytesIO()
    picture.save(into, form.kind, **form.how)
    return into.getvalue()
