"""A group's own questions as they are shown: one, many, and those that wait."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.render import limits, question_entries, question_words
from bot.render.parts import Buttons, Menu, Text
from bot.services.appeals import Pending
from bot.services.entries import Entry, Listing, Queue, State
from knowledge.questions.model import LONGEST_CHOICE, LONGEST_PROMPT, LONGEST_TEXT, Difficulty, Kind
from storage.appeals import Appeal
from tests.bot.asking import CHOICE, EVERY_KIND

HOSTILE = "**b** <@123> @everyone [x](https://evil.example)\n# 汉字 🧑‍🔬\u202e "
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def entry(question=CHOICE, state=State.SUGGESTED, **given):
    values = {"id": "a" * 16, "number": 7, "state": state, "version": 2, "question": question, "reason": ""}
    return Entry(**{**values, "editable": True, **given})


def text_of(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(message):
    return {one.label: one.press for part in message.parts if isinstance(part, Buttons) for one in part.buttons}


def test_question_is_shown_with_its_answer_and_what_it_is(english):
    said = text_of(question_entries.entry(entry(), english, manages=False))
    assert "### #7 · ⏳ waits for a decision\n-# Nets · one right choice · medium" in said
    assert "**A.** Swish" in said


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (State.SUGGESTED, ["Approve", "Reject", "Edit"]),
        (State.APPROVED, ["Retire", "Edit"]),
        (State.REJECTED, ["Approve", "Edit"]),
        (State.RETIRED, ["Approve", "Edit"]),
    ],
)
def test_those_who_manage_may_do_what_the_state_allows(state, labels, english):
    assert list(buttons(question_entries.entry(entry(state=state), english, manages=True))) == labels


def test_others_may_edit_at_most(english):
    assert list(buttons(question_entries.entry(entry(), english, manages=False))) == ["Edit"]
    assert buttons(question_entries.entry(entry(editable=False), english, manages=False)) == {}


def test_decision_carries_the_version_that_was_seen(english):
    made = buttons(question_entries.entry(entry(), english, manages=True))
    assert made["Approve"] == f"qapprove1:{'a' * 16}:2:d"
    queue = buttons(question_entries.queue(Queue(entry(), 2), english))
    assert (queue["Reject"], queue["Later ▶"]) == (f"qreject1:{'a' * 16}:2:q", "qqueue1:7")


def test_last_of_the_queue_has_nothing_later(english):
    assert "Later ▶" not in buttons(question_entries.queue(Queue(entry(), 1), english))
    assert text_of(question_entries.queue(Queue(None, 0), english, note="✅ #7")) == (
        "✅ #7\nNo question waits for a decision."
    )


def test_reason_is_shown_as_it_was_written(english):
    said = text_of(question_entries.entry(entry(reason="too **easy** <@1>"), english, manages=False))
    assert "Reason: too \\*\\*easy\\*\\* \\<\\@1\\>" in said


def listing(*entries, **given):
    values = {"page": 0, "pages": 1, "count": len(entries), "state": None, "everybody": False}
    return Listing(**{"entries": entries, **values, **given})


def pending(state="open", given="the gate"):
    return Pending(Appeal(1, 2, 3, 4, given, NOON, state), CHOICE)


def test_list_names_each_question_and_offers_it(english):
    message = question_entries.listing(listing(entry(), entry(number=8, id="b" * 16)), (), english)
    assert "⏳ **#7** What gates SwiGLU?" in text_of(message)
    menu = next(part for part in message.parts if isinstance(part, Menu))
    assert [(one.value, one.label) for one in menu.options] == [
        ("a" * 16, "#7 What gates SwiGLU?"), ("b" * 16, "#8 What gates SwiGLU?"),
    ]  # fmt: skip


def test_pages_of_a_list_keep_what_was_asked_for(english):
    found = listing(entry(), page=1, pages=3, state=State.REJECTED, everybody=True)
    assert buttons(question_entries.listing(found, (), english))["Next ▶"] == "qlist1:e:r:2"


@pytest.mark.parametrize("state", State)
def test_letter_of_a_state_leads_back_to_it(state):
    assert question_entries.state_of(question_entries.LETTERS[state]) is state
    assert question_entries.state_of(question_entries.ANY) is None


@pytest.mark.parametrize(
    ("state", "told"), [("open", "⏳ **the gate**"), ("accepted", "✅ **the gate**"), ("declined", "✖ **the gate**")]
)
def test_own_appeals_stand_under_the_first_page(state, told, english):
    assert told in text_of(question_entries.listing(listing(entry()), (pending(state),), english))
    assert told not in text_of(question_entries.listing(listing(entry(), page=1, pages=2), (pending(state),), english))


def test_appeals_are_told_to_who_never_suggested_anything(english):
    message = question_entries.listing(listing(), (pending(),), english)
    assert "There is nothing here yet." in text_of(message)
    assert "Your appeals" in text_of(message)


def hostile(question):
    many = tuple(f"{number} {HOSTILE * 9}"[:LONGEST_CHOICE] for number in range(10))
    return replace(
        question,
        prompt=(HOSTILE * 40)[:LONGEST_PROMPT],
        explanation=(HOSTILE * 200)[:LONGEST_TEXT],
        answer=(HOSTILE * 200)[:LONGEST_TEXT],
        choices=many if question.choices else (),
        points=many,
        topic=HOSTILE * 9,
    )


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda one: one.kind)
def test_hostile_questions_stay_within_the_limits(question, chinese):
    made = entry(hostile(question), reason=HOSTILE * 9)
    for message in (
        question_entries.entry(made, chinese, manages=True),
        question_entries.queue(Queue(made, 5), chinese, note="✅"),
        question_entries.listing(listing(*[made] * 10), (pending(given=HOSTILE * 5),) * 10, chinese),
    ):
        texts = [part.text for part in message.parts if isinstance(part, Text)]
        assert sum(map(limits.characters, texts)) <= limits.LAYOUT_CHARACTERS
        assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in texts) <= limits.LAYOUT_BYTES
        assert "<@123" not in "".join(texts)
        assert "@everyone" not in "".join(texts)


def test_everything_has_a_name():
    assert set(question_words.KINDS) == set(Kind)
    assert set(question_words.DIFFICULTIES) == set(Difficulty)
    assert set(question_words.STATES) == set(question_words.MARKS) == set(State)
