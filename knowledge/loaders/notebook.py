"""Jupyter notebooks to draft notes: Markdown and code cells; of what the code gave only the pictures.

The cells are read as one Markdown note whose lines are then told as those of the file.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import unquote

from knowledge.errors import NotesError, Problem
from knowledge.loaders import markdown
from knowledge.loaders.draft import Draft
from knowledge.loaders.lines import MAX_LINES
from knowledge.loaders.notebook_json import parsed
from knowledge.loaders.remapping import remapped
from knowledge.model import Block, BlockKind, Picture

MAX_BYTES: Final = 20 * 1024 * 1024
MOST_PICTURES: Final = 200
LONGEST_PICTURE: Final = 14 * 1024 * 1024
"""Characters of base64."""
SEPARATOR: Final = "#"
"""Between a notebook's name and that of a picture in it, such as ``plots.ipynb#3.png``."""
MOST_LINES: Final = MAX_LINES - 1_000
"""Of the cells; what is put around them, such as fences and pictures, needs some of those that a note may have."""
_SHORTEST: Final = 3
"""Characters of a line that is looked for in the file; shorter ones stand all over."""
_PLACE: Final = "notebook-picture:"
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "image/png": (".png", "iVBORw0KGgo"),
    "image/jpeg": (".jpg", "/9j/"),
    "image/gif": (".gif", "R0lGOD"),
    "image/webp": (".webp", "UklGR"),
}
"""By media type: the suffix, and how such a file begins in base64."""
_ATTACHED: Final = re.compile(r"\(<?attachment:([^()<>\n]{1,300})>?\)")
_SHOWN: Final = re.compile(rf"!\[([^\[\]\n]*)\]\({_PLACE}(\d{{1,4}})\)")
_FENCE: Final = re.compile(r"`{3,}")
_LANGUAGE: Final = re.compile(r"[\w+#-]{1,20}")


@dataclass(slots=True)
class _Sheet:
    """The Markdown of a notebook: its lines, and what of the file each is from; and its pictures, in order.

    Attributes:
        is_cut: whether the cells have more lines than are read.
    """

    lines: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    is_cut: bool = False

    def fitting(self, lines: Sequence[str]) -> Sequence[str]:
        """Return those of the lines of a cell for which there is room."""
        room = max(0, MOST_LINES - len(self.lines))
        self.is_cut = self.is_cut or room == 0 or len(lines) > room
        return lines[:room]

    def add(self, line: str, source: str = "") -> None:
        self.lines.append(line)
        self.sources.append(source)

    def add_picture(self, kind: str, data: str) -> str:
        """Keep a picture, its suffix and base64, and return its place; empty if there are too many."""
        if len(self.pictures) >= MOST_PICTURES:
            return ""
        self.pictures.append((_KINDS[kind][0], data))
        return f"{_PLACE}{len(self.pictures)}"


def load(text: str, file: str) -> Draft:
    """Return the draft of a notebook.

    Raises:
        NotesError: it is no JSON, JSON of another kind, or too much of it.
    """
    sheet = _sheet(parsed(text, file), file)
    places = _places(text, sheet.sources)
    draft = remapped(markdown.load("\n".join(sheet.lines), file, asides=False), places)
    sections = (
        replace(section, blocks=tuple(_block(block, sheet, file) for block in section.blocks))
        for section in draft.sections
    )
    return replace(draft, sections=tuple(sections), problems=(*draft.problems, *_too_long(sheet, file, places)))


def pictures(text: str, file: str) -> Sequence[tuple[str, str]]:
    """Return the pictures of a notebook, each its suffix and its base64, in the order in which they are numbered.

    Raises:
        NotesError: it is no notebook.
    """
    return _sheet(parsed(text, file), file).pictures


def _sheet(value: Mapping[str, Any], file: str) -> _Sheet:
    cells = value.get("cells")
    if cells is None:  # before 2014 they lay in worksheets
        sheets = value.get("worksheets")
        cells = sheets[0].get("cells") if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict) else None
    if not isinstance(cells, list):
        raise NotesError("This is no notebook. Save it anew from Jupyter.", file=file)
    sheet, language = _Sheet(), _language(value)
    for cell in cells:
        if sheet.is_cut:
            break
        if isinstance(cell, dict):
            _add_cell(sheet, cell, language)
    return sheet


def _language(value: Mapping[str, Any]) -> str:
    metadata = value.get("metadata")
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        told = metadata.get(key) if isinstance(metadata, dict) else None
        said = told.get(name) if isinstance(told, dict) else None
        if isinstance(said, str) and _LANGUAGE.fullmatch(said):
            return said
    return "python"


