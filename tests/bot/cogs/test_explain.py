import pytest

from bot.services.library import MARK
from tests.bot.conftest import pressable, shown, words


async def ask(chat, topic, who=None):
    return (await (who or chat.ann).slash(chat.channel, "explain", topic=topic)).response


async def test_answer_shows_title_passage_and_source(chat):
    said = words(await ask(chat, "swiglu"))
    assert "## SwiGLU" in said
    assert "gated unit" in said
    assert "`nets/Activation_en.md`" in said


async def test_picture_is_attached_where_the_note_has_it(chat):
    response = await ask(chat, "swiglu")
    kinds = [one["type"] for one in shown(response.components)]
    assert [attachment.filename for attachment in response.attachments] == ["picture1.png"]
    assert kinds[kinds.index(10) :][:4] == [10, 14, 10, 12]  # title, room, text, gallery


async def test_line_is_drawn_before_the_source_alone(chat):
    response = await ask(chat, "swiglu")
    assert [one["divider"] for one in shown(response.components) if one["type"] == 14] == [False, True]


async def test_answer_is_no_embed_and_mentions_nobody(chat):
    response = await ask(chat, "swiglu")
    assert response.flags.components_v2
    assert response.message.mentions == []
    assert "<@123>" not in words(response)
    assert "@everyone" not in words(response)


async def test_label_of_a_link_cannot_claim_another_host(chat):
    assert "bank.com (<https://evil.example>)" in words(await ask(chat, "swiglu"))


async def test_completion_opens_its_section(chat):
    choices = await chat.ann.autocomplete(chat.channel, "explain", "topic", "swig")
    value = next(choice["value"] for choice in choices if choice["value"].startswith(MARK))
    assert "SwiGLU" in words(await ask(chat, value))


async def test_completion_is_offered_before_anything_is_typed(chat):
    choices = await chat.ann.autocomplete(chat.channel, "explain", "topic", "")
    assert 1 <= len(choices) <= 25


async def test_completion_helps_from_the_first_chinese_character(chat):
    choices = await chat.ann.autocomplete(chat.channel, "explain", "topic", "激")
    assert any("激活函数" in choice["name"] for choice in choices)


async def test_completion_that_fails_offers_nothing(chat, library, monkeypatch, caplog):
    monkeypatch.setattr(library, "complete", lambda typed: 1 // 0)
    assert await chat.ann.autocomplete(chat.channel, "explain", "topic", "x") == []
    assert "No completions" in caplog.text


async def test_what_is_not_in_the_notes_is_said_and_counted(chat, library):
    response = await ask(chat, "红烧肉怎么做")
    assert "Not in the notes" in words(response)
    assert [topic.query for topic in library.problems().missing] == ["红烧肉怎么做"]


async def test_suggestion_opens_its_section(chat):
    response = await ask(chat, "红烧肉怎么做")
    buttons = pressable(response)
    if buttons:
        result = await chat.ann.click(response, custom_id=next(iter(buttons.values())))
        assert "📄" in words(result.response)


@pytest.mark.parametrize("topic", ["   x   ", "🍜🍜🍜", "@everyone <@1> `**", "\u0007\u202e", "x" * 100])
async def test_hostile_topic_gets_an_answer(chat, topic):
    said = words(await ask(chat, topic))
    assert said
    assert "<@1>" not in said
    assert "@everyone" not in said


async def test_section_that_is_gone_is_said(chat):
    assert "no longer in the notes" in words(await ask(chat, MARK + "0" * 16))
    assert len(chat.env.errors) == 1


async def test_too_many_questions_are_refused_to_the_asker_alone(chat):
    for _ in range(8):
        await ask(chat, "relu")
    response = await ask(chat, "relu")
    assert response.ephemeral
    assert "Too many requests. Try again in" in response.content
    assert "📄" in words(await ask(chat, "relu", chat.bo))


async def test_loading_notes_are_said(chat, library):
    library.loaded = None
    assert "still being read" in words(await ask(chat, "relu"))
    assert len(chat.env.errors) == 1


async def test_error_is_told_with_a_reference_that_is_in_the_log(chat, library, monkeypatch, caplog):
    async def fail(*_args, **_named):
        raise RuntimeError("boom")

    monkeypatch.setattr(library, "explain", fail)
    said = words(await ask(chat, "relu"))
    reference = said.rpartition(" ")[2]
    assert f"Error {reference}" in caplog.text
    assert "boom" not in said
    assert len(chat.env.errors) == 1


@pytest.mark.language("zh-CN")
async def test_chinese_reader_gets_chinese_words_and_notes(chat):
    said = words(await ask(chat, "swiglu"))
    assert "门控单元" in said
    assert "第 5–" in said


@pytest.mark.language("zh-TW")
async def test_traditional_reader_gets_traditional_words(chat):
    assert "筆記裡沒有" in words(await ask(chat, "红烧肉怎么做"))


async def test_message_menu_explains_the_terms_of_a_message(chat):
    message = await chat.bo.send(chat.channel, "did anybody get the SwiGLU part? and relu?")
    result = await chat.ann.context_menu(chat.channel, "Explain this", message)
    assert "## SwiGLU" in words(result.response)
    assert result.response.ephemeral
    menu = next(one for one in shown(result.response.components) if one["type"] == 3)
    assert menu["options"][0]["label"] == "ReLU"


async def test_message_without_words_is_refused(chat):
    message = await chat.bo.send(chat.channel, "👍")
    result = await chat.ann.context_menu(chat.channel, "Explain this", message)
    assert "no text" in words(result.response)
    assert len(chat.env.errors) == 1


async def test_question_in_a_direct_message_is_answered(chat):
    result = await chat.ann.user.slash("explain", topic="swiglu")
    assert "## SwiGLU" in words(result.response)
