"""What is sent when something is in the way: a failing Discord, a picture that is too big or gone."""

from tests.bot.conftest import shown, words

EDIT = "/webhooks/*/messages/@original"
FOLLOW_UP = "/webhooks/*"


async def ask(chat, topic):
    return await chat.ann.slash(chat.channel, "explain", topic=topic)


async def test_answer_that_discord_fails_on_is_halved(chat, simcord_bot):
    whole = words((await ask(chat, "long story")).response)
    fail_on_answers(chat, times=1)
    half = words((await ask(chat, "long story")).response)
    assert len(half) < len(whole) * 0.7
    assert "Discord refused the full page" in half


async def test_answer_that_discord_fails_on_twice_is_plain_text(chat):
    fail_on_answers(chat, times=2)
    response = (await ask(chat, "swiglu")).response
    assert response.content.startswith("## SwiGLU")
    assert len(response.content) <= 2_000
    assert response.components == []


def fail_on_answers(chat, times):
    chat.env.inject_error("*", "/webhooks/*", status=500, times=times)


async def test_picture_larger_than_the_place_allows_is_named(chat, library, monkeypatch):
    monkeypatch.setattr(library, "picture", lambda path, limit: None)
    response = (await ask(chat, "swiglu")).response
    assert response.attachments == []
    assert "the formula of SwiGLU: cannot be shown here" in words(response)
    assert not [one for one in shown(response.components) if one["type"] == 12]


async def test_picture_carries_the_words_of_the_note(chat):
    response = (await ask(chat, "swiglu")).response
    gallery = next(one for one in shown(response.components) if one["type"] == 12)
    assert gallery["items"][0]["description"] == "the formula of SwiGLU"


async def test_nothing_stays_behind_for_a_message_that_was_sent(chat, simcord_bot):
    await ask(chat, "long story")
    assert simcord_bot.persistent_views == []
