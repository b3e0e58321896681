"""Which notes are the same in Chinese and in English, and which note a link means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from knowledge.model import Language
from knowledge.names import MAX_TARGET, Names, base_of, below, folder_of, readings, scheme, stem_of
from knowledge.text import HAN

_TOKENS: Mapping[Language, str] = {
    "zh": r"zh[-_]?hans|zh[-_]?cn|zh[-_]?hant|zh[-_]?tw|zh[-_]?hk|zh|cn|chs|cht|chinese|中文版?|简体中文|繁體中文",
    "en": r"en[-_]?us|en[-_]?gb|en|eng|english|英文版?",
}
# X_cn, X-zh-CN, X.en, X(中文); a hump as in DecisionTreeCn; or straight after a Han character.
_AT_END: Mapping[Language, re.Pattern[str]] = {
    language: re.compile(
        rf"(?P<base>.*?)(?:[-_. ]\(?(?i:{tokens})\)?|[(（](?i:{tokens})[)）]|(?<=[{HAN}])(?i:{tokens})"
        rf"|(?<=[A-Za-z0-9])(?:{humps})|(?<=[a-z0-9])(?:{humps.upper()}))",
        re.DOTALL,
    )
    for (language, tokens), humps in zip(_TOKENS.items(), ("Cn|Zh", "En"), strict=True)
}
_FOLDERS: Mapping[Language, re.Pattern[str]] = {
    language: re.compile(tokens, re.IGNORECASE) for language, tokens in _TOKENS.items()
}

Key = tuple[str, str]
"""Folder and stem without what tells the language."""


class NoteLike(Protocol):
    """What pairing needs of a note."""

    @property
    def file(self) -> str:
        """Its name below the root."""

    @property
    def language(self) -> Language:
        """Of its text."""


def twin_files(notes: Sequence[NoteLike], linked: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Return, for each note that has one, the file of the same note in the other language. It goes both ways.

    What notes say of each other in their navigation counts first, and most if both say it. Then count names:
    ``X_cn`` and ``X_en``, or ``X`` in the other language; in the same folder, or in folders ``zh`` and ``en``.

    Args:
        notes: all of them.
        linked: by file, the files of its navigation; they may be anything.
    """
    ordered = sorted(notes, key=lambda note: note.file)
    pairs = _Pairs()
    said = list(_said(ordered, linked))
    mutual = set(said)
    for first, second in [pair for pair in said if pair[::-1] in mutual] + said:
        pairs.add(first, second)
    for nested in (False, True):
        for first, second in _named_alike([note for note in ordered if note.file not in pairs.twins], nested=nested):
            pairs.add(first, second)
    return pairs.twins


def resolve_link(note_file: str, target: str, names: Names) -> str | None:
    """Return the note that a link in *note_file* leads to; None if it leads elsewhere.

    Args:
        note_file: the note that holds the link.
        target: as written: may be encoded, with an anchor, in another case, or without its suffix.
        names: of all notes.
    """
    target = target.strip()
    if not target or len(target) > MAX_TARGET or scheme(target) or target.startswith(("#", "//")):
        return None
    paths = list(readings(target))
    places = [place for path in paths if (place := below(folder_of(note_file), path))]
    places += [f"{place}.md" for place in places]
    for look in (names.exact, names.any_case):
        for place in places:
            if found := look(place):
                return found
    return _of_vault(paths, names)


def _of_vault(paths: Sequence[str], names: Names) -> str | None:
    """Return the one note that is named as Obsidian does: without a suffix, from the root or by its name anywhere."""
    files = [path if path.lower().endswith(".pdf") else f"{path}.md" for path in paths]
    for place in (found for file in files if (found := below("", file))):
        if found := names.any_case(place):
            return found
        named = names.of_base(base_of(place))
        if len(named) == 1:
            return named[0]
    return None


class _Pairs:
    """Pairs found so far: who has a twin gets no other."""

    def __init__(self) -> None:
        self.twins: dict[str, str] = {}

    def add(self, first: str, second: str) -> None:
        if first != second and first not in self.twins and second not in self.twins:
            self.twins[first], self.twins[second] = second, first


def _said(notes: Sequence[NoteLike], linked: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    by_file = {note.file: note for note in notes}
    for note in notes:
        for target in linked.get(note.file, ()):
            other = by_file.get(target)
            if other is not None and other.file != note.file and _differ(note, other):
                yield note.file, other.file


def _differ(note: NoteLike, other: NoteLike) -> bool:
    """Tell whether two notes are in different languages; a name that tells its language is believed before a text."""
    return (_marked(note.file)[1] or note.language) != (_marked(other.file)[1] or other.language) or (
        note.language != other.language
    )


def _named_alike(notes: Sequence[NoteLike], *, nested: bool) -> Iterator[tuple[str, str]]:
    """Yield pairs whose names differ by a language; the marked with the marked first."""
    groups: defaultdict[Key, dict[Language | None, list[NoteLike]]] = defaultdict(lambda: defaultdict(list))
    for note in notes:
        key, language = _in_folders(note.file) if nested else _marked(note.file)
        groups[key][language].append(note)
    for group in groups.values():
        chinese, english, plain = group["zh"], group["en"], group[None]
        yield from ((first.file, second.file) for first, second in zip(chinese, english, strict=False))
        for language, marked in (("zh", chinese[len(english) :]), ("en", english[len(chinese) :])):
            others = [note for note in plain if note.language != language]
            yield from ((first.file, second.file) for first, second in zip(marked, others, strict=False))


def _marked(file: str) -> tuple[Key, Language | None]:
    stem = stem_of(file)
    for language, pattern in _AT_END.items():
        found = pattern.fullmatch(stem)
        if found and found["base"]:
            return (folder_of(file), found["base"].casefold()), language
    return (folder_of(file), stem.casefold()), None


def _in_folders(file: str) -> tuple[Key, Language | None]:
    """Return the key with the innermost folder that tells a language left open, and the language."""
    (folder, base), language = _marked(file)
    parts = folder.split("/")
    for place in range(len(parts) - 1, -1, -1):
        for told, pattern in _FOLDERS.items():
            if pattern.fullmatch(parts[place]):
                return ("/".join((*parts[:place], "*", *parts[place + 1 :])), base), language or told
    return (folder, base), language
