"""What every command needs: where it was started, its reader's language, the consoles. Light to import."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from bot.commands.language import locale_of, texts_for
from bot.config import Config, NotesFolder, load
from bot.i18n import Texts

# JSON leaves these bare: some terminals obey them, and some readers take them for the end of a line.
_BARE: Final = re.compile("[\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Session:
    """One call of a command.

    Attributes:
        environ: the process's.
        folder: absolute; where it was started.
        out: for what was asked for.
        err: for everything else: progress, remarks, errors.
    """

    environ: Mapping[str, str]
    folder: Path
    texts: Texts
    out: Console
    err: Console

    @classmethod
    def begin(cls, environ: Mapping[str, str], *, language: str = "") -> Session:
        """Return the session of this process; *language* overrides the locale."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
        texts = texts_for(language or locale_of(environ))
        return cls(environ, Path.cwd(), texts, Console(highlight=False), Console(stderr=True, highlight=False))

    def configured(self, file: Path | None, notes: Path | None) -> Config:
        """Return the configuration; *notes* replaces all that it says of them.

        Raises:
            ConfigError: it cannot be used.
        """
        config = load(self.environ, self.folder, explicit=file)
        return replace(config, notes=(NotesFolder(self.folder / notes),)) if notes else config

    def mention_sample(self, config: Config) -> None:
        """Say on stderr that the sample notes stand in, if they do."""
        if not config.notes:
            text = self.texts.gettext("No notes are configured: using the sample notes that come with studybot.")
            self.err.print(text, style="dim", markup=False, soft_wrap=True)

    def print_json(self, value: Mapping[str, Any]) -> None:
        """Print *value* on one line of stdout, in UTF-8, and flush it so that who reads along gets it at once."""
        line = json.dumps(value, ensure_ascii=False)
        line = _BARE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
