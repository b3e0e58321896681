"""The values that pass between the parts of knowledge, and out of it: notes, sections, hits and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


class BlockKind(StrEnum):
    """What a block of a note is; it decides how the block may be cut and shown."""

    TEXT = "text"
    CODE = "code"
    MATH = "math"
    TABLE = "table"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a note shows.

    Attributes:
        path: below the notes root with ``/``, NFC; the file exists, is inside the root and of a known type.
            Empty where *url* is set. Of the third picture in a notebook ``plots.ipynb#3.png``.
        alt: the words that the author gave it, may be empty.
        url: address of a remote picture, which is linked and never fetched; empty for a local one.
    """

    path: str
    alt: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of a note that belongs together.

    Attributes:
        text: exactly as written, without the line feed at its end; for a picture its Markdown.
        lines: first and last line in the file, counted from 1.
        picture: set for an IMAGE block whose picture was found.
        info: the info word of a fenced code block, such as ``python``; else empty.
        plain: a TEXT block that is no Markdown: whatever stands in it means itself.
    """

    kind: BlockKind
    text: str
    lines: tuple[int, int]
    picture: Picture | None = None
    info: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a note with the text under it: what a search finds and an answer shows.

    Attributes:
        id: 16 lower-case hex digits made of the file, the headings and the number among equals, so that an edit
            elsewhere in the file leaves it alone.
        file: the note's path below the root with ``/``, NFC.
        headings: plain text, from the outermost in; the last is this section's own. Never empty: a text before
            the first heading carries the note's title.
        level: 1 to 6; 0 for a text before the first heading.
        lines: first (the heading's) and last line in the file, counted from 1.
        blocks: in the order of the note. A section whose heading is directly followed by deeper headings holds
            the blocks under those too, as far as they fit, and is then an *overview*.
        overview: its text is that of the sections below it; searched by its headings only.
        part: 0, or 1, 2, ... where one heading's text was too long for one section; parts share their headings.
        page: counted from 1 in a PDF; None elsewhere.
    """

    id: str
    file: str
    headings: tuple[str, ...]
    level: int
    lines: tuple[int, int]
    blocks: tuple[Block, ...]
    language: Language
    overview: bool = False
    part: int = 0
    page: int | None = None

    @property
    def title(self) -> str:
        """The section's own heading."""
        return self.headings[-1]

    @property
    def text(self) -> str:
        """The blocks as written, a blank line between them."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures found, in the order of the note."""
        return tuple(block.picture for block in self.blocks if block.picture is not None)


@dataclass(frozen=True, slots=True)
class Note:
    """One file of the notes, read.

    Attributes:
        file: path below the root with ``/``, NFC.
        digest: hex SHA-256 of the file's bytes.
        title: front matter's, else the first heading of the highest level, else the file's stem.
        twin: file of the same note in the other language, where the note links to it or is named after it.
        contents: it is a README, an index or a table of contents: it points to notes rather than being one.
        links: files below the root that it links to.
        aliases: other names for it, from the front matter.
        tags: from the front matter.
    """

    file: str
    digest: str
    title: str
    language: Language
    sections: tuple[Section, ...]
    twin: str | None = None
    contents: bool = False
    links: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that answers a query.

    Attributes:
        score: 0 to 1, the share of the best score that the query could reach; only comparable within one query.
    """

    section: Section
    score: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A heading that may be meant, and the section to open for it."""

    text: str
    section_id: str


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    Attributes:
        query: as asked, cleaned of control characters and mentions and cut to the allowed length.
        language: of the question.
        found: False if the notes do not answer it; the hits are then the nearest there is, best first.
        hits: best first; equal scores in order of file and line.
        suggestions: nearest headings, best first, at most 5; filled where *found* is False.
    """

    query: str
    language: Language
    found: bool
    hits: tuple[Hit, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """One line of autocomplete: what is shown, and the section it opens."""

    text: str
    section_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A section made ready to be shown.

    Attributes:
        section: the section that answers.
        blocks: what to show, in the order of the note: the section's own, with all parts of its heading.
        start: index into *blocks* of the first block of *section* (0 unless the section is a later part).
        below: the last of the sections below *section* that are shown with it, where it says little itself.
        note_title: title of its note.
        twin: the section that says the same in the other language, if there is one.
        companion: the section of a PDF of the note's name that says most on it, or in a PDF that of such a note.
        related: the next best matches or neighbours, best first, at most 10, without the section and its twin.
    """

    section: Section
    blocks: tuple[Block, ...]
    note_title: str
    start: int = 0
    twin: Section | None = None
    companion: Section | None = None
    related: tuple[Section, ...] = field(default=())
    below: Section | None = None
