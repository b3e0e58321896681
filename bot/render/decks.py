"""Cards for Anki: a deck that can be imported again and again, since every note keeps its id, or a text file."""

from __future__ import annotations

import html
import io
import itertools
import re
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

import genanki

from bot.i18n import Texts
from bot.render.asking import LETTERS
from bot.render.html import html_of
from bot.render.markdown import clean
from bot.render.parts import Attachment, Message, Text
from bot.render.sources import public_address
from bot.services.desk import DeckCard
from knowledge.places import Places
from knowledge.questions.model import TRUE, Kind, Question

DECK_ID: Final = 1_704_923_817
MODEL_ID: Final = 1_520_644_029
"""Never changed: by them Anki knows the deck and the kind of note again."""
_NAME: Final = "studybot"
_FIELDS: Final = ("Question", "Answer", "Explanation", "Source")
_BACK: Final = (
    '{{FrontSide}}<hr id="answer">{{Answer}}'
    "{{#Explanation}}<div>{{Explanation}}</div>{{/Explanation}}"
    '{{#Source}}<div class="source">{{Source}}</div>{{/Source}}'
)
_CSS: Final = (
    ".card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em; margin: auto; }\n"
    "pre { overflow-x: auto; }\n"
    "table { border-collapse: collapse; } td, th { border: 1px solid; padding: 0.2em 0.5em; }\n"
    ".source { font-size: 14px; opacity: 0.7; margin-top: 1em; }"
)
_NO_TAG: Final = re.compile(r"[\s,;\"']+")
_LONGEST_TAG: Final = 60


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a deck is made, and when.

    Attributes:
        places: where the notes are, some of them perhaps in public.
    """

    texts: Texts
    at: datetime
    places: Places = field(default_factory=Places)


def apkg(cards: Sequence[DeckCard], reader: Reader) -> bytes:
    """Return a deck as Anki packs it. Takes seconds for thousands of cards: call it on a thread."""
    deck = genanki.Deck(DECK_ID, _NAME)
    model = _model()
    for card in cards:
        guid, fields, tag = _note(card, reader)
        deck.add_note(genanki.Note(model, fields=list(fields), guid=guid, tags=[tag] if tag else []))
    # Not genanki's own write_to_file: it leaves its temporary database behind.
    with sqlite3.connect(":memory:") as database:
        stamp = reader.at.timestamp()
        genanki.Package(deck).write_to_db(database.cursor(), stamp, itertools.count(int(stamp * 1000)))
        database.commit()
        content = database.serialize()
    database.close()
    return _zipped({"collection.anki2": content, "media": b"{}"}, reader.at)


def tsv(cards: Sequence[DeckCard], reader: Reader) -> bytes:
    """Return the cards as text that Anki imports: guid, fields and tag with tabs between."""
    head = ["#separator:tab", "#html:true", "#guid column:1", f"#deck:{_NAME}", f"#tags column:{len(_FIELDS) + 2}"]
    notes = (_note(card, reader) for card in cards)
    rows = ("\t".join(map(_cell, (guid, *fields, tag))) for guid, fields, tag in notes)
    return "\n".join([*head, *rows, ""]).encode()


PACKERS: Final[Mapping[str, Callable[[Sequence[DeckCard], Reader], bytes]]] = MappingProxyType(
    {"apkg": apkg, "tsv": tsv}
)
"""By the ending of the file."""


def message(name: str, content: bytes, cards: int, texts: Texts) -> Message:
    """Return the message with the file."""
    told = texts.ngettext("{n} card, to be imported into Anki.", "{n} cards, to be imported into Anki.", cards)
    again = texts.gettext("Importing a newer file brings the cards up to date; what you learned there stays.")
    return Message((Text(f"{told}\n-# {again}"), Attachment(name, content)))


def _model() -> genanki.Model:
    template = {"name": "Card 1", "qfmt": "{{Question}}", "afmt": _BACK}
    fields = [{"name": name} for name in _FIELDS]
    return genanki.Model(MODEL_ID, "studybot question", fields=fields, templates=[template], css=_CSS)


def _note(card: DeckCard, reader: Reader) -> tuple[str, tuple[str, ...], str]:
    """Return the guid, the fields and the tag of a card's note."""
    question = card.question
    front = html_of(question.prompt) + _choices(question)
    fields = (front, _answer(question, reader.texts), html_of(question.explanation), _source(card, reader))
    tag = _NO_TAG.sub("_", clean(question.topic)).strip("_")[:_LONGEST_TAG]
    return genanki.guid_for(_NAME, question.id), fields, tag


def _choices(question: Question) -> str:
    if question.kind is Kind.ORDER:
        # By the alphabet: any order but the right one.
        return "".join(f"<p>• {_line(choice)}</p>" for choice in sorted(question.choices))
    return "".join(
        f"<p><b>{letter}.</b> {_line(one)}</p>" for letter, one in zip(LETTERS, question.choices, strict=False)
    )


def _answer(question: Question, texts: Texts) -> str:
    right = ""
    match question.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            right = "".join(f"<p><b>{LETTERS[one]}.</b> {_line(question.choices[one])}</p>" for one in question.right)
        case Kind.TRUTH:
            right = f"<p><b>{texts.gettext('True') if question.right == (TRUE,) else texts.gettext('False')}</b></p>"
        case Kind.ORDER:
            right = f"<ol>{''.join(f'<li>{_line(choice)}</li>' for choice in question.choices)}</ol>"
        case Kind.TYPED:
            right = f"<p><b>{' / '.join(map(html.escape, question.accepted))}</b></p>" if question.accepted else ""
        case Kind.OPEN:
            right = (
                f"<ul>{''.join(f'<li>{_line(point)}</li>' for point in question.points)}</ul>"
                if question.points
                else ""
            )
    return (right + html_of(question.answer)) or "—"


def _line(text: str) -> str:
    """Return a short text as HTML that can stand within a line."""
    made = html_of(text)
    whole = made.startswith("<p>") and made.endswith("</p>") and made.count("<p>") == 1
    return made[3:-4] if whole else made


def _source(card: DeckCard, reader: Reader) -> str:
    if card.section is None:
        return html.escape(card.question.file)
    first, last = card.section.lines
    where = html.escape(f"{card.section.file}:{first}-{last}")
    address = public_address(card.section, reader.places)
    return f'<a href="{html.escape(address)}">{where}</a>' if address else where


def _cell(text: str) -> str:
    return text.replace("\t", " ").replace("\r", "").replace("\n", "&#10;")


def _zipped(files: dict[str, bytes], at: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
