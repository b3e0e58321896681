"""The stand-in refuses definitions of commands that Discord refuses, and sends calls as Discord does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire import definitions
from tests.wire.limits import Refusal

Json = dict[str, Any]


def command(name: str = "explain", **more: Any) -> Json:
    return {"name": name, "description": "Look it up", "type": 1} | more


def option(name: str, **more: Any) -> Json:
    return {"name": name, "description": "what", "type": 3} | more


LONG = [{"name": f"{n:0100}", "value": "x"} for n in range(25)]

REFUSED: dict[str, list[Json]] = {
    "DUPLICATE_NAME": [command(), command()],
    "INVALID_NAME: 'Explain'": [command("Explain")],
    "INVALID_NAME: 'x{33}'": [command("x" * 33)],
    "INVALID_NAME: '解 释'": [command(name_localizations={"zh-CN": "解 释"})],
    "description": [command(description="x" * 101)],
    "no such locale": [command(name_localizations={"zh": "解释"})],
    "required options": [command(options=[option("a"), option("b", required=True)])],
    "more than 25": [command(options=[option(f"o{n}") for n in range(26)])],
    "over 8000": [command(options=[option(f"o{n}", description="x" * 100, choices=LONG) for n in range(4)])],
    "more than 100": [command(f"c{n}") for n in range(101)],
}


@pytest.mark.parametrize("reason", REFUSED)
def test_definition_over_a_limit_is_refused(reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        definitions.check_commands(REFUSED[reason])


def test_localized_definition_is_taken() -> None:
    names = {"zh-CN": "解释", "zh-TW": "解釋"}
    options = [option("topic", required=True, name_localizations=names), option("more")]
    definitions.check_commands([command(name_localizations=names, options=options), command("notes")])


def test_longest_localization_counts() -> None:
    texts = {"zh-CN": "字" * 100}
    options = [option(f"o{n}", description_localizations=texts) for n in range(25)]
    groups = [option(f"g{n}", type=1, options=options) for n in range(4)]
    with pytest.raises(Refusal, match="over 8000"):
        definitions.check_commands([command(options=groups)])


def test_menu_has_a_free_name_and_no_description() -> None:
    definitions.check_commands([{"name": "Explain this", "type": 3}])
    with pytest.raises(Refusal, match="description"):
        definitions.check_commands([{"name": "Explain this", "type": 3, "description": "x"}])


def test_subcommand_wraps_its_options() -> None:
    notes = command("notes", options=[option("reload", type=1, options=[option("what")])])
    assert definitions.call(notes, ["reload"], {"what": "all"}) == [
        {"name": "reload", "type": 1, "options": [{"name": "what", "type": 3, "value": "all"}]}
    ]


def test_type_of_an_option_follows_its_value() -> None:
    options = [option("n", type=4), option("b", type=5)]
    called = definitions.call(command(options=options), [], {"n": 3, "b": True})
    assert [each["type"] for each in called] == [4, 5]


def test_option_being_typed_is_marked() -> None:
    typed = definitions.call(command(options=[option("topic", autocomplete=True)]), [], {"topic": "激"}, "topic")
    assert typed == [{"name": "topic", "type": 3, "value": "激", "focused": True}]


def test_option_without_autocomplete_cannot_be_completed() -> None:
    with pytest.raises(AssertionError, match="no autocomplete"):
        definitions.call(command(options=[option("topic")]), [], {"topic": "x"}, "topic")
