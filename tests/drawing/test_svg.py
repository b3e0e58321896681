"""Texts on cards: cleaned, measured, cut where people see a character end, set in the font that has them, escaped."""

import re
from xml.etree import ElementTree as ET

import pytest

from drawing import svg
from drawing.svg import Box, Pen, Script

FAMILY_OF_FOUR = "👩‍👩‍👧‍👦"
ZALGO = "a" + "\u0301\u0302\u0303\u0304\u0305" * 40 + "z"
HEBREW, ARABIC, KOREAN = "עברית", "العربية", "한국어"


def runs(text):
    """Return the font of each run of *text* as it is written, and the run."""
    drawn = svg.write(text, (10, 20), Pen(30))
    found = re.findall(r"<text [^>]*?(?:font-family=\"([^\"]*)\" )?xml:space=\"preserve\">([^<]*)</text>", drawn)
    kinds = {family: script for script, family in svg.FAMILIES.items()} | {"": Script.OURS}
    return [(kinds[family], run) for family, run in found]


def parsed(drawn):
    return ET.fromstring(drawn)  # noqa: S314 - our own


def test_text_is_escaped():
    drawn = svg.write('<b> & "x" </text>', (0, 0), Pen(20))
    assert parsed(drawn).text == '<b> & "x" </text>'


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "\u202e", "\u200d", "\ud800", "\x00", "\ue000", "\ufe0f"])
def test_text_with_nothing_to_see_has_a_dash(text):
    assert svg.clean(text) == svg.NOTHING


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u2066", "\ufeff", "\ud800", "\uffff", "\ue123"])
def test_what_is_unseen_or_turns_the_line_is_left_out(sign):
    assert svg.clean(f"a{sign}b") == "ab"


def test_text_stays_on_its_line():
    assert svg.clean("a\n\tb\u2028c") == "a b c"


def test_marks_are_piled_three_high_at_most():
    assert len(svg.clean(ZALGO)) <= len("ázz") + 3


def test_long_text_costs_little():
    assert len(svg.clean("x" * 10**6)) < 1_000


@pytest.mark.parametrize("text", ["李雷和韩梅梅" * 9, "W" * 60, "name " * 20, FAMILY_OF_FOUR * 20, KOREAN * 20])
def test_long_text_is_cut_to_its_room_with_an_ellipsis(text):
    cut = svg.fit(text, 30, 400)
    assert cut.endswith("…")
    assert svg.width(cut, 30) <= 400
    assert svg.width(cut, 30) > 300


def test_short_text_is_not_cut():
    assert svg.fit("Ada Lovelace", 30, 400) == "Ada Lovelace"


@pytest.mark.parametrize("unit", [FAMILY_OF_FOUR, "🇨🇳", "1️⃣", "👍🏽", "क्ष"])
def test_what_people_see_as_one_character_is_never_cut_through(unit):
    cut = svg.fit(unit * 40, 30, 400).removesuffix("…")
    assert cut == unit * (len(cut) // len(unit))


def test_no_room_leaves_the_ellipsis():
    assert svg.fit("Ada", 30, 5) == "…"


def test_wide_characters_take_an_em():
    assert svg.width("汉字", 30) == 60
    assert svg.width("il", 30) < svg.width("WM", 30) < 60


def test_every_run_has_its_font():
    assert runs(f"小明 {KOREAN}🔥x") == [
        (Script.OURS, "小明 "), (Script.WIDE, KOREAN), (Script.EMOJI, "🔥"), (Script.OURS, "x"),
    ]  # fmt: skip


def test_words_read_from_the_right_stay_together():
    assert runs(f"{HEBREW} abc {ARABIC}🔥") == [(Script.OTHER, f"{HEBREW} abc {ARABIC}"), (Script.EMOJI, "🔥")]


def test_joined_emoji_are_one_run():
    assert runs(f"a{FAMILY_OF_FOUR}🏳️‍🌈") == [(Script.OURS, "a"), (Script.EMOJI, f"{FAMILY_OF_FOUR}🏳️‍🌈")]


def test_runs_stand_behind_each_other_and_end_where_they_should():
    drawn = svg.write("小明🔥", (500, 20), Pen(30), "end")
    places = [float(place) for place in re.findall(r' x="([\d.]+)"', drawn)]
    assert places == [500 - 60 - 37.5, 500 - 37.5]


@pytest.mark.parametrize(("text", "ours"), [
    ("小明_Ming", True), ("臺灣龍貓", True), ("Ада", True), ("小猫🐱", True), ("José Ñandú", True),
    (HEBREW, False), (ARABIC, False), (KOREAN, False), ("ภาษาไทย", False), ("🐱", False), ("", True),
])  # fmt: skip
def test_names_that_every_machine_draws_are_known(text, ours):
    assert svg.is_ours(text) == ours


def test_other_fonts_are_read_only_where_they_are_needed(monkeypatch):
    asked = []
    monkeypatch.setattr(svg.raster, "png", lambda *_, system_fonts: asked.append(system_fonts) or b"")
    for text in ("小明", KOREAN, f"a {svg.FAMILIES[Script.EMOJI]}"):
        svg.drawn(svg.card([svg.write(text, (0, 30), Pen(20))], 40))
    assert asked == [False, True, False]


def test_what_is_clipped_lies_in_its_box():
    found = parsed(f"<svg>{svg.clipped(['<g/>'], Box(1, 2, 30, 40), 'n1')}</svg>")
    assert found[0].tag == "clipPath"
    assert found[0][0].get("width") == "30.0"
    assert found[1].get("clip-path") == "url(#n1)"


def test_box_is_never_smaller_than_nothing():
    assert 'width="0.0"' in svg.rect(Box(0, 0, -5, 5), "#fff")
