"""The texts that people read, in their language: gettext catalogues, read by Babel at start.

English is the key and the fallback. Traditional Chinese is made from the simplified catalogue.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from opencc import OpenCC

log = logging.getLogger(__name__)

LOCALES: Final = Path(__file__).parent / "locales"
ENGLISH: Final = "en"
SIMPLIFIED: Final = "zh-CN"
TRADITIONAL: Final = "zh-TW"
_TRADITIONAL_PARTS: Final = frozenset({"hant", "tw", "hk", "mo"})


def pick(locale: str | None, otherwise: str = ENGLISH) -> str:
    """Return ENGLISH, SIMPLIFIED or TRADITIONAL for *locale* (``zh_HK`` -> ``zh-TW``); *otherwise* for any other."""
    parts = re.split(r"[-_.@]", (locale or "").casefold())
    if parts[0] != "zh":
        return ENGLISH if parts[0] == "en" else otherwise
    return TRADITIONAL if _TRADITIONAL_PARTS.intersection(parts) else SIMPLIFIED


class Texts:
    """The texts of one language.

    Attributes:
        language: ENGLISH, SIMPLIFIED or TRADITIONAL.
    """

    def __init__(self, language: str, translated: Mapping[str, tuple[str, ...]]) -> None:
        self.language = language
        self._translated = translated
        self._missed: set[str] = set()

    @property
    def chinese(self) -> bool:
        """Whether the reader reads Chinese."""
        return self.language != ENGLISH

    def gettext(self, message: str, /, **values: str | int) -> str:
        """Return *message* in this language with its named places filled; English if it has no translation."""
        return self._forms(message, (message,))[0].format(**values)

    def ngettext(self, singular: str, plural: str, n: int, /, **values: str | int) -> str:
        """Return the form for *n*, which also fills the place ``{n}``."""
        forms = self._forms(singular, (singular, plural))
        form = forms[0] if n == 1 or len(forms) == 1 else forms[1]
        return form.format(n=n, **values)

    def command(self, name: str) -> str:
        """Return how readers see the command *name* (``quiz start``) in Discord, with its slash."""
        return "/" + " ".join(map(self.gettext, name.split()))

    def lookup(self, message: str) -> str | None:
        """Return the translation of *message*, None if this language has none."""
        forms = self._translated.get(message)
        return forms[0] if forms else None

    def listed(self, parts: Iterable[str]) -> str:
        """Return *parts* one after another, with the comma of this language between them."""
        return self.gettext(", ").join(parts)

    def naming_in_english(self, commands: Collection[str]) -> Texts:
        """Return these texts with *commands*, and the words that these consist of, by their English names."""
        names = {self.command(one): f"/{one}" for one in commands}
        shown = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))

        def named(form: str) -> str:
            return shown.sub(lambda found: names[found[0]], form)

        translated = {key: tuple(map(named, forms)) for key, forms in self._translated.items()}
        words = {word: (word,) for one in commands for word in one.split()}
        return Texts(self.language, {**translated, **words})

    def _forms(self, message: str, english: tuple[str, ...]) -> tuple[str, ...]:
        forms = self._translated.get(message)
        if forms:
            return forms
        if self.chinese and message not in self._missed:
            self._missed.add(message)
            log.warning("No %s text for %r", self.language, message)
        return english


class Catalogues:
    """Every language there is; made once at start."""

    def __init__(self, texts: Mapping[str, Texts]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, folder: Path = LOCALES) -> Catalogues:
        """Read the catalogues below *folder*; a missing or broken one is logged and its people read English."""
        simplified = _translations(read_catalogue(folder))
        to_traditional = OpenCC("s2twp").convert
        traditional = {key: tuple(map(to_traditional, forms)) for key, forms in simplified.items()}
        made = {ENGLISH: {}, SIMPLIFIED: simplified, TRADITIONAL: traditional}
        return cls({language: Texts(language, translated) for language, translated in made.items()})

    def naming_in_english(self, commands: Collection[str]) -> Catalogues:
        """Return all languages with *commands* by their English names: for a chat that shows no others."""
        return Catalogues({language: texts.naming_in_english(commands) for language, texts in self._texts.items()})

    def texts(self, locale: str | None, otherwise: str = ENGLISH) -> Texts:
        """Return the texts for *locale* in any spelling (``zh-CN``, ``zh_HK.UTF-8``, ``en-GB``), else *otherwise*."""
        return self._texts[pick(locale, otherwise)]


def read_catalogue(folder: Path = LOCALES) -> Catalog:
    """Return the Chinese texts of all catalogue files below *folder*, empty where none can be read."""
    whole = Catalog(locale="zh_CN")
    paths = sorted((folder / "zh_CN" / "LC_MESSAGES").glob("*.po"))
    if not paths:
        log.warning("There are no Chinese texts below %s", folder.name)
    for path in paths:
        for message in _read(path):
            if message.id:
                whole[message.id] = message
    return whole


def _read(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, locale="zh_CN")
    except (OSError, ValueError) as error:
        log.warning("Cannot read the Chinese texts of %s: %s", path.name, error)
        return Catalog(locale="zh_CN")


def _translations(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if key and forms and all(forms) and not message.fuzzy:
            found[key] = forms
    return found
