"""Questions survive being stored, and what is no question is refused."""

from __future__ import annotations

import json

import pytest

from knowledge.questions.model import Kind, dump, question_id, restore
from tests.knowledge.questions.material import question


@pytest.mark.parametrize("kind", Kind)
def test_question_of_each_kind_is_restored_as_it_was(kind):
    one = question(kind, tolerance=0.5, lines=(3, 9), author_id=7, pinned=(1,), prompt="为什么 <@1> $x$?\n```\n")
    assert restore(dump(one)) == one


def test_question_stored_without_newer_fields_is_restored():
    stored = json.loads(dump(question()))
    for newer in ("pinned", "partial", "author_id", "explanation"):
        del stored[newer]
    assert restore(json.dumps(stored)) == question()


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "{}", '{"kind": "choice"}', dump(question()).replace('"choice"', '"guess"'),
     dump(question()).replace('"prompt"', '"other"')],
)  # fmt: skip
def test_what_is_no_question_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        restore(text)


def test_id_is_made_of_its_parts_and_their_order():
    assert question_id("a", "b") == question_id("a", "b")
    assert len({question_id("a", "b"), question_id("b", "a"), question_id("ab"), question_id("a", "b", "")}) == 4
    assert all(character in "0123456789abcdef" for character in question_id("问题"))
    assert len(question_id("x")) == 16
