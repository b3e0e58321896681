"""What /notes shows: how the notes stand and where they come from, what a reload brought, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from bot.i18n import Texts
from bot.render import limits
from bot.render.inline import code_span, escape
from bot.render.markdown import clean
from bot.render.parts import Message, Separator, Text
from bot.services.collections import CollectionStatus, Failure
from bot.services.library import Change, Problems, Status
from bot.services.popularity import MissingTopic
from knowledge.errors import Problem
from knowledge.git_source import Commit

_LISTED_CHARACTERS: Final = 1_800
_LISTED_BYTES: Final = 4_000
"""Of each of the two lists of a reply."""
_NAMED: Final = 5
"""Files that a reply names before it only counts them."""


def status(now: Status, texts: Texts, *, announced: str = "") -> Message:
    """Return how the notes stand; *announced* says where what is new is posted, to those who may know."""
    lines = [f"## {texts.gettext('The notes')}"]
    lines.append(_list([partial(_collection, one, texts) for one in now.collections], texts, mark=""))
    if now.loaded_at is None:
        lines.append(texts.gettext("They are still being read."))
    else:
        lines += [_counted(now, texts), texts.gettext("Read {when}", when=_relative(now.loaded_at))]
    if now.problems:
        counted = texts.ngettext("{n} problem", "{n} problems", now.problems)
        lines.append(f"⚠️ {counted} · `{texts.command('notes problems')}`")
    lines += _failures(now, texts)
    lines += [announced] if announced else []
    return Message((Text("\n".join(lines)),))


def _collection(one: CollectionStatus, texts: Texts) -> str:
    name = code_span(limits.cut(clean(one.name), 60))
    if one.commit is None:
        return f"📁 {name}"
    return f"📦 {name} · {_commit(one.commit)}"


def _commit(commit: Commit) -> str:
    subject = escape(limits.cut(clean(commit.subject), 80))
    return " · ".join(part for part in (f"`{commit.short}`", subject, _relative(commit.at)) if part)


def _counted(now: Status, texts: Texts) -> str:
    notes = texts.ngettext("{n} note", "{n} notes", now.notes)
    sections = texts.ngettext("{n} section", "{n} sections", now.sections)
    languages = texts.gettext("{chinese} in Chinese, {english} in English", chinese=now.chinese, english=now.english)
    return f"{texts.gettext('{value} ({note})', value=notes, note=languages)} · {sections}"


def _failures(now: Status, texts: Texts) -> list[str]:
    failing = [(one.name, one.failure) for one in now.collections if one.failure is not None]
    told = [partial(_failure, name, failure, texts) for name, failure in failing]
    return [_list(told, texts, mark="")] if told else []


def _failure(name: str, failure: Failure, texts: Texts) -> str:
    return "⚠️ " + texts.gettext(
        "Reading {name} has failed since {when}: {problem}",
        name=code_span(limits.cut(clean(name), 60)),
        when=f"<t:{int(failure.since.timestamp())}:f>",
        problem=_told(failure.problem, texts),
    )


def reloaded(change: Change, now: Status, texts: Texts) -> Message:
    """Return what a reload brought, and how the notes stand *now*."""
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
    return Message((Text("\n".join([*lines, *_failures(now, texts), f"-# {sections} · {problems}"])),))


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


def _list(lines: Sequence[Callable[[], str]], texts: Texts, *, mark: str = "- ") -> str:
    """Return as many *lines* as there is room for, made only as far, and how many are left."""
    shown: list[str] = []
    room, room_bytes = _LISTED_CHARACTERS, _LISTED_BYTES
    for make in lines:
        line = f"{mark}{make()}"
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
