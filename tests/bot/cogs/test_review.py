"""The commands /review and /question as Discord knows them."""

import pytest

from bot.i18n import SIMPLIFIED, TRADITIONAL
from tests.bot.conftest import words

QUESTION = {"suggest", "list", "approve", "edit", "retire", "import", "export", "reports", "appeals"}


def definition(chat, name):
    commands = chat.env.backend.visible_commands(user_id=chat.ann.id, channel_id=chat.channel.id)
    return next(one for one in commands if one["name"] == name)


async def test_review_is_for_servers_direct_messages_and_private_channels(chat):
    found = definition(chat, "review")
    assert set(found["contexts"]) == {0, 1, 2}
    assert set(found["integration_types"]) == {0, 1}


async def test_question_is_for_servers_that_have_the_bot(chat):
    found = definition(chat, "question")
    assert found["contexts"] == [0] or found.get("dm_permission") is False
    assert found["integration_types"] == [0]
    assert {one["name"] for one in found["options"]} == QUESTION


@pytest.mark.parametrize("name", ["review", "question"])
async def test_names_and_descriptions_are_in_chinese_too(chat, name):
    def every(option):
        yield option
        for below in option.get("options", ()):
            yield from every(below)

    for one in every(definition(chat, name)):
        for locale in (SIMPLIFIED, TRADITIONAL):
            assert one["name_localizations"][locale], one["name"]
            assert 0 < len(one["description_localizations"][locale]) <= 100, one["name"]


async def test_choices_are_in_chinese_too(chat):
    kinds = next(one for one in definition(chat, "question")["options"] if one["name"] == "suggest")["options"][0]
    assert [one["name_localizations"][SIMPLIFIED] for one in kinds["choices"]][:2] == ["单选", "多选"]


@pytest.mark.language("zh-CN")
async def test_commands_answer_in_chinese(chat):
    assert "你还没有卡片" in words((await chat.ann.slash(chat.channel, "review")).response)
    assert "你出的题" in words((await chat.ann.slash(chat.channel, "question list")).response)
    for name, said in (
        ("approve", "没有等待审核的题"),
        ("reports", "没有待处理的反馈"),
        ("appeals", "没有待处理的申诉"),
    ):
        assert said in words((await chat.chief.slash(chat.channel, f"question {name}")).response)


async def test_number_that_is_no_question_is_told(chat):
    for name, who in (("edit", chat.ann), ("retire", chat.chief)):
        response = (await who.slash(chat.channel, f"question {name}", number=999_999_999)).response
        assert "no such question" in words(response)
    assert len(chat.env.errors) == 2


async def test_completion_never_fails(chat, services, monkeypatch):
    async def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(type(services.editing.lookup), "changeable", broken)
    assert await chat.ann.autocomplete(chat.channel, "question edit", "number", "1") == []
