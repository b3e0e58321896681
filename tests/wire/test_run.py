"""``studybot run`` as a process: what it answers over the wire, and which faults of Discord it outlives."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire import notes
from tests.wire.faults import RESET
from tests.wire.messages import Message
from tests.wire.payloads import IN_BOT_DM, IN_GUILD, IN_PRIVATE_CHANNEL, Asker, Place
from tests.wire.process import BotProcess, running
from tests.wire.standin import Standin

pytestmark = pytest.mark.asyncio(loop_scope="module")

GUILDS_INTENT = 1
UNKNOWN_INTERACTION = 10062
CALLBACK = "POST /interactions/"
CHINESE = re.compile("[\u4e00-\u9fff]")
PAGE = "explain1:"
HOOK = "(POST|PATCH) /webhooks/"
MEMBERS: Iterator[int] = itertools.count(1_200_000_000_000_000_000)


def somebody(locale: str = "en-US", place: Place = "guild") -> Asker:
    """Return a member who has not asked yet, so that no cooldown of another test meets them."""
    return Asker(user_id=next(MEMBERS), locale=locale, place=place)


@dataclass(frozen=True, slots=True)
class Shared:
    """One bot for all tests here, what it talks to, and the notes that it reads."""

    standin: Standin
    bot: BotProcess
    notes: Path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shared]:
    """The bot, connected, its notes read."""
    folder = tmp_path_factory.mktemp("bot")
    notes.write(folder / "notes")
    async with Standin() as standin, running(standin, folder) as bot:
        await standin.connected()
        await bot.wrote("Notes read")
        yield Shared(standin, bot, folder / "notes")


@pytest.fixture
def standin(shared: Shared) -> Iterator[Standin]:
    """The stand-in of the shared bot; every fault that a test ordered must have been met."""
    yield shared.standin
    assert not shared.standin.faults.pending


async def explain(standin: Standin, topic: str, asker: Asker | None = None) -> Message:
    """Ask for *topic* and return the answer."""
    return (await standin.slash("explain", asker or somebody(), topic=topic)).reply


async def test_bot_asks_for_nothing_but_the_guilds_intent(standin: Standin) -> None:
    assert {data["intents"] for data in standin.gateway.identified} == {GUILDS_INTENT}


async def test_commands_are_synced_once_with_chinese_names(standin: Standin) -> None:
    commands = {command["name"]: command for command in standin.rest.commands}
    assert standin.rest.syncs == 1
    assert {"explain", "topics", "notes", "help", "about"} <= set(commands)
    assert set(commands["explain"]["name_localizations"]) == {"zh-CN", "zh-TW"}
    assert sorted(commands["explain"]["contexts"]) == [IN_GUILD, IN_BOT_DM, IN_PRIVATE_CHANNEL]


async def test_explain_answers_with_text_and_picture(standin: Standin) -> None:
    answer = await explain(standin, "swiglu")
    assert "multiplies two linear maps" in answer.text
    assert "activation.md" in answer.text
    assert [answer.files[name] for name in answer.pictures] == [notes.picture()]


async def test_answer_mentions_nobody(standin: Standin) -> None:
    answer = await explain(standin, "swiglu")
    assert answer.sent["allowed_mentions"] == {"parse": []}


async def test_chinese_question_is_answered_in_chinese(standin: Standin) -> None:
    assert "神经元可能失活" in (await explain(standin, "ReLU 激活函数", somebody("zh-CN"))).text


@pytest.mark.parametrize("typed", ["激", "swig"])
async def test_autocomplete_helps_after_few_characters(standin: Standin, typed: str) -> None:
    choices = await standin.autocomplete("explain", "topic", typed, somebody("zh-CN"))
    assert any(typed in choice["name"].lower() for choice in choices)


async def test_completion_opens_its_section(standin: Standin) -> None:
    choices = await standin.autocomplete("explain", "topic", "BPE", somebody())
    assert "第1步" in (await explain(standin, choices[0]["value"])).text


async def test_long_chinese_section_is_paged_within_the_limits(standin: Standin) -> None:
    earlier = len(standin.rest.seen)
    pages, turned = [await explain(standin, "BPE 算法")], set[str]()
    while todo := [(turn, page) for page in pages for turn in page.controls if turn not in turned and PAGE in turn]:
        turn, page = todo[0]
        turned.add(turn)
        pages.append((await standin.press(turn, page, somebody())).reply)
    told = {number for page in pages for number in re.findall(r"第(\d+)步", page.text)}
    assert told == {str(number) for number in range(1, notes.PARAGRAPHS + 1)}
    assert not [seen for seen in standin.rest.seen[earlier:] if seen.status >= 400]


async def test_pages_turn_in_place_for_who_asked_and_apart_for_others(standin: Standin) -> None:
    asker = somebody()
    answer = await explain(standin, "BPE 算法", asker)
    before = answer.text
    other = (await standin.press(answer.control(PAGE), answer, somebody())).reply
    assert other.ephemeral
    assert answer.text == before
    assert (await standin.press(answer.control(PAGE), answer, asker)).reply is answer
    assert answer.text != before


async def test_other_language_is_one_press_away(standin: Standin) -> None:
    answer = await explain(standin, "swiglu")
    assert "线性变换相乘" in (await standin.press(answer.control("twin"), answer, somebody())).reply.text


async def test_next_best_match_can_be_chosen(standin: Standin) -> None:
    answer = await explain(standin, "swiglu")
    select = answer.control("related")
    option = answer.controls[select]["options"][0]
    assert option["label"][:4] in (await standin.select(select, option["value"], answer, somebody())).reply.text


async def test_what_the_notes_lack_is_said(standin: Standin) -> None:
    assert "红烧肉" in (await explain(standin, "红烧肉怎么做", somebody("zh-CN"))).text


async def test_reply_is_in_the_reader_s_language(standin: Standin) -> None:
    english, chinese = [await explain(standin, "quantum chess", somebody(locale)) for locale in ("en-US", "zh-CN")]
    assert not CHINESE.search(english.text)
    assert CHINESE.search(chinese.text)


@pytest.mark.parametrize("place", ["dm", "private"])
async def test_explain_works_outside_the_guild(standin: Standin, place: Place) -> None:
    assert "multiplies two linear maps" in (await explain(standin, "swiglu", somebody(place=place))).text


async def test_message_menu_explains_the_terms_of_a_message(standin: Standin) -> None:
    exchange = await standin.menu("Explain this", "does anybody know what SwiGLU is?", somebody())
    assert "multiplies two linear maps" in exchange.reply.text


@pytest.mark.parametrize("command", ["help", "about", "topics", "notes status"])
async def test_other_commands_answer(standin: Standin, command: str) -> None:
    assert (await standin.slash(command, somebody())).reply.text


async def test_edit_of_a_note_is_found(shared: Shared) -> None:
    (shared.notes / "dropout.md").write_text("# Dropout\n\nDropout switches units off at random.\n", encoding="utf-8")
    await shared.bot.wrote("Notes changed")
    assert "switches units off" in (await explain(shared.standin, "dropout")).text


@pytest.mark.parametrize("route", [CALLBACK, HOOK])
async def test_failing_replies_arrive_in_the_end(standin: Standin, route: str) -> None:
    for status in (429, 500, 503):
        standin.break_next(route, status)
    answers = await asyncio.gather(*(explain(standin, "swiglu") for _ in range(3)))
    assert all("multiplies two linear maps" in answer.text for answer in answers)


async def test_answer_whose_connection_is_cut_is_not_left_hanging(standin: Standin) -> None:
    standin.break_next(HOOK, RESET)
    assert (await explain(standin, "swiglu")).text


@pytest.mark.parametrize(("status", "code"), [(RESET, 0), (404, UNKNOWN_INTERACTION)])
async def test_lost_acknowledgement_leaves_the_bot_able_to_answer(standin: Standin, status: int, code: int) -> None:
    standin.break_next(CALLBACK, status, code=code)
    await standin.send_slash("explain", somebody(), topic="swiglu")
    await standin.bell.until(lambda: not standin.faults.pending, lambda: f"a callback; seen: {standin.told()}")
    assert "multiplies two linear maps" in (await explain(standin, "swiglu")).text


async def test_command_told_twice_is_answered_once(standin: Standin) -> None:
    exchange = await standin.slash("explain", somebody(), topic="swiglu")
    earlier = len(standin.rest.seen)
    await standin.gateway.dispatch("INTERACTION_CREATE", exchange.payload)
    await standin.bell.until(lambda: len(standin.rest.seen) > earlier, lambda: f"a callback; seen: {standin.told()}")
    assert "multiplies two linear maps" in (await explain(standin, "swiglu")).text
    assert "multiplies two linear maps" in exchange.reply.text
    assert not exchange.followups


async def resumes(standin: Standin, before: int, identified: int) -> None:
    """Check that the bot came back with RESUME and answers."""
    await standin.resumed(before + 1)
    assert "multiplies two linear maps" in (await explain(standin, "swiglu")).text
    assert len(standin.gateway.identified) == identified


async def test_bot_resumes_after_op_7(standin: Standin) -> None:
    before, identified = standin.gateway.resumed, len(standin.gateway.identified)
    await standin.gateway.reconnect()
    await resumes(standin, before, identified)


@pytest.mark.parametrize("code", [1000, 4000, 4009])
async def test_bot_resumes_after_a_harmless_close(standin: Standin, code: int) -> None:
    before, identified = standin.gateway.resumed, len(standin.gateway.identified)
    await standin.gateway.close(code)
    await resumes(standin, before, identified)


async def test_bot_resumes_a_session_that_is_invalid_but_resumable(standin: Standin) -> None:
    before, identified = standin.gateway.resumed, len(standin.gateway.identified)
    await standin.gateway.invalidate(resumable=True)
    await resumes(standin, before, identified)


async def test_command_sent_while_the_connection_is_lost_is_answered(standin: Standin) -> None:
    before = standin.gateway.resumed
    standin.gateway.drop()
    assert "multiplies two linear maps" in (await explain(standin, "swiglu")).text
    assert standin.gateway.resumed == before + 1


async def test_bot_begins_a_new_session_after_one_that_is_lost(standin: Standin) -> None:
    syncs, identified = standin.rest.syncs, len(standin.gateway.identified)
    await standin.gateway.invalidate(resumable=False)
    await standin.identified(identified + 1)
    assert "multiplies two linear maps" in (await explain(standin, "swiglu")).text
    assert standin.rest.syncs == syncs
