"""How Chinese texts are set, and that texts call commands as their readers see them."""

import re
from collections.abc import Iterator

import pytest

from bot.i18n import Catalogues
from bot.render.help import CALLED
from tests.test_texts import translations

HAN = "[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]"
HALF = re.compile(
    rf"{HAN} ?[(),;?!]|[(),;?!] ?{HAN}|[\u3400-\u9fff][:.]|[:.][\u3400-\u9fff]|\}}(?:[(,;]|:(?!//))|\)\{{"
)
CODE = re.compile(r"`[^`]*`|\w+://\S*|pip install\S* \S+ \S+")
COMMAND = re.compile(r"[「`“ ]/([^\s「」`”{}/:]+(?: [^\s「」`”{}/:]+)?)[」`”]")
ENGLISH_NAME = re.compile(r"(?<![\w/:.<>])/([a-z]+)(?: ([a-z]+))?")


def forms() -> Iterator[str]:
    for _, translated in translations():
        yield from (form for form in translated if re.search(HAN, form))


def test_no_half_width_punctuation_stands_beside_han():
    assert [form for form in forms() if HALF.search(CODE.sub("", form))] == []


@pytest.mark.parametrize("wrong", ["笔记(旧)", "旧 (新)", "笔记:旧", "甲,乙", "{n}(题)", "{n}: 题", "好吗?"])
def test_half_width_punctuation_would_be_found(wrong):
    assert HALF.search(wrong)


def test_quotation_marks_are_of_one_kind():
    assert [form for form in forms() if re.search("[“”‘’]", form)] == []


@pytest.fixture(params=["zh-CN", "zh-TW"])
def texts(request):
    return Catalogues.load().texts(request.param)


def test_chinese_texts_call_commands_as_chinese_members_see_them(texts):
    names = {texts.command(one) for one in CALLED}
    said = [texts.lookup(key) or "" for key, _ in translations()]
    called = {f"/{name}" for form in said for name in COMMAND.findall(form)}
    assert len(called) > 10
    assert called - names == set()


def test_chinese_texts_call_no_command_in_english(texts):
    said = [texts.lookup(key) or "" for key, _ in translations()]
    found = [form for form in said for name, _ in ENGLISH_NAME.findall(form) if name in CALLED]
    assert found == []


def test_every_chinese_command_in_a_text_is_set_apart():
    assert [form for form in forms() if re.search(rf"(?<![「`])/{HAN}", CODE.sub("", form))] == []


def test_english_texts_call_commands_that_exist():
    called = {(root, below) for key, _ in translations() for root, below in ENGLISH_NAME.findall(key)}
    groups = {one.split()[0] for one in CALLED if " " in one}
    assert {root for root, _ in called} - CALLED == set()
    assert {f"{root} {below}" for root, below in called if root in groups and below} - CALLED - {
        "mydata hands"
    } == set()
