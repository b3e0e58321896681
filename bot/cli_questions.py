"""The command line of the question bank: what may be typed after ``studybot questions``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from bot.commands.options import AsJson, ConfigFile, NotesDir
from bot.errors import N_

BROKEN: Final = 1

Topics = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar="TOPIC",
        help=N_(
            "Only questions on this topic, or on the one of whose name this is a part; may be given several times."
        ),
    ),
]
InLanguage = Annotated[
    Literal["zh", "en"] | None, typer.Option("--language", help=N_("Only questions in this language."))
]
Generated = Annotated[bool, typer.Option("--generated", help=N_("Those made from the notes, too."))]

questions = typer.Typer(help=N_("The questions that the notes and their question files hold."), no_args_is_help=True)


@questions.command(help=N_("Check question files: all that is wrong with them, and what could be better."))
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", readable=False, help=N_("Question files (else those of the notes).")),
    ] = None,
    *,
    notes: NotesDir = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Print every problem; exit 1 if a file is left out for one."""
    from bot.commands import question_checks  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    read = session.configured(config, notes) if notes or not files else None
    if not question_checks.check(session, read, files or (), as_json=as_json):
        raise typer.Exit(BROKEN)


@questions.command("list", help=N_("List the questions."))
def list_(
    *,
    notes: NotesDir = None,
    topic: Topics = None,
    language: InLanguage = None,
    generated: Generated = False,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Print what can be asked."""
    from bot.commands import questions as work  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    wanted = work.Wanted(tuple(topic or ()), language, generated=generated)
    work.show(session, session.configured(config, notes), wanted, as_json=as_json)


@questions.command(help=N_("Print the questions as a question file or as a table."))
def export(
    *,
    form: Annotated[
        Literal["yaml", "csv"], typer.Option("--format", help=N_("A question file, or a table for spreadsheets."))
    ] = "yaml",
    notes: NotesDir = None,
    topic: Topics = None,
    language: InLanguage = None,
    generated: Generated = False,
    config: ConfigFile = None,
) -> None:
    """Print the questions in a form that can be read back."""
    from bot.commands import questions as work  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    wanted = work.Wanted(tuple(topic or ()), language, generated=generated)
    work.export(session, session.configured(config, notes), wanted, form=form)


@questions.command("import", help=N_("Turn a trivia list of Red-DiscordBot or a CSV table into a question file."))
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help=N_("The list, table or question file."))],
    *,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help=N_(
                "The question file to write; without, only a report. A relative path counts from here if it leads into "
                "the notes, else from their folder. No folder is made."
            ),
        ),
    ] = None,
    notes: NotesDir = None,
    config: ConfigFile = None,
) -> None:
    """Report what would be imported, and write it if wished; exit 1 if something is wrong with it."""
    from bot.commands import question_files  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    if not question_files.import_(session, session.configured(config, notes), file, into=into):
        raise typer.Exit(BROKEN)
