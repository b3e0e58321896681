"""/quiz start: one message that moves on from question to answer to summary, for one person alone."""

import pytest

from bot.render import games_presses as moves
from storage import events, games
from tests.bot.conftest import pressable, words
from tests.bot.games.conftest import RIGHT, answer, answerable, press


async def start(chat, who=None, **options):
    return (await (who or chat.ann).slash(chat.channel, "quiz start", **options)).response


async def choices(chat, typed):
    return [one["name"] for one in await chat.ann.autocomplete(chat.channel, "quiz start", "topic", typed)]


def button(message, prefix):
    return next(press for press in pressable(message).values() if press.startswith(prefix))


async def kept(db, user) -> list:
    async with db.reading() as conn:
        found = [await events.in_game(conn, number, user.id) for number in range(1, 5)]
    return [event for one in found for event in one]


async def test_quiz_asks_its_person_alone(chat):
    response = await start(chat, count=2)
    assert response.ephemeral
    assert words(response).startswith("\n### Question 1 of 2")


async def test_answer_is_marked_and_explained_in_the_same_message(chat):
    response = await start(chat, topic="Nets", difficulty=1)
    await answer(chat.ann, response)
    said = words(response)
    assert "✅ **Right!** +10 points" in said
    assert "Swish is smooth." in said
    assert "What gates SwiGLU?" in said
    assert answerable(pressable(response)) == []


async def test_wrong_answer_is_told_with_the_right_one(chat):
    response = await start(chat, topic="Nets", difficulty=1)
    await answer(chat.ann, response, right=False)
    assert "❌ **Not right.**" in words(response)
    assert "Swish" in words(response).partition("The answer")[2]


async def test_way_into_the_notes_opens_beside_the_quiz(chat):
    response = await start(chat, topic="Nets", difficulty=1)
    await answer(chat.ann, response)
    opened = (await chat.ann.click(response, custom_id=button(response, "read1:"))).response
    assert opened.ephemeral
    assert "gated unit" in words(opened)
    assert "Question 1" in words(response)


async def test_whole_quiz_of_every_kind_ends_in_a_summary(chat):
    response = await start(chat, topic="Nets", count=5)
    for number in range(1, 6):
        assert f"Question {number} of 5" in words(response)
        await answer(chat.ann, response, right=number > 1)
        await chat.ann.click(response, custom_id=button(response, "at1:"))
    said = words(response)
    assert "## 4 of 5 right" in said
    assert said.count("✅") == 4
    assert said.count("❌ 1.") == 1


async def test_summary_leads_to_what_was_not_known(chat):
    response = await start(chat, topic="Nets", difficulty=1)
    await answer(chat.ann, response, right=False)
    await chat.ann.click(response, label="Result")
    opened = (await chat.ann.click(response, label="📖 SwiGLU")).response
    assert "gated unit" in words(opened)
    assert "## 0 of 1 right" in words(response)


async def test_open_questions_are_left_to_the_daily_question(chat):
    response = await start(chat, topic="Nets", count=20)
    assert "of 5" in words(response)


@pytest.mark.language("zh-CN")
async def test_chinese_reader_gets_chinese_questions_and_words(chat):
    response = await start(chat, topic="网络", difficulty=1)
    assert "SwiGLU 用什么做门控？" in words(response)
    assert "第 1 题，共 1 题" in words(response)
    await answer(chat.ann, response)
    await chat.ann.click(response, label="看结果")
    assert "1 题答对 1 题" in words(response)


async def test_topic_is_found_in_the_other_language_and_by_a_part_of_it(chat):
    assert "Nets" in words(await start(chat, topic="网络", count=1))
    assert "Nets" in words(await start(chat, topic="net", count=1))
    assert "ReLU is linear." in words(await start(chat, topic="relu", count=1))


async def test_topic_without_questions_names_those_that_have_some(chat):
    response = await start(chat, topic="knitting")
    assert response.ephemeral
    assert "no such questions about **knitting**" in words(response)
    assert "- Nets (5)" in words(response)


async def test_difficulty_without_questions_is_no_topic_of_its_own(chat):
    response = await start(chat, topic="Nets", difficulty=3)
    assert "no such questions about **Nets**" in words(response)


