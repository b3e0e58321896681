"""Which picture a reference in a note means: always a file inside the notes, of a kind that a chat can show."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge.errors import NotesError, Problem
from knowledge.files import PICTURE_SUFFIXES, File
from knowledge.lfs import is_pointer
from knowledge.model import Picture
from knowledge.names import MAX_TARGET, Names, base_of, below, folder_of, is_absolute, readings, scheme, stem_of
from knowledge.text import HAN

MAX_BYTES = 30 * 1024 * 1024  # of a file; what is sent of it is made small enough
MAX_URL = 2_048  # characters, Discord's limit
_NAMED = 5  # candidates named in an error
_LOOKED_AT = 4096  # bytes: an SVG may begin with comments

_WIKI = re.compile(r"!\[\[([^\]\n|]*)(?:\|([^\]\n]*))?\]\]")
_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TITLED = re.compile(r"""(\S.*?)\s+(?:"[^"]*"|'[^']*'|\([^()]*\))""", re.DOTALL)
_SIZE = re.compile(r"\d+(?:x\d+)?")
_UNSHOWABLE = re.compile(r"[\x00-\x20\x7f<>\"`{}|\\^]")
_LATIN_LETTER = re.compile(f"[^\\W_{HAN}]")

_MAGIC = (
    re.compile(rb"\x89PNG\r\n\x1a\n"),
    re.compile(rb"\xff\xd8\xff"),
    re.compile(rb"GIF8[79]a"),
    re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    re.compile(rb"BM.{12}", re.DOTALL),
    re.compile(rb"II\*\0|MM\0\*"),
    re.compile(rb".{4}ftypavi[fs]", re.DOTALL),
    re.compile(
        rb"(?:\xef\xbb\xbf)?\s*+(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+svg[^>\[]*(?:\[[^\]]*\])?\s*>)\s*+)*+"
        rb"<(?:[\w.-]+:)?svg[\s>]",
        re.DOTALL,
    ),
)


def reference(text: str) -> tuple[str, str] | None:
    """Return target and alt text of the first picture in *text*, as written; None if there is none.

    It reads ``![alt](target "title")``, ``![alt](<target>)``, ``![[target|alt or width]]`` and ``<img>``.
    """
    if wiki := _WIKI.search(text):
        said = (part.strip() for part in (wiki[2] or "").split("|"))
        return wiki[1].strip(), " ".join(part for part in said if part and not _SIZE.fullmatch(part))
    if (begin := text.find("![")) >= 0:
        middle = _closing(text, begin + 1, "[]")
        if middle is not None and text[middle + 1 : middle + 2] == "(":
            end = _closing(text, middle + 1, "()") or text.rfind(")", middle)
            if end > 0:
                return _target(text[middle + 2 : end]), text[begin + 2 : middle].strip()
    tag = _TAG.search(text)
    return _of_tag(tag[0]) if tag else None


