from datetime import UTC, datetime

import pytest

from bot.render import limits, replies
from bot.render.parts import Button, Buttons, Text
from bot.services.library import Change, Problems, Status
from bot.services.popularity import MissingTopic
from knowledge.errors import Problem
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


@pytest.fixture
def status():
    def make(**given):
        values = {"name": "notes", "notes": 2, "sections": 9, "chinese": 1, "english": 1, "problems": 0}
        return Status(**{**values, "loaded_at": NOON, "failure": None, **given})

    return make


def test_status_tells_of_problems_and_of_a_failure(status, english):
    failure = Problem("The glossary cannot be read: {reason}", "glossary.yaml", 3, (("reason", "no *space*"),))
    said = text(replies.status(status(problems=2, failure=failure), english))
    assert "2 problems" in said
    assert "`glossary.yaml:3` The glossary cannot be read: no \\*space\\*" in said


def test_status_is_told_in_chinese(status, chinese):
    assert "2 篇笔记（中文 1 篇，英文 1 篇） · 9 个小节" in text(replies.status(status(), chinese))


def test_thousands_of_problems_hold_the_limits(chinese):
    problem = Problem("The YAML is broken: {reason}", "长" * 300, 1, (("reason", "坏" * 900),))
    found = Problems((problem,) * 5_000, (MissingTopic("问" * 100, 3, NOON),) * 200)
    said = [part.text for part in replies.problems(found, chinese).parts if isinstance(part, Text)]
    assert sum(map(limits.characters, said)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in said) <= limits.LAYOUT_BYTES
    assert "还有 499" in said[0]


def test_no_problems_are_said(english):
    assert "None." in text(replies.problems(Problems((), ()), english))


def test_change_names_some_files_and_counts_all(english):
    change = Change(tuple(f"{number}.md" for number in range(9)), (), (), 40, 1)
    said = text(replies.reloaded(change, english))
    assert "9 notes added: `0.md`, `1.md`, `2.md`, `3.md`, `4.md` …" in said
    assert "40 sections · 1 problem" in said
