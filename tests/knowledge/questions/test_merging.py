"""Files stand beside one another: one question in two languages, no id twice, sources that lead somewhere."""

from __future__ import annotations

import pytest

from knowledge.questions import files, merging
from tests.knowledge.questions.yaml_files import CHOICE, HEAD, SEVERAL, TRUTH, TYPED

CHINESE = HEAD.replace("en", "zh", 1)


def put_together(**texts: str):
    """Return what merging the files gives: their questions, and the problems as sentences."""
    gathered = {f"{name}.yaml": files.parse(text.encode(), f"{name}.yaml") for name, text in texts.items()}
    assert all(one.problems == () for one in gathered.values())
    kept, problems = merging.merged(gathered)
    return kept, [str(problem) for problem in problems]


def test_same_id_in_two_languages_is_one_question():
    kept, problems = put_together(a=HEAD + CHOICE + TYPED, b=CHINESE + CHOICE.replace("Swish", "斯威什") + TYPED)
    assert problems == []
    assert [question.id for question in kept["a.yaml"]] == [question.id for question in kept["b.yaml"]]


def test_same_id_in_one_language_leaves_out_the_later_file_as_a_whole():
    kept, problems = put_together(a=HEAD + TRUTH, b=HEAD + CHOICE + TRUTH)
    assert list(kept) == ["a.yaml"]
    assert problems == ["b.yaml:15: this id is also used in a.yaml:4, in the same language"]


@pytest.mark.parametrize(
    ("entry", "old", "new"),
    [
        (CHOICE, "answer: A", "answer: B"),
        (CHOICE, "      - Softmax\n", ""),
        (CHOICE, "kind: choice", "kind: several"),
        (CHOICE, "difficulty: easy", "pinned: [C]"),
        (SEVERAL, "[A, B]", "[A, C]"),
        (SEVERAL, "partial: true", "partial: false"),
        (TRUTH, "answer: true", "answer: false"),
    ],
)
def test_translation_must_have_the_same_kind_choices_and_answer(entry, old, new):
    kept, problems = put_together(a=HEAD + entry, b=CHINESE + entry.replace(old, new))
    assert list(kept) == ["a.yaml"]
    assert problems == ["b.yaml:4: this is no translation of a.yaml:4: kind, choices or answer are others"]


def test_variants_in_one_file_must_agree_too():
    both = TRUTH + TRUTH.replace("kind", "language: zh\n    kind").replace("true", "false")
    assert put_together(a=HEAD + both)[0] == {}


def test_file_that_is_left_out_takes_no_id():
    kept, _ = put_together(a=HEAD + TRUTH, b=HEAD + CHOICE + TRUTH, c=HEAD + CHOICE)
    assert list(kept) == ["a.yaml", "c.yaml"]


def test_file_with_errors_of_its_own_takes_no_id():
    gathered = {"a.yaml": files.parse((HEAD + TRUTH + "  - x\n").encode(), "a.yaml")}
    gathered["b.yaml"] = files.parse((HEAD + TRUTH).encode(), "b.yaml")
    assert len(merging.merged(gathered)[0]["b.yaml"]) == 1


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("activation.md", False),
        ("activation.md#SwiGLU", False),
        ("activation.md#2. swiglu", False),
        ("activation.md#ReLU", True),
        ("gone.md", True),
        ("gone.md#SwiGLU", True),
    ],
)
def test_source_that_leads_nowhere_is_told(index, source, lost):
    kept, _ = put_together(a=HEAD + TRUTH + f"    source: {source}\n")
    told = [str(problem) for problem in merging.lost_sources(kept, index)]
    assert told == ([f"a.yaml:4: source: {source} is not in the notes"] if lost else [])


def test_question_without_a_source_has_none_to_lose(index):
    assert list(merging.lost_sources(put_together(a=HEAD + TRUTH)[0], index)) == []
