from datetime import UTC, datetime, timedelta

import pytest

from bot.render import limits
from bot.render.notes_status import status
from bot.render.parts import Text
from bot.services.collections import CollectionStatus, Failure
from bot.services.library import Status
from knowledge.errors import Problem
from knowledge.git_source import Commit

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AGO = f"<t:{int(NOON.timestamp())}:R>"
FAULT = Problem("The glossary cannot be read: {reason}", "glossary.yaml", 3, (("reason", "no *space*"),))
COMMIT = Commit("0123456789abcdef", NOON - timedelta(hours=1), "Fix *SwiGLU* <@1>\n# @everyone")
PAGE = "https://github.com/o/r/commit/0123456789abcdef"


def said(message) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def folder(name="notes", **given) -> CollectionStatus:
    return CollectionStatus(**{"name": name, "notes": 2, "sections": 9, "commit": None, "failure": None,
                               "refreshed_at": NOON, **given})  # fmt: skip


def repository(name="notes", **given) -> CollectionStatus:
    return folder(name, **{"repository": True, "commit": COMMIT, **given})


def standing(*collections, **given) -> Status:
    values = {"notes": 2, "sections": 9, "chinese": 1, "english": 1, "problems": 0, "loaded_at": NOON}
    return Status(**{**values, "collections": collections or (folder(),), **given})


def test_problems_and_a_failure_are_told_with_its_time(english):
    told = said(status(standing(folder(failure=Failure(FAULT, NOON)), problems=2), english))
    assert "2 problems" in told
    assert f"since <t:{int(NOON.timestamp())}:f>" in told
    assert "`glossary.yaml:3` The glossary cannot be read: no \\*space\\*" in told


def test_only_collection_is_counted_once(english, chinese):
    told = said(status(standing(), english))
    assert told == f"## The notes\n📁 `notes`\n2 notes (1 in Chinese, 1 in English) · 9 sections\nRead {AGO}"
    assert "2 篇笔记（中文 1 篇，英文 1 篇） · 9 个小节" in said(status(standing(), chinese))


def test_several_collections_are_counted_by_themselves_and_together(english):
    told = said(status(standing(folder("Open"), repository("Board", notes=1, sections=1), notes=3), english))
    assert f"### 📁 `Open`\n2 notes · 9 sections · read {AGO}\n" in told
    assert f"\n1 note · 1 section · fetched {AGO}\n" in told
    assert "### Together\n3 notes (1 in Chinese, 1 in English) · 9 sections" in told


def test_commit_is_told_with_its_subject_as_plain_text(english):
    told = said(status(standing(repository()), english))
    assert "📦 `notes` · `01234567` · Fix \\*SwiGLU\\*" in told
    assert f"<t:{int(COMMIT.at.timestamp())}:R>" in told
    assert f"fetched {AGO}" in told
    assert "<@1>" not in told
    assert "@everyone" not in told


def test_commit_is_linked_where_it_can_be_read(english):
    assert f"[`01234567`]({PAGE})" in said(status(standing(repository(address=PAGE)), english))


def test_collection_that_is_still_to_come_says_so(english, chinese):
    coming = repository("Far", commit=None, read=False, notes=0, sections=0, refreshed_at=None)
    reading = folder("Near", read=False, notes=0, sections=0, refreshed_at=None)
    told = said(status(standing(coming, reading, folder()), english))
    assert "📦 `Far`\nIt is still being fetched." in told
    assert "📁 `Near`\nIt is still being read." in told
    assert "还在拉取中。" in said(status(standing(coming, folder()), chinese))


def test_collection_that_never_could_be_read_tells_only_that(english):
    broken = repository("Far", commit=None, read=False, notes=0, sections=0, failure=Failure(FAULT, NOON))
    told = said(status(standing(folder(), broken), english))
    assert told.startswith("## The notes\n### 📦 `Far`\n⚠️ Reading `Far` has failed since")
    assert "still being" not in told


def test_collection_that_fails_goes_on_with_what_it_had(english):
    told = said(status(standing(repository("Far", failure=Failure(FAULT, NOON)), folder()), english))
    assert f"2 notes · 9 sections · fetched {AGO}\n⚠️ Reading `Far` has failed since" in told


def test_empty_collection_and_waiting_pdfs_are_told(english):
    empty, waiting = folder("Empty", notes=0, sections=0), folder("Papers", waits=True)
    told = said(status(standing(empty, waiting), english))
    assert f"📁 `Empty`\nno notes yet · read {AGO}" in told
    assert f"2 notes · 9 sections · PDFs are still being read · read {AGO}" in told


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        (folder(), "They are still being read."),
        (repository(commit=None, read=False), "They are still being fetched."),
        (repository(commit=None, read=False, failure=Failure(FAULT, NOON)), "Nothing could be read yet."),
    ],
)
def test_before_anything_is_read_the_reason_is_told(english, collection, expected):
    told = said(status(standing(collection, loaded_at=None, notes=0), english))
    assert expected in told
    assert "0 notes" not in told


def test_notes_that_are_not_there_are_not_counted(english):
    told = said(status(standing(folder(notes=0, sections=0), notes=0, sections=0), english))
    assert "There are no notes yet." in told
    assert "0 notes" not in told


def test_where_news_are_posted_stands_last(english):
    assert said(status(standing(), english, announced="📣 there")).endswith("\n📣 there")


def test_many_collections_of_which_many_fail_hold_the_limits(chinese):
    hostile = Failure(
        Problem("git failed on the repository {name}: {reason}", values=(("name", "名" * 99), ("reason", "坏" * 900))),
        NOON,
    )
    many = (*(repository("名" * 60, address="https://" + "x" * 300),) * 30, repository("最后", failure=hostile))
    told = [part.text for part in status(standing(*many), chinese, announced="📣 " * 100).parts]
    assert sum(map(limits.characters, told)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in told) <= limits.LAYOUT_BYTES
    assert "`最后`" in told[0]
    assert "还有 " in told[0]
