"""Whatever a note consists of, and in whatever script, each page of its answer is a message that Discord takes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import Catalogues
from bot.render.maths import MOST_DRAWN
from bot.render.pages import Reader, of_answer
from bot.render.parts import Message, Picture, Text
from drawing.studio import Drawn
from knowledge.loaders import markdown
from knowledge.model import Answer, Block, BlockKind
from knowledge.model import Picture as NotePicture
from tests.bot.render.test_pages import buttons, holds_limits

FIRST_LETTERS = ["aא", "ب", "Ж", "अ", "ก", "가", "あ", "中", "ᚠ", "𐌰", "𒀀", "𝔸", "😀", "ა", "Ա", "አ", "Ꭰ", "ខ", "ༀ"]
LETTERS = "".join(map(chr, range(0x21, 0x3000, 7))) + "".join(FIRST_LETTERS) + "，。！？\u0301\u200d\ufe0f"
LINES = st.lists(st.text(alphabet=LETTERS + " ", max_size=200), max_size=8).map("\n".join)
MARKED = st.sampled_from(
    [
        "- {}",
        "1. {}",
        "> {}",
        "# {}",
        "```py\n{}\n```",
        "$$\n{}\n$$",
        "|a|b|c|d|\n|-|-|-|-|\n|x|{}|y|z|",
        "> [!note] {}",
    ]
)
BLOCKS = st.tuples(MARKED, LINES, st.integers(1, 20)).map(lambda one: one[0].format(one[1] * one[2]))
READER = Reader(Catalogues.load().texts("zh-CN"), draw=lambda order: Drawn(f"{order.key}.png"))


def answer(blocks, *, given=()) -> Answer:
    sections = markdown.load("# 标题\n\ntext\n\n" + "\n\n".join(blocks), "a.md").sections
    section = sections[0]
    return Answer(section, (*given, *(block for one in sections for block in one.blocks)), "标题")


def pages(made: Answer, reader: Reader = READER) -> list[Message]:
    first = of_answer(made, reader, 0)
    turning = [button.label for button in buttons(first) if "/" in button.label]
    total = int(turning[0].partition("/")[2]) if turning else 1
    return [first, *(of_answer(made, reader, number) for number in range(1, total))]


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_every_page_of_every_note_holds_every_limit(blocks):
    assert all(map(holds_limits, pages(answer(blocks))))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=900), min_size=1, max_size=9)
)
def test_letters_of_all_scripts_are_all_there_in_their_order(paragraphs):
    shown = "".join(
        part.text for page in pages(plain(paragraphs)) for part in page.parts[1:-1] if isinstance(part, Text)
    )
    assert "".join(filter(is_letter, shown)) == "".join(filter(is_letter, "".join(paragraphs)))


def plain(paragraphs) -> Answer:
    made = answer(["x"])
    return Answer(made.section, tuple(Block(BlockKind.TEXT, one, (1, 1)) for one in paragraphs), "x")


def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


@pytest.mark.parametrize("letter", FIRST_LETTERS)
def test_note_of_one_script_beyond_a_message_is_on_several_pages(letter):
    made = pages(answer([letter * 9_000]))
    assert len(made) > 1
    assert all(map(holds_limits, made))


def test_pictures_beyond_a_message_are_on_further_pages():
    images = [Block(BlockKind.IMAGE, "![]()", (n, n), NotePicture(f"{n}.png", "图" * 2_000)) for n in range(35)]
    made = pages(answer(["end"], given=images))
    shown = [part.path for page in made for part in page.parts if isinstance(part, Picture)]
    assert shown == [f"{n}.png" for n in range(35)]
    assert all(map(holds_limits, made))


def test_pictures_and_texts_by_turns_hold_the_number_of_components():
    blocks = [f"text {n}\n\n$$x_{n}$$\n\n```\ncode\n```" for n in range(60)]
    made = pages(answer(blocks))
    assert all(map(holds_limits, made))
    assert sum(isinstance(part, Picture) for page in made for part in page.parts) == MOST_DRAWN
