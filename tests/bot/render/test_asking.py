"""What a question, its controls and a verdict show."""

from dataclasses import replace

import pytest

from bot.render import asking, limits
from bot.render.parts import Buttons, Menu, Message, Text
from bot.services.rounds import Verdict
from bot.views import send
from tests.bot.asking import CHOICE, EVERY_KIND, OPEN, ORDER, SEVERAL, TRUTH, TYPED, asked

WRONG = {CHOICE: (1,), SEVERAL: (0,), TRUTH: (0,), TYPED: "nothing", ORDER: (1, 0, 2)}


def text_of(parts) -> str:
    return "\n".join(part.text for part in parts if isinstance(part, Text))


def told(question, given, *, right, **more) -> Verdict:
    return Verdict(**{"asked": asked(question), "counted": True, "given": given, "right": right, "points": 0, **more})


def presses(parts) -> list[str]:
    return [button.press for part in parts if isinstance(part, Buttons) for button in part.buttons]


def test_choices_have_letters_in_the_order_shown(english):
    shown = text_of(asking.question_parts(asked(CHOICE, shuffle=(2, 0, 1)), english))
    assert shown == "What gates SwiGLU?\n**A.** Tanh\n**B.** Swish\n**C.** ReLU"


def test_choice_is_pressed_by_its_letter(english):
    assert presses(asking.answer_controls(asked(CHOICE), english)) == ["choice1:5:0", "choice1:5:1", "choice1:5:2"]


def test_press_knows_the_place_of_a_choice_and_nothing_of_its_text(english):
    alike = replace(CHOICE, choices=("x" * 300, "x" * 300 + " ", "choice1:5:0"))
    found = presses(asking.answer_controls(asked(alike, round_id=10**17), english))
    assert len(set(found)) == 3
    assert all(len(press) <= 100 and "x" not in press for press in found)


def test_ten_choices_take_two_rows(english):
    many = replace(CHOICE, choices=tuple(map(str, range(10))))
    assert [len(row.buttons) for row in asking.answer_controls(asked(many), english)] == [5, 5]


def test_several_are_picked_in_a_menu_by_place(english):
    [menu] = asking.answer_controls(asked(SEVERAL), english)
    assert isinstance(menu, Menu)
    assert [option.label for option in menu.options] == ["A. Tanh", "B. ReLU", "C. Sigmoid"]
    assert (menu.least, menu.most) == (1, 3)


def test_true_and_false_are_words_of_the_reader(english, chinese):
    labels = [
        [one.label for one in asking.answer_controls(asked(TRUTH), texts)[0].buttons] for texts in (english, chinese)
    ]
    assert labels == [["True", "False"], ["对", "错"]]


@pytest.mark.parametrize(("question", "press"), [(TYPED, "type1:5"), (ORDER, "order1:5"), (OPEN, "open1:5")])
def test_what_is_written_has_one_button(question, press, english):
    assert presses(asking.answer_controls(asked(question), english)) == [press]


@pytest.mark.parametrize("question", [SEVERAL, ORDER])
def test_rule_that_is_not_obvious_is_said(question, english):
    assert "-# " in text_of(asking.question_parts(asked(question), english))


@pytest.mark.parametrize(("question", "answer"), [
    (CHOICE, "**A.** Swish"), (SEVERAL, "\n**A.** Tanh\n**C.** Sigmoid"), (TRUTH, "**False**"),
    (TYPED, "**the value**"),
])  # fmt: skip
def test_solution_tells_what_is_right(question, answer, english):
    assert text_of(asking.solution_parts(asked(question), english)) == f"The answer: {answer}"


def test_solution_of_an_order_is_the_letters_in_order(english):
    shuffled = asked(ORDER, shuffle=(2, 0, 1))
    assert text_of(asking.solution_parts(shuffled, english)) == "The answer: **B → C → A**"


def test_solution_of_an_open_question_is_its_points_and_answer(english):
    told = "**Key points**\n- one\n- two\n\n**The answer:**\n\nSo."
    assert text_of(asking.solution_parts(asked(OPEN), english)) == told


