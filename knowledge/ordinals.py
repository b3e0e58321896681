"""The number that a heading begins with, however a language writes it: ``4.1``, ``四、``, ``IV.``, ``问题 4：``."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_WORD: Final = r"(?:第|问题|[Qq]uestion|[Cc]hapter|[Ss]ection|[Pp]art|[Ss]tep|[Qq](?=\s*\d))?\s*[(（]?\s*"
_ARABIC: Final = re.compile(_WORD + r"(\d+(?:\.\d+)*)(?:\s*[)）.、．:：章节部讲步]+|(?=\s)|$)\s*")
_CHINESE: Final = re.compile(_WORD + r"([一二三四五六七八九十]{1,3})\s*[)）.、．:：章节部讲步]+\s*")
_ROMAN: Final = re.compile(_WORD + r"([IVX]{1,6})\s*[).、．:：]\s*")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10}


def ordinal(heading: str) -> tuple[str, str]:
    """Return the number in Arabic digits, empty if there is none, and the heading without it."""
    heading = heading.strip()
    if found := _ARABIC.match(heading):
        number = ".".join(str(int(part)) for part in found[1].split(".")) if len(found[1]) < 20 else ""
    elif found := _CHINESE.match(heading):
        number = _chinese(found[1])
    elif found := _ROMAN.match(heading):
        number = str(_roman(found[1]))
    else:
        return "", heading
    return number, heading[found.end() :] or heading


def _chinese(text: str) -> str:
    """Return 1 to 99 as digits; of what is no number nothing."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return ""
    value = (_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    return str(value + (_DIGITS.index(ones) if ones else 0))


def _roman(text: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in text]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))
