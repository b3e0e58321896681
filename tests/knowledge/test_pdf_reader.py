"""What is found in a PDF and drawn of it, in a process that hostile files may end."""

from __future__ import annotations

import pytest

from knowledge.confined import Confined, ConfinedError
from knowledge.loaders import pdf_reader
from tests.knowledge.pdf_files import BOLD, MONO, Written, bomb, locked, looping, outline, page, pdf, stream

PNG = b"\x89PNG\r\n\x1a\n"
SIZE = slice(16, 24)  # of a PNG: its width and height


@pytest.fixture
def text(confined):
    return lambda data: confined.run(pdf_reader.text, data=data).value


@pytest.fixture
def drawn(confined):
    return lambda data, number=1: confined.run(pdf_reader.page_png, number, data=data)


def test_lines_are_found_with_their_looks_and_places(text):
    found = text(pdf(page(Written("Hello there", 100, 72, 20, BOLD), Written("x = 1", 200, 90, 11, MONO))))
    [[width, height, lines]] = found["pages"]
    (first, *looks), (second, size, bold, mono, left, *_) = lines
    assert (width, height, first, looks[:4]) == (600, 800, "Hello there", [20, True, False, 72])
    assert (second, size, bold, mono, left) == ("x = 1", 11, False, True, 90)


def test_size_is_that_on_the_page_whatever_the_font_is_said_to_have(text):
    [[*_, [line]]] = text(pdf("BT /F1 1 Tf 14 0 0 14 72 700 Tm (Hello) Tj ET"))["pages"]
    assert line[:2] == ["Hello", 14]


def test_text_that_does_not_run_from_left_to_right_has_no_size(text):
    [[*_, [line]]] = text(pdf("BT /F1 20 Tf 0 1 -1 0 30 100 Tm (Hello) Tj ET"))["pages"]
    assert line[:2] == ["Hello", 0]


def test_title_and_outline_are_found(text):
    found = text(pdf(page("One"), page("Two"), info={"Title": "A title"}, more=outline([("First", 1), ("Then", 2)])))
    assert (found["title"], found["outline"]) == ("A title", [[0, "First", 1], [0, "Then", 2]])


def test_pages_beyond_the_most_are_counted(text, monkeypatch):
    found = text(pdf(*[page("x")] * (pdf_reader.MOST_PAGES + 3)))
    assert (len(found["pages"]), found["left"]) == (pdf_reader.MOST_PAGES, 3)


def test_text_beyond_the_most_of_a_page_is_left_out(text):
    row = "x" * 1_000
    found = text(pdf("\n".join(f"BT /F1 1 Tf 1 0 0 1 0 {y} Tm ({row}) Tj ET" for y in range(150))))
    assert sum(len(line[0]) for line in found["pages"][0][2]) <= pdf_reader.MOST_ON_A_PAGE
    assert found["cut"]


def test_truncated_file_is_read_as_far_as_it_goes(text):
    whole = pdf(page("The first page"), page("The second page"))
    found = text(whole[: whole.index(b"startxref")])
    assert found["pages"][0][2][0][0] == "The first page"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "PdfiumError"),
        (b"<html>Not found</html>", "PdfiumError"),
        (bytes(range(256)) * 40, "PdfiumError"),
        (looping(), "NoPageError"),
        (locked(), "LockedError"),
        (bomb(), "died"),
    ],
    ids=["empty", "html", "garbage", "looping", "locked", "bomb"],
)
def test_file_that_cannot_be_read_costs_one_answer(confined, text, data, kind):
    with pytest.raises(ConfinedError) as caught:
        confined.run(pdf_reader.text, data=data)
    assert caught.value.kind == kind
    assert text(pdf(page("Goes on")))["pages"][0][2][0][0] == "Goes on"


def test_page_is_a_png_as_wide_as_chats_show_pictures(drawn):
    outcome = drawn(pdf(page("One"), page("Two")), 2)
    assert outcome.value == [1100, 1467]
    assert outcome.data.startswith(PNG)
    assert outcome.data[SIZE] == (1100).to_bytes(4, "big") + (1467).to_bytes(4, "big")


@pytest.mark.parametrize(("colour", "shade"), [("1 0 0", "colours"), ("0.4 0.4 0.4", "greys")])
def test_colours_stay_and_a_page_without_any_is_of_sixteen_greys(drawn, colour, shade):
    data = drawn(pdf(f"{colour} rg 100 100 200 200 re f")).data
    at = data.index(b"PLTE")
    palette = data[at + 4 : at + 4 + int.from_bytes(data[at - 4 : at], "big")]
    coloured = palette[::3] != palette[1::3]
    assert coloured is (shade == "colours")


@pytest.mark.parametrize("size", ["0 0 10000000 10000000", "0 0 1 10000", "0 0 3 3", "0 0 0 0"])
def test_page_of_any_size_makes_a_picture_of_bounded_size(drawn, size):
    data = pdf(page("x")).replace(b"[0 0 600 800]", f"[{size}]".encode())
    width, height = drawn(data).value
    assert 1 <= width <= 1100
    assert 1 <= height <= 2200


@pytest.mark.parametrize("number", [0, 2, -1])
def test_page_that_is_not_there_is_refused(confined, number):
    with pytest.raises(ConfinedError) as caught:
        confined.run(pdf_reader.page_png, number, data=pdf(page("x")))
    assert caught.value.kind == "NoPageError"


def test_forms_nested_without_end_are_borne(confined: Confined):
    form = stream(b"/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 100 0 R >> >>")
    data = pdf("/X Do", more={100: form}).replace(b"/Font <<", b"/XObject << /X 100 0 R >> /Font <<")
    assert confined.run(pdf_reader.text, data=data).value["pages"] == [[600, 800, []]]
