"""The cache: a second start segments nothing, and nothing that is on disk can do harm."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from knowledge import cache as cache_module
from knowledge.cache import UNUSED_DAYS, TermCache
from knowledge.terms import SectionTerms
from tests.knowledge.material import ROOT

FIELDS = [field.name for field in dataclasses.fields(SectionTerms)]


def terms(**fields: str) -> SectionTerms:
    return SectionTerms(**(dict.fromkeys(FIELDS, "") | fields))


TERMS = (terms(heading="激活 函数", name="swiglu", body="gelu gelu"), terms())
OTHER = (terms(heading="x"),)
DIGEST = "d" * 64
DAY = 86_400.0


def only_file(folder: Path) -> Path:
    [path] = [path for path in folder.iterdir() if path.is_file()]
    return path


def kept(folder: Path) -> TermCache:
    cache = TermCache(folder, "words")
    cache.put("a.md", DIGEST, TERMS)
    return cache


def test_what_was_put_is_got(tmp_path):
    assert kept(tmp_path).get("a.md", DIGEST) == TERMS


def test_the_next_start_gets_it_too(tmp_path):
    kept(tmp_path)
    assert TermCache(tmp_path, "words").get("a.md", DIGEST) == TERMS


def test_nothing_was_put_nothing_is_got(tmp_path):
    assert TermCache(tmp_path, "words").get("a.md", DIGEST) is None


def test_missing_folder_is_made_when_first_needed(tmp_path):
    folder = tmp_path / "deep" / "er"
    assert TermCache(folder, "words").get("a.md", DIGEST) is None
    assert TermCache(folder, "words").remove_unused() == 0
    assert not folder.exists()
    assert kept(folder).get("a.md", DIGEST) == TERMS


@pytest.mark.parametrize(("file", "digest"), [("b.md", DIGEST), ("a.md", "e" * 64), ("a.md" + DIGEST, "")])
def test_another_note_or_another_content_is_not_found(tmp_path, file, digest):
    assert kept(tmp_path).get(file, digest) is None


def test_another_vocabulary_is_not_found(tmp_path):
    kept(tmp_path)
    assert TermCache(tmp_path, "other words").get("a.md", DIGEST) is None


def test_another_version_of_the_terms_is_not_found(tmp_path, monkeypatch):
    kept(tmp_path)
    monkeypatch.setattr(cache_module, "TERMS_VERSION", -1)
    assert TermCache(tmp_path, "words").get("a.md", DIGEST) is None


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[[1,2]]", b'[["a"]]', b"\xff\xfe\x00", b"[" * 100_000, b'{"a": 1}', b'["abcdef"]'],
    ids=["empty", "broken", "null", "numbers", "short", "bytes", "deep", "object", "text"],
)
def test_unreadable_file_is_told_once_and_made_again(tmp_path, caplog, data):
    cache = kept(tmp_path)
    only_file(tmp_path).write_bytes(data)
    with caplog.at_level(logging.WARNING):
        assert cache.get("a.md", DIGEST) is None
    assert len(caplog.records) == 1
    cache.put("a.md", DIGEST, TERMS)
    assert cache.get("a.md", DIGEST) == TERMS
    assert len(caplog.records) == 1


def test_truncated_file_is_made_again(tmp_path):
    cache = kept(tmp_path)
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-3])
    assert cache.get("a.md", DIGEST) is None


def test_huge_file_is_not_read(tmp_path, monkeypatch):
    cache = kept(tmp_path)
    monkeypatch.setattr(cache_module, "MAX_FILE_BYTES", 3)
    assert cache.get("a.md", DIGEST) is None


def test_folder_that_cannot_be_written_is_told_once_and_done_without(tmp_path, caplog):
    place = tmp_path / "cache"
    place.write_text("in the way")
    cache = TermCache(place, "words")
    with caplog.at_level(logging.DEBUG):
        for file in ("a.md", "b.md", "c.md"):
            assert cache.get(file, DIGEST) is None
            cache.put(file, DIGEST, TERMS)
        assert cache.remove_unused() == 0
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(place) in caplog.text
    assert place.read_text() == "in the way"


def test_full_disk_is_told_once_and_leaves_no_part(tmp_path, caplog, monkeypatch):
    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    cache = TermCache(tmp_path, "words")
    cache.put("a.md", DIGEST, TERMS)
    cache.put("b.md", DIGEST, TERMS)
    assert caplog.text.count("No space left on device") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_nothing_is_kept():
    cache = TermCache(None, "words")
    cache.put("a.md", DIGEST, TERMS)
    assert cache.get("a.md", DIGEST) is None
    assert cache.remove_unused() == 0


def test_no_part_is_left_behind(tmp_path):
    kept(tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_later_terms_take_the_place_of_the_earlier(tmp_path):
    cache = kept(tmp_path)
    cache.put("a.md", DIGEST, OTHER)
    assert cache.get("a.md", DIGEST) == OTHER
    only_file(tmp_path)


def test_file_is_plain_json_that_others_can_read(tmp_path):
    kept(tmp_path)
    assert json.loads(only_file(tmp_path).read_text("utf-8"))[0][0] == "激活 函数"


def test_names_and_terms_with_lone_surrogates_are_kept_too(tmp_path):
    lone = (terms(heading="\ud800"),)
    cache = TermCache(tmp_path, "words")
    cache.put("\udcff.md", DIGEST, lone)
    assert cache.get("\udcff.md", DIGEST) == lone


def test_hostile_note_names_stay_inside_the_folder(tmp_path):
    folder = tmp_path / "cache"
    TermCache(folder, "words").put("../../../etc/passwd", DIGEST, TERMS)
    assert only_file(folder).parent == folder
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_threads_that_write_one_key_leave_one_whole_file(tmp_path):
    caches = [TermCache(tmp_path, "words") for _ in range(8)]
    threads = [threading.Thread(target=cache.put, args=("a.md", DIGEST, TERMS * 200)) for cache in caches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert caches[0].get("a.md", DIGEST) == TERMS * 200
    only_file(tmp_path)


def test_processes_that_write_one_key_leave_one_whole_file(tmp_path):
    code = (
        "import sys; from pathlib import Path; from knowledge.cache import TermCache\n"
        "from tests.knowledge.test_cache import DIGEST, TERMS\n"
        "cache = TermCache(Path(sys.argv[1]), 'words')\n"
        "[cache.put('a.md', DIGEST, TERMS * 500) for _ in range(50)]"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    writers = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]  # noqa: S603 - our own code
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    assert TermCache(tmp_path, "words").get("a.md", DIGEST) == TERMS * 500
    only_file(tmp_path)


def aged(folder: Path, *, days: float) -> TermCache:
    """A cache whose clock stands *days* after its only file was last used."""
    kept(folder)
    used = only_file(folder).stat().st_mtime
    return TermCache(folder, "words", now=lambda: used + days * DAY)


def test_file_unused_for_thirty_days_is_removed(tmp_path):
    assert aged(tmp_path, days=UNUSED_DAYS + 1).remove_unused() == 1
    assert list(tmp_path.iterdir()) == []


def test_file_used_since_is_kept(tmp_path):
    assert aged(tmp_path, days=UNUSED_DAYS - 1).remove_unused() == 0
    assert TermCache(tmp_path, "words").get("a.md", DIGEST) == TERMS


def test_asking_for_a_file_keeps_it_for_another_thirty_days(tmp_path):
    cache = aged(tmp_path, days=UNUSED_DAYS + 5)
    assert cache.get("a.md", DIGEST) == TERMS
    assert cache.remove_unused() == 0


def test_part_of_a_process_that_died_is_removed_in_the_end(tmp_path):
    cache = aged(tmp_path, days=UNUSED_DAYS + 1)
    (tmp_path / ".abc.part").write_bytes(b"half")
    os.utime(tmp_path / ".abc.part", (0, 0))
    assert cache.remove_unused() == 2


def test_files_of_others_are_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    os.utime(tmp_path / "notes.txt", (0, 0))
    assert aged(tmp_path / "c", days=99).remove_unused() == 1
    assert TermCache(tmp_path, "words").remove_unused() == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