def test_points_that_stand_in_the_answer_are_not_told_twice(english):
    question = replace(OPEN, points=("Gates select.", "They multiply."), answer="**Gates select.** They multiply.")
    assert text_of(asking.solution_parts(asked(question), english)) == f"**The answer:**\n\n{question.answer}"


@pytest.mark.parametrize("question", WRONG)
def test_verdict_without_reveal_tells_neither_right_nor_wrong(question, english):
    verdicts = [asking.verdict(told(question, WRONG[question], right=right), english, reveal=False) for right in (0, 1)]
    assert verdicts[0] == verdicts[1]
    assert "Your answer is in" in text_of(verdicts[0].parts)


def test_right_answer_is_praised_with_its_points(english):
    shown = text_of(asking.verdict(told(CHOICE, (0,), right=True, points=15), english, reveal=True).parts)
    assert shown.startswith("✅ **Right!** +15 points")


def test_second_answer_is_told_which_one_counts(english):
    verdict = told(CHOICE, (1,), right=False, counted=False)
    assert "Your first answer counts: B" in text_of(asking.verdict(verdict, english, reveal=True).parts)
    assert text_of(asking.verdict(verdict, english, reveal=False).parts) == "You have already answered: B"


@pytest.mark.parametrize(("question", "given", "right", "kinds"), [
    (TYPED, "x", False, ["read1", "appeal1", "report1"]),
    (TYPED, "the value", True, ["read1", "keep1", "report1"]),
    (CHOICE, (1,), False, ["read1", "report1"]),
])  # fmt: skip
def test_verdict_offers_what_fits(question, given, right, kinds, english):
    shown = asking.verdict(told(question, given, right=right), english, reveal=True, section_id="0" * 16)
    assert [press.partition(":")[0] for press in presses(shown.parts)] == kinds


def test_direct_message_has_no_staff_to_turn_to(english):
    verdict = replace(told(TYPED, "x", right=False), asked=asked(TYPED, guild_id=0))
    assert asking.verdict_buttons(verdict, english) == ()


@pytest.mark.parametrize("question", EVERY_KIND)
@pytest.mark.parametrize("letter", ["長", "a ", "🧪", "$x$ "])
def test_largest_question_and_its_solution_fit_a_message(question, letter, english):
    many = question.choices and tuple(letter * (300 // len(letter)) for _ in range(10))
    points = question.points and tuple(letter * (300 // len(letter)) for _ in range(10))
    texts = dict.fromkeys(("answer", "explanation"), letter * (6_000 // len(letter)))
    large = replace(question, prompt=letter * (1_500 // len(letter)), choices=many, pinned=(), points=points, **texts)
    for parts in (asking.question_parts(asked(large), english), asking.solution_parts(asked(large), english)):
        shown = [part.text for part in parts if isinstance(part, Text)]
        assert sum(map(limits.characters, shown)) < limits.LAYOUT_CHARACTERS - 300
        assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in shown) < limits.LAYOUT_BYTES - 900


@pytest.mark.parametrize("field", ["prompt", "explanation", "answer"])
def test_texts_cannot_mention_anybody(field, english):
    hostile = replace(CHOICE, **{field: "@everyone <@123> [bank.com](https://evil.example)"})
    shown = text_of((*asking.question_parts(asked(hostile), english), *asking.solution_parts(asked(hostile), english)))
    assert "@everyone" not in shown
    assert "<@123>" not in shown


def test_choices_cannot_mention_anybody(english):
    hostile = replace(CHOICE, choices=("@everyone", "<@123>", "**bold\n# not a heading"))
    shown = text_of(asking.question_parts(asked(hostile), english))
    assert "@everyone" not in shown
    assert "\n#" not in shown


def test_code_of_a_prompt_is_a_block_and_its_formula_a_line(english):
    question = replace(OPEN, prompt="What is wrong?\n\n```python\nx = 1\n```\n\n$$x^2$$")
    shown = text_of(asking.question_parts(asked(question), english))
    assert "```python\nx = 1\n```" in shown
    assert "x²" in shown


async def test_every_part_becomes_a_component(english):
    for question in EVERY_KIND:
        parts = (*asking.question_parts(asked(question), english), *asking.answer_controls(asked(question), english))
        assert send.layout(Message(parts), {}).total_children_count <= limits.COMPONENTS
