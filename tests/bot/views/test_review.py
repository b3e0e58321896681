"""/review: pressed by its owner, in two windows, after a restart, and forged."""

import io
import sqlite3
import zipfile
from dataclasses import replace

import pytest

from bot.render import question_presses
from bot.render import review_presses as presses
from bot.services.groups import Who
from bot.services.review import DAILY
from bot.services.rounds import QUIZ
from bot.views.items import ITEMS
from knowledge.questions.model import dump
from storage import cards
from tests.bot.asking import CHOICE, OPEN, SEVERAL, TRUTH, open_round, post
from tests.bot.conftest import pressable, words


@pytest.fixture
def add_card(chat, db):
    """Return a maker of cards of ann's, or of somebody else's."""

    async def add(question, who=None):
        user_id = (who or chat.ann).user.id
        at = chat.env.bot.services.review._clock()
        new = cards.NewCard(user_id, chat.channel.guild.id, question.id, dump(question), at)
        async with db.begin() as conn:
            await cards.add(conn, new)
            return (await cards.of_user(conn, user_id, 1))[0]

    return add


async def start(chat, who=None, **options):
    return (await (who or chat.ann).slash(chat.channel, "review", **options)).response


async def press(chat, response, label):
    """Press what begins with *label* and return what the message says then."""
    name = next(name for name in pressable(response) if name.startswith(label))
    await chat.ann.click(response, label=name)
    return words(response)


async def test_window_is_its_owner_s_alone(chat, add_card):
    await add_card(CHOICE)
    response = await start(chat)
    assert response.ephemeral
    assert "What gates SwiGLU?" in words(response)
    assert "no cards yet" in words(await start(chat, chat.bo))


async def test_card_is_answered_graded_and_undone_in_one_message(chat, add_card):
    await add_card(OPEN)
    response = await start(chat)
    assert "So." in await press(chat, response, "Show answer")
    assert "No card is due" in await press(chat, response, "Again")
    assert "Undone." in await press(chat, response, "↩ Undo")
    assert "Show answer" in pressable(response)


async def test_choice_is_answered_by_its_letter(chat, add_card):
    await add_card(TRUTH)
    response = await start(chat)
    said = await press(chat, response, "True")
    assert "Not right." in said
    assert "Your answer: True" in said


async def test_several_choices_are_picked_in_the_menu(chat, add_card):
    await add_card(SEVERAL)
    response = await start(chat)
    menu = pressable(response)["Pick all that are right"]
    await chat.ann.select(response, ["0"], custom_id=menu)
    assert "Not right." in words(response)


@pytest.mark.language("zh-CN")
async def test_window_speaks_chinese(chat, add_card):
    await add_card(OPEN)
    response = await start(chat)
    assert "1 张待复习" in words(response)
    await press(chat, response, "看答案")
    assert [name.split(" · ")[0] for name in pressable(response)][:4] == ["重来", "困难", "良好", "简单"]


async def test_window_works_after_a_restart(chat, add_card, make_bot):
    await add_card(OPEN)
    response = await start(chat)
    await chat.env.restart_bot(make_bot())
    assert "So." in await press(chat, response, "Show answer")
    await chat.env.restart_bot(make_bot())
    assert "No card is due" in await press(chat, response, "Good")


async def test_card_is_graded_once_from_two_windows(chat, add_card, db):
    card = await add_card(OPEN)
    first, second = await start(chat), await start(chat)
    for window in (first, second):
        await press(chat, window, "Show answer")
    await press(chat, first, "Again")
    assert "has changed meanwhile" in await press(chat, second, "Easy")
    async with db.reading() as conn:
        assert (await cards.get(conn, card.id, chat.ann.user.id)).version == 1


async def test_card_that_was_not_known_comes_again_after_ten_minutes(chat, add_card):
    await add_card(OPEN)
    response = await start(chat)
    await press(chat, response, "Show answer")
    await press(chat, response, "Again")
    await chat.env.advance_time(10 * 60 + 1)
    assert "Why gates?" in await press(chat, response, "🔄 Look again")


async def test_full_day_offers_practice_without_grades(chat, add_card):
    for number in range(DAILY + 1):
        await add_card(replace(OPEN, id=f"{number:016x}", prompt=f"Question {number}?"))
    response = await start(chat)
    for _ in range(DAILY):
        await press(chat, response, "Show answer")
        await chat.env.advance_time(5)
        said = await press(chat, response, "Easy")
    assert "1 more card is due" in said
    assert "Question 20?" in await press(chat, response, "More anyway")
    await press(chat, response, "Show answer")
    assert [name for name in pressable(response) if "Easy" in name] == []
    assert "Question 0?" in await press(chat, response, "Next card")


