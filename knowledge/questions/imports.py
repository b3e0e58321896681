"""Questions out of other people's files: trivia lists of Red-DiscordBot, tables, and question files themselves."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Final

from knowledge import documents
from knowledge.decoding import decode
from knowledge.documents import Document
from knowledge.errors import NotesError
from knowledge.questions import files, sheets
from knowledge.questions.reading import Gathered
from knowledge.sections import language_of

MAX_BYTES: Final = files.MAX_BYTES
_TABLES: Final = frozenset((".csv", ".tsv"))
_RED_KEYS: Final = frozenset(("AUTHOR", "CONFIG", "DESCRIPTION"))


def read(data: bytes, file: str) -> Gathered:
    """Return the questions of a file, or all that is wrong with it.

    Tables are told by their suffix, .csv or .tsv; a YAML file without ``questions:`` is a trivia list, its keys the
    questions. Text may be in UTF-8, with a mark or without, in UTF-16 or in GBK.

    Args:
        data: of the file, at most MAX_BYTES.
        file: its name, for messages, and as the topic of questions without one.
    """
    try:
        text = decode(data, file)
        if PurePosixPath(file).suffix.lower() in _TABLES:
            document = sheets.document(text, file)
        else:
            document = documents.parse(text, file)
    except NotesError as error:
        return Gathered(problems=(error.problem,))
    if "questions" not in document.values:
        document = _trivia(document)
    return files.read(document, text.split("\n"))


def _trivia(found: Document) -> Document:
    """Return a trivia list of Red-DiscordBot in the form of a question file."""
    made = Document(found.name, {"questions": []}, problems=found.problems)
    topic = PurePosixPath(found.name).stem.replace("_", " ")
    for question, accepted in found.values.items():
        if question in _RED_KEYS:
            continue
        number = len(made.values["questions"])
        made.lines["questions", number] = made.lines["questions", number, "accept"] = found.line((question,))
        for place, line in enumerate(found.lines.get((question, item), 0) for item in range(_count(accepted))):
            made.lines["questions", number, "accept", place] = line
        entry = {"kind": "typed", "question": question, "topic": topic, "language": language_of(question)}
        made.values["questions"].append(sheets.completed({**entry, "accept": accepted}))
    return made


def _count(accepted: Any) -> int:
    return len(accepted) if isinstance(accepted, list) else 0
