"""Options that several commands share, as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.errors import N_

# Typer would say of files that it cannot read what we say in the reader's language: hence readable=False.
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", readable=False, help=N_("The configuration (else studybot.yaml in this folder).")
    ),
]
NotesDir = Annotated[
    Path | None,
    typer.Option(
        "--notes", metavar="DIR", readable=False, help=N_("A folder of notes, instead of the configured one.")
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("Print JSON."))]
