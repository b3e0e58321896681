"""The questions that come with the sample notes: enough of them, in both languages, and nothing wrong with any."""

from __future__ import annotations

from knowledge.questions import checking
from knowledge.questions.bank import section_of
from knowledge.questions.demand import Material
from knowledge.questions.model import Kind, Origin


def written(sample):
    return [question for question in sample.bank.questions() if question.origin is Origin.FILE]


def test_sample_bank_loads_without_a_problem(sample):
    assert sample.problems == ()


def test_sample_bank_is_large(sample):
    assert len(written(sample)) >= 120
    assert {question.kind for question in written(sample)} == set(Kind)


def test_every_question_of_the_sample_is_there_in_both_languages(sample):
    variants = {question.id: set(sample.bank.variants(question.id)) for question in written(sample)}
    assert {own for own, languages in variants.items() if languages != {"en", "zh"}} == set()


def test_every_question_of_the_sample_leads_into_the_notes(sample):
    lost = [
        one.prompt for one in sample.bank.all if one.origin is Origin.FILE and section_of(one, sample.index) is None
    ]
    assert lost == []


def test_questions_of_the_sample_explain_themselves(sample):
    questions = [one for one in sample.bank.all if one.origin is Origin.FILE and one.kind is not Kind.OPEN]
    assert [one.prompt for one in questions if not one.explanation] == []


def test_check_of_the_sample_finds_no_error(sample):
    report = checking.of_notes(Material(sample.index, sample.places, sample.reading.questions))
    assert report.errors == ()
    assert [str(one) for one in report.warnings if "same question" in one.message or "longest" in one.message] == []
