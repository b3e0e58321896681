"""The glossary that comes with the bot, kept as it is needed: reading 4,000 entries of YAML takes a quarter second."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge import glossary, text
from knowledge.cache import write_atomically
from knowledge.glossary import Glossary, Term

log = logging.getLogger(__name__)

_SUFFIX = ".glossary.json"


@dataclass(frozen=True, slots=True)
class Shipped:
    """The shipped terms, with every name folded and its key beside it."""

    terms: tuple[Term, ...]
    spelled: Mapping[str, tuple[str, str]]


def load(cache: Path | None) -> Shipped:
    """Return the shipped glossary, from *cache* where that has it as it is now; else read, and kept there.

    Raises:
        NotesError: a shipped file is broken.
    """
    path = None if cache is None else cache / f"{_digest()}{_SUFFIX}"
    kept = None if path is None else _kept(path)
    if kept is not None:
        return kept
    terms = glossary.shipped()
    made = Shipped(terms, Glossary(terms).spelled)
    if path is not None:
        _keep(path, made)
    return made


def _digest() -> str:
    # What the files say, and the code that folds it: either may change with a new version.
    sources = [*sorted(glossary.FOLDER.glob("*.yaml")), Path(str(glossary.__file__)), Path(str(text.__file__))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:40]


def _kept(path: Path) -> Shipped | None:
    try:
        data = json.loads(path.read_bytes())
        return Shipped(
            tuple(map(_term, data["terms"])), {name: (key[0], key[1]) for name, key in data["names"].items()}
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        log.warning("Cache file %s is unreadable (%s) and is made again.", path.name, type(error).__name__)
        return None


def _keep(path: Path, made: Shipped) -> None:
    terms = [[term.zh, term.en, term.abbr, term.aspect] for term in made.terms]
    data = json.dumps({"terms": terms, "names": dict(made.spelled)}, ensure_ascii=False).encode()
    try:
        for old in path.parent.glob(f"*{_SUFFIX}"):
            old.unlink(missing_ok=True)
        write_atomically(path, data)
    except OSError as error:
        log.debug("The glossary is not kept in the cache: %s", error)


def _term(row: Sequence[Any]) -> Term:
    zh, en, abbr, aspect = row
    return Term(tuple(zh), tuple(en), tuple(abbr), aspect is True)
