"""From the bytes of a note to its text, whatever editor wrote them."""

from __future__ import annotations

import codecs
import unicodedata

from charset_normalizer import from_bytes

from knowledge.errors import NotesError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED_FROM = 65_536  # bytes; guessing takes much longer than decoding
_SURE = 0.1  # charset-normalizer's measure of mess, 0 to 1
_DAMAGED = 20  # a file with so many good UTF-8 characters for each bad byte is damaged UTF-8, not another encoding
_WHITESPACE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_TOLERATED = frozenset("\b\x1a\x1b\x7f")  # what terminals and old editors leave behind
_MADE_UP = frozenset({"Co", "Cn", "Cs"})


def decode(data: bytes, file: str) -> str:
    r"""Return the text of *data* without a byte order mark, its lines ended by ``\n``.

    In this order: what a byte order mark says, UTF-8, UTF-16 without a mark, GB18030 (which holds GBK and GB2312), and
    last what charset-normalizer is sure of.

    Args:
        data: the whole file.
        file: its name, for the error.

    Raises:
        NotesError: it is no text, is damaged, or is of an unknown encoding.
    """
    text = _marked(data, file)
    if text is None:
        text = _utf16(data) if b"\0" in data else _utf8(data, file)
    if text is None and b"\0" not in data:
        text = _legacy(data, file)
    if text is None or not _is_text(text):
        raise NotesError("This is not a text file. Save it as text, or leave it out with notes: exclude.", file=file)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marked(data: bytes, file: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                before = data[len(mark) : len(mark) + error.start].decode(encoding, "replace")
                raise _damaged(file, before.count("\n") + 1) from error
    return None


def _utf8(data: bytes, file: str) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        replaced = data.decode(errors="replace")
        bad = replaced.count("\ufffd")
        good = sum(not character.isascii() for character in replaced) - bad
        if good >= _DAMAGED * bad:
            raise _damaged(file, data.count(b"\n", 0, error.start) + 1) from error
        return None


def _damaged(file: str, line: int) -> NotesError:
    return NotesError("The text is damaged here. Open the file and save it again as UTF-8.", file=file, line=line)


def _utf16(data: bytes) -> str | None:
    """Decode UTF-16 without a mark: the upper half of its line feeds and spaces is 0, on one side only."""
    low_first = data[::2].count(0) <= data[1::2].count(0)
    try:
        text = data.decode("utf-16-le" if low_first else "utf-16-be")
    except UnicodeDecodeError:
        return None
    return text if _is_plausible(text) else None


def _legacy(data: bytes, file: str) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return _guessed(data, file)
    return text if _is_plausible(text) else _guessed(data, file)


def _guessed(data: bytes, file: str) -> str:
    sample = data[:_GUESSED_FROM]
    if len(data) > _GUESSED_FROM:  # cut at a line, or the last character may be half a one
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    guess = from_bytes(sample, threshold=_SURE).best()
    if guess is not None:
        try:
            text = data.decode(guess.encoding)
        except (UnicodeDecodeError, LookupError) as error:
            raise _unknown(file) from error
        if _is_plausible(text):
            return text
    raise _unknown(file)


def _unknown(file: str) -> NotesError:
    return NotesError("The encoding of this file is not known. Save it as UTF-8.", file=file)


def _is_text(text: str) -> bool:
    controls = {character for character in set(text) if unicodedata.category(character) == "Cc"}
    return controls <= _WHITESPACE | _TOLERATED


def _is_plausible(text: str) -> bool:
    """Tell whether a guess at the encoding gave no character that nobody writes."""
    return _is_text(text) and all(unicodedata.category(character) not in _MADE_UP for character in set(text))
