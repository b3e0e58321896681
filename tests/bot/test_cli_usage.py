"""What is typed wrong on the command line is told in the language of its reader, in sentences of our own."""

from __future__ import annotations

import re

import pytest

from bot.commands import usage
from bot.commands.usage import REFUSED

WRONG = [
    (["ask", "--no-such"], "There is no option --no-such.", "没有选项 --no-such。"),
    (["ask", "x", "--limit", "0"], "--limit: expected a number from 1 on.", "--limit：应当是不小于 1 的数。"),
    (["ask", "x", "--limit", "101"], "--limit: expected a number up to 100.", "--limit：应当是不大于 100 的数。"),
    (["try", "--port", "x"], "--port: expected a whole number.", "--port：应当是整数。"),
    (["ask", "x", "--limit"], "--limit needs a value after it.", "--limit 后面要跟一个值。"),
    (["ask", "--json=1"], "--json takes no value.", "--json 不带值。"),
    (["index", "b"], "More was typed than is expected: b", "多写了内容：b"),
    (["nothing"], "There is no command “nothing”.", "没有「nothing」这个命令。"),
    (["eval"], "JUDGED.jsonl is missing.", "缺少 JUDGED.jsonl。"),
    (
        ["questions", "export", "--format", "xml"],
        "--format: expected one of yaml, csv, not xml.",
        "--format：应当是 yaml、csv 之一，而不是 xml。",
    ),
]


@pytest.fixture
def chinese_studybot(studybot, monkeypatch):
    """Run a command line in a Chinese locale."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    return studybot


@pytest.mark.parametrize(("arguments", "english"), [(arguments, english) for arguments, english, _ in WRONG])
def test_what_was_typed_wrong_is_told_in_english(studybot, arguments, english):
    code, out, err = studybot(*arguments)
    assert (code, out, err.splitlines()[0]) == (2, "", english)


@pytest.mark.parametrize(("arguments", "chinese"), [(arguments, chinese) for arguments, _, chinese in WRONG])
def test_what_was_typed_wrong_is_told_in_chinese(chinese_studybot, arguments, chinese):
    code, out, err = chinese_studybot(*arguments)
    assert (code, out, err.splitlines()[0]) == (2, "", chinese)


@pytest.mark.parametrize("arguments", [arguments for arguments, _, _ in WRONG])
def test_no_english_words_of_the_library_reach_a_chinese_reader(chinese_studybot, arguments):
    err = chinese_studybot(*arguments)[2]
    assert not re.search(r"Usage|Error|Try |Invalid|Missing|No such|Value error|Input should|Did you", err)


def test_what_may_have_been_meant_is_offered(chinese_studybot):
    assert "是不是想写 --notes？\n" in chinese_studybot("ask", "--note-s")[2]
    assert "是不是想写 ask？\n" in chinese_studybot("asq")[2]


def test_last_line_says_where_to_look(studybot, monkeypatch):
    assert studybot("ask", "--no-such")[2].endswith("studybot ask --help shows what may be typed.\n")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert studybot("ask", "--no-such")[2].endswith("\n用法见 studybot ask --help。\n")


@pytest.mark.parametrize("arguments", [[], ["questions"]])
def test_call_without_a_command_shows_the_help_and_nothing_else(chinese_studybot, arguments):
    code, out, err = chinese_studybot(*arguments)
    assert (code, err) == (2, "")
    assert "用法：studybot" in out


@pytest.mark.parametrize("command", [["ask"], ["index"], ["try"], ["questions", "export"], ["restore"]])
def test_help_is_chinese_throughout(chinese_studybot, command):
    code, out, _ = chinese_studybot(*command, "--help")
    assert (code, f"用法：studybot {' '.join(command)} [选项]" in out) == (0, True)
    assert not re.search(r"Usage|OPTIONS|Options|Arguments|default:|Show this", out)


def test_help_says_what_holds_without_an_option(chinese_studybot):
    assert "最多显示几条结果。（默认：8）" in chinese_studybot("ask", "--help")[1]


def test_control_characters_of_what_was_typed_do_not_reach_the_terminal(studybot):
    assert "\x1b" not in studybot("ask", "--no\x1b[31m")[2]
    assert "\x1b" not in studybot("a\x1b[31m")[2]


def test_sentence_of_the_library_that_is_not_known_is_told_as_it_is(english):
    assert usage.told(REFUSED("Something new."), english).startswith("Something new.\n")
