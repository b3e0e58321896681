from tests.bot.conftest import pressable, shown, words


def options(response):
    menu = next(one for one in shown(response.components) if one["type"] == 3)
    return {option["label"]: option["value"] for option in menu["options"]}


async def open_topics(chat, **given):
    return (await chat.ann.slash(chat.channel, "topics", **given)).response


async def choose(chat, response, label):
    custom_id = next(one["custom_id"] for one in shown(response.components) if one["type"] == 3)
    await chat.ann.select(response, [options(response)[label]], custom_id=custom_id)


async def test_topics_list_the_folders(chat):
    assert set(options(await open_topics(chat))) == {"General", "nets"}


async def test_topics_lead_from_folder_to_note_to_section(chat):
    response = await open_topics(chat)
    await choose(chat, response, "nets")
    await choose(chat, response, "Activation functions")
    await choose(chat, response, "· ReLU")
    assert "ReLU keeps what is positive." in words(response)


async def test_up_leads_back(chat):
    response = await open_topics(chat)
    await choose(chat, response, "nets")
    await chat.ann.click(response, label="⬆ Up")
    assert set(options(response)) == {"General", "nets"}


async def test_category_can_be_given_at_once(chat):
    choices = await chat.ann.autocomplete(chat.channel, "topics", "category", "net")
    response = await open_topics(chat, category=choices[0]["value"])
    assert "Attention" in options(response)


async def test_category_can_be_typed(chat):
    assert "Attention" in options(await open_topics(chat, category="NETS"))


async def test_unknown_category_is_said(chat):
    response = await open_topics(chat, category="cooking")
    assert response.ephemeral
    assert "no such topic" in words(response)
    assert len(chat.env.errors) == 1


async def test_choice_that_is_gone_is_said(chat, library, loaded):
    response = await open_topics(chat)
    stored = chat.env.backend.get_message(response.channel_id, response.id)
    menu = next(one for one in shown(stored.components) if one["type"] == 3)
    menu["options"][0]["value"] = "f" * 16
    result = await chat.ann.select(response, ["f" * 16], custom_id=menu["custom_id"])
    assert "no such topic" in result.followups[0].content


async def test_nothing_on_the_first_level_leads_up(chat):
    assert "⬆ Up" not in pressable(await open_topics(chat))
