"""What is exported reads back as the same questions."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.questions import exports, files, imports
from knowledge.questions.model import FALSE, Kind, Origin, Question
from tests.knowledge.questions.material import question
from tests.knowledge.questions.yaml_files import ALL, read


def plain(questions) -> list[Question]:
    """Return *questions* without what tells where they stood, or how they were made."""
    return [replace(one, lines=None, origin=Origin.FILE, vocabulary=False) for one in questions]


def from_yaml(questions) -> list[Question]:
    gathered = files.parse(exports.to_yaml(questions).encode(), "x.questions.yaml")
    assert gathered.problems == ()
    return plain(gathered.questions)


def from_csv(questions) -> list[Question]:
    gathered = imports.read(exports.to_csv(questions).encode(), "x.csv")
    assert gathered.problems == ()
    return plain(gathered.questions)


@pytest.mark.parametrize("again", [from_yaml, from_csv])
def test_every_kind_reads_back_equal(again):
    questions = [*read(ALL), question(Kind.TRUTH, name="no", right=(FALSE,), language="zh")]
    assert again(questions) == plain(questions)


@pytest.mark.parametrize("again", [from_yaml, from_csv])
def test_whole_banks_read_back_equal(again, sample, real):
    for loaded in (sample, real):
        assert again(loaded.bank.all) == plain(loaded.bank.all)


def test_language_of_all_stands_at_the_top():
    assert yaml.safe_load(exports.to_yaml([question()]))["language"] == "en"
    mixed = yaml.safe_load(exports.to_yaml([question(), question(name="b", language="zh")]))
    assert "language" not in mixed
    assert [one["language"] for one in mixed["questions"]] == ["en", "zh"]


def test_several_lines_are_written_as_lines():
    assert "answer: |-\n      first\n      second\n" in exports.to_yaml([question(Kind.OPEN, answer="first\nsecond")])


def test_nothing_reads_back_as_nothing():
    assert from_yaml([]) == from_csv([]) == []


def test_exported_question_stands_for_that_of_the_note(real):
    asked = real.bank.questions()[0]
    assert from_yaml([asked])[0].id == asked.id


def test_table_begins_with_the_mark_that_spreadsheets_need():
    assert exports.to_csv([]).startswith("\ufeffid,language,kind,")


@pytest.mark.parametrize("prompt", ["=1+1", "+1", "-1 or 1?", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_cell_is_no_formula_to_a_spreadsheet(prompt):
    asked = [question(prompt=prompt)]
    cells = next(csv.DictReader(io.StringIO(exports.to_csv(asked).removeprefix("\ufeff"))))
    assert cells["question"][0] == "'"
    assert from_csv(asked) == plain(asked)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map(str.strip).filter(bool)


@example(prompt="0", answer="0", topic="0\x850")
@given(prompt=texts, answer=texts, topic=texts)
def test_any_text_survives_yaml(prompt, answer, topic):
    asked = [question(Kind.OPEN, prompt=prompt, answer=answer, topic=topic, points=(prompt,))]
    assert from_yaml(asked) == plain(asked)
