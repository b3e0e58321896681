"""Which lines of a PDF are headings: those that its outline names, else those that look and begin like one."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from knowledge.loaders.pdf_line import Line
from knowledge.loaders.pdf_lines import body_size

_FEWEST = 3  # fewer are chance
_LONGEST = 120  # characters
_SHORTEST_WRAPPED = 30  # characters of a heading that may go on in a second line
_LEADING = 1.35  # of the size: between the lines of a heading; its text stands further below
_LARGER = 1.08  # than the text
_TITLE_SIZE = 1.15
_LONGEST_TITLE = 200
_DEEPEST = 6
_LONGEST_NUMBER = 4  # letters and digits before a name of the outline
_SHORTEST_NAME = 4  # that may have a number before it
_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})[.、．)]?\s+(?=\S*[^\W\d])|\d{1,2}[.、．]\s*(?=[^\W\d])"
    r"|[一二三四五六七八九十]{1,3}[、.．]\s*\S|第\s*[\d一二三四五六七八九十百]{1,4}\s*[章节節部篇讲講课課]"
    r"|(?:Chapter|Section|Part|Appendix)\s+[\dA-Z]{1,3}\b|[A-H](?P<lettered>(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z])",
)
_KNOWN_WORDS = (
    "abstract introduction background method methods methodology experiments results discussion conclusion conclusions "
    "references bibliography acknowledgements acknowledgments appendix contents preface summary "
    "摘要 引言 前言 简介 背景 方法 实验 结果 讨论 结论 总结 小结 参考文献 致谢 附录 目录"
)
_KNOWN = frozenset((*_KNOWN_WORDS.split(), "related work", "future work"))
_NO_HEADING = re.compile(r"[,;，；。]$")
_LETTER = re.compile(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_TOOL = re.compile(
    r"^(?:Microsoft (?:Word|PowerPoint) - )|(?: - [^-]{1,60})? - (?:Obsidian v?[\d.]+|Google Docs|WPS.*)$"
)
_FILE_NAME = re.compile(r"\.(?:docx?|pptx?|pdf|tex|dvi|indd|md|html?|txt)$", re.IGNORECASE)
_NO_TITLE = re.compile(r"(?:untitled|无标题|未命名|文档|document|slide|presentation)[\s\d]*|.*[\\/].*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the lines *first* to *last*, counted from 0; *level* 1 to 6."""

    first: int
    last: int
    level: int
    text: str


def find(lines: Sequence[Line], outline: Sequence[Sequence[Any]]) -> tuple[Heading, ...]:
    """Return the headings in order; none where what looks like one is not to be relied on."""
    named = _of_outline(lines, outline)
    found = named if len(named) >= _FEWEST else _by_look(lines)
    return tuple(found) if len(found) >= _FEWEST else ()


def title(lines: Sequence[Line], said: str) -> str:
    """Return the title: *said* by the file's own data, else the largest lines at its top; empty if there is none."""
    named = _FILE_NAME.sub("", _TOOL.sub("", " ".join(said.split()))).strip()
    if 3 <= len(named) <= _LONGEST_TITLE and _LETTER.search(named) and not _NO_TITLE.fullmatch(named):
        return named
    top = [line for line in lines if line.page == lines[0].page]
    largest = max((line.size for line in top), default=0.0)
    if largest < _TITLE_SIZE * body_size(lines):
        return ""
    first = next(number for number, line in enumerate(top) if line.size == largest)
    return " ".join(_alike(top, first, len(top)))[:_LONGEST_TITLE]


def _alike(lines: Sequence[Line], first: int, most: int) -> list[str]:
    """Return the texts of the line *first* and of those after it that are of its size, *most* of them."""
    near = (lines[number] for number in range(first, min(first + most, len(lines))))
    return [line.text for line in takewhile(lambda line: line.size == lines[first].size, near)]


def _of_outline(lines: Sequence[Line], outline: Sequence[Sequence[Any]]) -> list[Heading]:
    names = [(page, _key(name)) for _, name, page in outline]
    places = _places(lines, frozenset(names))
    found: dict[int, Heading] = {}
    for (level, name, _), wanted in zip(outline, names, strict=True):
        left = places[wanted]
        while left:
            number = left.popleft()
            if number not in found:
                found[number] = Heading(number, number, min(level + 1, _DEEPEST), " ".join(name.split()))
                break
    return [found[number] for number in sorted(found)]


def _places(lines: Sequence[Line], wanted: Set[tuple[int, str]]) -> defaultdict[tuple[int, str], deque[int]]:
    """Return, by page and key of a name, the lines that say it, perhaps behind a number that the outline leaves out."""
    places: defaultdict[tuple[int, str], deque[int]] = defaultdict(deque)
    for number, line in enumerate(lines):
        key = _key(line.text)
        for cut in range(min(len(key), _LONGEST_NUMBER + 1)):
            name = (line.page, key[cut:])
            if name in wanted and (cut == 0 or len(key) - cut >= _SHORTEST_NAME):
                places[name].append(number)
    return places


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _by_look(lines: Sequence[Line]) -> list[Heading]:
    body = body_size(lines)
    chosen: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines):
        if _looks(line, body) and (not chosen or chosen[-1][1] < number):
            more = [lines[number + 1].text] if _goes_on(lines, number, body) else []
            chosen.append((number, number + len(more), " ".join([line.text, *more])))
    levels = _levels(lines[first] for first, _, _ in chosen)
    return [Heading(first, last, levels[_rank(lines[first])], text) for first, last, text in chosen]


def _goes_on(lines: Sequence[Line], number: int, body: float) -> bool:
    """Tell whether the heading that begins on the line *number* has a second one."""
    heading, *following = lines[number : number + 2]
    if len(heading.text) <= _SHORTEST_WRAPPED or not following or _begins(following[0].text):
        return False
    line = following[0]
    if line.size != heading.size or line.page != heading.page:
        return False
    tight = 0 < heading.end - line.base <= _LEADING * heading.size and len(line.text) <= _LONGEST
    return heading.size >= _LARGER * body or (heading.bold and line.bold and tight)


def _looks(line: Line, body: float) -> bool:
    larger = line.size >= _LARGER * body
    prominent = larger or (line.bold and line.size >= body)
    is_short = len(line.text) <= _LONGEST and not _NO_HEADING.search(line.text)
    return prominent and is_short and not line.mono and _LETTER.search(line.text) is not None and _begins(line.text)


def _begins(text: str) -> bool:
    """Tell whether *text* begins with the number of a heading, or is a word that heads a section."""
    return _NUMBERED.match(text) is not None or text.rstrip(":： ").casefold() in _KNOWN


def _rank(line: Line) -> tuple[float, int]:
    found = _NUMBERED.match(line.text)
    number = (found["number"] or found["lettered"] or "") if found else ""
    return (-line.size, number.count("."))


def _levels(lines: Iterable[Line]) -> Mapping[tuple[float, int], int]:
    ranks = sorted({_rank(line) for line in lines})
    return {rank: min(level, _DEEPEST) for level, rank in enumerate(ranks, start=1)}
