"""/daily show and history: for everybody, with the answers that are shown already."""

import pytest

from bot.errors import RoundGoneError
from bot.services.reveals import Reveal, RevealKind
from tests.bot.banks import give
from tests.bot.conftest import pressable, shown, words
from tests.bot.daily.desk import CHOICE, NEXT, questions
from tests.bot.daily.test_setup import run


@pytest.fixture
def bank() -> list:
    return questions(20, explanation="By division.")


async def test_show_has_todays_question_and_takes_answers(desk):
    await desk.posted(reveal=NEXT)
    response = await run(desk, "show", desk.chat.ann)
    assert response.ephemeral
    assert "odd?" in words(response)
    assert "By division" not in words(response)
    result = await desk.chat.ann.click(response, label="False")
    assert "Your answer is in" in words(result.response)


async def test_show_has_the_answers_once_they_are_shown(desk):
    stream = await desk.set_up(reveal=Reveal(RevealKind.HOURS, 1))
    await desk.until(9)
    await desk.until(11)
    assert (await desk.last_post(stream)).state == "revealed"
    assert "By division" in words(await run(desk, "show", desk.chat.ann))


async def test_show_before_the_first_question_tells_when_it_comes(desk):
    await desk.set_up()
    assert "has not asked anything yet" in words(await run(desk, "show", desk.chat.ann))


async def test_show_leads_to_the_message(desk):
    await desk.posted()
    response = await run(desk, "show", desk.chat.ann)
    urls = [one["url"] for one in shown(response.components) if "url" in one]
    assert urls == [f"https://discord.com/channels/{desk.guild_id}/{desk.channel.id}/{desk.last.id}"]


async def test_history_lists_ten_to_a_page_the_newest_first(desk):
    await desk.set_up()
    for _ in range(12):
        await desk.until(9)
    response = await run(desk, "history", desk.chat.ann)
    lines = [line for line in words(response).splitlines() if line.startswith("**2026")]
    assert len(lines) == 10
    assert lines[0].startswith("**2026-01-12**")
    await desk.chat.ann.click(response, label="Next ▶")
    assert "**2026-01-01**" in words(response)


async def test_past_question_is_opened_with_its_answers(desk):
    stream = await desk.set_up(reveal=NEXT)
    for _ in range(2):
        await desk.until(9)
    first, second = await desk.posts(stream)
    response = await run(desk, "history", desk.chat.ann)
    opened = await desk.chat.ann.select(response, [str(first.id)], custom_id=f"dailylook1:{stream.id}")
    assert "By division" in words(opened.response)
    assert opened.response.ephemeral
    opened = await desk.chat.ann.select(response, [str(second.id)], custom_id=f"dailylook1:{stream.id}")
    assert "By division" not in words(opened.response)


async def test_history_leaves_out_days_without_a_question(desk):
    await desk.set_up()
    await desk.pass_time(hours=16)
    await desk.until(9)
    said = words(await run(desk, "history", desk.chat.ann))
    assert "2026-01-01" not in said
    assert "2026-01-02" in said


async def test_history_before_the_first_question(desk):
    await desk.set_up()
    assert "Nothing was asked yet" in words(await run(desk, "history", desk.chat.ann))


async def test_history_works_after_a_restart(desk, make_bot):
    await desk.set_up()
    for _ in range(12):
        await desk.until(9)
    response = await run(desk, "history", desk.chat.ann)
    await desk.env.restart_bot(make_bot())
    await desk.chat.ann.click(response, label="Next ▶")
    assert "**2026-01-01**" in words(response)


@pytest.mark.parametrize("chosen", ["999999999999", "0", "١", "x"])
async def test_post_that_never_was_is_not_opened(desk, chosen):
    stream = await desk.set_up()
    await desk.until(9)
    response = await run(desk, "history", desk.chat.ann)
    stored = desk.env.backend.get_message(desk.channel.id, response.id)
    menu = next(one for one in shown(stored.components) if one["type"] == 3)
    menu["options"][0]["value"] = chosen
    result = await desk.chat.ann.select(response, [chosen], custom_id=f"dailylook1:{stream.id}")
    assert "no longer here" in words(result.response) or "no such" in words(result.response)


async def test_post_of_another_group_is_not_opened(desk, services):
    post = await desk.posted()
    with pytest.raises(RoundGoneError):
        await services.daily.journal.outcome(desk.guild_id + 1, post.id)


async def test_members_see_nothing_of_what_managers_mend(desk):
    await desk.posted()
    assert "Settings" not in pressable(await run(desk, "show", desk.chat.ann))


async def test_managers_are_shown_that_the_bag_is_nearly_empty(desk, library):

    await desk.set_up()
    give(library, CHOICE, *questions(3))
    await desk.until(9)
    response = await run(desk, "show")
    assert "3 not asked yet" in words(response)
    assert "Settings" in pressable(response)


async def test_show_works_for_managers_while_the_notes_are_being_read(desk, library):
    await desk.posted()
    library.loaded = None
    assert "odd?" in words(await run(desk, "show"))
