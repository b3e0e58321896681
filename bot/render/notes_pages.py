"""What a reload of the notes brought, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from bot.i18n import Texts
from bot.render import limits
from bot.render.inline import code_span, escape
from bot.render.markdown import clean
from bot.render.notes_lines import failure, listed, problem, relative
from bot.render.parts import Message, Separator, Text
from bot.services.library import Change, Problems, Status
from bot.services.popularity import MissingTopic

_NAMED: Final = 5
"""Files that a reply names before it only counts them."""


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
    failing = [partial(failure, one.name, one.failure, texts) for one in now.collections if one.failure is not None]
    failed = [listed(failing, texts, mark="")] if failing else []
    return Message((Text("\n".join([*lines, *failed, f"-# {sections} · {problems}"])),))


def problems(found: Problems, texts: Texts) -> Message:
    """Return what is wrong with the notes, and what they were asked for in vain."""
    troubles = listed([partial(problem, one, texts) for one in found.problems], texts)
    missing = listed([partial(_missing, topic, texts) for topic in found.missing], texts)
    return Message(
        (
            Text(f"### {texts.gettext('Problems in the notes')}\n{troubles or texts.gettext('None.')}"),
            Separator(),
            Text(f"### {texts.gettext('Asked for, but not in the notes')}\n{missing or texts.gettext('Nothing yet.')}"),
        )
    )


def _missing(topic: MissingTopic, texts: Texts) -> str:
    times = texts.ngettext("{n} time", "{n} times", topic.count)
    return f"{escape(clean(topic.query))} · {times} · {relative(topic.last)}"


def _files(files: Iterable[str], texts: Texts) -> str:
    named = [code_span(limits.cut(clean(file), 80)) for file in files]
    return texts.listed(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")
