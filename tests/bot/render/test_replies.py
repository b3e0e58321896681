from datetime import UTC, datetime

from bot.render import limits, replies
from bot.render.parts import Button, Buttons, Text
from knowledge.model import Results, Suggestion

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def text(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(message) -> tuple[Button, ...]:
    return next((part.buttons for part in message.parts if isinstance(part, Buttons)), ())


def results(query, *suggestions):
    return Results(query, "en", found=False, suggestions=tuple(suggestions))


def test_nearest_headings_are_buttons_within_their_limits(english):
    near = [Suggestion("标题" * 100, f"{number:016x}") for number in range(9)]
    found = buttons(replies.not_found(results("q", *near), english))
    assert [button.press for button in found] == [f"suggest1:{number:016x}" for number in range(5)]
    assert all(limits.characters(button.label) <= limits.BUTTON_LABEL for button in found)


def test_formula_in_a_heading_is_no_latex(english):
    (button,) = buttons(replies.not_found(results("q", Suggestion("What $W_q$ does", "0" * 16)), english))
    assert button.label == "What W_q does"


def test_heading_suggested_twice_is_one_button(english):
    near = [Suggestion("a", "0" * 16), Suggestion("b", "0" * 16)]
    assert len(buttons(replies.not_found(results("q", *near), english))) == 1


def test_question_is_quoted_as_plain_text(english):
    said = text(replies.not_found(results("**<@1> @everyone\n# x"), english))
    assert "<@1>" not in said
    assert "@everyone" not in said


def test_nothing_near_points_to_the_topics(english):
    message = replies.not_found(results("q"), english)
    assert "/topics" in text(message)
    assert buttons(message) == ()
