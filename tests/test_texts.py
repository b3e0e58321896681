"""Every text that people read exists in Chinese, with the same places, and the catalogue holds nothing else."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.i18n import LOCALES, read_catalogue

ROOT = Path(__file__).parent.parent
PLACE = re.compile(r"\{(\w*)[^{}]*\}")
BASES = {"StudyError", "NotesError", "ConfigError", "refusal", "Problem", "Fault", "StorageError"}


def sources() -> list[Path]:
    return sorted(
        [*(ROOT / "bot").rglob("*.py"), *(ROOT / "knowledge").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]
    )


@cache
def trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text("utf-8")) for path in sources())


def subclasses(bases: set[str]) -> set[str]:
    """Return *bases* and the classes of ours that descend from them."""
    classes = [node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    named = [(node.name, {base.id for base in node.bases if isinstance(base, ast.Name)}) for node in classes]
    found = set(bases)
    while new := {name for name, parents in named if parents & found} - found:
        found |= new
    return found


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@cache
def messages() -> dict[str, tuple[str, ...]]:
    """Return the forms of each message, singular first. From the syntax tree: gettext's tools miss f-strings."""
    keywords = {"gettext", "ngettext", "N_", "locale_str"} | subclasses(BASES)
    found: dict[str, tuple[str, ...]] = {}
    for node in (node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if called(node) in keywords:
            arguments = node.args[: 2 if called(node) == "ngettext" else 1]
            forms = tuple(
                one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )
            if forms:
                found[forms[0]] = forms
    return found


def translations() -> Iterator[tuple[str, tuple[str, ...]]]:
    for message in read_catalogue():
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            yield key, (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_message_is_translated():
    known = {key for key, forms in translations() if forms and all(forms)}
    assert [key for key in messages() if key not in known] == []


def test_no_translation_is_left_over():
    assert {key for key, _ in translations()} - set(messages()) == set()


def test_no_text_stands_in_two_catalogue_files():
    keys = [
        key if isinstance(key, str) else key[0]
        for path in (LOCALES / "zh_CN" / "LC_MESSAGES").glob("*.po")
        for key in (message.id for message in read_po(BytesIO(path.read_bytes())))
        if key
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_no_translation_is_a_guess():
    assert [message.id for message in read_catalogue() if message.id and message.fuzzy] == []


@pytest.mark.parametrize(("key", "forms"), list(translations()))
def test_translation_has_the_places_of_its_message(key, forms):
    for form in forms:
        assert set(PLACE.findall(form)) == set(PLACE.findall(key)) | ({"n"} if "{n}" in form else set())


def test_catalogue_is_read_without_a_complaint(caplog):
    assert len(read_catalogue(LOCALES)) > 0
    assert caplog.records == []
