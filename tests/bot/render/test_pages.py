from dataclasses import replace
from pathlib import Path

import pytest

from bot.render import limits, pages, presses
from bot.render.pages import Reader, of_answer
from bot.render.parts import Button, Buttons, Menu, Message, Picture, Separator, Text
from bot.render.sources import public_address
from bot.render.tags import BREAK
from knowledge.model import Block, BlockKind
from knowledge.model import Picture as NotePicture
from knowledge.places import Place, Places

LONG = "\n\n".join(f"第{number}段。" + "这是一个很长的段落，用来占满页面。" * 12 for number in range(60))


@pytest.fixture
def reader(english) -> Reader:
    return Reader(english)


def texts(message: Message) -> list[str]:
    return [part.text for part in message.parts if isinstance(part, Text)]


def buttons(message: Message) -> tuple[Button, ...]:
    return next((part.buttons for part in message.parts if isinstance(part, Buttons)), ())


def components(message: Message) -> int:
    inner = sum(len(part.buttons) if isinstance(part, Buttons) else isinstance(part, Menu) for part in message.parts)
    return 1 + len(message.parts) + inner


def holds_limits(message: Message) -> bool:
    shown = texts(message)
    return (
        sum(map(limits.characters, shown)) <= limits.LAYOUT_CHARACTERS
        and sum(limits.size_bytes(text) + limits.DISPLAY_BYTES for text in shown) <= limits.LAYOUT_BYTES
        and components(message) <= limits.COMPONENTS
        and len(pages.pictures(message)) <= limits.FILES
    )


def test_answer_begins_with_its_title_and_path_and_ends_with_its_source(answer, reader):
    head, body, foot = texts(of_answer(answer("The gate."), reader))
    assert head == "## SwiGLU\n-# Activation"
    assert body == "The gate."
    assert foot == "-# 📄 `a/swiglu.md` · lines 1–3"


def test_passage_keeps_away_from_the_path_above_it(answer, reader):
    assert of_answer(answer("The gate."), reader).parts[1:3] == (Separator(line=False), Text("The gate."))


def test_source_reaches_to_the_last_of_what_is_shown_below_a_heading(answer, reader):
    made = answer("The gate.")
    (*_, foot) = texts(of_answer(replace(made, below=replace(made.section, lines=(9, 12))), reader))
    assert foot == "-# 📄 `a/swiglu.md` · lines 1–12"


def test_short_answer_has_nothing_to_press(answer, reader):
    assert buttons(of_answer(answer("The gate."), reader)) == ()


def test_picture_stands_between_the_text_around_it(answer, reader):
    image = Block(BlockKind.IMAGE, "![f](f.png)", (3, 3), NotePicture("a/f.png", "formula"))
    parts = of_answer(answer("before", image, "after"), reader).parts
    assert parts[2:5] == (Text("before"), Picture("a/f.png", "formula"), Text("after"))


def test_items_after_a_picture_in_a_list_are_nested_as_before_it(answer, reader):
    image = Block(BlockKind.IMAGE, "![f](f.png)", (3, 3), NotePicture("a/f.png", "formula"))
    before, _, after = of_answer(answer("- a\n  - b", image, "  - c\n- d"), reader).parts[2:5]
    assert before == Text("- a\n  - b")
    assert after == Text(f"{BREAK}\u2003\u2003◦ c\n- d")


def test_every_page_of_a_long_answer_holds_every_limit(answer, reader):
    long = answer(LONG, related=tuple(replace(answer("x").section, id=f"{n:016x}") for n in range(10)))
    for number in range(8):
        assert holds_limits(of_answer(long, reader, number))


def test_pages_together_hold_the_whole_text(answer, reader):
    long = answer(LONG)
    total = int(buttons(of_answer(long, reader, 0))[1].label.partition("/")[2])
    shown = "".join("".join(texts(of_answer(long, reader, number))[1:-1]) for number in range(total))
    assert "".join(shown.split()) == "".join(LONG.split())


def test_buttons_turn_to_the_pages_beside(answer, reader):
    before, here, after = buttons(of_answer(answer(LONG), reader, 1))
    assert before.press == "explain1:0123456789abcdef:0"
    assert here.label.startswith("2/")
    assert after.press == "explain1:0123456789abcdef:2"


def test_first_page_cannot_be_turned_back(answer, reader):
    assert [button.disabled for button in buttons(of_answer(answer(LONG), reader, 0))] == [True, True, False]


def test_page_beyond_the_last_is_the_last(answer, reader):
    last = of_answer(answer(LONG), reader, 9_999)
    assert [button.disabled for button in buttons(last)] == [False, True, True]


def test_answer_opens_on_the_page_where_its_section_begins(answer, reader):
    made = answer(*[f"{number} " + "好" * 1_500 for number in range(6)], start=4)
    assert any(text.startswith("4 ") for text in texts(of_answer(made, reader)))
    assert not any(text.startswith("0 ") for text in texts(of_answer(made, reader)))


def test_page_of_many_pictures_holds_every_limit(answer, reader):
    images = [Block(BlockKind.IMAGE, "![]()", (n, n), NotePicture(f"{n}.png", "公式" * 600)) for n in range(30)]
    blocks = [one for image in images for one in (image, Block(BlockKind.TEXT, "文字" * 20, (1, 1)))]
    assert all(holds_limits(of_answer(answer(*blocks), reader, number)) for number in range(4))


