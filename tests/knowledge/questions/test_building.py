"""The bank follows the notes, and takes over what did not change."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from knowledge.library import load
from knowledge.questions import building, interviews
from knowledge.questions.model import Origin
from tests.knowledge.loading import write
from tests.knowledge.questions.yaml_files import CHOICE, HEAD, TRUTH

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


# Question files


def by_origin(loaded, origin):
    return [question.prompt for question in loaded.bank.all if question.origin is origin]


def test_question_files_are_read_with_the_notes(state, folder):
    write(folder.root, {"glu.questions.yaml": HEAD + CHOICE.replace("activation/glu.md#SwiGLU", "tree.md")})
    loaded = state()
    assert by_origin(loaded, Origin.FILE) == ["Which function gates?"]
    assert loaded.problems == ()


def test_question_file_that_did_not_change_is_not_parsed_again(state, folder, monkeypatch):
    write(folder.root, {"glu.questions.yaml": HEAD + TRUTH})
    before = state()
    _ = before.bank
    monkeypatch.setattr("knowledge.questions.files.parse", lambda *_: pytest.fail("it is parsed again"))
    assert by_origin(state(before), Origin.FILE) == ["ReLU is zero below zero."]


def test_question_file_that_breaks_loses_its_questions_and_says_why(state, folder):
    write(folder.root, {"glu.questions.yaml": HEAD + TRUTH})
    before = state()
    _ = before.bank
    write(folder.root, {"glu.questions.yaml": HEAD + TRUTH + "  - x\n"})
    after = state(before)
    assert by_origin(after, Origin.FILE) == []
    assert [problem.where for problem in after.problems] == ["glu.questions.yaml:8"]
    assert by_origin(before, Origin.FILE) == ["ReLU is zero below zero."]


def test_source_that_is_not_in_the_notes_is_told_and_the_question_asked(state, folder):
    write(folder.root, {"glu.questions.yaml": HEAD + CHOICE})
    loaded = state()
    assert by_origin(loaded, Origin.FILE) == ["Which function gates?"]
    assert [problem.message for problem in loaded.problems] == ["source: {source} is not in the notes"]


def test_huge_question_file_is_told_and_the_rest_read(state, folder):
    (folder.root / "huge.questions.yaml").touch()
    os.truncate(folder.root / "huge.questions.yaml", 50_000_000)
    loaded = state()
    assert [str(problem) for problem in loaded.problems] == [
        "huge.questions.yaml: larger than 2 MB: split it into several files"
    ]
    assert "Why LoRA?" in prompts(loaded)


def test_question_of_a_file_stands_for_that_of_a_note_with_its_id(state, folder):
    own = state().bank.all[0].id
    write(folder.root, {"a.questions.yaml": HEAD + TRUTH.replace("relu-negative", own)})
    assert state().bank.get(own).prompt == "ReLU is zero below zero."


def test_number_of_questions_in_a_bank_is_bounded(state, monkeypatch):
    monkeypatch.setattr(building, "MOST", 1)
    loaded = state()
    assert len(loaded.bank) == 1
    assert [str(problem) for problem in loaded.problems] == ["There are more than 1 questions. The rest is left out."]


def test_many_threads_get_one_bank(state):
    loaded = state()
    with ThreadPoolExecutor(8) as pool:
        banks = list(pool.map(lambda _: loaded.bank, range(8)))
    assert all(bank is banks[0] for bank in banks)
