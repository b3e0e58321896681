"""The windows of questions: a field for everything, within Discord's limits, filled with what was typed."""

from dataclasses import replace

import pytest

from bot.render import question_forms
from bot.render.parts import Buttons, PickField, Text
from bot.services.entries import Blank, Difficulty, Filling, Kind, Refused, Sheet
from knowledge.errors import Problem
from knowledge.questions.forms import LONGEST_FIELD

SHEET = Sheet("Which?", "*a\nb", "0.1", "So.", "Nets")


def form(kind, texts, **given):
    return question_forms.form(Filling(Blank(kind, Difficulty.HARD, **given), SHEET), texts)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["english", "chinese"])
def test_window_of_every_kind_holds_the_limits(kind, language, request):
    made = form(kind, request.getfixturevalue(language))
    assert 1 <= len(made.fields) <= 5
    assert len(made.title) <= 45
    assert len(made.press) <= 100
    assert all(len(field.label) <= 45 and len(field.description) <= 100 for field in made.fields)
    assert len({field.key for field in made.fields}) == len(made.fields)


@pytest.mark.parametrize("kind", Kind)
def test_fields_are_those_of_a_sheet_and_hold_what_it_says(kind, english):
    values = {field.key: field for field in form(kind, english).fields}
    assert set(values) <= set(Sheet.__slots__)
    assert values["prompt"].value == "Which?"
    assert values["topic"].value == "Nets"


def test_truth_is_picked(english):
    filling = Filling(Blank(Kind.TRUTH, Difficulty.EASY), replace(SHEET, answers="false"))
    field = next(one for one in question_forms.form(filling, english).fields if isinstance(one, PickField))
    assert ([option.value for option in field.options], field.chosen) == (["true", "false"], ("false",))


def test_custom_id_tells_a_new_question_from_a_change(english):
    assert form(Kind.OPEN, english).press == "qsuggested1:open:3"
    assert form(Kind.OPEN, english, id="a" * 16, version=7).press == f"qedited1:{'a' * 16}:7:3"


def test_everything_wrong_is_told_in_the_words_of_the_form(english, chinese):
    problem = Problem("{key} is missing", values=(("key", "accept"),))
    told = question_forms.refused(Refused((problem,), 5), english).parts
    assert "- accepted answers is missing" in told[0].text
    assert "可接受的答案" in question_forms.refused(Refused((problem,), 5), chinese).parts[0].text
    assert told[-1].buttons[0].press == "qdraft1:5"


def test_many_hostile_mistakes_fit_a_message(english):
    text = "**x** <@1> @everyone `" * 50
    problems = tuple(Problem("{key}: {reason}", values=(("key", str(n)), ("reason", text))) for n in range(200))
    parts = question_forms.refused(Refused(problems, 5), english).parts
    texts = "".join(part.text for part in parts if isinstance(part, Text))
    assert len(texts) <= 4_000
    assert "@everyone" not in texts
    assert isinstance(parts[-1], Buttons)


def test_reasons_have_windows_of_their_own(english):
    assert question_forms.rejection("a" * 16, 2, "q", english).press == f"qrejected1:{'a' * 16}:2:q"
    report = question_forms.report(9, english)
    assert (report.press, report.fields[0].key) == ("qreported1:9", question_forms.REASON)
    assert report.fields[0].most <= LONGEST_FIELD
