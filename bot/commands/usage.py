"""What was typed wrong on the command line, told in its reader's language rather than by the library in English."""

from __future__ import annotations

import re
from typing import Any, Final

import typer

from bot.errors import N_
from bot.i18n import Texts

REFUSED: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""What typer raises of all that was typed wrong. Which module it lives in depends on typer's version."""

# Typer puts its own sentences together in English. One that is not known here is told as it is.
_SENTENCES: Final = (
    (r"No such option: (?P<option>\S+)", N_("There is no option {option}.")),
    (r"Option '(?P<option>[^']+)' requires an argument", N_("{option} needs a value after it.")),
    (r"Option '(?P<option>[^']+)' does not take a value", N_("{option} takes no value.")),
    (r"No such command '(?P<command>.*?)'", N_("There is no command “{command}”.")),
    (r"Missing command", N_("A command is missing.")),
    (r"Missing \w+ '(?P<name>.+?)'", N_("{name} is missing.")),
    (r"Got unexpected extra argument(?:\(s\)|s|) \((?P<rest>.*)\)", N_("More was typed than is expected: {rest}")),
)
_VALUES: Final = (
    (r"Input should be greater than or equal to (?P<least>\S+)", N_("{option}: expected a number from {least} on.")),
    (r"Input should be less than or equal to (?P<most>\S+)", N_("{option}: expected a number up to {most}.")),
    (r"Input should be a valid integer", N_("{option}: expected a whole number.")),
    (
        r"(?:Value error, )?'(?P<given>.*)' is not one of (?P<choices>.*?)\.?$",
        N_("{option}: expected one of {choices}, not {given}."),
    ),
)


def told(error: Any, texts: Texts) -> str:
    """Return what was typed wrong, and how to see what may be typed; of a call that only gets help, nothing."""
    if type(error).__name__ == "NoArgsIsHelpError":  # the help is on the screen already
        return ""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "studybot"
    hint = texts.gettext("{command} --help shows what may be typed.", command=path)
    return "\n".join(line for line in (_sentence(error, texts), _guess(error, texts), hint) if line)


def _sentence(error: Any, texts: Texts) -> str:
    message = error.format_message()
    for pattern, sentence in _SENTENCES:
        if match := re.match(pattern, message):
            return texts.gettext(sentence, **match.groupdict())
    option = _option(error)
    for pattern, sentence in _VALUES:
        if option and (match := re.match(pattern, error.message)):
            return texts.gettext(sentence, option=option, **_plain(match.groupdict(), texts))
    return str(message)


def _option(error: Any) -> str:
    parameter = getattr(error, "param", None)
    return max(parameter.opts, key=len) if parameter else ""


def _plain(found: dict[str, str], texts: Texts) -> dict[str, str]:
    return {name: texts.listed(value.replace("'", "").split(", ")) for name, value in found.items()}


def _guess(error: Any, texts: Texts) -> str:
    """Return what may have been meant instead; empty if nothing comes close."""
    options = getattr(error, "possibilities", None) or ()
    _, _, commands = error.message.partition("Did you mean ")
    near = sorted(options) or re.findall(r"'([^']+)'", commands)
    return texts.gettext("Did you mean {guess}?", guess=texts.listed(near)) if near else ""