async def test_card_is_set_aside_and_taken_back(chat, add_card):
    await add_card(OPEN)
    response = await start(chat)
    await press(chat, response, "Show answer")
    assert "Set aside." in await press(chat, response, "Set aside")
    assert "Why gates?" in await press(chat, response, "Take it back")


async def forged(chat, response, custom_id):
    """Press a button that carries *custom_id* in place of its own."""
    stored = chat.env.backend.get_message(response.channel_id, response.id)
    rows = stored.components[0]["components"]
    button = next(one for row in rows for one in row.get("components", ()) if one.get("label") == "Show answer")
    button["custom_id"] = custom_id
    await chat.ann.click(response, custom_id=custom_id)
    return words(response)


MAKERS = {
    "show": lambda card: presses.show(card, 0),
    "pick": lambda card: presses.pick(card, 0, 9),
    "grade": lambda card: presses.grade(card, 0, 4),
    "undo": lambda card: presses.undo(card, 0),
    "aside": lambda card: presses.aside(card, 0),
    "back": presses.back,
    "practise": lambda card: presses.practise(card, presses.ANSWER),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
async def test_forged_press_does_nothing_to_another_s_card(chat, add_card, db, make):
    await add_card(CHOICE)
    theirs = await add_card(OPEN, chat.bo)
    said = await forged(chat, await start(chat), make(theirs.id))
    assert "Why gates?" not in said
    async with db.reading() as conn:
        assert await cards.get(conn, theirs.id, chat.bo.user.id) == theirs


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
async def test_forged_press_of_a_card_that_never_was_shows_one_s_own(chat, add_card, make):
    await add_card(CHOICE)
    assert await forged(chat, await start(chat), make(999_999_999_999_999_999))


async def test_review_works_in_direct_messages(chat, add_card):
    await add_card(CHOICE)
    response = (await chat.ann.user.slash("review")).response
    assert "What gates SwiGLU?" in words(response)
    await chat.ann.user.click(response, label="Show answer")
    assert "Swish" in words(response)


async def test_export_is_a_deck_that_anki_opens(chat, add_card, tmp_path):
    await add_card(CHOICE)
    response = await start(chat, export="apkg")
    assert response.ephemeral
    assert "1 card" in words(response)
    (file,) = response.attachments
    assert file.filename == "studybot.apkg"
    with zipfile.ZipFile(io.BytesIO(await file.read())) as archive:
        archive.extract("collection.anki2", tmp_path)
    database = sqlite3.connect(tmp_path / "collection.anki2")
    assert "What gates SwiGLU?" in database.execute("SELECT flds FROM notes").fetchone()[0]
    database.close()


async def test_export_as_text(chat, add_card):
    await add_card(CHOICE)
    (file,) = (await start(chat, export="tsv")).attachments
    assert "What gates SwiGLU?" in (await file.read()).decode()


async def test_export_of_no_cards_is_refused(chat):
    assert "no cards yet" in words(await start(chat, export="apkg"))
    assert len(chat.env.errors) == 1


async def test_question_is_kept_from_a_verdict(chat, db, english):
    _, message = await post(chat, db, CHOICE, english)
    verdict = (await chat.ann.click(message, label="A")).response
    result = await chat.ann.click(verdict, label="Add to my reviews")
    assert "Added." in words(result.response)
    assert result.response.ephemeral
    again = await chat.ann.click(verdict, label="Add to my reviews")
    assert "already among your reviews" in words(again.response)


async def test_wrong_answer_is_asked_again(chat, db, services):
    guild_id = chat.channel.guild.id
    found = await open_round(db, CHOICE, guild_id=guild_id, source=QUIZ)
    await services.rounds.answer(found.round_id, Who(chat.ann.user.id, guild_id, "ann"), (1,))
    assert "What gates SwiGLU?" in words(await start(chat))


PRESSES = [
    presses.following(),
    presses.show(10**18 - 1, 10**9 - 1),
    presses.pick(1, 2, 9),
    presses.several(1, 2),
    presses.grade(1, 2, 4),
    presses.undo(1, 2),
    presses.aside(1, 2),
    presses.back(1),
    presses.back(None),
    presses.practise(0, presses.QUESTION),
    question_presses.keep(7),
]


@pytest.mark.parametrize("press", PRESSES)
def test_custom_id_is_short_and_read_by_exactly_one_item(press):
    readers = [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)]
    assert len(readers) == 1
    assert len(press) <= 100


@pytest.mark.parametrize("press", ["rgrade1:1:2:5", "rshow1:1:-2", "rback1:", "rpractise1:1:x", f"rshow1:{10**18}:1"])
def test_what_we_never_made_is_read_by_no_item(press):
    assert [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)] == []
