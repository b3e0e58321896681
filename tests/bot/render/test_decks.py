"""Decks for Anki: opened as Anki opens them."""

import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.render import decks
from bot.render.decks import Reader
from bot.render.parts import Attachment
from bot.services.desk import DeckCard
from knowledge.places import Place, Places
from tests.bot.asking import CHOICE, EVERY_KIND, OPEN, ORDER, SEVERAL, TRUTH, TYPED

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
URL = "https://github.com/owner/repo/blob/main"
PLACES = Places((Place(Path("/notes"), url=URL),))
HOSTILE = replace(
    CHOICE,
    id="f" * 16,
    prompt="<script>alert(1)</script> {{Answer}} <a\nb>\x1f\t<@1>",
    topic='a "b"; c\t全部 话题 ' + "x" * 100,
)


@pytest.fixture
def reader(english) -> Reader:
    return Reader(english, AT, PLACES)


@pytest.fixture
def opened(tmp_path):
    """Return a reader of the rows of a deck's table."""

    def rows(packed, table):
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            assert set(archive.namelist()) == {"collection.anki2", "media"}
            assert json.loads(archive.read("media")) == {}
            (tmp_path / "collection.anki2").write_bytes(archive.read("collection.anki2"))
        database = sqlite3.connect(tmp_path / "collection.anki2")
        database.row_factory = sqlite3.Row
        found = [dict(row) for row in database.execute(f"SELECT * FROM {table}")]  # noqa: S608 - a test's own names
        database.close()
        return found

    return rows


def cards(*questions, section=None):
    return [DeckCard(question, section) for question in questions]


def fields(row):
    return row["flds"].split("\x1f")


def test_deck_has_a_note_and_a_card_for_each_question(reader, opened):
    packed = decks.apkg(cards(*(replace(one, id=f"{n:016x}") for n, one in enumerate(EVERY_KIND))), reader)
    assert len(opened(packed, "notes")) == len(opened(packed, "cards")) == len(EVERY_KIND)


def test_ids_stay_so_that_a_newer_file_brings_notes_up_to_date(reader, opened):
    first = decks.apkg(cards(CHOICE, OPEN), reader)
    later = replace(reader, at=AT + timedelta(days=1))
    again = decks.apkg(cards(replace(CHOICE, prompt="Edited")), later)
    assert opened(first, "notes")[0]["guid"] == opened(again, "notes")[0]["guid"]
    assert opened(first, "notes")[0]["mod"] < opened(again, "notes")[0]["mod"]
    for packed in (first, again):
        row = opened(packed, "col")[0]
        assert str(decks.DECK_ID) in json.loads(row["decks"])
        assert set(json.loads(row["models"])) == {str(decks.MODEL_ID)}


def test_note_has_question_answer_explanation_and_a_link_to_the_lines(reader, opened, section):
    question = replace(CHOICE, prompt="What is $a_1$?", explanation="See **here**.", topic="Neural nets")
    note = opened(decks.apkg(cards(question, section=section("x")), reader), "notes")[0]
    front, back, explanation, source = fields(note)
    assert "What is \\(a_1\\)?" in front
    assert "<b>A.</b> Swish" in front
    assert back == "<p><b>A.</b> Swish</p>"
    assert "<strong>here</strong>" in explanation
    assert f'href="{URL}/a/swiglu.md?plain=1#L1-L3"' in source
    assert note["tags"] == " Neural_nets "


def test_private_notes_are_named_without_a_link(english, opened, section):
    note = opened(decks.apkg(cards(CHOICE, section=section("x")), Reader(english, AT)), "notes")[0]
    assert fields(note)[3] == "a/swiglu.md:1-3"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SEVERAL, "<p><b>A.</b> Tanh</p><p><b>C.</b> Sigmoid</p>"),
        (TRUTH, "<p><b>False</b></p>"),
        (replace(TYPED, accepted=("GLU", "a<b")), "<p><b>GLU / a&lt;b</b></p>"),
        (ORDER, "<ol><li>Sigmoid</li><li>ReLU</li><li>SwiGLU</li></ol>"),
        (OPEN, "<ul><li>one</li><li>two</li></ul><p>So.</p>"),
        (replace(TYPED, accepted=()), "—"),
    ],
)
def test_answer_of_every_kind_is_whole(question, answer, reader, opened):
    assert fields(opened(decks.apkg(cards(question), reader), "notes")[0])[1] == answer


def test_order_is_not_given_away(reader, opened):
    front = fields(opened(decks.apkg(cards(ORDER), reader), "notes")[0])[0]
    assert front.index("ReLU") < front.index("Sigmoid")


def test_hostile_question_is_shown_and_not_run(reader, opened):
    note = opened(decks.apkg(cards(HOSTILE), reader), "notes")[0]
    assert len(fields(note)) == 4
    assert "<script" not in note["flds"]
    assert len(note["tags"].split()) == 1
    assert len(note["tags"]) < 70


def test_words_of_the_deck_are_in_the_reader_s_language(chinese, opened):
    note = opened(decks.apkg(cards(TRUTH), Reader(chinese, AT)), "notes")[0]
    assert fields(note)[1] == "<p><b>错</b></p>"


def test_nothing_is_left_on_the_disk(reader, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    decks.apkg(cards(CHOICE), reader)
    assert list(tmp_path.iterdir()) == []


def test_text_has_a_line_for_each_card_with_its_id(reader):
    lines = decks.tsv(cards(CHOICE, HOSTILE), reader).decode().splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert [len(row) for row in rows] == [6, 6]
    assert rows[0][0] != rows[1][0]
    assert "#tags column:6" in lines


def test_file_comes_with_what_it_is_for(english):
    message = decks.message("studybot.apkg", b"x", 3, english)
    assert "3 cards" in message.parts[0].text
    assert message.parts[1] == Attachment("studybot.apkg", b"x")