async def test_topics_are_completed_from_what_there_is(chat):
    assert await choices(chat, "") == ["Nets", "Activation functions", "*Odd* <@1>"]
    assert await choices(chat, "ODD") == ["*Odd* <@1>"]
    assert await choices(chat, "zzz") == []


async def test_completion_while_the_notes_are_read_offers_nothing(chat, library):
    library.loaded = None
    assert await choices(chat, "") == []


async def test_second_press_of_an_answer_changes_nothing(chat, db):
    response = await start(chat, topic="Nets", difficulty=1)
    others = [pressable(response)[label] for label in answerable(pressable(response))]
    await answer(chat.ann, response)
    for other in others:
        await press(chat, chat.ann, response, other)
    assert [(event.right, event.points) for event in await kept(db, chat.ann)] == [(1, 10)]
    assert "Your first answer counts" in words(response)


async def test_second_press_of_next_shows_the_same_question(chat):
    response = await start(chat, topic="Nets", count=3)
    await answer(chat.ann, response)
    following = button(response, "at1:")
    await chat.ann.click(response, custom_id=following)
    once = words(response)
    await press(chat, chat.ann, response, following)
    assert words(response) == once


async def test_quiz_goes_on_after_a_restart(chat, make_bot):
    response = await start(chat, topic="Nets", count=2)
    await chat.env.restart_bot(make_bot())
    await answer(chat.ann, response)
    await chat.env.restart_bot(make_bot())
    await chat.ann.click(response, label="Next question ▶")
    assert "Question 2 of 2" in words(response)


async def test_new_quiz_leaves_the_old_one_alone(chat):
    first, second = await start(chat, topic="Nets", count=2), await start(chat, topic="Nets", count=2)
    await answer(chat.ann, second)
    await answer(chat.ann, first)
    await chat.ann.click(first, label="Next question ▶")
    assert "Question 2 of 2" in words(first)
    assert "Question 1 of 2" in words(second)


async def test_what_was_known_lately_is_not_asked_again(chat):
    asked = set()
    for _ in range(3):
        response = await start(chat, topic="Nets", count=1)
        asked.add(next(prompt for prompt in RIGHT if prompt in words(response)))
        await answer(chat.ann, response)
    assert len(asked) == 3


async def test_once_more_begins_another_quiz_of_the_kind(chat):
    response = await start(chat, topic="Nets", count=1, difficulty=1)
    await answer(chat.ann, response)
    await chat.ann.click(response, label="Result")
    again = (await chat.ann.click(response, label="🔁 Once more")).response
    assert "What gates SwiGLU?" in words(again)
    assert again.ephemeral


FORGED = [moves.at(1, 1), moves.again(1), moves.at(10**18 - 1, 9_999), moves.again(77)]


@pytest.mark.parametrize("forged", FORGED)
async def test_forged_press_of_somebody_elses_quiz_gets_a_sentence(forged, chat):
    await start(chat, count=2)
    result = await press(chat, chat.bo, await start(chat, chat.bo), forged)
    told = words(result.followups[0] if result.followups else result.response)
    assert "somebody else's" in told or "no longer here" in told


async def test_answer_to_somebody_elses_quiz_is_not_counted(chat, db):
    await start(chat, topic="Nets", difficulty=1)
    result = await press(chat, chat.bo, await start(chat, chat.bo, topic="Nets", difficulty=1), "choice1:1:0")
    assert "somebody else's" in words(result.response)
    assert await kept(db, chat.bo) == []


async def test_quiz_works_in_direct_messages(chat):
    user = chat.env.create_user("cy")
    chat.channel.guild.add_member(user)
    response = (await user.slash("quiz start", topic="Nets", difficulty=1)).response
    assert "What gates SwiGLU?" in words(response)
    await answer(user, response)
    assert "✅" in words(response)


async def test_finished_quiz_is_kept_as_finished(chat, db):
    response = await start(chat, topic="Nets", difficulty=1)
    await answer(chat.ann, response)
    await chat.ann.click(response, label="Result")
    async with db.reading() as conn:
        game = await games.get(conn, 1)
    assert (game.state, game.ending) == ("ended", "finished")


async def test_hostile_question_mentions_nobody(chat):
    response = await start(chat, topic="Odd", difficulty=3)
    assert "@\u200beveryone" in words(response)
    assert "<@1>" not in words(response)
    assert "<@2>" not in words(response)
