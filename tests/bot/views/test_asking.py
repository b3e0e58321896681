"""Answering questions of every kind by pressing, picking and typing; restarts, double answers and forgeries."""

from dataclasses import replace

import pytest

from bot.errors import NotAnOrderError
from bot.render import asking_presses as presses
from bot.render import question_presses
from bot.views.asking import places_of
from bot.views.items import FORMS, ITEMS
from storage import events
from tests.bot.asking import CHOICE, OPEN, ORDER, SEVERAL, TRUTH, TYPED, open_round, post
from tests.bot.conftest import words


def told(result) -> str:
    return words(result.response or result.followups[0])


async def standing(db, found, actor):
    async with db.reading() as conn:
        return await events.answer_of(conn, found.round_id, actor.user.id)


async def test_right_choice_is_told_to_the_presser_alone(chat, db, english):
    found, message = await post(chat, db, CHOICE, english)
    result = await chat.ann.click(message, label="A")
    assert "Right!" in told(result)
    assert result.response.ephemeral
    assert (await standing(db, found, chat.ann)).given == "0"


async def test_first_answer_counts_whatever_is_pressed_later(chat, db, english):
    found, message = await post(chat, db, CHOICE, english)
    await chat.ann.click(message, label="B")
    assert "Your first answer counts: B" in told(await chat.ann.click(message, label="A"))
    assert (await standing(db, found, chat.ann)).right == 0


async def test_two_people_have_an_answer_each(chat, db, english):
    found, message = await post(chat, db, TRUTH, english)
    await chat.ann.click(message, label="True")
    await chat.bo.click(message, label="False")
    assert [(await standing(db, found, one)).right for one in (chat.ann, chat.bo)] == [0, 1]


async def test_several_choices_are_picked_at_once(chat, db, english):
    found, message = await post(chat, db, SEVERAL, english)
    result = await chat.ann.select(message, ["0", "2"], custom_id=presses.several(found.round_id))
    assert "Right!" in told(result)


@pytest.mark.parametrize(("question", "label", "answer"), [
    (TYPED, "Type your answer", "The Value"), (ORDER, "Put in order", None),
])  # fmt: skip
async def test_answer_is_typed_into_a_window(question, label, answer, chat, db, english):
    found, message = await post(chat, db, question, english)
    letters = "".join("ABC"[found.shuffle.index(place)] for place in range(3)) if answer is None else answer
    shown = await chat.ann.click(message, label=label)
    assert "Right!" in told(await chat.ann.submit_modal(shown, {"answer": letters}))


async def test_window_that_was_open_at_a_restart_is_taken(chat, db, english, make_bot):
    found, message = await post(chat, db, TYPED, english)
    shown = await chat.ann.click(message, label="Type your answer")
    await chat.env.restart_bot(make_bot())
    assert "Right!" in told(await chat.ann.submit_modal(shown, {"answer": "the value"}))
    assert (await standing(db, found, chat.ann)).right == 1


async def test_button_works_after_a_restart(chat, db, english, make_bot):
    _, message = await post(chat, db, CHOICE, english)
    await chat.env.restart_bot(make_bot())
    assert "Right!" in told(await chat.ann.click(message, label="A"))


async def test_letters_that_are_no_order_are_told_so(chat, db, english):
    found, message = await post(chat, db, ORDER, english)
    shown = await chat.ann.click(message, label="Put in order")
    result = await chat.ann.submit_modal(shown, {"answer": "AAB"})
    assert "each of these letters once" in told(result)
    assert await standing(db, found, chat.ann) is None


@pytest.mark.language("zh-CN")
async def test_verdict_is_in_the_reader_s_language(chat, db, chinese):
    _, message = await post(chat, db, replace(CHOICE, explanation="门控。"), chinese)
    assert "答对了" in told(await chat.ann.click(message, label="A"))


async def forge(chat, message, custom_id):
    """Press a button that carries *custom_id* in place of its own."""
    stored = chat.env.backend.get_message(message.channel.id, message.id)
    stored.components[0]["components"][-1]["components"][0]["custom_id"] = custom_id
    return await chat.ann.click(message, custom_id=custom_id)


@pytest.mark.parametrize("custom_id", ["choice1:999999999999999999:0", "type1:999999999999999999", "order1:77"])
async def test_question_that_never_was_is_told_so(custom_id, chat, db, english):
    _, message = await post(chat, db, CHOICE, english)
    assert "no longer here" in told(await forge(chat, message, custom_id))


async def test_question_of_another_group_is_not_answered(chat, db, english):
    _, message = await post(chat, db, CHOICE, english)
    other = await open_round(db, CHOICE, guild_id=4)
    assert "no longer here" in told(await forge(chat, message, presses.choice(other.round_id, 0)))
    assert await standing(db, other, chat.ann) is None


@pytest.mark.parametrize(("question", "press"), [(TYPED, presses.type_in), (ORDER, presses.order)])
async def test_question_of_another_group_is_not_shown_in_a_window(question, press, chat, db, english):
    _, message = await post(chat, db, CHOICE, english)
    other = await open_round(db, question, guild_id=4)
    result = await forge(chat, message, press(other.round_id))
    assert result.modal is None
    assert "no longer here" in told(result)


async def test_choice_that_was_never_shown_counts_nothing(chat, db, english):
    found, message = await post(chat, db, CHOICE, english)
    assert "no longer here" in told(await forge(chat, message, presses.choice(found.round_id, 9)))
    async with db.reading() as conn:
        assert await events.answers_to(conn, found.round_id) == 0


@pytest.mark.parametrize(("typed", "places"), [("BCA", [1, 2, 0]), ("b, c, a", [1, 2, 0]), ("B→C→A", [1, 2, 0])])
def test_order_is_read_from_letters(typed, places):
    assert places_of(typed, 3) == places


@pytest.mark.parametrize("typed", ["", "AB", "ABB", "ABD", "ABCA", "甲乙丙", "123"])
def test_order_needs_every_letter_once(typed):
    with pytest.raises(NotAnOrderError):
        places_of(typed, 3)


@pytest.mark.parametrize("press", [
    presses.choice(5, 9), presses.several(5), presses.type_in(5), presses.order(5), presses.open_answer(5),
    presses.read("0" * 16), presses.choice(10**18 - 1, 0),
])  # fmt: skip
def test_press_is_read_by_exactly_one_item(press):
    assert sum(bool(item.__discord_ui_compiled_template__.fullmatch(press)) for item in ITEMS) == 1


@pytest.mark.parametrize("press", [presses.typed(5), presses.ordered(5)])
def test_window_is_read_by_exactly_one_handler(press):
    assert sum(bool(form.template.fullmatch(press)) for form in FORMS) == 1


@pytest.mark.parametrize(
    "press", ["choice1:5", "choice1:5:10", "choice1:-5:1", "choice1:" + "9" * 19 + ":1", "typed1:"]
)
def test_what_was_never_made_is_read_by_nobody(press):
    assert not any(item.__discord_ui_compiled_template__.fullmatch(press) for item in ITEMS)
    assert not any(form.template.fullmatch(press) for form in FORMS)


def test_presses_on_questions_are_short():
    longest = 10**18 - 1
    assert (
        max(len(make(longest)) for make in (question_presses.report, question_presses.appeal, presses.ordered)) <= 100
    )


async def test_open_question_is_not_answered_by_a_choice(chat, db, english):
    found, message = await post(chat, db, OPEN, english)
    result = await forge(chat, message, presses.choice(found.round_id, 0))
    assert (await standing(db, found, chat.ann)) is None or "Not right" in told(result)
