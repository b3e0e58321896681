from datetime import UTC, datetime

import pytest

from bot.render import limits, notes_pages
from bot.render.parts import Text
from bot.services.collections import CollectionStatus, Failure
from bot.services.library import Change, Problems, Status
from bot.services.popularity import MissingTopic
from knowledge.errors import Problem

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FAULT = Problem("The glossary cannot be read: {reason}", "glossary.yaml", 3, (("reason", "no *space*"),))


def text(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def collection(failure=None) -> CollectionStatus:
    return CollectionStatus("notes", 2, 9, None, failure)


@pytest.fixture
def status():
    def make(*collections, **given):
        values = {"notes": 2, "sections": 9, "chinese": 1, "english": 1, "problems": 0, "loaded_at": NOON}
        return Status(**{**values, "collections": collections or (collection(),), **given})

    return make


def test_thousands_of_problems_hold_the_limits(chinese):
    problem = Problem("The YAML is broken: {reason}", "长" * 300, 1, (("reason", "坏" * 900),))
    found = Problems((problem,) * 5_000, (MissingTopic("问" * 100, 3, NOON),) * 200)
    said = [part.text for part in notes_pages.problems(found, chinese).parts if isinstance(part, Text)]
    assert sum(map(limits.characters, said)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in said) <= limits.LAYOUT_BYTES
    assert "还有 499" in said[0]


def test_no_problems_are_said(english):
    assert "None." in text(notes_pages.problems(Problems((), ()), english))


def test_change_names_some_files_and_counts_all(status, english):
    change = Change(tuple(f"{number}.md" for number in range(9)), (), (), 40, 1)
    said = text(notes_pages.reloaded(change, status(), english))
    assert "9 notes added: `0.md`, `1.md`, `2.md`, `3.md`, `4.md` …" in said
    assert "40 sections · 1 problem" in said


def test_reload_that_reached_no_remote_says_so(status, english):
    failing = status(collection(failure=Failure(FAULT, NOON)))
    said = text(notes_pages.reloaded(Change((), (), (), 40, 0), failing, english))
    assert "Nothing has changed." in said
    assert "has failed since" in said
