"""The bank gives questions by id, language, topic and kind, always in the same order."""

from __future__ import annotations

import pytest

from knowledge.questions.bank import Bank, Topic, section_of
from knowledge.questions.model import Difficulty, Kind, Origin, question_id
from tests.knowledge.questions.material import question

ENGLISH = question(name="a", prompt="What gates?")
CHINESE = question(name="a", prompt="什么门控？", language="zh", topic="激活函数")
TREE = question(Kind.OPEN, name="b", language="zh", topic="决策树", difficulty=Difficulty.HARD)
MADE = question(Kind.TYPED, name="c", topic="LoRA", origin=Origin.GENERATED)
BANK = Bank((ENGLISH, CHINESE, TREE, MADE))


def test_question_in_two_languages_counts_once():
    assert (len(BANK), len(BANK.all)) == (3, 4)


def test_question_is_found_in_the_language_that_is_asked_for():
    assert BANK.get(ENGLISH.id, "zh") is CHINESE
    assert BANK.get(ENGLISH.id, "en") is ENGLISH
    assert BANK.get(ENGLISH.id) is ENGLISH


def test_question_that_has_only_the_other_language_is_found_in_that():
    assert BANK.get(TREE.id, "en") is TREE


def test_unknown_id_gives_nothing():
    assert BANK.get(question_id("gone")) is None
    assert dict(BANK.variants(question_id("gone"))) == {}
    assert question_id("gone") not in BANK


def test_variants_are_given_by_language():
    assert BANK.variants(ENGLISH.id) == {"en": ENGLISH, "zh": CHINESE}


def test_of_two_questions_with_one_id_and_language_the_first_counts():
    assert Bank((ENGLISH, question(name="a", prompt="Other?"))).all == (ENGLISH,)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, (ENGLISH, TREE)),
        ({"generated": True}, (ENGLISH, TREE, MADE)),
        ({"language": "zh"}, (CHINESE, TREE)),
        ({"language": "en"}, (ENGLISH,)),
        ({"topics": ["决策树"]}, (TREE,)),
        ({"topics": ["  ACTIVATION functions"]}, (ENGLISH,)),
        ({"topics": ["激活函数"], "language": "en"}, (ENGLISH,)),
        ({"topics": ["激活函數", "決策樹"], "language": "zh"}, (CHINESE, TREE)),
        ({"topics": ["LoRA"]}, ()),
        ({"kinds": [Kind.OPEN]}, (TREE,)),
        ({"difficulties": [Difficulty.MEDIUM]}, (ENGLISH,)),
        ({"kinds": [Kind.OPEN], "difficulties": [Difficulty.EASY]}, ()),
    ],
)
def test_questions_are_those_that_are_wanted(wanted, found):
    assert BANK.questions(**wanted) == found


def test_topics_are_counted_the_largest_first():
    bank = Bank([*BANK.all, question(name="d", language="zh", topic="决策树 ")])
    assert bank.topics("zh") == (Topic("决策树", 2), Topic("激活函数", 1))


def test_topics_of_generated_questions_are_told_only_with_them():
    assert Topic("LoRA", 1) not in BANK.topics("en")
    assert Topic("LoRA", 1) in BANK.topics("en", generated=True)


def test_empty_bank_has_nothing():
    assert (len(Bank()), Bank().all, Bank().questions(), Bank().topics()) == (0, (), (), ())


@pytest.mark.parametrize("heading", ["SwiGLU", "swiglu", "2. SwiGLU", "2-swiglu"])
def test_section_to_read_is_that_of_the_heading(index, heading):
    section = section_of(question(file="activation.md", heading=heading), index)
    assert (section.file, section.title) == ("activation.md", "2. SwiGLU")


@pytest.mark.parametrize("heading", ["", "No such heading"])
def test_section_to_read_is_the_file_s_first_without_the_heading(index, heading):
    assert section_of(question(file="activation.md", heading=heading), index).title == "Activation functions"


@pytest.mark.parametrize("file", ["", "gone.md", "../activation.md"])
def test_question_without_a_file_in_the_notes_has_no_section(index, file):
    assert section_of(question(file=file), index) is None
