"""Reads a folder of notes: what can be read becomes notes, the rest becomes problems that say what to do."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from knowledge import pairs, pdfs
from knowledge.companions import is_pdf
from knowledge.confined import Confined
from knowledge.decoding import decode
from knowledge.errors import NotesError, Problem
from knowledge.files import File, Folder, Found, find
from knowledge.lfs import is_pointer
from knowledge.loaders import LOADERS, PDF, Draft, notebook
from knowledge.model import Block, BlockKind, Note, Section
from knowledge.names import Names, stem_of
from knowledge.pdfs import Pdfs, WaitsError
from knowledge.pictures import Pictures, reference

__all__ = ["Folder", "Reading", "read"]

EMPTY = Problem("There are no notes here. Put .md, .rst, .txt, .ipynb or .pdf files into the folder.")
MAX_BYTES = 5 * 1024 * 1024  # of a note that is text
_LIMITS = {PDF: pdfs.MAX_BYTES, ".ipynb": notebook.MAX_BYTES}  # of files that hold more than text
_MANY_LINKS = 5  # fewer lines with links make no table of contents

_CONTENTS = re.compile(r"(?:readme|目录)(?:[\W_].*)?|index|toc|contents|table[-_ ]of[-_ ]contents|summary|_sidebar")
_LINK_TO_NOTE = re.compile(
    r"\]\(\s*<?(?![a-z][a-z0-9+.-]+:)[^()<>\n]{1,500}(?:\([^()\n]*\)[^()<>\n]*)?\.(?:md|markdown|txt)\b|\[\[[^\]\n]+\]\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What reading one file gave, kept while its bytes stay the same."""

    digest: str
    size: int
    draft: Draft
    mostly_links: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a folder.

    Attributes:
        notes: in order of file.
        problems: in order of file and line.
        files: how many could be read, those marked as drafts among them.
        bytes: of those files.
        questions: the question files found; not read yet.
        waiting: PDFs that are not read yet, as that may take long.
        kept: for the next reading, by file.
    """

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    files: int
    bytes: int
    questions: tuple[File, ...] = ()
    waiting: tuple[str, ...] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict, repr=False, compare=False)


def read(
    folder: Folder,
    *,
    previous: Reading | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    cache: Path | None = None,
    new_pdfs: bool = True,
) -> Reading:
    """Return the notes of *folder*. A file that cannot be read is a problem and never the end.

    Args:
        folder: where they are and which count.
        previous: the reading before; files that are the same are not parsed again.
        on_progress: told after each file how many are done and how many there are.
        cache: folder for what PDFs hold; None keeps it in memory alone.
        new_pdfs: False leaves PDFs waiting that were never read: of one that changed, the earlier text stays.

    Raises:
        NotesError: there is no folder, or it cannot be read at all.
    """
    _check(folder.root)
    found = find(folder)
    with Confined(pdfs.LIMITS) as confined:
        reader = _Reader(previous.kept if previous else {}, Pdfs(cache, confined, now=new_pdfs))
        kept = reader.all(found.files, on_progress)
    shown = {file: one for file, one in kept.items() if not (one.draft.hidden or one.draft.failed)}
    notes, more = _bound(folder.root, found, shown)
    problems = [*found.problems, *reader.problems, *more]
    if not found.files:
        problems.append(EMPTY)
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    readable = [one for one in kept.values() if not one.draft.failed]
    return Reading(
        notes=tuple(notes),
        problems=tuple(dict.fromkeys(problems)),
        files=len(readable),
        bytes=sum(one.size for one in readable),
        questions=found.questions,
        waiting=tuple(reader.waiting),
        kept=kept,
    )


def _check(root: Path) -> None:
    folder = str(root)
    try:
        with os.scandir(root) as entries:
            next(entries, None)
    except (FileNotFoundError, ValueError) as error:  # ValueError: a null character
        raise NotesError(
            "The notes folder {folder} does not exist. Correct its path, or create it.", folder=folder
        ) from error
    except NotADirectoryError as error:
        raise NotesError("{folder} is a file. Give the folder that holds the notes instead.", folder=folder) from error
    except OSError as error:
        raise NotesError(
            "The notes folder {folder} cannot be read ({reason}). Allow this user to read it.",
            folder=folder,
            reason=_reason(error),
        ) from error


class _Reader:
    """Reads files, and takes over what is the same as before; what is wrong with them is in *problems*."""

    def __init__(self, before: Mapping[str, Kept], found: Pdfs) -> None:
        self.problems: list[Problem] = []
        self.waiting: list[str] = []
        self._before = before
        self._pdfs = found

    def all(self, files: Sequence[File], on_progress: Callable[[int, int], None] | None) -> dict[str, Kept]:
        """Return what can be read of *files*."""
        kept = {}
        for done, (name, path) in enumerate(files, start=1):
            one = self._one(name, path)
            if one is not None:
                kept[name] = one
                self.problems += one.draft.problems
            if on_progress is not None:
                on_progress(done, len(files))
        self._pdfs.remove_unused()
        return kept

    def _one(self, name: str, path: Path) -> Kept | None:
        try:
            return self._read(name, path)
        except NotesError as error:
            self.problems.append(error.problem)
        except WaitsError:
            self.waiting.append(name)
            return self._before.get(name)
        return None

    def _read(self, name: str, path: Path) -> Kept:
        suffix = path.suffix.lower()
        data = _content(name, path, _LIMITS.get(suffix, MAX_BYTES))
        digest = hashlib.sha256(data).hexdigest()
        before = self._before.get(name)
        if before is not None and before.digest == digest and not self._pdfs.is_due(before.draft):
            return before
        if is_pointer(data):
            raise NotesError(
                "This file is kept by Git LFS and is not here. Keep it in the repository itself.", file=name
            )
        if suffix == PDF:
            return Kept(digest, len(data), self._pdfs.draft(data, digest, name), mostly_links=False)
        text = decode(data, name)
        try:
            draft = LOADERS[suffix](text, name)
        except RecursionError as error:
            raise NotesError("This note is nested too deeply. Make its lists or quotes flatter.", file=name) from error
        return Kept(digest, len(data), draft, _is_mostly_links(text))


def _content(name: str, path: Path, limit_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size <= limit_bytes:
            with path.open("rb") as file:
                data = file.read(limit_bytes + 1)
            size = max(size, len(data))
    except OSError as error:
        raise NotesError("This file cannot be read: {reason}", file=name, reason=_reason(error)) from error
    if size > limit_bytes:
        size, limit = -(-size // 1024**2), limit_bytes // 1024**2
        raise NotesError(
            "This file is {size} MB, over the limit of {limit} MB. Split it into several notes.",
            file=name,
            size=size,
            limit=limit,
        )
    return data


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _is_mostly_links(text: str) -> bool:
    """Tell whether more than half of the lines, and at least 5, link to a note."""
    lines = [line for line in text.splitlines() if line.strip()]
    linking = sum(bool(_LINK_TO_NOTE.search(line[:2_000])) for line in lines)
    return linking >= _MANY_LINKS and 2 * linking > len(lines)


def _bound(root: Path, found: Found, kept: Mapping[str, Kept]) -> tuple[list[Note], list[Problem]]:
    """Return the notes of the drafts, bound to one another and to their pictures."""
    names = Names(kept)
    notes = [_note(file, one, names) for file, one in kept.items()]
    linked = {file: _resolved(file, one.draft.twins, names) for file, one in kept.items()}
    # A paper and what somebody wrote about it in another language are not the same note.
    papers = [note for note in notes if is_pdf(note.file)]
    twins = {**pairs.twin_files([note for note in notes if not is_pdf(note.file)], linked)}
    twins |= pairs.twin_files(papers, linked)
    binder = _Binder(Pictures(root, found.pictures), names)
    bound = [replace(note, twin=twins.get(note.file), sections=binder.sections(note)) for note in notes]
    return bound, binder.problems


def _note(file: str, one: Kept, names: Names) -> Note:
    draft = one.draft
    return Note(
        file=file,
        digest=one.digest,
        title=draft.title,
        language=draft.language,
        sections=draft.sections,
        contents=one.mostly_links or bool(_CONTENTS.fullmatch(stem_of(file).casefold())),
        links=tuple(other for other in _resolved(file, draft.links, names) if other != file),
        aliases=draft.aliases,
        tags=draft.tags,
    )


def _resolved(file: str, targets: Sequence[str], names: Names) -> tuple[str, ...]:
    """Return the notes that *targets* lead to, each once, in order."""
    return tuple(dict.fromkeys(other for target in targets if (other := pairs.resolve_link(file, target, names))))


class _Binder:
    """Puts the pictures into the sections of notes, and gathers the problems that there are with them."""

    def __init__(self, pictures: Pictures, names: Names) -> None:
        self.problems: list[Problem] = []
        self._pictures = pictures
        self._names = names

    def sections(self, note: Note) -> tuple[Section, ...]:
        """Return the sections of *note*; a picture that is not to be had leaves its words behind."""
        blocks = chain.from_iterable(section.blocks for section in note.sections)
        # A block may stand in its own section and in the overview above it, and has its problem once.
        pictures = dict.fromkeys(block for block in blocks if block.kind is BlockKind.IMAGE)
        found = {block: self._block(block, note.file) for block in pictures}
        if not found:
            return note.sections
        return tuple(
            replace(
                section,
                blocks=tuple(found[block] if block.kind is BlockKind.IMAGE else block for block in section.blocks),
            )
            for section in note.sections
        )

    def _block(self, block: Block, file: str) -> Block:
        if block.picture is not None:  # it lies in the note's own file
            return block
        named = reference(block.text)
        if named is None:
            return replace(block, kind=BlockKind.TEXT)
        if block.text.startswith("![[") and pairs.resolve_link(file, named[0], self._names):
            return replace(block, kind=BlockKind.TEXT, text=block.text[1:])  # a note, shown in another: a link to it
        try:
            return replace(block, picture=self._pictures.find(file, *named))
        except NotesError as error:
            self.problems.append(replace(error.problem, line=block.lines[0]))
            return replace(block, kind=BlockKind.TEXT)
