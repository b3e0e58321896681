"""What the bot says that is not an answer: nothing found, status, problems, help, about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from bot.i18n import Texts
from bot.render import limits, presses
from bot.render.inline import code_span, escape
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Message, Separator, Text
from bot.services.library import Change, Problems, Status
from bot.services.popularity import MissingTopic
from knowledge.errors import Problem
from knowledge.model import Results

_LISTED_CHARACTERS: Final = 1_800
_LISTED_BYTES: Final = 4_000
"""Of each of the two lists of a reply."""
_NAMED: Final = 5
"""Files that a reply names before it only counts them."""


def not_found(results: Results, texts: Texts) -> Message:
    """Return that the notes do not have it, with the nearest headings as buttons."""
    query = escape(limits.cut(clean(results.query), limits.QUERY)) or "—"
    lines = [texts.gettext("**Not in the notes:** {query}", query=query)]
    nearest = {suggestion.section_id: suggestion for suggestion in results.suggestions}
    if not nearest:
        lines.append(texts.gettext("Nothing comes close. /topics shows what the notes hold."))
        return Message((Text("\n".join(lines)),))
    lines.append(texts.gettext("The nearest headings:"))
    buttons = tuple(
        Button(limits.cut(clean(suggestion.text), limits.BUTTON_LABEL) or "—", presses.suggest(section_id))
        for section_id, suggestion in list(nearest.items())[: limits.ROW_BUTTONS]
    )
    return Message((Text("\n".join(lines)), Buttons(buttons)))


def status(now: Status, texts: Texts) -> Message:
    """Return how the notes stand."""
    lines = [f"## {texts.gettext('The notes')}", f"📁 {code_span(limits.cut(clean(now.name), 100))}"]
    if now.loaded_at is None:
        lines.append(texts.gettext("They are still being read."))
    else:
        notes = texts.ngettext("{n} note", "{n} notes", now.notes)
        sections = texts.ngettext("{n} section", "{n} sections", now.sections)
        languages = texts.gettext(
            "{chinese} in Chinese, {english} in English", chinese=now.chinese, english=now.english
        )
        lines.append(f"{texts.gettext('{value} ({note})', value=notes, note=languages)} · {sections}")
        lines.append(texts.gettext("Read {when}", when=_relative(now.loaded_at)))
    if now.problems:
        counted = texts.ngettext("{n} problem", "{n} problems", now.problems)
        lines.append(f"⚠️ {counted} · `{texts.command('notes problems')}`")
    if now.failure is not None:
        lines.append(
            "⚠️ " + texts.gettext("The last attempt to read them failed: {problem}", problem=_told(now.failure, texts))
        )
    return Message((Text("\n".join(lines)),))


def reloaded(change: Change, texts: Texts) -> Message:
    """Return what a reload brought."""
    if not change:
        lines = [texts.gettext("Nothing has changed.")]
    else:
        kinds = (
            (texts.ngettext("{n} note added", "{n} notes added", len(change.added)), change.added),
            (texts.ngettext("{n} note changed", "{n} notes changed", len(change.changed)), change.changed),
            (texts.ngettext("{n} note removed", "{n} notes removed", len(change.removed)), change.removed),
        )
        lines = [
            texts.gettext("{label}: {value}", label=counted, value=_files(files, texts))
            for counted, files in kinds
            if files
        ]
    sections = texts.ngettext("{n} section", "{n} sections", change.sections)
    problems = texts.ngettext("{n} problem", "{n} problems", change.problems)
    return Message((Text("\n".join([*lines, f"-# {sections} · {problems}"])),))


def problems(found: Problems, texts: Texts) -> Message:
    """Return what is wrong with the notes, and what they were asked for in vain."""
    troubles = _list([partial(_told, problem, texts) for problem in found.problems], texts)
    missing = _list([partial(_missing, topic, texts) for topic in found.missing], texts)
    return Message(
        (
            Text(f"### {texts.gettext('Problems in the notes')}\n{troubles or texts.gettext('None.')}"),
            Separator(),
            Text(f"### {texts.gettext('Asked for, but not in the notes')}\n{missing or texts.gettext('Nothing yet.')}"),
        )
    )


def about(version: str, texts: Texts) -> Message:
    """Return who this is, what it keeps, and whose the notes are."""
    lines = (
        f"## studybot {version}",
        texts.gettext("I answer from this group's notes, word for word, and say where the answer stands."),
        texts.gettext(
            "**Privacy:** I keep your answers and scores, the cards you repeat, what you suggest or report, the name "
            "by which the group knows you, and your settings; nothing else. `/mydata` hands it to you, deletes it, or "
            "takes you off the boards. I cannot read the messages of this server. What was asked and is not in the "
            "notes is counted without a name, in memory only."
        ),
        texts.gettext("**Licence:** studybot is free software (MIT). The notes belong to those who wrote them."),
    )
    return Message((Text("\n".join(lines)),))


def _list(lines: Sequence[Callable[[], str]], texts: Texts) -> str:
    """Return as many *lines* as there is room for, made only as far, and how many are left."""
    shown: list[str] = []
    room, room_bytes = _LISTED_CHARACTERS, _LISTED_BYTES
    for make in lines:
        line = f"- {make()}"
        room, room_bytes = room - limits.characters(line) - 1, room_bytes - limits.size_bytes(line) - 1
        if min(room, room_bytes) < 0:
            break
        shown.append(line)
    if left := len(lines) - len(shown):
        shown.append("-# " + texts.ngettext("and {n} more", "and {n} more", left))
    return "\n".join(shown)


def _told(problem: Problem, texts: Texts) -> str:
    values = {name: limits.cut(clean(str(value)), 200) for name, value in problem.values}
    sentence = escape(texts.gettext(problem.message, **values))
    return f"{code_span(limits.cut(clean(problem.where), 150))} {sentence}" if problem.where else sentence


def _missing(topic: MissingTopic, texts: Texts) -> str:
    times = texts.ngettext("{n} time", "{n} times", topic.count)
    return f"{escape(clean(topic.query))} · {times} · {_relative(topic.last)}"


def _relative(when: datetime) -> str:
    return f"<t:{int(when.timestamp())}:R>"


def _files(files: Iterable[str], texts: Texts) -> str:
    named = [code_span(limits.cut(clean(file), 80)) for file in files]
    return texts.listed(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")
