"""The command line: what may be typed. What it does stands in bot.commands, imported only when it is asked for."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli_questions import questions
from bot.commands import usage
from bot.commands.language import let_terminals_of_any_encoding_print, locale_of, texts_for, told, translate_help
from bot.commands.options import AsJson, ConfigFile, NotesDir
from bot.commands.usage import REFUSED
from bot.config import ConfigError
from bot.errors import N_, StudyError
from bot.render.controls import shown
from knowledge.errors import NotesError
from storage.errors import StorageError

BROKEN = 1
CANNOT = 2

cli = typer.Typer(
    help=N_("A Discord bot for study groups: answers from the group's own notes."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(questions, name="questions")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process: 0 done, 1 something was found broken, 2 it cannot be done.

    Args:
        arguments: without the program's name; None takes the process's.
    """
    let_terminals_of_any_encoding_print()
    texts = texts_for(locale_of(os.environ))
    command = typer.main.get_command(cli)
    translate_help(command, texts)
    try:
        sys.exit(command(args=arguments, prog_name="studybot", standalone_mode=False))
    except REFUSED as error:
        if sentence := usage.told(error, texts):
            typer.echo(shown(sentence), err=True)
        sys.exit(CANNOT)
    except (ConfigError, NotesError, StorageError, StudyError) as error:
        typer.echo(shown(told(error, texts)), err=True)
        sys.exit(CANNOT)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        # What is still in the buffer would fail again, with a traceback, when the interpreter flushes it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        typer.echo(texts.gettext("There is no space left for the output."), err=True)
        sys.exit(CANNOT)


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to import

    try:
        typer.echo(f"studybot {version('studybot')}")
    except PackageNotFoundError:  # run from a folder into which it was never installed
        typer.echo("studybot")
    raise typer.Exit


@cli.callback()
def before(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=N_("Print the version."))
    ] = False,
) -> None:
    """Take the options that stand before the command."""


@cli.command(help=N_("Look something up in the notes."))
def ask(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help=N_("A term or a whole question; its words need no quotation marks.")),
    ] = None,
    *,
    notes: NotesDir = None,
    limit: Annotated[int, typer.Option(min=1, max=100, metavar="N", help=N_("How many matches to show at most."))] = 8,
    lang: Annotated[Literal["zh", "en"] | None, typer.Option(help=N_("Prefer notes in this language."))] = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", readable=False, help=N_("Answer each line of FILE (-: standard input) with a line of JSON.")
        ),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Answer one question, or a file of them."""
    gc.set_threshold(100_000)  # the end of the process frees sooner what the collector would look for: 6 % less to wait
    from bot.commands import asking  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ, language=lang or "")
    wanted = asking.Wanted(limit=limit, language=lang, as_json=as_json)
    if words and batch is None:
        asking.answer(session, session.configured(config, notes), " ".join(words), wanted)
    elif batch is not None and not words:
        asking.answer_lines(session, session.configured(config, notes), batch, wanted)
    else:
        raise StudyError(N_("Give either a question, or --batch with a file of questions."))


@cli.command(help=N_("Read the notes and report what they hold and what is wrong with them."))
def index(*, notes: NotesDir = None, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Report what loading the notes made of them."""
    from bot.commands import indexing  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    indexing.report(session, session.configured(config, notes), as_json=as_json)


@cli.command("eval", help=N_("Measure the search against judged queries."))
def evaluate(
    judged: Annotated[
        Path, typer.Argument(metavar="JUDGED.jsonl", readable=False, help=N_("The judged queries, one a line."))
    ],
    *,
    notes: NotesDir = None,
    as_json: AsJson = False,
    misses: Annotated[
        bool, typer.Option("--misses", help=N_("List the queries that were not answered first."))
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Report how well the search does."""
    from bot.commands import judging  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    judging.report(session, session.configured(config, notes), judged, as_json=as_json, misses=misses)


@cli.command("try", help=N_("Open the local chat: the bot with a made-up study group, without Discord."))
def try_(
    *,
    notes: NotesDir = None,
    lang: Annotated[Literal["zh-CN", "en"] | None, typer.Option(help=N_("The language of the chat."))] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help=N_("The port; 0 picks a free one."))] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=N_("Only print the address."))] = False,
    config: ConfigFile = None,
) -> None:
    """Serve the local chat until Ctrl-C."""
    from bot.commands import serving  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ, language=lang or "")
    read = session.configured(config, notes)
    serving.try_locally(session, read, port=port, open_browser=not no_browser, language=lang)


@cli.command(help=N_("Run the bot on Discord; the token comes from DISCORD_TOKEN."))
def run(*, notes: NotesDir = None, config: ConfigFile = None) -> None:
    """Serve Discord until SIGTERM or Ctrl-C."""
    from bot.commands import serving  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    serving.run(session, session.configured(config, notes))


@cli.command(help=N_("Check what is configured, found and missing."))
def doctor(*, notes: NotesDir = None, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Print every check; exit 1 if something is broken."""
    from bot.commands import checking  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    if not checking.report(Session.begin(os.environ), config, notes=notes, as_json=as_json):
        raise typer.Exit(BROKEN)


@cli.command(help=N_("Copy the database to FILE; the bot may be running."))
def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help=N_("Where to; nothing may be there yet."))
    ],
    *,
    config: ConfigFile = None,
) -> None:
    """Back the database up."""
    from bot.commands import keeping  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    keeping.back_up(session, session.configured(config, None), session.folder / file)


@cli.command(help=N_("Put a copy that studybot backup made in the place of the database; stop the bot first."))
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help=N_("The copy; it is left as it is."))],
    *,
    check: Annotated[bool, typer.Option("--check", help=N_("Only look whether FILE is sound."))] = False,
    config: ConfigFile = None,
) -> None:
    """Restore the database."""
    from bot.commands import keeping  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    session = Session.begin(os.environ)
    if check:
        keeping.check(session, session.folder / file)
    else:
        keeping.restore(session, session.configured(config, None), session.folder / file)


@cli.command(help=N_("Check whether the bot running here is healthy; for a container's health check."))
def health(*, config: ConfigFile = None) -> None:
    """Print how the running bot is; exit 1 if it is not well."""
    from bot.commands.health import is_well  # noqa: PLC0415
    from bot.commands.session import Session  # noqa: PLC0415

    if not is_well(Session.begin(os.environ), config):
        raise typer.Exit(BROKEN)
