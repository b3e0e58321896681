"""What Discord refuses in definitions of commands, and how a test's words become the options of a call."""

from __future__ import annotations

import re
from typing import Any

from tests.wire.limits import require

Json = dict[str, Any]

CHAT_INPUT, MESSAGE_MENU = 1, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
MOST = {CHAT_INPUT: 100, 2: 15, MESSAGE_MENU: 15}
NAME = re.compile(r"[-_'\w]{1,32}")
LOCALE = re.compile(
    "id|da|de|en-GB|en-US|es-ES|es-419|fr|hr|it|lt|hu|nl|no|pl|pt-BR"
    "|ro|fi|sv-SE|vi|tr|cs|el|bg|ru|uk|hi|th|zh-CN|ja|zh-TW|ko"
)
CHARS = 8000
TYPES: dict[type, int] = {str: 3, int: 4, bool: 5, float: 10}


def check_commands(commands: list[Json]) -> None:
    """Refuse definitions that Discord would not take as a whole.

    Raises:
        Refusal: 400; the reason names the command.
    """
    keys = [(command.get("type", CHAT_INPUT), command["name"]) for command in commands]
    require(len(set(keys)) == len(keys), "APPLICATION_COMMANDS_DUPLICATE_NAME")
    for kind, most in MOST.items():
        require(sum(1 for key in keys if key[0] == kind) <= most, f"more than {most} commands of type {kind}")
    for command in commands:
        _check(command, slash=command.get("type", CHAT_INPUT) == CHAT_INPUT)
        require(_chars(command) <= CHARS, f"{command['name']}: over 8000 characters")


def _check(definition: Json, *, slash: bool) -> None:
    name = definition["name"]
    for each in (name, *(definition.get("name_localizations") or {}).values()):
        fits = NAME.fullmatch(each) and each == each.lower() if slash else 1 <= len(each) <= 32
        require(fits, f"APPLICATION_COMMAND_INVALID_NAME: {each!r}")
    descriptions = (definition.get("description", ""), *(definition.get("description_localizations") or {}).values())
    require(all(1 <= len(each) <= 100 if slash else not each for each in descriptions), f"{name}: description")
    for key in ("name_localizations", "description_localizations"):
        require(all(map(LOCALE.fullmatch, definition.get(key) or {})), f"{name}: no such locale")
    _check_options(name, definition.get("options", []))
    choices = [choice["name"] for choice in definition.get("choices", [])]
    require(len(choices) <= 25 and len(set(choices)) == len(choices), f"{name}: choices")


def _check_options(name: str, options: list[Json]) -> None:
    require(len(options) <= 25, f"{name}: more than 25 options")
    names = [option["name"] for option in options]
    require(len(set(names)) == len(names), f"{name}: APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED")
    needed = [bool(option.get("required")) for option in options]
    require(needed == sorted(needed, reverse=True), f"{name}: required options stand first")
    for option in options:
        _check(option, slash=True)


def _chars(definition: Json) -> int:
    """Return the length of names, descriptions and choice values, the longest localization counted."""
    own = sum(
        max(
            len(definition.get(key) or ""),
            *(len(each) for each in (definition.get(f"{key}_localizations") or {"": ""}).values()),
        )
        for key in ("name", "description")
    )
    choices = sum(_chars(choice) + len(str(choice["value"])) for choice in definition.get("choices", []))
    return own + choices + sum(_chars(option) for option in definition.get("options", []))


def call(command: Json, path: list[str], options: dict[str, Any], focused: str | None = None) -> list[Json]:
    """Return the options of a call as Discord sends them.

    Args:
        command: its definition, as synced.
        path: names of the subcommands below it, may be empty.
        options: name to value; the type follows from the value's.
        focused: the option that is being typed, of an autocomplete.

    Raises:
        AssertionError: the definition has no such subcommand or option, or no autocomplete for it.
    """
    known = {option["name"]: option for option in command.get("options", [])}
    if path:
        below = known.get(path[0])
        assert below is not None, f"/{command['name']} has no {path[0]!r}, only {sorted(known)}"
        return [{"name": path[0], "type": below["type"], "options": call(below, path[1:], options, focused)}]
    assert set(options) <= set(known), f"{command['name']!r} has options {sorted(known)}, not {sorted(options)}"
    assert focused is None or known[focused].get("autocomplete"), f"{focused!r} has no autocomplete"
    missing = [name for name, option in known.items() if option.get("required") and name not in options]
    assert focused or not missing, f"{command['name']!r} needs {missing}"
    return [
        {"name": name, "type": TYPES[type(value)], "value": value} | ({"focused": True} if name == focused else {})
        for name, value in options.items()
    ]
