"""What an import of questions would do and has done, and the file of an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.i18n import Texts
from bot.render import authoring_presses as presses
from bot.render import limits
from bot.render import question_words as words
from bot.render.inline import code_span
from bot.render.markdown import clean
from bot.render.parts import Attachment, Button, Buttons, Message, Text
from bot.services.importing import Effect, Preview
from knowledge.errors import Problem

_SHOWN: Final = 2_500
"""Characters of problems that a message shows; the rest is in a file."""


def preview(found: Preview, texts: Texts) -> Message:
    """Return what an import would do, and the button that does it; or everything that is wrong with the file."""
    name = code_span(limits.cut(clean(found.name), 100))
    if found.problems:
        return _wrong(found.problems, name, texts)
    count = found.effects[Effect.NEW] + found.effects[Effect.CHANGED]
    head = texts.gettext("**Dry run** of {file}: nothing is imported yet.", file=name)
    if not count:
        return Message((Text("\n".join([head, *_effects(found, texts)])),))
    foot = "-# " + texts.gettext("All of it or nothing. The file is kept for 15 minutes.")
    label = texts.ngettext("Import {n} question", "Import {n} questions", count)
    button = Button(label, presses.imported(found.draft_id), style="good")
    return Message((Text("\n".join([head, *_effects(found, texts), foot])), Buttons((button,))))


def imported(found: Preview, texts: Texts) -> Message:
    """Return what an import has done."""
    name = code_span(limits.cut(clean(found.name), 100))
    head = "✅ " + texts.gettext("Imported {file}.", file=name)
    return Message((Text("\n".join([head, *_effects(found, texts)])),))


def exported(count: int, name: str, content: bytes, texts: Texts) -> Message:
    """Return the file of an export."""
    told = texts.ngettext("{n} question", "{n} questions", count)
    again = texts.gettext("Changed in the file and imported again, a question keeps its statistics.")
    return Message((Text(f"{told}\n-# {again}"), Attachment(name, content)))


def _effects(found: Preview, texts: Texts) -> list[str]:
    new, changed = found.effects[Effect.NEW], found.effects[Effect.CHANGED]
    same, retired = found.effects[Effect.SAME], found.effects[Effect.RETIRED]
    lines = (
        (new, texts.ngettext("{n} new question", "{n} new questions", new)),
        (changed, texts.ngettext("{n} changed question", "{n} changed questions", changed)),
        (same, texts.ngettext("{n} question as it is", "{n} questions as they are", same)),
        (retired, texts.ngettext("{n} retired question stays so", "{n} retired questions stay so", retired)),
    )
    return [f"- {line}" for count, line in lines if count]


def _wrong(problems: Sequence[Problem], name: str, texts: Texts) -> Message:
    count = texts.ngettext("{n} problem", "{n} problems", len(problems))
    nothing = texts.gettext("❌ **Nothing of {file} can be imported.**", file=name)
    head = texts.gettext("{label}: {value}", label=f"{nothing} {count}", value="").rstrip()
    lines = [f"- {words.problem(one, texts)}" for one in problems]
    text = "\n".join([head, *lines])
    if limits.characters(text) <= _SHOWN and limits.size_bytes(text) <= 3 * _SHOWN:
        return Message((Text(text),))
    shown, room = [head], _SHOWN
    for line in lines:
        room -= limits.size_bytes(line)
        if room < 0:
            break
        shown.append(line)
    whole = "\n".join(_plain(one, texts) for one in problems).encode("utf-8", "replace")
    foot = "-# " + texts.gettext("All of them are in the file.")
    return Message((Text("\n".join([*shown, foot])), Attachment("problems.txt", whole)))


def _plain(one: Problem, texts: Texts) -> str:
    values = {key: clean(str(value)) for key, value in one.values}
    sentence = texts.gettext(one.message, **values)
    return f"{clean(one.where)}: {sentence}" if one.where else sentence
