"""Pages, the other language, next best matches: pressed by the asker, by others, after a restart, and forged."""

import pytest

from bot.render import presses
from bot.services.library import MARK
from bot.views.items import ITEMS
from tests.bot.conftest import pressable, shown, words


async def ask(chat, topic=""):
    if not topic:
        sections = chat.env.bot.services.libraries.public.index.sections
        topic = MARK + next(section.id for section in sections if section.title == "Long story")
    return (await chat.ann.slash(chat.channel, "explain", topic=topic)).response


async def test_asker_turns_the_page_in_place(chat):
    response = await ask(chat)
    first = words(response)
    await chat.ann.click(response, label="Next ▶")
    second = words(response)
    assert "Paragraph 0." in first
    assert "Paragraph 0." not in second


async def test_somebody_else_gets_a_page_of_their_own(chat):
    response = await ask(chat)
    result = await chat.bo.click(response, label="Next ▶")
    assert result.response.ephemeral
    assert "Paragraph 0." not in words(result.response)
    assert "Paragraph 0." in words(response)


async def test_page_can_be_turned_back(chat):
    response = await ask(chat)
    await chat.ann.click(response, label="Next ▶")
    await chat.ann.click(response, label="◀ Previous")
    assert "Paragraph 0." in words(response)


async def test_press_works_after_a_restart(chat, make_bot):
    response = await ask(chat)
    await chat.env.restart_bot(make_bot())
    await chat.ann.click(response, label="Next ▶")
    assert "Paragraph 0." not in words(response)


async def test_other_language_is_one_press_away(chat):
    response = await ask(chat, "swiglu")
    await chat.ann.click(response, label="🌐 中文")
    assert "门控单元" in words(response)
    assert response.attachments == []
    await chat.ann.click(response, label="🌐 English")
    assert "gated unit" in words(response)
    assert len(response.attachments) == 1


async def test_next_best_match_is_shown_in_place(chat):
    response = await ask(chat, "swiglu")
    before = words(response)
    menu = pressable(response)["Other possible matches"]
    await chat.ann.select(response, [option(response)], custom_id=menu)
    assert words(response) != before


def option(response, number=0):
    menu = next(one for one in shown(response.components) if one["type"] == 3)
    return menu["options"][number]["value"]


async def test_somebody_elses_choice_leaves_the_answer_alone(chat):
    response = await ask(chat, "swiglu")
    before = words(response)
    result = await chat.bo.select(response, [option(response)], custom_id=pressable(response)["Other possible matches"])
    assert result.response.ephemeral
    assert words(response) == before


async def press_forged(chat, response, custom_id):
    """Press a button that carries *custom_id* in place of its own, as a forged client or an old message would."""
    stored = chat.env.backend.get_message(response.channel_id, response.id)
    rows = stored.components[0]["components"]
    button = next(one for row in rows for one in row.get("components", ()) if one.get("label") == "Next ▶")
    button["custom_id"] = custom_id
    return await chat.ann.click(response, custom_id=custom_id)


async def test_button_of_a_section_that_is_gone_says_so(chat):
    response = await ask(chat)
    result = await press_forged(chat, response, presses.explain("f" * 16, 1))
    assert "no longer in the notes" in result.followups[0].content
    assert result.followups[0].ephemeral


async def test_button_of_a_section_that_is_gone_is_disabled(chat):
    response = await ask(chat)
    gone = presses.explain("f" * 16, 1)
    await press_forged(chat, response, gone)
    assert gone not in pressable(response).values()
    assert len(pressable(response)) > 0
    assert "Paragraph 0." in words(response)


async def test_page_beyond_the_last_shows_the_last(chat, library):
    response = await ask(chat)
    section = pressable(response)["Next ▶"].split(":")[1]
    await press_forged(chat, response, presses.explain(section, 9_999))
    assert "Paragraph 39." in words(response)


SECTION = "0123456789abcdef"
PRESSES = [
    presses.explain(SECTION, 0),
    presses.explain(SECTION, 9_999),
    presses.twin(SECTION),
    presses.suggest(SECTION),
    presses.related(SECTION),
    presses.also(SECTION),
    presses.pdf_page(SECTION, 1),
    presses.pdf_page(SECTION, 9_999),
    presses.topics(presses.ALL, presses.NOWHERE, 0),
    presses.topics(presses.NOTE, SECTION, 12),
    presses.pick(presses.CATEGORY),
]


@pytest.mark.parametrize("press", PRESSES)
def test_custom_id_is_short_and_read_by_exactly_one_item(press):
    readers = [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)]
    assert len(readers) == 1
    assert len(press) <= 100


@pytest.mark.parametrize(
    "press",
    [
        "explain1::1",
        "explain1:0123456789ABCDEF:1",
        f"explain1:{SECTION}:-1",
        f"explain1:{SECTION}:١",
        "idle1:page",
        f"pdfpage1:{SECTION}:",
    ],
)
def test_what_we_never_made_is_read_by_no_item(press):
    assert [item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)] == []
