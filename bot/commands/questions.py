"""studybot questions list and export: what the bank of the notes holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, Literal

from rich.text import Text

from bot.commands.indexing import collection_record
from bot.commands.loading import loaded_library
from bot.commands.session import Session
from bot.config import Config
from bot.errors import N_, StudyError
from bot.i18n import Texts
from bot.render.controls import shown
from bot.services.library import Library
from knowledge.errors import Problem
from knowledge.index import Index
from knowledge.library import Loaded
from knowledge.model import Language
from knowledge.questions import exports
from knowledge.questions.bank import Bank, section_of, topic_key
from knowledge.questions.model import TRUE, Kind, Origin, Question
from knowledge.questions.rules import LETTERS

_MOST_NAMED: Final = 20
"""Topics that a refusal names."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are asked for.

    Attributes:
        topics: names, or parts of them that name one; none means all.
        language: None means both.
        generated: those made from the notes, too.
    """

    topics: tuple[str, ...]
    language: Language | None
    generated: bool


def show(session: Session, config: Config, wanted: Wanted, *, as_json: bool) -> None:
    """Print the questions of the notes, by topic.

    Raises:
        StudyError: there is no such topic, or there are several.
    """
    library, loaded = _loaded(session, config)
    wanted = _named(loaded.bank, wanted)
    questions = _chosen(loaded.bank, wanted)
    if as_json:
        session.print_json(record(session, library, loaded, questions))
        return
    session.out.print("\n".join(_head(loaded.bank, questions, wanted, session.texts)), markup=False)
    for topic, group in groupby(questions, key=lambda question: question.topic):
        session.out.print(Text(shown(f"\n{topic}"), style="bold"), soft_wrap=True)
        for question in group:
            session.out.print(Text(shown(_line(question))), soft_wrap=True)


def export(session: Session, config: Config, wanted: Wanted, *, form: Literal["yaml", "csv"]) -> None:
    """Print the questions in UTF-8, as a file that can be read back.

    Raises:
        StudyError: there is no such topic, or there are several.
    """
    bank = _loaded(session, config)[1].bank
    questions = _chosen(bank, _named(bank, wanted))
    text = exports.to_yaml(questions) if form == "yaml" else exports.to_csv(questions)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def counted(questions: int, versions: int, texts: Texts) -> str:
    """Return a number of questions, and of their *versions* in each language where these are more."""
    if versions == questions:
        return str(questions)
    return texts.gettext("{questions} ({versions} with both languages counted)", questions=questions, versions=versions)


def record(session: Session, library: Library, loaded: Loaded, questions: Sequence[Question]) -> dict[str, Any]:
    """Return what --json prints."""
    return {
        "notes": str(library.source.root),
        "collections": [collection_record(session, one) for one in library.collections],
        "questions": [_question(question, loaded.index) for question in questions],
        "problems": [problem_record(session, problem) for problem in loaded.questions.get()[1]],
    }


def problem_record(session: Session, problem: Problem) -> dict[str, Any]:
    """Return a problem as --json prints it."""
    message = session.texts.gettext(problem.message, **dict(problem.values))
    return {"file": problem.file, "line": problem.line, "message": message}


def _loaded(session: Session, config: Config) -> tuple[Library, Loaded]:
    library = loaded_library(session, config)
    if library.loaded is None:
        raise StudyError(N_("The notes are still being read. Try again in a moment."))
    return library, library.loaded


def _chosen(bank: Bank, wanted: Wanted) -> list[Question]:
    """Return the variants of the questions that are wanted, those of one topic together."""
    found = bank.questions(topics=wanted.topics, language=wanted.language, generated=wanted.generated)
    if wanted.language is None:
        found = tuple(variant for question in found for variant in bank.variants(question.id).values())
    places = {topic: place for place, topic in enumerate(dict.fromkeys(question.topic for question in found))}
    return sorted(found, key=lambda question: places[question.topic])


def _named(bank: Bank, wanted: Wanted) -> Wanted:
    """Return what is wanted with the whole names of its topics.

    Raises:
        StudyError: a topic is none, and no part of the name of exactly one.
    """
    return replace(wanted, topics=tuple(_topic(bank, topic, wanted) for topic in wanted.topics))


def _topic(bank: Bank, typed: str, wanted: Wanted) -> str:
    if bank.questions(topics=[typed], generated=wanted.generated):
        return typed
    every = (one for one in bank.all if wanted.generated or one.origin is not Origin.GENERATED)
    names = {topic_key(one.topic): one.topic for one in every}
    part = topic_key(typed)
    near = [name for key, name in names.items() if part and part in key]
    # The names of a topic in both languages lead to the same questions.
    if len({bank.questions(topics=[name], generated=wanted.generated) for name in near[:_MOST_NAMED]}) == 1:
        return near[0]
    if near:
        message = N_("{topic} is a part of several topics. Which one?\n{known}")
        raise StudyError(message, topic=typed, known=_lines(near))
    known = [one.name for one in bank.topics(wanted.language, generated=wanted.generated)]
    raise StudyError(N_("There is no question on {topic}. Topics:\n{known}"), topic=typed, known=_lines(known))


def _lines(names: Sequence[str]) -> str:
    return "\n".join(f"  {' '.join(name.split())}" for name in names[:_MOST_NAMED])


def _head(bank: Bank, questions: Sequence[Question], wanted: Wanted, texts: Texts) -> Iterator[str]:
    ids = {question.id for question in questions}
    yield texts.gettext("Questions: {questions}", questions=counted(len(ids), len(questions), texts))
    every = bank.questions(topics=wanted.topics, language=wanted.language, generated=True)
    made = sum(question.origin is Origin.GENERATED for question in every)
    if made and wanted.generated:
        yield texts.gettext("Made from the notes: {n}", n=made)
    elif made:
        yield texts.gettext("Made from the notes: {n} more, which --generated lists, too", n=made)


def _line(question: Question) -> str:
    prompt = " ".join(question.prompt.split())
    return f"  {question.id}  {question.language}  {question.kind.value:7}  {prompt}{_place(question)}"


def _place(question: Question) -> str:
    if not question.file:
        return ""
    if question.origin is Origin.NOTES and question.lines:
        return f"  ({question.file}:{question.lines[0]}-{question.lines[1]})"
    return f"  ({question.file}#{question.heading})" if question.heading else f"  ({question.file})"


def _question(question: Question, index: Index) -> dict[str, Any]:
    section = section_of(question, index)
    # Those of a question file are lines of that, not of the note in which to read on.
    lines = question.lines if question.origin is not Origin.FILE else None
    return {
        "id": question.id,
        "kind": question.kind.value,
        "language": question.language,
        "topic": question.topic,
        "category": question.topic if question.origin is Origin.NOTES else None,
        "difficulty": question.difficulty.name.lower(),
        "origin": question.origin.value,
        "question": question.prompt,
        "choices": list(question.choices),
        "right": list(_right(question)),
        "accept": list(question.accepted),
        "tolerance": question.tolerance,
        "answer": question.answer,
        "points": list(question.points),
        "explanation": question.explanation,
        "file": question.file or None,
        "heading": question.heading or None,
        "lines": list(lines) if lines else None,
        "section": {"headings": list(section.headings), "lines": list(section.lines)} if section else None,
    }


def _right(question: Question) -> Iterator[str]:
    for place in question.right:
        yield ("true" if place == TRUE else "false") if question.kind is Kind.TRUTH else LETTERS[place]
