"""Segmenting: whole words, the user's own among them, and the same words from both engines."""

from __future__ import annotations

import random
import threading

import pytest

from knowledge.glossary import Glossary, shipped
from knowledge.segment import Segmenter
from knowledge.text import fold
from tests.knowledge.material import SAMPLE, SHARED_NOTES

USER_WORDS = (*Glossary(shipped()).han_names, "鬼画符归一器", "龘龘函数")


@pytest.fixture(scope="module")
def slow() -> Segmenter:
    return Segmenter(USER_WORDS, fast=False)


@pytest.fixture(scope="module")
def fast() -> Segmenter:
    pytest.importorskip("rjieba")
    return Segmenter(USER_WORDS, fast=True)


def texts(folder) -> list[str]:
    return [fold(path.read_text("utf-8", errors="replace")) for path in sorted(folder.rglob("*.md"))]


def same_words(slow: Segmenter, fast: Segmenter, text: str) -> bool:
    return slow.words(text) == fast.words(text) and slow.search_words(text) == fast.search_words(text)


def test_both_engines_give_the_same_words_on_the_sample_notes(slow, fast):
    found = texts(SAMPLE)
    assert len(found) > 20
    assert all(same_words(slow, fast, text) for text in found)


@pytest.mark.skipif(not SHARED_NOTES.is_dir(), reason="no real notes here")
def test_both_engines_give_the_same_words_on_real_notes(slow, fast):
    assert all(same_words(slow, fast, text) for text in texts(SHARED_NOTES))


@pytest.mark.parametrize("seed", range(5))
def test_both_engines_give_the_same_words_on_random_han(slow, fast, seed):
    rng = random.Random(seed)
    runs = ["".join(chr(rng.randint(0x4E00, 0x9FFF)) for _ in range(rng.randint(1, 30))) for _ in range(200)]
    assert same_words(slow, fast, "a".join(runs))


@pytest.mark.parametrize("seed", range(5))
def test_both_engines_give_the_same_words_on_words_thrown_together(slow, fast, seed):
    rng = random.Random(seed)
    words = [*rng.sample(USER_WORDS, 200), *"的了在是我有和人这中大为上个国"]
    assert same_words(slow, fast, "".join(rng.choices(words, k=600)))


def test_both_engines_agree_on_rare_han(slow, fast):
    assert same_words(slow, fast, "々〇㐀䶵\U00020000\U0002a6d6豈激活龥鿿函数")


def test_user_words_are_one_word_in_both_engines(slow, fast):
    for segmenter in (slow, fast):
        assert segmenter.words("这个门控线性单元很好用") == ["这个", "门控线性单元", "很", "好", "用"]
        assert "鬼画符归一器" in segmenter.words("一个鬼画符归一器")


def test_user_words_of_one_segmenter_are_unknown_to_another(slow):
    assert "鬼画符归一器" not in Segmenter(()).words("鬼画符归一器")
    assert slow.words("鬼画符归一器") == ["鬼画符归一器"]


def test_search_words_hold_the_shorter_words_inside_long_ones(analyzer):
    found = analyzer.segmenter.search_words("激活函数")
    assert found[-1] == "激活函数"
    assert {"激活", "函数"} <= set(found)


def test_words_make_up_the_text_again(analyzer):
    assert "".join(analyzer.segmenter.words("层归一化为什么比批归一化好")) == "层归一化为什么比批归一化好"


def test_everything_but_han_is_left_out(analyzer):
    assert analyzer.segmenter.words("use LoRA, 42! \n\t😀") == []
    assert analyzer.segmenter.search_words("") == []
    assert analyzer.segmenter.words("激活\n函数") == ["激活", "函数"]


def test_words_never_cross_what_stands_between_two_runs(analyzer):
    assert "激活函数" not in analyzer.segmenter.search_words("激活 函数")
    assert "激活函数" not in analyzer.segmenter.search_words("激活，函数")


def test_user_words_are_chinese_of_two_characters_and_more_each_once():
    segmenter = Segmenter(["激活函数", "激活函数", "树", "LoRA", "LoRA微调", ""])
    assert segmenter.user_words == ("激活函数",)


def test_order_of_user_words_does_not_matter():
    assert Segmenter(["激活", "函数"]).user_words == Segmenter(["函数", "激活"]).user_words


def test_many_threads_may_ask_a_segmenter_that_is_not_loaded_yet():
    segmenter = Segmenter(("门控线性单元",))
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(segmenter.words("门控线性单元"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["门控线性单元"]] * 4


def test_a_very_long_run_is_cut_too(analyzer):
    assert "".join(analyzer.segmenter.words("激活函数" * 20_000)) == "激活函数" * 20_000
