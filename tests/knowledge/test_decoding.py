"""Text comes out of whatever an editor wrote; what is no text is refused."""

import codecs
import random

import pytest

from knowledge.decoding import decode
from knowledge.errors import NotesError

CHINESE = "# 激活函数\n\n常见的有 ReLU 和 SwiGLU，它们给网络非线性。\n"
TRADITIONAL = "# 類神經網路的激活函數\n\n常見的有以下幾種：歸一化與標準化的差別，決策樹的剪枝。\n"


def refusal(data: bytes) -> NotesError:
    with pytest.raises(NotesError) as caught:
        decode(data, "a.md")
    assert caught.value.problem.file == "a.md"
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb2312", "gb18030", "utf-32"])
def test_chinese_note_is_read_in_usual_encodings(encoding):
    assert decode(CHINESE.encode(encoding), "a.md") == CHINESE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("marked", [True, False])
def test_utf16_is_read_in_both_orders_with_and_without_mark(encoding, marked):
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding]
    for text in (CHINESE, "# English only\n\nText.\n"):
        assert decode(mark * marked + text.encode(encoding), "a.md") == text


def test_character_beyond_gbk_is_read_as_gb18030():
    text = CHINESE + "𠮷 😀\n"
    assert decode(text.encode("gb18030"), "a.md") == text


@pytest.mark.parametrize("text", [TRADITIONAL * 3, "Функция активации нейронной сети. " * 9])
def test_other_encoding_is_read_if_it_is_clear(text):
    encoding = "big5" if text.startswith("#") else "cp1251"
    assert decode(text.encode(encoding), "a.md") == text


def test_long_file_in_another_encoding_is_guessed_from_its_beginning():
    text = TRADITIONAL * 2000
    assert decode(text.encode("big5"), "a.md") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_line_ends_become_line_feeds(encoding):
    assert decode("一\r\n二\r三\n".encode(encoding), "a.md") == "一\n二\n三\n"


def test_nothing_is_an_empty_text():
    assert decode(b"", "a.md") == ""
    assert decode(codecs.BOM_UTF8, "a.md") == ""


def test_private_use_character_of_a_utf8_note_is_kept():
    assert decode("\ue000 icon".encode(), "a.md") == "\ue000 icon"


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 100,
        b"text \0 in between, and some more",
        "中文\0".encode(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06",
        b"\x01\x02\x03\x04 text",
        bytes(random.Random(1).randbytes(5000)),
    ],
)
def test_what_is_no_text_is_refused(data):
    assert str(refusal(data)) == (
        "a.md: This is not a text file. Save it as text, or leave it out with notes: exclude."
    )


def test_random_bytes_without_a_null_are_refused():
    refusal(bytes(random.Random(2).choices(range(1, 256), k=5000)))


def test_damaged_utf8_is_told_with_its_line_and_not_taken_for_another_encoding():
    error = refusal((CHINESE * 5).encode() + "最后".encode()[:-1])
    assert (error.problem.line, error.problem.message) == (
        16,
        "The text is damaged here. Open the file and save it again as UTF-8.",
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_half_a_character_after_a_mark_is_damage(encoding):
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding]
    assert refusal(mark + CHINESE.encode(encoding)[:-1]).problem.line == 3


def test_encoding_that_nobody_knows_is_told():
    rng = random.Random(3)
    data = bytes(rng.choice([*range(0x20, 0x7F), *range(0x80, 0x100)]) for _ in range(3000))
    assert str(refusal(data)) == "a.md: The encoding of this file is not known. Save it as UTF-8."
