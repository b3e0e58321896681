"""/help as it is read on a phone: short lines below headings, within what a message may hold."""

import pytest

from bot.render import help as help_page
from bot.render import limits
from bot.render.help import COMMANDS, MANAGERS, MEMBERS
from bot.render.parts import Text

PHONE = 62


def written(texts, *, manager):
    return [part.text for part in help_page.overview(texts, manager=manager).parts if isinstance(part, Text)]


@pytest.fixture(params=["en", "zh-CN", "zh-TW"])
def texts(request, catalogues):
    return catalogues.texts(request.param)


def test_all_of_it_fits_one_message(texts):
    whole = written(texts, manager=True)
    assert sum(map(limits.characters, whole)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in whole) <= limits.LAYOUT_BYTES


def test_lines_are_short(texts):
    lines = "\n".join(written(texts, manager=True)).splitlines()
    assert [line for line in lines if not line.startswith("-#") and len(line) > PHONE] == []


def test_every_group_has_its_heading(texts):
    members, managers = written(texts, manager=True)
    assert members.count("\n### ") == len(MEMBERS)
    assert managers.count("\n### ") == len(MANAGERS)


def test_every_command_stands_there_once(english):
    lines = "\n".join(written(english, manager=True)).splitlines()
    assert sorted(line.split("`")[1] for line in lines if line.startswith("`")) == sorted(
        f"/{name}" for name in COMMANDS if name != "help"
    )


def test_members_see_one_part(texts):
    assert len(written(texts, manager=False)) == 1


def test_commands_are_called_as_chinese_members_see_them(chinese):
    text = "\n".join(written(chinese, manager=True))
    assert "`/每日一题 设置` · 开启或修改" in text
    assert "`/quiz" not in text


def test_made_questions_are_announced(english, chinese):
    assert "I add simple ones made from the notes" in written(english, manager=False)[0]
    assert "由笔记生成" in written(chinese, manager=False)[0]
