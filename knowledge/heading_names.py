"""What a heading says its section is about, so that whoever asks for just that is led there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.glossary import name_key
from knowledge.mining import plain_heading
from knowledge.text import fold

_NAME_AND_GLOSS = re.compile(r"([^()（）]{1,60})[(（]([^()（）]{1,60})[)）]\s*")
# A heading that announces the section in which a subject is explained from the start.
_INTRODUCTION = re.compile(
    r"(?:(?:an?\s+|the\s+)?(?:brief\s+|short\s+|quick\s+)?(?:overview\s+of|introduction\s+to)|what\s+(?:is|are)|什么是)\s*"
    r"(?:an?\s+|the\s+)?(?P<first>.{1,80}?)[?？]?"
    r"|(?P<last>.{1,80}?)[\s:：]*(?:overview|introduction|basics|的?(?:概述|简介|介绍|概览|是什么))[?？]?",
    re.IGNORECASE,
)
# Where two subjects part: not inside TCP/IP, 与非门 or 调和平均数.
_AND = re.compile(
    r"\s*[、,，]\s*|\s+(?:[/&]|and)\s+|(?:(?<=[A-Za-z0-9])\s*|\s+)[与和及](?:\s*(?=[A-Za-z0-9])|\s+)", re.IGNORECASE
)


def heading_keys(heading: str) -> set[str]:
    """Return the keys of what *heading* names.

    Of ``BPE (byte pair encoding)`` they are both names beside the whole, and of ``2. Overview of LoRA and QLoRA`` those
    of its two subjects.
    """
    return {name_key(fold(name)) for name in _names(plain_heading(heading))} - {""}


def _names(heading: str) -> Iterator[str]:
    yield heading
    if glossed := _NAME_AND_GLOSS.fullmatch(heading):
        yield from glossed.groups()
    if introduced := _INTRODUCTION.fullmatch(fold(heading)):
        yield from _AND.split(introduced["first"] or introduced["last"])
