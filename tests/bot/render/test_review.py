"""What a card, its answer and an empty desk show; grades carry the time until the card comes again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.render import limits, review
from bot.render.parts import Buttons, Menu, Message, Text
from bot.services.desk import Desk, Grade, Guess, Happened, Past, Shown
from bot.services.review import DAILY
from bot.views import send
from knowledge.questions.model import LONGEST_CHOICE, LONGEST_PROMPT, LONGEST_TEXT, MOST_CHOICES
from storage.cards import Counts
from tests.bot.asking import CHOICE, EVERY_KIND, OPEN, SEVERAL, TRUTH, TYPED, asked

INTERVALS = (timedelta(minutes=10), timedelta(minutes=15), timedelta(days=2), timedelta(days=8))
DUE = datetime(2026, 11, 23, 12, 10, tzinfo=UTC)


def card(question=CHOICE, section_id=None):
    return Shown(3, 4, asked(question), section_id, INTERVALS)


def desk(question=CHOICE, **given):
    return Desk(**{"card": card(question), "counts": Counts(9, 0, 5, None), "done": 2, **given})


def empty(**given):
    return Desk(**{"card": None, "counts": Counts(3, 0, 0, DUE), "done": 2, **given})


def shown(found, texts):
    message = review.desk(found, texts, limit=DAILY)
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(found, texts):
    message = review.desk(found, texts, limit=DAILY)
    return {one.label: one.press for part in message.parts if isinstance(part, Buttons) for one in part.buttons}


def test_card_shows_the_question_without_its_answer(english):
    text = shown(desk(OPEN), english)
    assert "Why gates?" in text
    assert "So." not in text
    assert "-# 5 cards due · 2 of 20 today" in text


def test_choices_are_pressed_and_the_answer_can_be_looked_up(english):
    assert buttons(desk(), english) == {
        "A": "rpick1:3:4:0", "B": "rpick1:3:4:1", "C": "rpick1:3:4:2", "Show answer": "rshow1:3:4",
    }  # fmt: skip
    assert list(buttons(desk(TRUTH), english)) == ["True", "False", "Show answer"]
    assert list(buttons(desk(TYPED), english)) == ["Show answer"]


def test_several_choices_are_picked_in_a_menu(english):
    message = review.desk(desk(SEVERAL), english, limit=DAILY)
    menu = next(part for part in message.parts if isinstance(part, Menu))
    assert (menu.press, menu.most, menu.options[0].label) == ("rseveral1:3:4", 3, "A. Tanh")


def test_grades_tell_when_the_card_comes_again(english, chinese):
    revealed = desk(OPEN, revealed=True)
    assert list(buttons(revealed, english))[:4] == ["Again · 10 min", "Hard · 15 min", "Good · 2 d", "Easy · 8 d"]
    assert list(buttons(revealed, chinese))[:4] == ["重来 · 10 分钟", "困难 · 15 分钟", "良好 · 2 天", "简单 · 8 天"]
    assert buttons(revealed, english)["Good · 2 d"] == "rgrade1:3:4:3"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=10), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=59), "59 d"),
        (timedelta(days=91), "3 mo"),
        (timedelta(days=365), "1 y"),
        (timedelta(days=550), "1.5 y"),
    ],
)
def test_length_of_time_is_short(english, length, text):
    assert review.interval(length, english) == text


def test_answer_shows_what_is_right_and_suggests_a_grade(english):
    found = desk(revealed=True, guess=Guess((1,), False, Grade.AGAIN))
    text = shown(found, english)
    assert "Not right." in text
    assert "Your answer: B" in text
    assert "**A.** Swish" in text
    message = review.desk(found, english, limit=DAILY)
    row = next(part for part in message.parts if isinstance(part, Buttons))
    assert [one.style for one in row.buttons] == ["main", "plain", "plain", "plain"]


def test_right_answer_is_told_and_good_suggested(english):
    found = desk(TRUTH, revealed=True, guess=Guess((1,), True, Grade.GOOD))
    assert "Right!" in shown(found, english)


def test_section_can_be_read_and_a_card_set_aside(english):
    found = desk(revealed=True, card=card(section_id="a" * 16))
    assert buttons(found, english)["📖 Read on"] == f"read1:{'a' * 16}"
    assert buttons(found, english)["Set aside"] == "raside1:3:4"


def test_question_without_an_answer_says_so(english):
    assert "no answer written down" in shown(desk(replace(TYPED, accepted=()), revealed=True), english)


def test_grade_can_be_undone_from_the_next_card(english):
    found = desk(past=Past(Happened.GRADED, 1, 7, DUE))
    assert f"That card comes again <t:{int(DUE.timestamp())}:R>." in shown(found, english)
    assert buttons(found, english)["↩ Undo"] == "rundo1:1:7"


def test_leech_is_told_and_can_be_taken_back_or_undone(english):
    found = desk(past=Past(Happened.LEECH, 1, 7, DUE))
    assert "You keep forgetting that card" in shown(found, english)
    assert buttons(found, english)["Take it back"] == "rback1:1"
    assert "↩ Undo" in buttons(found, english)


@pytest.mark.parametrize("what", [Happened.STALE, Happened.UNDONE, Happened.TAKEN_BACK])
def test_what_cannot_be_undone_has_no_button_for_it(english, what):
    assert "↩ Undo" not in buttons(desk(past=Past(what, cards=2)), english)
    assert shown(desk(past=Past(what, cards=2)), english)


def test_empty_desk_tells_when_the_next_card_is_due(english):
    assert f"due <t:{int(DUE.timestamp())}:R>" in shown(empty(), english)
    assert list(buttons(empty(), english)) == ["Practise anyway", "🔄 Look again"]


def test_who_has_no_cards_is_told_how_they_come(english):
    found = empty(counts=Counts(0, 0, 0, None))
    assert shown(found, english) == "You have no cards yet. Questions that you get wrong become cards."
    assert buttons(found, english) == {}


def test_full_day_says_how_many_wait_and_offers_practice(english):
    found = empty(counts=Counts(40, 0, 15, None), done=20)
    assert "20 cards done" in shown(found, english)
    assert "15 more cards are due" in shown(found, english)
    assert buttons(found, english)["More anyway"] == "rpractise1:0:q"


def test_cards_set_aside_can_all_be_taken_back(english):
    found = empty(counts=Counts(3, 3, 0, None))
    assert buttons(found, english) == {"Take back 3 cards": "rback1:all"}


def test_practice_says_that_it_does_not_count_and_has_no_grades(english):
    found = desk(practice=True, revealed=True)
    assert "nothing here changes" in shown(found, english)
    assert buttons(found, english) == {"Next card": "rpractise1:3:q"}
    assert buttons(desk(practice=True), english) == {"Show answer": "rpractise1:3:a"}


def test_end_of_practice_says_so(english):
    assert "the last of your cards" in shown(empty(practice=True), english)


@pytest.mark.parametrize("added", [True, False])
def test_kept_question_is_acknowledged(english, added):
    text = review.kept(added, english).parts[0].text
    assert ("Added" in text) is added


HOSTILE = "**b** <@123> @everyone\n[x](https://evil.example) | 汉字 🧑‍🔬\u202e" * 3


def hostile(question):
    texts = {"prompt": HOSTILE * 8, "explanation": HOSTILE * 60, "answer": HOSTILE * 60}
    cut = {"prompt": LONGEST_PROMPT, "explanation": LONGEST_TEXT, "answer": LONGEST_TEXT}
    many = tuple(f"{n} {HOSTILE * 3}"[:LONGEST_CHOICE] for n in range(MOST_CHOICES)) if question.choices else ()
    return replace(
        question, **{key: text[: cut[key]] for key, text in texts.items()}, choices=many, points=many, topic=HOSTILE
    )


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda one: one.kind)
@pytest.mark.parametrize("revealed", [False, True])
def test_hostile_question_stays_within_discord_s_limits(question, revealed, chinese):
    past = Past(Happened.LEECH, 1, 7, DUE)
    message = review.desk(desk(hostile(question), revealed=revealed, past=past), chinese, limit=DAILY)
    texts = [part.text for part in message.parts if isinstance(part, Text)]
    assert sum(map(limits.characters, texts)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(text) + limits.DISPLAY_BYTES for text in texts) <= limits.LAYOUT_BYTES
    assert "<@123" not in "".join(texts)
    assert "@everyone" not in "".join(texts)
    send.layout(Message(message.parts), {})
