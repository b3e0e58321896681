import pytest

from tests.bot.conftest import words


async def test_help_names_every_command(chat):
    said = words((await chat.ann.slash(chat.channel, "help")).response)
    for command in chat.ann.available_commands(chat.channel):
        assert f"/{command}`" in said or command == "help"


async def test_about_tells_version_privacy_and_licence(chat):
    said = words((await chat.ann.slash(chat.channel, "about")).response)
    assert "studybot 1.2.3" in said
    assert "Privacy" in said
    assert "MIT" in said


@pytest.mark.language("zh-CN")
async def test_help_is_chinese_for_a_chinese_reader(chat):
    assert "我会做什么" in words((await chat.ann.slash(chat.channel, "help")).response)
