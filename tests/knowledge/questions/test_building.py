"""The bank follows the notes, and takes over what did not change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.library import load
from knowledge.questions import building, interviews
from tests.knowledge.loading import write

FAQ = "# FAQ\n\n## LoRA\n\nQ: Why LoRA?\nA: Fewer parameters.\n\nQ: How?\nA: Two matrices.\n"


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "notes", {"faq.md": FAQ, "tree.md": "# 决策树\n\n剪枝。\n"})


@pytest.fixture
def state(folder, started):
    """Load the folder, after the state before if one is given."""
    return lambda previous=None: load(folder, previous=previous or started)


def prompts(loaded):
    return [question.prompt for question in loaded.bank.all]


def test_bank_holds_the_questions_of_the_notes(state):
    assert prompts(state()) == ["Why LoRA?", "How?"]


def test_bank_is_built_when_it_is_asked_for_and_once(state, monkeypatch):
    loaded = state()
    assert loaded.questions.known is None
    assert loaded.bank is loaded.bank
    monkeypatch.setattr(building, "build", lambda *_: pytest.fail("it is built again"))
    assert loaded.problems == ()


def test_changed_note_changes_the_bank_and_the_old_one_stays_as_it_was(state, folder):
    before = state()
    kept = before.bank
    write(folder.root, {"faq.md": FAQ.replace("How?", "Where?")})
    assert prompts(state(before)) == ["Why LoRA?", "Where?"]
    assert [question.prompt for question in kept.all] == ["Why LoRA?", "How?"]


def test_notes_that_are_the_same_are_not_read_again(state, folder, monkeypatch):
    before = state()
    _ = before.bank
    write(folder.root, {"tree.md": "# 决策树\n\n后剪枝。\n"})
    monkeypatch.setattr(interviews, "find", lambda *_: pytest.fail("it is read again"))
    assert prompts(state(before)) == ["Why LoRA?", "How?"]


def test_note_that_went_takes_its_questions_along(state, folder):
    before = state()
    _ = before.bank
    (folder.root / "faq.md").unlink()
    after = state(before)
    assert prompts(after) == []
    assert {file for file, _ in after.bank.kept} == {"", "tree.md"}


def test_note_that_goes_while_it_is_read_gives_none(state, folder):
    loaded = state()
    (folder.root / "faq.md").unlink()
    assert prompts(loaded) == []


def test_what_is_wrong_with_questions_is_told_with_what_could_not_be_read(state, folder):
    write(folder.root, {"faq.md": FAQ + "\n\nQ: Nothing?\n", "bad.md": "---\na: [\n---\n# x\n"})
    told = [str(problem) for problem in state().problems]
    assert told[-1] == "faq.md:12: This question has no answer. It is left out."
    assert told[0].startswith("bad.md:")


def test_bank_does_not_hold_on_to_the_notes_it_came_from(state):
    loaded = state()
    _ = loaded.bank
    assert loaded.questions._material is None
    assert replace(loaded, terms={}).bank is loaded.bank