def test_after_forty_pictures_formulas_are_text(answer, english, draw):
    blocks = [one for n in range(50) for one in (Block(BlockKind.MATH, f"$$x_{{{n}}}$$", (1, 1)), "and so")]
    last = of_answer(answer(*blocks), Reader(english, draw=draw), page=99)
    assert len(draw.orders) == 40
    assert "```tex\nx_{49}\n```" in "".join(texts(last))


def test_twin_is_offered_by_the_name_of_its_language(answer, reader, section):
    made = answer("x", twin=section("好", id="f" * 16, language="zh"))
    assert buttons(of_answer(made, reader)) == (Button("🌐 中文", "twin1:ffffffffffffffff"),)


def test_related_sections_stand_in_a_menu_within_its_limits(answer, reader, section):
    others = tuple(section("x", id=f"{n:016x}", headings=("章" * 300, "节" * 300)) for n in range(40))
    menu = of_answer(answer("x", related=others), reader).parts[-1]
    assert isinstance(menu, Menu)
    assert len(menu.options) == limits.OPTIONS
    assert all(len(option.label) <= 100 and len(option.description) <= 100 for option in menu.options)


def test_hostile_headings_are_shown_as_text(answer, reader, section):
    hostile = section("x", headings=("<@1> @everyone", "# **bold** " + "长" * 5_000))
    message = of_answer(answer("x", section=hostile), reader)
    assert "<@1>" not in "".join(texts(message))
    assert "@everyone" not in "".join(texts(message))
    assert holds_limits(message)


def test_rule_before_the_next_section_is_left_out(answer, reader):
    assert texts(of_answer(answer("a\n\n---\n\nb\n\n---"), reader))[1] == "a\n\n———\n\nb"


def test_heading_without_a_text_says_so(answer, reader):
    assert "only a heading here" in texts(of_answer(answer(), reader))[1]


def test_endless_answer_is_cut_with_a_word(answer, reader):
    blocks = [f"{number} " + "x" * 3_000 for number in range(200)]
    assert "see the file" in "".join(texts(of_answer(answer(*blocks), reader, 9_999)))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://github.com/g/n/blob/main", "https://github.com/g/n/blob/main/a/%E6%B3%A8.md?plain=1#L3-L9"),
        ("https://gitlab.com/g/n/-/blob/main/", "https://gitlab.com/g/n/-/blob/main/a/%E6%B3%A8.md?plain=1#L3-9"),
        ("https://gitee.com/g/n/blob/main", "https://gitee.com/g/n/blob/main/a/%E6%B3%A8.md?plain=1#L3-L9"),
    ],
)
def test_public_notes_are_linked_to_their_lines(section, url, address):
    places = Places((Place(Path("/notes"), "", url),))
    assert public_address(section("x", file="a/注.md", lines=(3, 9)), places) == address


def test_link_leads_to_the_repository_of_the_collection(section):
    first, second = Place(Path("/a"), "a/", "https://github.com/g/a/blob/c1"), Place(Path("/b"), "b/")
    places = Places((first, second))
    found = public_address(section("x", file="a/x.md", lines=(3, 3)), places)
    assert found == "https://github.com/g/a/blob/c1/x.md?plain=1#L3"
    assert public_address(section("x", file="b/x.md"), places) == ""
    assert public_address(section("x", file="c/x.md"), places) == ""


def test_source_is_told_in_the_language_of_the_reader(answer, chinese):
    assert texts(of_answer(answer("x"), Reader(chinese)))[-1].endswith("第 1–3 行")


def labels(message: Message) -> list[str]:
    return [button.label for button in buttons(message)]


def test_section_of_a_pdf_tells_its_page_and_offers_it_as_a_picture(answer, section, reader):
    made = replace(answer("text"), section=section("text", file="a.pdf", page=4))
    message = of_answer(made, reader)
    assert texts(message)[-1] == "-# 📄 `a.pdf` · page 4"
    assert [(button.label, button.press) for button in buttons(message)] == [
        ("📄 Page as a picture", presses.pdf_page(made.section.id, 4))
    ]


def test_note_with_a_pdf_offers_its_page(answer, section, reader):
    beside = section("text", id="f" * 16, file="a.pdf", page=4)
    (button,) = buttons(of_answer(answer("text", companion=beside), reader))
    assert (button.label, button.press) == ("📄 Also in the PDF, page 4", presses.also("f" * 16))


def test_all_buttons_of_an_answer_fit_one_row(answer, section, reader):
    twin, beside = section("t", id="e" * 16, language="zh"), section("t", id="f" * 16, file="a.pdf", page=999)
    message = of_answer(answer(LONG, twin=twin, companion=beside), reader)
    assert len(labels(message)) == limits.ROW_BUTTONS
    assert all(len(label) <= limits.BUTTON_LABEL for label in labels(message))


def test_pages_of_one_pdf_are_told_apart_in_the_menu(answer, section, reader):
    pages_of_it = [section("t", id=f"{n:016x}", file="a.pdf", headings=("A",), page=n) for n in (2, 3)]
    menu = of_answer(answer("text", related=tuple(pages_of_it)), reader).parts[-1]
    assert [option.description for option in menu.options] == ["a · page 2", "a · page 3"]
