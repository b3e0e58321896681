"""Packing holds every limit for all of Unicode, in characters and in bytes, and loses nothing."""

import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.render import limits
from bot.render.markdown import clean
from bot.render.pack import Budget, Packed, pack
from bot.render.parts import Picture, Text
from bot.render.pieces import Code, Prose, fenced, uncloseable

BUDGET = Budget(200, 420, 3)
WIDE = st.characters(codec="utf-8")
FAMILY = "👩‍👩‍👧‍👦"


def texts(packed: Packed) -> list[str]:
    return [part.text for page in packed.pages for part in page if isinstance(part, Text)]


def bare(text: str) -> str:
    return "".join(text.split())


def visible(text: str) -> str:
    return clean(text).strip()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(WIDE, min_size=1, max_size=600).map(visible).filter(bool), min_size=1, max_size=4))
def test_pages_hold_both_limits_and_all_text(paragraphs):
    packed = pack([Prose(text) for text in paragraphs], BUDGET)
    for page in packed.pages:
        runs = [part.text for part in page if isinstance(part, Text)]
        assert sum(map(limits.characters, runs)) <= BUDGET.characters
        assert sum(limits.size_bytes(run) + limits.DISPLAY_BYTES for run in runs) <= BUDGET.bytes
    assert bare("".join(texts(packed))) == bare("".join(paragraphs))


@settings(max_examples=100, deadline=None)
@given(st.text(WIDE, min_size=1, max_size=1500).map(lambda text: visible(text).replace("`", "'")).filter(bool))
def test_code_is_fenced_on_every_page(body):
    shown = texts(pack([Code(body, "py")], BUDGET))
    assert all(text.startswith("```py\n") and text.endswith("\n```") for text in shown)
    assert bare("".join(text[6:-4] for text in shown)) == bare(body)


CLUSTERS = st.sampled_from([*FAMILY, FAMILY, "🇨", "🇳", "e\u0301", "好", " ", "。", "👍🏽"])


@settings(max_examples=100, deadline=None)
@given(st.lists(CLUSTERS, min_size=1, max_size=400).map("".join).map(str.strip).filter(bool))
def test_no_grapheme_of_sensible_length_is_cut(text):
    whole = regex.findall(r"\X", text)
    assume(max(map(len, whole)) < 30)
    pieces = [one for page in texts(pack([Prose(text)], BUDGET)) for one in regex.findall(r"\X", page)]
    assert [one for one in pieces if one.strip()] == [one for one in whole if one.strip()]


def test_family_emoji_is_never_cut():
    for page in texts(pack([Prose(FAMILY * 100)], BUDGET)):
        assert page.replace(FAMILY, "") == ""


def test_chinese_is_cut_by_bytes():
    budget = Budget(limits.LAYOUT_CHARACTERS, limits.LAYOUT_BYTES, 10)
    first, *_ = texts(pack([Prose("好" * 5_000)], budget))
    assert len(first) == (limits.LAYOUT_BYTES - limits.DISPLAY_BYTES) // 3


def test_cut_is_at_a_paragraph():
    first, second = texts(pack([Prose("a" * 120 + "\n\n" + "b" * 120)], BUDGET))
    assert (first, second) == ("a" * 120, "b" * 120)


def test_cut_without_a_paragraph_is_at_a_sentence():
    sentence = "这是一句话。"
    first, *_ = texts(pack([Prose(sentence * 60)], BUDGET))
    assert first.endswith("。")


def test_long_code_goes_on_in_fences_of_its_language():
    lines = [f"    call({number})" for number in range(60)]
    shown = texts(pack([Code("\n".join(lines), "python")], BUDGET))
    assert len(shown) > 3
    assert [line for text in shown for line in text.split("\n")[1:-1]] == lines


def test_code_of_one_endless_line_fills_its_pages():
    shown = texts(pack([Code("x" * 1_000, "sh")], BUDGET))
    assert all(limits.characters(text) == BUDGET.characters for text in shown[:-1])


def test_code_that_fits_a_page_is_not_cut_for_what_stands_before():
    body = "\n".join("line" for _ in range(30))
    packed = pack([Prose("a" * 60), Code(body, "py")], BUDGET)
    assert packed.pages[1] == (Text(fenced(Code(body, "py"))),)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="`~a \n", min_size=1, max_size=900).filter(str.strip))
def test_fences_are_the_only_ones_on_every_page(text):
    for page in texts(pack([Code(uncloseable(text) or "x")], BUDGET)):
        assert page.count("```") == 2


def test_block_that_fits_a_page_is_kept_whole():
    packed = pack([Prose("a" * 120), Prose("b" * 150)], BUDGET)
    assert texts(packed) == ["a" * 120, "b" * 150]
    assert packed.begins == (0, 1)


def test_pictures_stand_where_they_stood():
    [page] = pack([Prose("a"), Picture("x.png"), Prose("b")], Budget(500, 900, 3)).pages
    assert page == (Text("a"), Picture("x.png"), Text("b"))


def test_page_holds_no_more_pictures_than_it_may():
    packed = pack([Picture(f"{number}.png") for number in range(7)], Budget(1_000, 3_000, 3))
    assert [len(page) for page in packed.pages] == [3, 3, 1]


def test_runs_of_text_on_a_page_are_one():
    [page] = pack([Prose("a"), Code("b"), Prose("c")], BUDGET).pages
    assert page == (Text("a\n\n" + fenced(Code("b")) + "\n\nc"),)


def test_mark_piled_on_mark_is_cut_at_last():
    assert bare("".join(texts(pack([Prose("e" + "\u0301" * 2_000)], BUDGET)))) == "e" + "\u0301" * 2_000


def test_nothing_is_one_empty_page():
    assert pack([], BUDGET).pages == ((),)


def test_text_of_many_pages_is_not_counted_anew_for_each(monkeypatch):
    counted = []
    monkeypatch.setattr("bot.render.pack.characters", lambda text: counted.append(len(text)) or len(text))
    text = "word " * 4_000
    assert len(pack([Prose(text)], BUDGET).pages) > 50
    assert sum(counted) < 5 * len(text)
