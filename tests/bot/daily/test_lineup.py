"""What comes next, and what was picked by hand."""

import threading
from dataclasses import replace

import pytest

from bot.errors import NoQuestionsError, QueueFullError
from bot.services import posting
from knowledge.questions.bank import Bank
from tests.bot.banks import give
from tests.bot.conftest import pressable, shown, words
from tests.bot.daily.desk import CHOICE, questions
from tests.bot.daily.test_failures import log_channel
from tests.bot.daily.test_setup import run


def prompts(desk) -> list[str]:
    return [line for text in desk.questions_asked for line in text.splitlines() if line.endswith("?")]


async def test_preview_shows_what_comes_and_uses_nothing_up(desk):
    await desk.set_up()
    previewed = words(await run(desk, "preview"))
    await desk.until(9)
    assert prompts(desk)[0] in previewed
    assert "After it 20 are left." in previewed


async def test_preview_tells_the_answer_to_managers_alone(desk, library):
    give(library, CHOICE)
    await desk.set_up()
    response = await run(desk, "preview")
    assert response.ephemeral
    assert "Swish is smooth" in words(response)


async def test_another_can_be_taken_and_the_first_stays_for_later(desk):
    stream = await desk.set_up()
    response = await run(desk, "preview")
    before = words(response)
    await desk.chat.chief.click(response, label="Take another")
    after = words(response)
    assert "Picked by hand." in after
    assert after != before
    await desk.until(9)
    assert prompts(desk)[0] in after
    for _ in range(20):
        await desk.until(9)
    assert len({post.question_id for post in await desk.posts(stream)}) == 21


async def test_question_picked_by_hand_comes_first(desk):
    stream = await desk.set_up()
    found = await desk.chat.chief.autocomplete(desk.channel, "daily queue", "question", "is 13 odd")
    assert [one["name"] for one in found] == ["Is 13 odd? · B"]
    response = await run(desk, "queue", question=found[0]["value"])
    assert "1. Is 13 odd?" in words(response)
    await desk.until(9)
    await desk.until(9)
    assert prompts(desk)[0] == "Is 13 odd?"
    assert len({post.question_id for post in await desk.posts(stream)}) == 2


async def test_words_that_only_one_question_has_pick_it(desk):
    await desk.set_up()
    assert "1. Is 13 odd?" in words(await run(desk, "queue", question="IS 13"))


async def test_picked_questions_keep_their_order_and_can_be_taken_out(desk):
    await desk.set_up()
    for number in (3, 5, 7):
        await run(desk, "queue", question=f"{number:016x}")
    response = await run(desk, "queue")
    menu = next(one for one in shown(response.components) if one["type"] == 3)
    await desk.chat.chief.select(response, [f"{5:016x}"], custom_id=menu["custom_id"])
    assert "1. Is 3 odd?\n2. Is 7 odd?" in words(response)


async def test_empty_line_says_what_it_is_for_and_how_to_add_to_it(desk):
    await desk.set_up()
    response = await run(desk, "queue")
    assert "asked first, add it with /daily queue" in words(response)
    assert "bag" not in words(response)


@pytest.mark.language("zh-CN")
async def test_empty_line_says_so_in_chinese(desk):
    await desk.set_up()
    assert "可以用「/每日一题 排队」添加" in words(await run(desk, "queue"))


async def test_same_question_waits_once(desk):
    await desk.set_up()
    for _ in range(2):
        response = await run(desk, "queue", question=f"{3:016x}")
    assert "2." not in words(response)


@pytest.mark.parametrize("question", ["f" * 16, "odd", "nothing like it"])
async def test_question_that_never_was_is_not_picked(desk, question):
    await desk.set_up()
    assert "no such question" in words(await run(desk, "queue", question=question))
    assert len(desk.env.errors) == 1


async def test_line_has_an_end(desk, library):
    give(library, *questions(30))
    stream = await desk.set_up()
    with pytest.raises(QueueFullError):
        for number in range(1, 30):
            await desk.daily.lineup.add(desk.chief, stream.id, f"{number:016x}")


