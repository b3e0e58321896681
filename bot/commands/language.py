"""The command line in its reader's language: which one that is, and the help and the errors in it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Final

import typer

from bot.config import ConfigError
from bot.errors import N_, StudyError
from bot.i18n import ENGLISH, Catalogues, Texts, pick
from knowledge.errors import NotesError
from storage.errors import StorageError

_PANELS: Final = (N_("Arguments"), N_("Options"), N_("Commands"))


def locale_of(environ: Mapping[str, str]) -> str:
    """Return the locale of messages as POSIX finds it; empty if none is set."""
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")


def texts_for(locale: str) -> Texts:
    """Return the texts in the language that serves *locale* best."""
    language = pick(locale)
    # The catalogues take a tenth of a second to read, and English needs none.
    return Texts(ENGLISH, {}) if language == ENGLISH else Catalogues.load().texts(language)


def translate_help(command: Any, texts: Texts) -> None:
    """Put the help of *command*, a command that typer made, and of those below it into the language of *texts*."""
    if not texts.chinese:
        return
    arguments, options, commands = map(texts.gettext, _PANELS)
    command.help = texts.gettext(command.help) if command.help else command.help
    command.rich_help_panel = commands
    _translate_usage(command, texts)
    showing_help = command.get_help_option(typer.Context(command))
    showing_help.help = texts.gettext(N_("Show this help."))
    showing_help.rich_help_panel = options
    for parameter in command.params:
        parameter.help = texts.gettext(parameter.help) if parameter.help else parameter.help
        _translate_default(parameter, texts)
        parameter.rich_help_panel = arguments if parameter.param_type_name == "argument" else options
    for below in getattr(command, "commands", {}).values():
        translate_help(below, texts)


def _translate_usage(command: Any, texts: Texts) -> None:
    """Let the line of how *command* is used begin in the language of *texts*: typer has no setting for that."""
    usage = command.get_usage
    places = (("[OPTIONS]", N_("[OPTIONS]")), ("COMMAND [ARGS]...", N_("COMMAND [ARGS]...")))

    def translated(context: Any) -> str:
        line = usage(context).removeprefix("Usage: ")
        for place, message in places:
            line = line.replace(place, texts.gettext(message))
        return texts.gettext("Usage: {line}", line=line)

    command.get_usage = translated


def _translate_default(parameter: Any, texts: Texts) -> None:
    """Say in the help of *parameter* what it is if it is not given, and keep typer from saying it in English."""
    default = parameter.default
    if parameter.show_default and default is not None and not isinstance(default, bool):
        parameter.help = texts.gettext("{help} (default: {default})", help=parameter.help, default=default)
        parameter.show_default = False


def told(error: ConfigError | NotesError | StudyError | StorageError, texts: Texts) -> str:
    """Return *error* as it is told to a person: one line for each thing that is wrong."""
    if isinstance(error, ConfigError):
        lines = (f"{fault.where}: {texts.gettext(fault.message, **dict(fault.values))}" for fault in error.faults)
        return "\n".join(lines)
    if isinstance(error, StudyError | StorageError):
        return texts.gettext(error.message, **error.values)
    problem = error.problem
    sentence = texts.gettext(problem.message, **dict(problem.values))
    return f"{problem.where}: {sentence}" if problem.where else sentence


def let_terminals_of_any_encoding_print() -> None:
    """Show ``?`` for what a terminal, such as one in GBK, cannot show, rather than end an answer half way."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
