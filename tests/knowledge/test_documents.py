"""YAML keeps its lines and its spelling, and tricks are refused before they cost anything."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import documents
from knowledge.documents import BrokenYamlError, ReferenceUsedError, TooDeepError
from knowledge.errors import NotesError


def refusal(text: str) -> str:
    with pytest.raises(NotesError) as refused:
        documents.parse(text, "a.yaml")
    return str(refused.value)


def problems(text: str) -> list[str]:
    return [str(problem) for problem in documents.parse(text, "a.yaml").problems]


def test_values_stay_as_they_were_typed():
    document = documents.parse("a: 1.10\nb: yes\nc: [007, 1e3, 2024-01-01, ~]\nd: null\ne:\n", "a.yaml")
    assert document.values == {"a": "1.10", "b": "yes", "c": ["007", "1e3", "2024-01-01", None], "d": None, "e": None}


def test_every_key_and_item_has_its_line():
    document = documents.parse("a:\n  - x\n  - b: y\n    c: z\n", "a.yaml")
    assert document.lines == {("a",): 1, ("a", 0): 2, ("a", 1): 3, ("a", 1, "b"): 3, ("a", 1, "c"): 4}
    assert document.where(("a", 1, "c")) == "a.yaml:4"


def test_place_that_is_not_there_has_the_line_of_what_is_around_it():
    document = documents.parse("a:\n  - x\n", "a.yaml")
    assert (document.line(("a", 0, "b")), document.line(("z",))) == (2, 1)


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n"])
def test_empty_text_is_an_empty_mapping(text):
    assert documents.parse(text, "a.yaml").values == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "a.yaml:1: expected lines of the form key: value"),
        ("text", "a.yaml:1: expected lines of the form key: value"),
        ("a: [b\n", "a.yaml:2: not valid YAML: a comma or a closing bracket is missing"),
        ("a: b: c\n", "a.yaml:1: not valid YAML: put a text that holds a colon and a blank in quotes"),
        ("a: b\n\tc: d\n", "a.yaml:2: not valid YAML: "),
        ("a: @b\n", "a.yaml:1: not valid YAML: indent with spaces, not tabs; put @, ` and % in quotes"),
        ("a\nb: c\n", "a.yaml:2: not valid YAML: put a text that holds a colon"),
        ("b: c\na\n", "a.yaml:3: not valid YAML: a key needs a colon and a blank after it"),
        ("a: 'b\n", "a.yaml:2: not valid YAML: a closing quote is missing"),
        ("a: b\n c: d\n", "a.yaml:2: not valid YAML: put a text"),
        ("a:\n  b: c\n d: e\n", "a.yaml:3: not valid YAML: indent this line as those above it"),
        ("a: [}\n", "a.yaml:1: not valid YAML: a comma or a closing bracket is missing"),
        ("a: \x00\n", "a.yaml:1: not valid YAML"),
        ("a: b\n---\nc: d\n", "a.yaml:2: not valid YAML"),
        ("a: &x b\nc: *x\n", "a.yaml:2: references (*x) are not allowed here; write the value out"),
        ("a: " + "[" * 50_000, "a.yaml:1: nested more than 20 levels deep"),
        ("a: " + "[" * 21 + "]" * 21, "a.yaml:1: nested more than 20 levels deep"),
    ],
)
def test_text_that_cannot_be_read_is_told_with_its_line(text, message):
    assert refusal(text).startswith(message)


def test_bomb_of_references_is_refused_before_it_grows():
    rows = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert "references (*l0)" in refusal("l0: &l0 [x]\n" + "\n".join(rows))


def test_all_that_is_wrong_inside_is_told_at_once():
    assert problems("a: b\na: c\n[x]: y\nd: !!python/name:os.system ''\ne: !own z\n") == [
        "a.yaml:2: the key a is given twice",
        "a.yaml:3: a key must be a word",
        "a.yaml:4: the tag tag:yaml.org,2002:python/name:os.system is not allowed",
        "a.yaml:5: the tag !own is not allowed",
    ]


def test_what_is_refused_inside_is_not_among_the_values():
    assert documents.parse("a: b\na: c\nd: !own z\n", "a.yaml").values == {"a": "b", "d": None}


def test_long_names_are_shown_cut():
    key = "k" * 1_000
    assert max(map(len, problems(f"{key}: a\n{key}: b\nc: !{key} d\n"))) < 150


def test_references_may_be_allowed_and_are_the_node_itself():
    root = documents.compose("- &a [x]\n- *a\n", references=True)
    assert root.value[0] is root.value[1]


@pytest.mark.parametrize(
    ("text", "error"), [("[[[a]]]", TooDeepError), ("[&a b, *a]", ReferenceUsedError), ("a: b: c", BrokenYamlError)]
)
def test_kind_of_refusal_is_told_apart(text, error):
    with pytest.raises(error) as refused:
        documents.compose(text, depth=2)
    assert refused.value.line == 1


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(NotesError):
        assert isinstance(documents.parse(text, "a.yaml").values, dict)
