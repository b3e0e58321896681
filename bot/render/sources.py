"""The small line that says where an answer stands, with a link to its lines where the notes are public."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit

from bot.i18n import Texts
from bot.render.inline import code_span
from bot.render.limits import cut
from knowledge.model import Section
from knowledge.places import Places

_LONGEST_URL: Final = 500
_LONGEST_FILE: Final = 150


def source_line(section: Section, texts: Texts, places: Places | None = None) -> str:
    """Return the line; *places* say where the notes are public."""
    file = code_span(cut(section.file, _LONGEST_FILE))
    first, last = section.lines
    if section.page is not None:
        place = texts.gettext("page {page}", page=section.page)
    elif first == last:
        place = texts.gettext("line {line}", line=first)
    else:
        place = texts.gettext("lines {first}–{last}", first=first, last=last)
    address = public_address(section, places) if places else ""
    return f"-# 📄 {file} · {f'[{place}]({address})' if address else place}"


def public_address(section: Section, places: Places) -> str:
    """Return the address of the section's lines in its repository; empty if that is not public."""
    found = places.of(section.file)
    if found is None or not found[0].url:
        return ""
    place, name = found
    return line_address(replace(section, file=name), place.url)


def line_address(section: Section, notes_url: str) -> str:
    """Return the address of the section's lines as GitHub, GitLab and Gitee form it.

    Args:
        section: of a note.
        notes_url: what precedes ``/file.md`` in the address of its file.
    """
    first, last = section.lines
    # Without plain=1 GitHub and GitLab show a Markdown file rendered, which has no lines.
    last_mark = f"-{last}" if "gitlab" in (urlsplit(notes_url).hostname or "") else f"-L{last}"
    plain = "?plain=1" if section.page is None else ""
    anchor = f"#L{first}{last_mark if last > first else ''}" if section.page is None else ""
    address = f"{notes_url.rstrip('/')}/{quote(section.file)}{plain}{anchor}"
    return address if len(address) <= _LONGEST_URL else ""
