"""Terms and their names in both languages: shipped with the bot, mined from the notes, or the group's own.

The file form is a YAML list with an entry for each concept::

    - {zh: [门控线性单元], en: [gated linear unit], abbr: [GLU]}

``zh``, ``en`` and ``abbr`` are lists of names; the first is the preferred one; at least two names in all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import yaml

from knowledge import documents
from knowledge.documents import BrokenYamlError, TooDeepError
from knowledge.errors import NotesError, Problem
from knowledge.text import HAN_RUN, LATIN_WORD, fold, singular

GROUP_FILE = "glossary.yaml"
MAX_BYTES = 1_000_000
MAX_NAME = 80
MAX_NAMES = 50  # of one entry
MAX_DEPTH = 10  # lists in lists; an entry needs three
_KEYS = ("zh", "en", "abbr")
FOLDER = Path(__file__).parent / "glossaries"
_ASPECTS = "study"


@dataclass(frozen=True, slots=True)
class Term:
    """One concept with its names, the preferred first.

    Attributes:
        aspect: what may be asked of any subject (drawbacks, difference), and is none itself.
    """

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    aspect: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names: Chinese, English, abbreviations."""
        return self.zh + self.en + self.abbr


class Glossary:
    """Finds terms by any of their names. Immutable.

    Args:
        terms: in order of precedence, the group's own first.
        spelled: what another glossary knows of the names that are its own too, so that it is not made again.
    """

    def __init__(self, terms: Iterable[Term], spelled: Mapping[str, tuple[str, str]] | None = None) -> None:
        self.terms = tuple(terms)
        self._given = spelled or {}

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, name: object) -> bool:
        return name in self.spelled

    @cached_property
    def spelled(self) -> Mapping[str, tuple[str, str]]:
        """By name, what it is folded, and its key: made once, since a question touches dozens of names."""
        names = dict.fromkeys(name for term in self.terms for name in term.names)
        return {name: self._given.get(name) or _spelled(name) for name in names}

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Term, ...]]:
        found: defaultdict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            for key in dict.fromkeys(map(self.key, term.names)):
                found[key].append(term)
        return {key: tuple(terms) for key, terms in found.items() if key}

    def key(self, name: str) -> str:
        """Return the ``name_key`` of *name*, one of the glossary's or any folded text."""
        known = self.spelled.get(name)
        return _folded_key(name) if known is None else known[1]

    def folded(self, name: str) -> str:
        """Return *name* folded, from memory if it is one of the glossary's."""
        known = self.spelled.get(name)
        return fold(name) if known is None else known[0]

    def named(self, key: str) -> tuple[Term, ...]:
        """Return the terms that have a name with this ``name_key``."""
        return self._by_key.get(key, ())

    @cached_property
    def longest_han(self) -> int:
        """Characters of the longest Chinese name, at most 20."""
        return min(20, max((len(key) for key in self._by_key if HAN_RUN.fullmatch(key)), default=0))

    @property
    def keys(self) -> Iterable[str]:
        """The key of every name."""
        return self._by_key.keys()

    @cached_property
    def han_names(self) -> tuple[str, ...]:
        """Every Chinese name, folded: the words that the segmenter should know."""
        return tuple(key for key in self._by_key if HAN_RUN.fullmatch(key))


def name_key(name: str) -> str:
    """Return what equal names have in common: no case, joints, spaces or plural; simplified characters.

    ``Layer-Norm``, ``layer norms`` and ``LayerNorm`` have one key; ``C++`` and ``C#`` keep their marks.
    """
    return _folded_key(fold(name))


def _spelled(name: str) -> tuple[str, str]:
    folded = fold(name)
    return folded, _folded_key(folded)


def _folded_key(folded: str) -> str:
    folded = folded.casefold()
    if folded.endswith(("++", "#")):
        return folded.replace(" ", "")
    words = LATIN_WORD.findall(folded)
    if not words:
        return "".join(HAN_RUN.findall(folded))
    if HAN_RUN.search(folded):
        return "".join(character for character in folded if character.isalnum())
    return "".join((*words[:-1], singular(words[-1])))


def shipped() -> tuple[Term, ...]:
    """Return the terms that come with the bot.

    Raises:
        NotesError: a shipped file is broken.
    """
    terms: list[Term] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        found, problems = _parsed(path.read_text("utf-8"), path.name, depth=None)
        if problems:
            raise NotesError("The glossary that comes with the bot is broken: {problem}", problem=str(problems[0]))
        terms.extend(replace(term, aspect=path.stem == _ASPECTS) for term in found)
    return tuple(terms)


def parse(data: bytes, file: str) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the terms of a glossary file, and what is wrong with the entries that were left out."""
    if len(data) > MAX_BYTES:
        return (), (Problem("The glossary is larger than {limit} bytes.", file, None, (("limit", MAX_BYTES),)),)
    try:
        return _parsed(data.decode("utf-8-sig"), file, depth=MAX_DEPTH)
    except UnicodeDecodeError:
        return (), (Problem("The glossary is not UTF-8 text.", file),)


def _parsed(text: str, file: str, *, depth: int | None) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    try:
        node = documents.compose(text, depth=depth, references=True)
    except TooDeepError as error:
        return (), (Problem("The glossary is nested too deeply.", file, error.line),)
    except BrokenYamlError as error:
        return (), (Problem("The YAML is broken: {reason}", file, error.line, (("reason", str(error)),)),)
    if node is None:
        return (), ()
    if not isinstance(node, yaml.SequenceNode):
        return (), (Problem("A glossary is a list of entries such as - {example}", file, 1, _EXAMPLE),)
    return _entries(node, file)


_EXAMPLE = (("example", "{zh: [门控线性单元], en: [gated linear unit], abbr: [GLU]}"),)


def _entries(node: yaml.SequenceNode, file: str) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    terms: list[Term] = []
    problems: list[Problem] = []
    # An alias is the very node that it stands for: two hundred thousand in a megabyte are still one concept.
    for entry in dict.fromkeys(node.value):
        try:
            terms.append(_term(entry, file))
        except NotesError as error:
            problems.append(error.problem)
    return tuple(terms), tuple(problems)


def _term(node: yaml.Node, file: str) -> Term:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise NotesError("An entry must look like - {example}", file=file, line=line, example=_EXAMPLE[0][1])
    names: dict[str, tuple[str, ...]] = {}
    for key, value in node.value:
        if key.value not in _KEYS:
            shown = key.value[:MAX_NAME] if isinstance(key, yaml.ScalarNode) else "…"
            raise NotesError("“{key}” is no key of an entry; these are: zh, en, abbr", file=file, line=line, key=shown)
        names[key.value] = tuple(_names(value, file))
    term = Term(**{key: names.get(key, ()) for key in _KEYS})  # type: ignore[arg-type]  # no key is aspect
    if len(term.names) < 2:
        raise NotesError("An entry needs at least two names.", file=file, line=line)
    return term


def _names(node: yaml.Node, file: str) -> Iterable[str]:
    line = node.start_mark.line + 1
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if len(nodes) > MAX_NAMES:
        # Entries may share one list through an alias, so its length counts as often.
        raise NotesError("An entry has at most {limit} names.", file=file, line=line, limit=MAX_NAMES)
    for item in nodes:
        if not isinstance(item, yaml.ScalarNode) or not item.value.strip():
            raise NotesError("A name must be a text.", file=file, line=line)
        if len(item.value) > MAX_NAME:
            raise NotesError("A name has at most {limit} characters.", file=file, line=line, limit=MAX_NAME)
        yield item.value.strip()
