"""Formulas as pictures: drawn with their Chinese, in one size, or refused; never the end of the process."""

import io

import pytest
from PIL import Image

from drawing import style
from drawing.engine import FormulaError
from drawing.formulas import NotDrawnError, card, draw, shape
from knowledge.confined import ConfinedError

HOSTILE = {
    "nested fractions": "\\frac{" * 200 + "x" + "}{y}" * 200,
    "nested braces": "{" * 20_000 + "}" * 20_000,
    "nested braces within the limit": "{" * 1_400 + "x" + "}" * 1_400,
    "nested left and right": "\\left(" * 300 + "x" + "\\right)" * 300,
    "nested roots": "\\sqrt{" * 400 + "x" + "}" * 400,
    "nested scripts": "x^{" * 500 + "x" + "}" * 500,
    "nested environments": "\\begin{matrix}" * 90 + "x" + "\\end{matrix}" * 90,
    "billion laughs": "\\def\\a{xxxxxxxxxx}"
    + "".join("\\def\\" + new + "{" + ("\\" + old) * 10 + "}" for old, new in ("ab", "bc", "cd", "de", "ef"))
    + "\\f",
    "endless macro": "\\def\\a{\\a\\a}\\a",
    "endless command": "\\newcommand{\\x}{\\x x}\\x",
    "huge space": "a\\hspace{100000em}b",
    "huge space upwards": "a\\\\[100000em]b",
    "huge rule": "\\rule{100000em}{100000em}",
    "negative rule": "\\rule{-5em}{-5em}",
    "huge kern": "a\\kern9999999999em b",
    "raised far": "\\raisebox{100000em}{x}",
    "wide phantom": "\\phantom{" + "x" * 2_900 + "}",
    "many columns": "\\begin{matrix}" + "x&" * 1_200 + "x\\end{matrix}",
    "many rows": "\\begin{matrix}" + "x\\\\" * 700 + "x\\end{matrix}",
    "long": "x" * 100_000,
    "long within the limit": "x" * 3_000,
    "many sums": "\\sum_{i=1}^{n}" * 200,
    "many accents": "\\hat{" * 100 + "x" + "}" * 100,
    "stretched arrow": "\\xrightarrow{" + "x" * 2_900 + "}",
    "overbraces": "\\overbrace{" * 60 + "x" + "}" * 60,
    "unbalanced": "{{{{",
    "closing alone": "}}}}",
    "no such command": "\\nosuchcommand{x}",
    "no such environment": "\\begin{nothing}x\\end{nothing}",
    "environment that never ends": "\\begin{aligned} x &= 1 \\\\",
    "control characters": "x\x00\x01\x1b[31m\x7fy",
    "half of a pair": "x\ud83dy",
    "marks that turn the direction": "x\u202ey\u2066z",
    "XML": '</text></svg><script>alert("x")</script>&amp;&lt;',
    "XML in text": '\\text{</g></svg><image href="file:///etc/passwd"/>&x;}',
    "link": "\\href{javascript:alert(1)}{x}",
    "class": "\\class{x}{y}\\cssId{a}{b}\\style{color:red}{z}",
    "picture": "\\includegraphics{/etc/passwd}",
    "file": "\\input{/etc/passwd}",
    "write": "\\immediate\\write18{id}\\openout5=x",
    "read": "\\text{#read(\"/etc/passwd\")}",
    "every script": "".join(map(chr, range(0x21, 0x2FF))),
    "emoji": "\\text{😀👨‍👩‍👧🏳️‍🌈}",
    "combining": "x" + "\u0301" * 1_000,
    "numbers": "9" * 2_999,
}  # fmt: skip


@pytest.mark.parametrize("tex", HOSTILE.values(), ids=HOSTILE)
def test_hostile_formula_is_drawn_or_refused_and_the_process_lives(tex, confined):
    try:
        ended = max(confined.run(draw, [tex]).value) <= 90 * style.EM + 2 * style.MARGIN
    except ConfinedError as error:
        ended = error.kind not in {"died", "time"}
    assert ended
    assert Image.open(io.BytesIO(confined.run(draw, ["x"]).data)).width == style.FORMULA_WIDTH


@pytest.mark.parametrize("tex", ["x" * 3_001, "\\rule{91em}{1em}", "\\rule{1em}{61em}", "", "$$ $$"])
def test_formula_beyond_the_bounds_is_refused(tex):
    with pytest.raises((NotDrawnError, FormulaError)):
        shape(tex)


def test_chinese_is_set_in_our_own_font_in_its_order():
    body = shape("\\frac{上面}{下}=\\text{中<}").body
    assert [body.index(f">{letter}</text>") for letter in "上面下中"] == sorted(
        body.index(f">{letter}</text>") for letter in "上面下中"
    )


def test_character_whose_place_is_uncertain_is_not_drawn_in_a_wrong_one():
    with pytest.raises(NotDrawnError, match="下"):
        shape("\\def\\a{下}\\a\\a")


def test_formulas_are_of_one_size_and_below_each_other():
    _, width, high = card([shape("x")])
    _, _, twice = card([shape("x"), shape("x")])
    assert width == style.FORMULA_WIDTH
    assert high < twice < 2 * high + style.MARGIN


def test_card_grows_with_a_wide_formula():
    _, width, _ = card([shape("x+" * 30 + "x")])
    assert width > style.FORMULA_WIDTH


def test_picture_is_opaque_where_the_formula_stands_and_holds_its_ink():
    outcome = draw(b"", ["\\frac{a}{b}", "\\text{中文}"])
    picture = Image.open(io.BytesIO(outcome.data)).convert("RGBA")
    assert list(picture.size) == outcome.value
    assert picture.getpixel((picture.width // 2, picture.height // 2)) == (0x2B, 0x2D, 0x31, 255)
    assert sum(count for count, colour in picture.getcolors(100_000) if colour[0] > 0xE0) > 200