async def test_picked_question_that_is_gone_is_passed_over(desk, library):
    stream = await desk.set_up()
    await desk.daily.lineup.add(desk.chief, stream.id, CHOICE.id)
    give(library, *questions(5))
    await desk.until(9)
    assert len(prompts(desk)) == 1


async def test_new_question_takes_its_place_in_the_bag(desk, library):
    stream = await desk.set_up()
    give(library, *questions(3))
    for _ in range(2):
        await desk.until(9)
    give(library, *questions(4))
    for _ in range(2):
        await desk.until(9)
    assert {post.question_id for post in await desk.posts(stream)} == {one.id for one in questions(4)}


async def test_when_all_were_asked_the_one_asked_longest_ago_comes_again(desk, library):
    give(library, *questions(3))
    stream = await desk.set_up()
    for _ in range(6):
        await desk.until(9)
    ids = [post.question_id for post in await desk.posts(stream)]
    assert len(set(ids[:3])) == 3
    assert ids[3:] == ids[:3]


async def test_managers_are_warned_once_when_seven_are_left_and_when_none_is(desk, services, library):
    log = await log_channel(desk, services)
    give(library, *questions(9))
    await desk.set_up()
    for _ in range(12):
        await desk.until(9)
    said = desk.said(log.id)
    assert len(said) == 2
    assert "7 questions are left" in said[0]
    assert "Every question was asked once" in said[1]


async def test_empty_bag_leaves_days_out_and_tells_once(desk, services, library):
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    give(library)
    for _ in range(3):
        await desk.until(9)
    assert [post.problem for post in await desk.posts(stream)] == ["empty"] * 3
    assert len(desk.said(log.id)) == 1
    give(library, CHOICE)
    await desk.until(9)
    assert len(prompts(desk)) == 1


async def test_stream_asks_only_what_it_is_set_to(desk, library):
    german = replace(CHOICE, id="9" * 16, language="zh")
    made = replace(CHOICE, id="8" * 16, origin="generated")
    give(library, german, made, *questions(6))
    await desk.set_up(topics=("a",), language="en")
    assert "2 questions" in words(await run(desk, "setup"))
    stream = (await desk.daily.streams.of_group(desk.guild_id))[0]
    for _ in range(2):
        await desk.until(9)
    assert {post.question_id for post in await desk.posts(stream)} == {f"{3:016x}", f"{6:016x}"}


async def test_two_streams_have_bags_of_their_own(desk, library):
    give(library, *questions(4))
    first, second = await desk.set_up(name="One"), await desk.set_up(name="Two")
    for _ in range(4):
        await desk.until(9)
    for stream in (first, second):
        assert len({post.question_id for post in await desk.posts(stream)}) == 4


async def test_nothing_to_preview_is_told(desk, library):
    await desk.set_up()
    give(library)
    assert "No question fits" in words(await run(desk, "preview"))
    assert len(desk.env.errors) == 1


async def test_panel_leads_to_the_preview_and_back(desk):
    panel = (await desk.chat.chief.slash(desk.channel, "daily setup", time="9", zone="UTC")).response
    await desk.chat.chief.click(panel, label="Preview")
    assert "👀" in words(panel)
    await desk.chat.chief.click(panel, label="Settings")
    assert "Pause" in pressable(panel)


async def test_nothing_else_can_be_taken_where_there_is_one_question(desk, library):
    give(library, CHOICE)
    stream = await desk.set_up()
    with pytest.raises(NoQuestionsError):
        await desk.daily.lineup.pass_over(desk.chief, stream.id, CHOICE.id)


async def test_thousands_of_questions_are_looked_through_apart_from_the_event_loop(desk, monkeypatch):
    stream, looked = await desk.set_up(), []
    questions_of = Bank.questions

    def watched(self, **given):
        looked.append(threading.current_thread() is threading.main_thread())
        return questions_of(self, **given)

    monkeypatch.setattr(Bank, "questions", watched)
    monkeypatch.setattr(posting, "_MANY", 0)
    await desk.daily.lineup.preview(desk.guild_id, stream.id)
    await desk.daily.streams.topics(desk.guild_id)
    await desk.daily.streams.usual_language(desk.guild_id, chinese=False)
    await desk.daily.streams.overview(desk.guild_id, stream.id)
    assert looked == [False] * 4
