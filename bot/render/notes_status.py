"""How the notes stand, each collection by itself and all together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.i18n import Texts
from bot.render import limits
from bot.render.inline import escape, link
from bot.render.markdown import clean
from bot.render.notes_lines import MOST, called, failure, listed, relative
from bot.render.parts import Message, Text
from bot.services.collections import CollectionStatus
from bot.services.library import Status


def status(now: Status, texts: Texts, *, announced: str = "") -> Message:
    """Return how the notes stand; *announced* says where what is new is posted, to those who may know."""
    lines = [f"## {texts.gettext('The notes')}"]
    # What fails comes first, so that it is told where there is not room for all.
    known = sorted(now.collections, key=lambda one: one.failure is None)
    if len(known) == 1:
        lines.append(listed([partial(_alone, one, texts) for one in known], texts, mark="", room=MOST))
    else:
        lines.append(listed([partial(_among_others, one, texts) for one in known], texts, mark="", room=MOST))
        lines.append(f"### {texts.gettext('Together')}")
    lines += [*_together(now, texts), *([announced] if announced else [])]
    return Message((Text("\n".join(lines)),))


def _alone(one: CollectionStatus, texts: Texts) -> str:
    """Return what is known of the only collection; how much is in it is told of all together."""
    refreshed = _refreshed(one, texts) if one.repository else ""
    named = " · ".join(filter(None, (f"{_sign(one)} {called(one.name)}", _commit(one))))
    return "\n".join(filter(None, (named, refreshed, _failing(one, texts))))


def _among_others(one: CollectionStatus, texts: Texts) -> str:
    heading = f"### {_sign(one)} {called(one.name)}"
    return "\n".join(filter(None, (heading, _commit(one), _content(one, texts), _failing(one, texts))))


def _sign(one: CollectionStatus) -> str:
    return "📦" if one.repository else "📁"


def _commit(one: CollectionStatus) -> str:
    if one.commit is None:
        return ""
    short = f"`{one.commit.short}`"
    subject = escape(limits.cut(clean(one.commit.subject), 80))
    commit = link(short, one.address) if one.address else short
    return " · ".join(filter(None, (commit, subject, relative(one.commit.at))))


def _content(one: CollectionStatus, texts: Texts) -> str:
    """Return how much is in a collection, and when it was refreshed."""
    if not one.read:
        return "" if one.failure else _coming(one, texts)
    counted = [texts.gettext("no notes yet")]
    if one.notes:
        notes = texts.ngettext("{n} note", "{n} notes", one.notes)
        counted = [notes, texts.ngettext("{n} section", "{n} sections", one.sections)]
    waiting = texts.gettext("PDFs are still being read") if one.waits else ""
    return " · ".join(filter(None, (*counted, waiting, _refreshed(one, texts))))


def _coming(one: CollectionStatus, texts: Texts) -> str:
    if one.repository and one.commit is None:
        return texts.gettext("It is still being fetched.")
    return texts.gettext("It is still being read.")


def _refreshed(one: CollectionStatus, texts: Texts) -> str:
    if one.refreshed_at is None:
        return ""
    when = relative(one.refreshed_at)
    return texts.gettext("fetched {when}", when=when) if one.repository else texts.gettext("read {when}", when=when)


def _failing(one: CollectionStatus, texts: Texts) -> str:
    return failure(one.name, one.failure, texts) if one.failure else ""


def _together(now: Status, texts: Texts) -> Iterator[str]:
    if now.loaded_at is None:
        yield _unread(now, texts)
    elif now.notes:
        yield _counted(now, texts)
    else:
        yield texts.gettext("There are no notes yet.")
    if now.loaded_at is not None and len(now.collections) == 1:
        yield texts.gettext("Read {when}", when=relative(now.loaded_at))
    if now.problems:
        counted = texts.ngettext("{n} problem", "{n} problems", now.problems)
        yield f"⚠️ {counted} · `{texts.command('notes problems')}`"


def _unread(now: Status, texts: Texts) -> str:
    if now.collections and all(one.failure for one in now.collections):
        return texts.gettext("Nothing could be read yet.")
    if all(one.repository and one.commit is None for one in now.collections):
        return texts.gettext("They are still being fetched.")
    return texts.gettext("They are still being read.")


def _counted(now: Status, texts: Texts) -> str:
    notes = texts.ngettext("{n} note", "{n} notes", now.notes)
    sections = texts.ngettext("{n} section", "{n} sections", now.sections)
    languages = texts.gettext("{chinese} in Chinese, {english} in English", chinese=now.chinese, english=now.english)
    return f"{texts.gettext('{value} ({note})', value=notes, note=languages)} · {sections}"
