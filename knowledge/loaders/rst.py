"""reStructuredText to draft notes, by way of Markdown: headings, code, formulas, pictures, lists, links, notes.

docutils needs 1 s for 100 KB, and knows the lines of what it reads only roughly. Nothing that a file names is read:
what ``include`` and ``raw`` would bring in is left out. What is not understood stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.errors import NotesError
from knowledge.loaders import markdown
from knowledge.loaders.draft import Draft
from knowledge.loaders.remapping import remapped
from knowledge.loaders.rst_inline import Names, inline, names

Numbered = tuple[str, int]
"""A line, and its number in the file."""
MOST_CHARACTERS: Final = 10 * 1024 * 1024
"""Of the text that a file becomes; a few kilobytes of substitutions could make gigabytes."""
_DEEPEST: Final = 20
_LONGEST_TABLE: Final = 500  # lines
_LOOK_BACK: Final = 50  # lines searched for the item of a list that a line goes on with
_ADORNMENT: Final = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_DIRECTIVE: Final = re.compile(r"\.\. (?:\|[^|]{1,100}\| )?([\w:+.-]{1,60}):: ?(.*)")
_OPTION: Final = re.compile(r"\s*:([\w-]{1,40}):(?:\s+(.*))?")
_EXPLICIT: Final = re.compile(r"\.\.(?: |$)")
_FOOTNOTE: Final = re.compile(r"\.\. \[([^\]\s]{1,60})\] (.*)")
_ITEM: Final = re.compile(r"(?:[-*+•]|\(?(?:\d{1,4}|[a-zA-Z]|#)[.)])\s")
_GRID: Final = re.compile(r"\+(?:[-=]+\+)+\s*")
_SIMPLE: Final = re.compile(r"=+(?: +=+)+\s*")
_CODE: Final = frozenset({"code-block", "code", "sourcecode", "parsed-literal", "prompt", "ipython", "doctest"})
_PICTURES: Final = frozenset({"image", "figure"})
_LEFT_OUT_NAMES: Final = (
    "contents toctree include literalinclude raw index meta highlight default-role role sectnum currentmodule date "
    "unicode"
)
_LEFT_OUT: Final = frozenset(_LEFT_OUT_NAMES.split())
_NOTE_NAMES: Final = "note warning tip hint important caution danger attention error admonition seealso todo topic"
_NOTES: Final = frozenset(_NOTE_NAMES.split())
_LANGUAGE: Final = re.compile(r"[\w+#-]{1,20}")


def load(text: str, file: str) -> Draft:
    """Return the draft of a reStructuredText file.

    Raises:
        NotesError: it becomes too long a text.
    """
    lines = text.expandtabs(8).split("\n")
    writer = _Writer(names(lines), file)
    numbered = list(writer.converted([(line.rstrip(), number) for number, line in enumerate(lines, start=1)]))
    draft = markdown.load("\n".join(line for line, _ in numbered), file, asides=False)
    return remapped(draft, [number for _, number in numbered])


@dataclass(frozen=True, slots=True)
class _Block:
    """A directive: its options and the lines under it, without their indent."""

    name: str
    argument: str
    options: dict[str, str]
    content: Sequence[Numbered]


class _Writer:
    """Writes one file as Markdown; knows the headings' marks in the order in which they came."""

    def __init__(self, known: Names, file: str) -> None:
        self._known = known
        self._filled_in = frozenset(known.replaced.values())
        self._file = file
        self._left = MOST_CHARACTERS
        self._marks: list[str] = []

    def converted(self, lines: Sequence[Numbered], depth: int = 0) -> Iterator[Numbered]:
        """Yield the Markdown of *lines*, with the numbers of those that it is made of."""
        at = 0
        while at < len(lines):
            taken, made = self._next(lines, at, depth)
            yield from made
            at += taken

    def _next(self, lines: Sequence[Numbered], at: int, depth: int) -> tuple[int, list[Numbered]]:
        """Return how many lines the thing at *at* takes, and its Markdown."""
        line, number = lines[at]
        if depth == 0 and (heading := self._heading(lines, at)):
            return heading
        if _EXPLICIT.match(line):
            return self._explicit(lines, at, depth)
        if drawn := _drawn(lines, at):
            return drawn
        if line.endswith("::") and not line.startswith(".."):
            return self._literal(lines, at)
        if line.startswith(" ") and _begins_quote(lines, at):
            return self._quoted(lines, at, depth)
        return 1, [(self._line(line), number)]

    def _line(self, line: str) -> str:
        line = line.removeprefix("| ").replace("#. ", "1. ", 1) if line.lstrip().startswith(("| ", "#. ")) else line
        return self._inline(line)

    def _inline(self, text: str) -> str:
        made = inline(text, self._known)
        self._left -= len(made)
        if self._left < 0:
            raise NotesError(
                "This file becomes too long once its links and substitutions are filled in. Split it into several.",
                file=self._file,
            )
        return made

    def _heading(self, lines: Sequence[Numbered], at: int) -> tuple[int, list[Numbered]] | None:
        (line, number), above = lines[at], at > 0 and lines[at - 1][0].strip()
        over = _ADORNMENT.fullmatch(line)
        if over and at + 2 < len(lines) and lines[at + 2][0].rstrip() == line and lines[at + 1][0].strip():
            return 3, [(self._marked("over" + over[1], lines[at + 1][0]), number + 1)]
        under = _ADORNMENT.fullmatch(lines[at + 1][0]) if at + 1 < len(lines) else None
        is_text = line.strip() and not line.startswith(" ") and not over and not above
        if under and is_text and len(lines[at + 1][0]) >= min(len(line), 4):
            return 2, [(self._marked(under[1], line), number)]
        return (1, [("---", number)]) if over and not above and not _SIMPLE.fullmatch(line) else None

    def _marked(self, mark: str, text: str) -> str:
        if mark not in self._marks:
            self._marks.append(mark)
        return f"{'#' * min(self._marks.index(mark) + 1, 6)} {self._inline(text.strip())}"

    def _explicit(self, lines: Sequence[Numbered], at: int, depth: int) -> tuple[int, list[Numbered]]:
        line, number = lines[at]
        end = _indented_end(lines, at + 1)
        if footnote := _FOOTNOTE.match(line):
            rest = [(self._line(text.strip()), place) for text, place in lines[at + 1 : end]]
            return end - at, [(f"[{footnote[1]}] {self._line(footnote[2])}", number), *rest]
        found = _DIRECTIVE.match(line)
        if found is None:  # a comment, or a target
            return end - at, [("", number)]
        block = _block(found, lines[at + 1 : end])
        return end - at, [("", number), *self._directive(block, number, depth), ("", lines[end - 1][1])]

    def _directive(self, block: _Block, number: int, depth: int) -> list[Numbered]:
        name = block.name.rpartition(":")[2].lower()
        if name in _CODE:
            language = block.argument if _LANGUAGE.fullmatch(block.argument) else ""
            return _fenced(block.content, language, number)
        if name == "math":
            argument = [(block.argument, number)] if block.argument else []
            shown = [one for one in (*argument, *block.content) if one[0].strip()]
            return [("$$", number), *shown, ("$$", shown[-1][1])] if shown else []
        if name in _LEFT_OUT or depth >= _DEEPEST or self._is_filled_in(name, block):
            return []
        if name in _PICTURES:
            picture = f"![{block.options.get('alt', '').replace(']', ')')}](<{block.argument}>)"
            return [(picture, number), ("", number), *self.converted(block.content, depth + 1)]
        inner = list(self.converted(_rows(block, number) if name == "csv-table" else block.content, depth + 1))
        if name in _NOTES:
            title = "" if name in ("admonition", "topic") else f"**{name.capitalize()}** "
            said = [(f"{title}{self._line(block.argument)}".strip(), number), *inner]
            return [(f"> {line}".rstrip(), place) for line, place in said]
        return [(self._line(block.argument), number), ("", number), *inner]

    def _is_filled_in(self, name: str, block: _Block) -> bool:
        """Tell whether a text stands wherever it replaces another, so that it need not stand here, too."""
        return name == "replace" and not block.content and block.argument in self._filled_in

    def _literal(self, lines: Sequence[Numbered], at: int) -> tuple[int, list[Numbered]]:
        line, number = lines[at]
        end = _indented_end(lines, at + 1)
        said = self._line(line[:-1] if line.strip() != "::" and not line.endswith(" ::") else line[:-2].rstrip())
        content = lines[at + 1 : end]
        if not any(text for text, _ in content):
            return 1, [(said or "", number)]
        return end - at, [
            (said, number),
            ("", number),
            *_fenced(_dedented(content), "", number),
            ("", lines[end - 1][1]),
        ]

    def _quoted(self, lines: Sequence[Numbered], at: int, depth: int) -> tuple[int, list[Numbered]]:
        end = _indented_end(lines, at)
        content = _dedented(lines[at:end])
        inner = self.converted(content, depth + 1) if depth < _DEEPEST else iter(content)
        return end - at, [(f"> {line}" if line else "", place) for line, place in inner]