def _closing(text: str, begin: int, pair: str) -> int | None:
    """Return the place of the bracket that closes the one at *begin*."""
    depth = 0
    for found in re.compile(rf"\\.|[{re.escape(pair)}]", re.DOTALL).finditer(text, begin):
        depth += {pair[0]: 1, pair[1]: -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return None


def _target(inner: str) -> str:
    inner = inner.strip()
    if inner.startswith("<") and ">" in inner:
        return inner[1 : inner.index(">")].strip()
    titled = _TITLED.fullmatch(inner)
    if titled:
        return titled[1]
    return "" if re.fullmatch(r"\"[^\"]*\"|'[^']*'", inner) else inner


def _of_tag(tag: str) -> tuple[str, str]:
    said: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(tag):
        said.setdefault(found[1].lower(), html.unescape(found[2] or found[3] or found[4] or "").strip())
    return said.get("src", ""), said.get("alt", "")


class Pictures:
    """The pictures of one folder of notes. Each file is looked into once.

    Args:
        root: of the notes.
        files: all pictures below it.
    """

    def __init__(self, root: Path, files: Iterable[File]) -> None:
        self._root = root.resolve()
        self._paths = dict(files)
        self._names = Names(self._paths)
        self._faults: dict[str, Problem | None] = {}

    def find(self, note_file: str, target: str, alt: str) -> Picture:
        """Return the picture that *target* means in the note.

        Looked for beside the note, then from the root, then by its name anywhere, for notes get moved. An empty
        target means the picture that *alt* names. A remote picture is only linked.

        Raises:
            NotesError: there is no such picture inside the notes, more than one, or it cannot be shown.
        """
        target = target.strip()
        if scheme(target) in {"http", "https"} or target.startswith("//"):
            return _remote(note_file, target, alt)
        name = self._named(note_file, target) if target else self._named_by(note_file, alt)
        fault = self._fault(name)
        if fault is not None:
            values: dict[str, Any] = dict(fault.values)
            raise NotesError(fault.message, file=note_file, **values)
        return Picture(name, alt)

    def _named(self, note_file: str, target: str) -> str:
        if scheme(target) == "data":
            raise NotesError("A picture written into the text cannot be shown. Save it as a file.", file=note_file)
        paths = tuple(readings(target)) if len(target) <= MAX_TARGET else ()
        if scheme(target) not in {"", "file"} and not any(self._names.of_base(base_of(path)) for path in paths):
            raise NotesError("{target} is not a place in the notes.", file=note_file, target=_short(target))
        found = next(self._placed(note_file, paths, local=not is_absolute(target) or target.startswith("/")), None)
        return found or self._moved(note_file, target, paths)

    def _placed(self, note_file: str, paths: tuple[str, ...], *, local: bool) -> Iterator[str]:
        """Yield the pictures at one of *paths*, taken from the note and from the root, surest first."""
        folders = dict.fromkeys((folder_of(note_file), ""))
        places = [below(folder, path) for folder in folders for path in paths] if local else []
        for look in (self._names.exact, self._names.any_case):
            yield from filter(None, map(look, places))

    def _moved(self, note_file: str, target: str, paths: tuple[str, ...]) -> str:
        for path in paths:
            found = self._names.of_base(base_of(path))
            if len(found) == 1:
                return found[0]
            if found:
                raise _ambiguous(note_file, target, found)
        suffixes = {"." + path.rpartition(".")[2].lower() for path in paths}
        if paths and not suffixes & PICTURE_SUFFIXES:
            raise NotesError("{target} is not a picture.", file=note_file, target=_short(target))
        if is_absolute(target) or any(below(folder_of(note_file), path) is None for path in paths):
            raise NotesError("The picture {target} is not in the notes folder.", file=note_file, target=_short(target))
        raise NotesError("The picture {target} is missing.", file=note_file, target=_short(target))

    def _named_by(self, note_file: str, alt: str) -> str:
        """Return the one picture whose stem is a word of *alt*; the longest stem wins."""
        words = unicodedata.normalize("NFC", alt).casefold()
        named = [name for name in sorted(self._paths) if _says(words, stem_of(name).casefold())]
        longest = max((len(stem_of(name)) for name in named), default=0)
        found = [name for name in named if len(stem_of(name)) == longest]
        if not found:
            raise NotesError("A picture here has no file. Write its name into the brackets.", file=note_file)
        if len(found) > 1:
            raise _ambiguous(note_file, alt, found)
        return found[0]

    def _fault(self, name: str) -> Problem | None:
        if name not in self._faults:
            self._faults[name] = self._checked(name)
        return self._faults[name]

    def _checked(self, name: str) -> Problem | None:
        """Return what keeps the picture from being shown."""
        values = (("picture", name),)
        try:
            path = self._paths[name].resolve(strict=True)
            if not path.is_relative_to(self._root):
                return Problem("The picture {picture} is a link out of the notes folder.", values=values)
            size = path.stat().st_size
            if not 0 < size <= MAX_BYTES:
                return _misfit(name, size)
            with path.open("rb") as file:
                begin = file.read(_LOOKED_AT)
        except (OSError, RuntimeError):
            return Problem("The picture {picture} cannot be read.", values=values)
        if is_pointer(begin):
            return Problem(
                "The picture {picture} is kept by Git LFS and is not here. Keep it in the repository itself.",
                values=values,
            )
        if not any(magic.match(begin) for magic in _MAGIC):
            return Problem("{picture} is not a picture that a chat can show. Save it as PNG or JPEG.", values=values)
        return None


def _misfit(name: str, size: int) -> Problem:
    if not size:
        return Problem("The picture {picture} is empty.", values=(("picture", name),))
    limit = MAX_BYTES // 1024**2
    values = (("picture", name), ("size", -(-size // 1024**2)), ("limit", limit))
    return Problem("The picture {picture} is {size} MB, over the limit of {limit} MB. Make it smaller.", values=values)


def _remote(note_file: str, target: str, alt: str) -> Picture:
    url = _UNSHOWABLE.sub(lambda found: f"%{ord(found[0]):02X}", "https:" * target.startswith("//") + target)
    if len(url) > MAX_URL:
        raise NotesError("The address of a picture here is too long.", file=note_file)
    return Picture("", alt, url)


def _ambiguous(note_file: str, target: str, found: Iterable[str]) -> NotesError:
    candidates = sorted(found)
    more = ", …" * (len(candidates) > _NAMED)
    return NotesError(
        "{target} can mean several pictures: {candidates}. Write the whole path.",
        file=note_file,
        target=_short(target),
        candidates=", ".join(candidates[:_NAMED]) + more,
    )


def _short(target: str) -> str:
    return target if len(target) <= 100 else target[:99] + "…"


def _says(words: str, stem: str) -> bool:
    """Tell whether *stem* is a word of *words*; between Han characters there is no gap to look for."""
    if len(stem) < 2:
        return False
    place = words.find(stem)
    while place >= 0:
        around = ((words[place - 1 : place], stem[0]), (stem[-1], words[place + len(stem) :][:1]))
        if not any(_LATIN_LETTER.match(left) and _LATIN_LETTER.match(right) for left, right in around):
            return True
        place = words.find(stem, place + 1)
    return False
