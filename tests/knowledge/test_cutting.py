"""Blocks that are too long are cut so that nothing is lost and each piece can be shown by itself."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cutting import cut_block
from knowledge.model import Block, BlockKind


def cut(text: str, limit: int, kind: BlockKind = BlockKind.TEXT) -> list[Block]:
    return list(cut_block(Block(kind, text, (11, 11 + text.count("\n"))), limit))


def texts(text: str, limit: int, kind: BlockKind = BlockKind.TEXT) -> list[str]:
    return [block.text for block in cut(text, limit, kind)]


def test_short_block_stays_the_same():
    block = Block(BlockKind.CODE, "```\nx\n```", (1, 3), info="py")
    assert list(cut_block(block, 100)) == [block]


def test_text_is_cut_at_lines():
    assert texts("aaa\nbbb\nccc", 7) == ["aaa\nbbb", "ccc"]


def test_pieces_know_their_lines():
    assert [block.lines for block in cut("aaa\nbbb\nccc\nddd", 7)] == [(11, 12), (13, 14)]


def test_line_is_cut_at_sentences():
    assert texts("第一句。第二句。第三句。", 8) == ["第一句。第二句。", "第三句。"]


def test_sentence_is_cut_between_graphemes():
    family = "👨\u200d👩\u200d👧"
    pieces = texts(family * 40, 33)
    assert "".join(pieces) == family * 40
    assert all(set(regex.findall(r"\X", piece)) == {family} for piece in pieces)


def test_pieces_of_one_line_have_its_number():
    assert {block.lines for block in cut("a" * 100, 30)} == {(11, 11)}


def test_endless_grapheme_is_cut_all_the_same():
    text = "a" + "\u0301" * 1_000
    assert "".join(texts(text, 100)) == text


def test_piece_of_code_is_fenced_by_itself():
    pieces = texts("```python\naaaaaaaaaa\nbbbbbbbbbb\n```", 30, BlockKind.CODE)
    assert pieces == ["```python\naaaaaaaaaa\n```", "```python\nbbbbbbbbbb\n```"]


def test_lines_of_cut_code_leave_no_gap():
    lines = [block.lines for block in cut("```\n" + "a" * 20 + "\n" + "b" * 20 + "\n```", 30, BlockKind.CODE)]
    assert lines == [(11, 12), (13, 14)]


def test_unclosed_code_is_closed_in_each_piece():
    pieces = texts("~~~~r\naaaaaaaaaa\nbbbbbbbbbb", 26, BlockKind.CODE)
    assert pieces == ["~~~~r\naaaaaaaaaa\n~~~~", "~~~~r\nbbbbbbbbbb\n~~~~"]


def test_shorter_fence_in_code_closes_nothing():
    pieces = texts("````\naaaaaaaaaa\n```\nbbbbbbbbbb\n````", 30, BlockKind.CODE)
    assert all(piece.startswith("````\n") and piece.endswith("\n````") for piece in pieces)


def test_indented_code_has_no_fence():
    assert texts("    aaaa\n    bbbb", 10, BlockKind.CODE) == ["    aaaa", "    bbbb"]


def test_info_word_stays_with_the_pieces():
    block = Block(BlockKind.CODE, "```python\naaaaaaaaaa\nbbbbbbbbbb\n```", (1, 4), info="python")
    assert {piece.info for piece in cut_block(block, 30)} == {"python"}


def test_piece_of_a_table_has_its_head():
    head = "| a | b |\n|---|---|"
    pieces = texts(f"{head}\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |", 40, BlockKind.TABLE)
    assert pieces == [f"{head}\n| 1 | 2 |\n| 3 | 4 |", f"{head}\n| 5 | 6 |"]


def test_formula_too_long_to_draw_becomes_code():
    pieces = cut("$$\n" + "\n".join(["x + y"] * 20) + "\n$$", 60, BlockKind.MATH)
    assert {(piece.kind, piece.info) for piece in pieces} == {(BlockKind.CODE, "tex")}
    assert all(piece.text.startswith("```tex\n") and piece.text.endswith("\n```") for piece in pieces)


def test_frame_longer_than_half_a_piece_is_text():
    assert "".join(texts("```" + "x" * 50 + "\naaa\n```", 40, BlockKind.CODE)).count("x") == 50


@pytest.mark.parametrize("kind", list(BlockKind))
@given(text=st.text(alphabet="ab。.\n|`~ 字👨\u200d", min_size=1, max_size=200), limit=st.integers(10, 60))
def test_no_character_is_lost(kind, text, limit):
    pieces = texts(text, limit, kind)
    assert all(len(piece) <= limit for piece in pieces)
    for character in "ab字":
        assert sum(piece.count(character) for piece in pieces) >= text.count(character)


@given(text=st.text(alphabet="ab。. \n字", min_size=1, max_size=200), limit=st.integers(10, 60))
def test_pieces_of_text_are_the_text(text, limit):
    assert "".join(texts(text, limit)).replace("\n", "") == text.replace("\n", "")


@given(text=st.text(alphabet="ab\n", min_size=1, max_size=200), limit=st.integers(10, 60))
def test_pieces_are_in_order_and_inside_the_block(text, limit):
    lines = [block.lines for block in cut(text, limit)]
    assert lines == sorted(lines)
    assert (lines[0][0], lines[-1][1]) == (11, 11 + text.count("\n"))