def _add_cell(sheet: _Sheet, cell: Mapping[str, Any], language: str) -> None:
    lines = sheet.fitting(_source(cell.get("source", cell.get("input"))))
    match cell.get("cell_type"):
        case "markdown":
            _add_markdown(sheet, lines, cell.get("attachments"))
        case "heading":
            level = cell.get("level")
            marks = "#" * level if isinstance(level, int) and 1 <= level <= 6 else "#"
            sheet.add(f"{marks} {' '.join(lines)}", "".join(lines[:1]))
        case "code":
            _add_code(sheet, lines, language)
            _add_outputs(sheet, cell.get("outputs"))
    sheet.add("")


def _source(value: Any) -> list[str]:
    if isinstance(value, list):
        value = "".join(one for one in value if isinstance(one, str))
    if not isinstance(value, str):
        return []
    return value.replace("\r\n", "\n").replace("\r", "\n").split("\n", MAX_LINES)[:MAX_LINES]


def _add_markdown(sheet: _Sheet, lines: Sequence[str], attached: Any) -> None:
    places = {
        str(name): sheet.add_picture(*found)
        for name, held in (attached.items() if isinstance(attached, dict) else ())
        if (found := _picture(held)) is not None
    }

    def placed(match: re.Match[str]) -> str:
        place = places.get(match[1]) or places.get(unquote(match[1]))
        return f"({place})" if place else match[0]

    for line in lines:
        sheet.add(_ATTACHED.sub(placed, line), line)


def _add_code(sheet: _Sheet, lines: Sequence[str], language: str) -> None:
    if not any(line.strip() for line in lines):
        return
    longest = max((len(run) for line in lines for run in _FENCE.findall(line)), default=2)
    fence = "`" * (longest + 1)
    sheet.add(fence + language, lines[0])
    for line in lines:
        sheet.add(line, line)
    sheet.add(fence)


def _add_outputs(sheet: _Sheet, outputs: Any) -> None:
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data", output) if isinstance(output, dict) else None
        if isinstance(data, dict) and (found := _picture(data)) is not None and (place := sheet.add_picture(*found)):
            sheet.add("")
            sheet.add(f"![]({place})")


def _picture(held: Any) -> tuple[str, str] | None:
    """Return type and base64 of the picture among what a cell holds, if a chat can show one of them."""
    for kind, (_, begin) in _KINDS.items() if isinstance(held, dict) else ():
        data = held.get(kind, held.get(kind.removeprefix("image/")))
        data = "".join(map(str, data)) if isinstance(data, list) else data
        if isinstance(data, str) and len(data) <= LONGEST_PICTURE and data.lstrip().startswith(begin):
            return kind, data
    return None


def _too_long(sheet: _Sheet, file: str, places: Sequence[int]) -> Iterator[Problem]:
    if sheet.is_cut:
        values = (("limit", MOST_LINES),)
        yield Problem(
            "The cells of this notebook have more than {limit} lines; only those are read.", file, places[-1], values
        )


def _block(block: Block, sheet: _Sheet, file: str) -> Block:
    shown = _SHOWN.search(block.text) if block.kind is BlockKind.IMAGE else None
    if shown is None or not 0 < int(shown[2]) <= len(sheet.pictures):
        return block
    suffix = sheet.pictures[int(shown[2]) - 1][0]
    return replace(block, picture=Picture(f"{file}{SEPARATOR}{int(shown[2])}{suffix}", shown[1]))


def _places(text: str, sources: Sequence[str]) -> list[int]:
    """Return the line of the file, from 1, on which each of *sources* stands; the one before for one not found."""
    standing = _standing(text, frozenset(source for source in sources if len(source.strip()) >= _SHORTEST))
    places, line, at = [], 1, 0
    for source in sources:
        left = standing.get(source)
        while left and left[0][0] < at:
            left.popleft()
        if left:
            at, line = left.popleft()
        places.append(line)
    return places


def _standing(text: str, wanted: Set[str]) -> Mapping[str, deque[tuple[int, int]]]:
    """Return where each of the *wanted* lines stands, once for each time: where its JSON string begins, and the line.

    Reading every string once is quicker than searching for each line in megabytes of pictures, however it is written.
    """
    standing: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
    decoder = json.JSONDecoder()
    line, end, begin = 1, 0, text.find('"')
    while begin >= 0:
        line += text.count("\n", end, begin)
        value, end = decoder.raw_decode(text, begin)
        for one in _source(value):
            if one in wanted:
                standing[one].append((begin, line))
        begin = text.find('"', end)
    return standing