def _block(found: re.Match[str], lines: Sequence[Numbered]) -> _Block:
    options: dict[str, str] = {}
    at = 0
    while at < len(lines) and (option := _OPTION.fullmatch(lines[at][0])):
        options[option[1]] = (option[2] or "").strip()
        at += 1
    return _Block(found[1], found[2].strip(), options, _dedented(lines[at:]))


def _rows(block: _Block, number: int) -> list[Numbered]:
    """Return the rows of a table of values, its header among them."""
    rows = [row for row in block.content if row[0]]
    header = block.options.get("header")
    return [(header, number), *rows] if header and rows else rows


def _fenced(content: Sequence[Numbered], language: str, number: int) -> list[Numbered]:
    """Return code in fences that it cannot close; none if there is no code."""
    shown = list(content)
    while shown and not shown[0][0].strip():
        shown.pop(0)
    while shown and not shown[-1][0].strip():
        shown.pop()
    if not shown:
        return []
    longest = max((len(run) for line, _ in shown for run in re.findall("`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    return [(fence + language, number), *shown, (fence, shown[-1][1])]


def _drawn(lines: Sequence[Numbered], at: int) -> tuple[int, list[Numbered]] | None:
    """Return what is shown as it is written: tables, and sessions of the interpreter; None if there is none at *at*."""
    line, number = lines[at]
    if _GRID.fullmatch(line) or _SIMPLE.fullmatch(line):
        return _table(lines, at)
    if line.startswith(">>> "):
        end = _paragraph_end(lines, at)
        return end - at, _fenced(lines[at:end], "python", number)
    return None


def _table(lines: Sequence[Numbered], at: int) -> tuple[int, list[Numbered]]:
    """Return a table as it is drawn: its columns stand below each other only in letters of equal width."""
    end = _paragraph_end(lines, at)
    if _SIMPLE.fullmatch(lines[at][0]):
        near = range(at + 1, min(at + _LONGEST_TABLE, len(lines)))
        borders = (place for place in near if _SIMPLE.fullmatch(lines[place][0]))
        last = next((place for place in borders if place + 1 == len(lines) or not lines[place + 1][0]), None)
        end = end if last is None else last + 1
    return end - at, [*_fenced(lines[at:end], "text", lines[at][1]), ("", lines[end - 1][1])]


def _paragraph_end(lines: Sequence[Numbered], at: int) -> int:
    return next((place for place in range(at, len(lines)) if not lines[place][0]), len(lines))


def _indented_end(lines: Sequence[Numbered], at: int) -> int:
    """Return where the lines from *at* on that are indented or blank end, without the blank ones behind them."""
    end = at
    for place in range(at, len(lines)):
        if lines[place][0].startswith(" "):
            end = place + 1
        elif lines[place][0]:
            break
    return end


def _dedented(lines: Sequence[Numbered]) -> list[Numbered]:
    indent = min((len(line) - len(line.lstrip()) for line, _ in lines if line), default=0)
    return [(line[indent:], number) for line, number in lines]


def _begins_quote(lines: Sequence[Numbered], at: int) -> bool:
    """Tell whether an indented line is a quotation: not what goes on with an item of a list, or defines a term."""
    if (at and lines[at - 1][0]) or _ITEM.match(lines[at][0].lstrip()):
        return False
    near = range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1)
    above = next((lines[place][0] for place in near if lines[place][0] and not lines[place][0].startswith(" ")), "")
    return not _ITEM.match(above)
