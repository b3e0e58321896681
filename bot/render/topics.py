"""The pages of /topics: categories, the notes of one, the headings of a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Texts
from bot.render import limits, presses, turning
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.parts import Button, Buttons, Menu, Message, Option, Part, Text
from bot.services.topics import Category, TopicNote


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the tree: where it is, and how its menu is called."""

    level: str
    key: str
    placeholder: str
    above: str | None = None


def categories(found: Sequence[Category], page: int, texts: Texts) -> Message:
    """Return a page, counted from 0, of the categories; a page that is too big is the last."""
    notes = texts.ngettext("{n} note", "{n} notes", sum(len(category.notes) for category in found))

    def option(one: Category) -> Option:
        counted = texts.ngettext("{n} note", "{n} notes", len(one.notes))
        return Option(limits.cut(category_name(one, texts), limits.OPTION_LABEL), one.key, counted)

    place = _Place(presses.ALL, presses.NOWHERE, texts.gettext("Choose a category"))
    pager = _Pager(page, len(found))
    options = tuple(map(option, found[pager.slice]))
    return _message(f"## {texts.gettext('Topics')}\n{notes}", place, options, pager, texts)


def category(found: Category, page: int, texts: Texts) -> Message:
    """Return a page of the notes of a category."""
    head = f"## {escape(limits.cut(category_name(found, texts), 200))}"
    above = presses.topics(presses.ALL, presses.NOWHERE, 0)
    place = _Place(presses.CATEGORY, found.key, texts.gettext("Choose a note"), above)
    pager = _Pager(page, len(found.notes))
    options = tuple(
        Option(
            limits.cut(clean(note.title), limits.OPTION_LABEL) or "—",
            note.key,
            limits.cut(clean(note.file.rpartition("/")[2]), limits.OPTION_LABEL),
        )
        for note in found.notes[pager.slice]
    )
    return _message(head, place, options, pager, texts)


def note(parent: Category, found: TopicNote, page: int, texts: Texts) -> Message:
    """Return a page of the headings of a note."""
    head = f"## {escape(limits.cut(clean(found.title), 200))}\n-# {escape(limits.cut(clean(found.file), 200))}"
    above = presses.topics(presses.CATEGORY, parent.key, 0)
    place = _Place(presses.NOTE, found.key, texts.gettext("Choose a heading"), above)
    pager = _Pager(page, len(found.sections))
    options = tuple(
        Option(limits.cut("· " * min(section.depth, 5) + clean(section.title), limits.OPTION_LABEL) or "—", section.id)
        for section in found.sections[pager.slice]
    )
    return _message(head, place, options, pager, texts)


def category_name(found: Category, texts: Texts) -> str:
    """Return the folder's path, or what the root is called. Plain text."""
    return clean(found.name) or texts.gettext("General")


class _Pager:
    """Which of many entries stand on a page."""

    def __init__(self, page: int, entries: int) -> None:
        self.pages = max(1, -(-entries // limits.OPTIONS))
        self.page = min(page, self.pages - 1)
        self.slice = slice(self.page * limits.OPTIONS, (self.page + 1) * limits.OPTIONS)


def _message(head: str, place: _Place, options: tuple[Option, ...], pager: _Pager, texts: Texts) -> Message:
    parts: list[Part] = [Text(head)]
    if options:
        parts.append(Menu(presses.pick(place.level), limits.cut(place.placeholder, limits.PLACEHOLDER), options))
    else:
        parts.append(Text("-# " + texts.gettext("There is nothing here yet.")))
    buttons = [Button("⬆ " + texts.gettext("Up"), place.above)] if place.above else []
    buttons += turning.buttons(pager.page, pager.pages, lambda to: presses.topics(place.level, place.key, to), texts)
    if buttons:
        parts.append(Buttons(tuple(buttons)))
    return Message(tuple(parts))
