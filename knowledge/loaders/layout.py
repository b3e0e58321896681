"""What each line of a note is: the blocks of the Markdown parser, with code and formulas as they were found before it.

Every line has exactly one label, and a line that nothing claims is text: so none is lost, however broken the note is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.loaders import links
from knowledge.loaders.inline import MAX_HEADING, plain_heading
from knowledge.loaders.mask import Sheet
from knowledge.loaders.splitting import without_pictures
from knowledge.loaders.taming import MAX_LINE, MAX_NESTING
from knowledge.model import BlockKind

MAX_UNDERLINED = 100  # characters; longer text above a --- is a paragraph whose blank line was forgotten

_CLOSING = re.compile(r"(?:^|[ \t]+)#+$")
_LIKE_AN_ADDRESS = re.compile(r"[/.#:@]")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading that begins a section; *text* is plain and not empty."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """Lines that are not text: rules, navigation, definitions of links."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A block; *text* is set where it is not the lines as they are shown."""

    kind: BlockKind
    info: str = ""
    text: str = ""


Label = Title | Hidden | Kind


@dataclass(frozen=True, slots=True)
class Run:
    """Lines *start* to *end* - 1, counted from 0, that are one thing; neither the first nor the last is blank."""

    start: int
    end: int
    label: Label


def lay_out(sheet: Sheet, navigation: frozenset[int] = frozenset()) -> tuple[Sheet, list[Run]]:
    """Return the note with its links by reference written out, and what it consists of, in order."""
    parsed = ["" if number in navigation else line for number, line in enumerate(sheet.parsed)]
    tokens, defined = _parse("\n".join(parsed))
    layout = _Layout(len(parsed))
    sheet, used = _written_out(sheet, tokens, defined)
    formulas = {line for formula in sheet.formulas for line in range(formula.start, formula.end)}
    for token in tokens:
        if token.map and token.type == "heading_open" and token.level == 0:
            _set_heading(layout, token, sheet, alone=token.map[0] not in formulas)
        elif token.map and token.nesting >= 0:
            layout.set(token.map[0], token.map[1], _label(token, sheet, used))
    _add_found(layout, sheet)
    for number in navigation:
        layout.set(number, number + 1, Hidden())
    return sheet, list(layout.runs(sheet.shown))


class _Layout:
    """The lines' labels; what is set later overrules what was there."""

    def __init__(self, lines: int) -> None:
        self._labels: list[Label] = [Kind(BlockKind.TEXT)]
        self._of_line = [0] * lines

    def set(self, start: int, end: int, label: Label | None) -> None:
        """Make the lines one thing of their own."""
        if label is not None:
            self._labels.append(label)
            self._of_line[start:end] = [len(self._labels) - 1] * (end - start)

    def runs(self, shown: Sequence[str]) -> Iterator[Run]:
        """Yield what there is, without blank lines around it."""
        for number, lines in groupby(range(len(shown)), self._of_line.__getitem__):
            inked = [line for line in lines if shown[line].strip()]
            if inked:
                yield Run(inked[0], inked[-1] + 1, self._labels[number])


def _parse(source: str) -> tuple[list[Token], dict[str, str]]:
    """Return the blocks and the addresses of link definitions by label. What stands inside lines is not parsed."""
    options = {"maxNesting": MAX_NESTING, "inline_definitions": True}
    parser = MarkdownIt("commonmark", options).enable("table")
    # Blocks of HTML hide the headings in them and up to the next blank line; as text they hide nothing.
    parser.disable("html_block")
    tokens: list[Token] = []
    environment: dict[str, Any] = {}
    parser.block.parse(source, parser, environment, tokens)
    found = environment.get("references", {})
    return tokens, {label: str(definition["href"]) for label, definition in found.items()}


def _written_out(sheet: Sheet, tokens: Sequence[Token], defined: dict[str, str]) -> tuple[Sheet, set[str]]:
    """Return the sheet with links and pictures by reference in full, and the labels that were used."""
    used: set[str] = set()
    if not defined:
        return sheet, used
    code = {line for token in tokens if token.type == "code_block" and token.map for line in range(*token.map)}
    both = [
        links.written_out(lines, defined, used) if number not in code and "[" in lines[1] else lines
        for number, lines in enumerate(zip(sheet.shown, sheet.plain, strict=True))
    ]
    shown, plain = zip(*both, strict=True)
    return replace(sheet, shown=shown, plain=plain), used


def _label(token: Token, sheet: Sheet, used: set[str]) -> Label | None:
    """Return what the lines of a token are; None if they belong to what stands around it."""
    end = token.map[1] if token.map else 0
    if token.type == "table_open":
        return Kind(BlockKind.TABLE)
    if token.level > 0:
        return None
    if token.type == "code_block":
        return Kind(BlockKind.CODE)
    hidden = token.type == "hr" or (token.type == "definition" and _is_only_definition(token, used))
    # What the parser saw of a long line is not all of it.
    return Hidden() if hidden and len(sheet.shown[end - 1]) < MAX_LINE else Kind(BlockKind.TEXT)


def _is_only_definition(token: Token, used: set[str]) -> bool:
    """Tell whether nobody misses the line: ``[^1]: note`` and ``[注意]: 重要`` are text."""
    label, address = str(token.meta["id"]), str(token.meta["url"])
    return not label.startswith("^") and (label in used or _LIKE_AN_ADDRESS.search(address) is not None)


def _set_heading(layout: _Layout, token: Token, sheet: Sheet, *, alone: bool) -> None:
    start, end = token.map or (0, 0)
    if token.markup.startswith("#"):
        layout.set(start, end, _title(sheet.shown[start], int(token.tag[1])))
        return
    content = "\n".join(sheet.shown[start : end - 1]).strip()
    longest = MAX_UNDERLINED if token.markup == "-" else MAX_HEADING
    is_paragraph = len(content) > longest or (token.markup == "-" and "\n" in content)
    text = plain_heading(content) if alone and not is_paragraph and without_pictures(content) else ""
    layout.set(start, end, Title(int(token.tag[1]), text) if text else Kind(BlockKind.TEXT))
    if not text:
        layout.set(end - 1, end, Hidden())  # a rule that wants a blank line above it


def _title(line: str, level: int) -> Label:
    """Return the heading of a line with number signs; without words it is nothing, unless it shows something."""
    if len(line) > MAX_HEADING:
        return Kind(BlockKind.TEXT)
    content = _CLOSING.sub("", line.strip().lstrip("#").strip()).strip()
    text = plain_heading(content)
    if text:
        return Title(level, text)
    return Kind(BlockKind.TEXT) if content else Hidden()


def _add_found(layout: _Layout, sheet: Sheet) -> None:
    """Set what was found before the parser."""
    for formula in sheet.formulas:
        layout.set(formula.start, formula.end, Kind(BlockKind.MATH, text=formula.text))
    for fence in sheet.fences:
        if not fence.quoted:
            kind = BlockKind.MATH if fence.info.lower() == "math" else BlockKind.CODE
            layout.set(fence.start, fence.end, Kind(kind, fence.info))
