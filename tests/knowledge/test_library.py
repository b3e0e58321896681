"""Loading notes: told as it goes, only what changed is segmented, and no cache can do harm."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

import pytest

from knowledge.errors import NotesError
from knowledge.library import Loaded, Stage, load
from knowledge.model import Results
from knowledge.sources import Folder
from tests.knowledge.loading import FILES, huge, start, write
from tests.knowledge.material import ROOT

QUERIES = ("决策树", "lora", "jueceshu", "过拟合", "红烧肉", "秩")


def answers(loaded: Loaded) -> list[Results]:
    return [loaded.index.search(query) for query in QUERIES]


# What is loaded


def test_notes_are_read_and_can_be_asked(notes):
    loaded = load(notes)
    assert loaded.segmented == loaded.reading.files == len(FILES)
    assert [note.file for note in loaded.index.notes] == sorted(FILES)
    assert loaded.index.search("jueceshu").hits[0].section.file == "tree.md"
    assert loaded.problems == ()


def test_folder_without_notes_is_a_problem_and_an_empty_index(tmp_path, started):
    loaded = load(Folder(tmp_path), previous=started)
    assert loaded.index.notes == ()
    assert not loaded.index.search("lora").found
    assert [problem.file for problem in loaded.problems] == [""]


def test_missing_folder_is_an_error(tmp_path):
    with pytest.raises(NotesError, match="does not exist"):
        load(Folder(tmp_path / "gone"))


def test_file_in_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "notes").write_text("x")
    with pytest.raises(NotesError, match="is a file"):
        load(Folder(tmp_path / "notes"))


def test_note_that_cannot_be_read_is_a_problem_beside_the_others(notes, started):
    huge(notes.root / "huge.md")
    loaded = load(notes, previous=started)
    assert loaded.problems == loaded.reading.problems
    assert {problem.file for problem in loaded.problems} == {"huge.md"}
    assert loaded.index.note("huge.md") is None
    assert loaded.index.search("lora").found


def test_include_and_exclude_are_heeded(notes, started):
    loaded = load(replace(notes, exclude=("lora.md",)), previous=started)
    assert loaded.index.note("lora.md") is None
    assert loaded.index.note("tree.md") is not None


# The cache


def test_second_start_segments_nothing(notes, started, tmp_path):
    first, second = (start(notes, started, tmp_path / "cache") for _ in range(2))
    assert (first.segmented, second.segmented) == (len(FILES), 0)
    assert second.terms == first.terms
    assert answers(second) == answers(first)


def test_second_start_does_not_even_load_the_dictionary(notes, tmp_path, monkeypatch):
    load(notes, cache=tmp_path / "cache")
    monkeypatch.setattr("knowledge.segment.Segmenter._load", lambda self: pytest.fail("the dictionary is loaded"))
    assert load(notes, cache=tmp_path / "cache").segmented == 0


def test_start_without_a_cache_answers_as_one_with_it(notes, started, tmp_path):
    assert answers(start(notes, started, None)) == answers(start(notes, started, tmp_path / "cache"))


def test_without_a_cache_every_start_segments(notes, started):
    assert [start(notes, started, None).segmented for _ in range(2)] == [len(FILES)] * 2


def test_only_a_changed_note_is_segmented_again(notes, started, tmp_path):
    start(notes, started, tmp_path / "cache")
    write(notes.root, {"lora.md": "# LoRA\n\n## 缩放\n\nalpha 缩放更新。\n"})
    changed = start(notes, started, tmp_path / "cache")
    assert changed.segmented == 1
    assert changed.index.search("缩放").found


def test_note_that_came_is_segmented_and_one_that_went_is_forgotten(notes, started, tmp_path):
    start(notes, started, tmp_path / "cache")
    (notes.root / "lora.md").unlink()
    write(notes.root, {"new.md": "# RMSNorm\n\nno mean\n"})
    changed = start(notes, started, tmp_path / "cache")
    assert changed.segmented == 1
    assert changed.index.search("rmsnorm").found
    assert not changed.index.search("lora").found


def test_note_that_was_changed_back_is_still_in_the_cache(notes, started, tmp_path):
    first = start(notes, started, tmp_path / "cache")
    write(notes.root, {"lora.md": "# other\n"})
    start(notes, started, tmp_path / "cache")
    back = start(write(notes.root, FILES), started, tmp_path / "cache")
    assert back.segmented == 0
    assert answers(back) == answers(first)


def test_renamed_note_is_segmented_again_because_its_name_is_searched(notes, started, tmp_path):
    start(notes, started, tmp_path / "cache")
    (notes.root / "lora.md").rename(notes.root / "adapters.md")
    renamed = start(notes, started, tmp_path / "cache")
    assert renamed.segmented == 1
    assert renamed.index.search("adapters").hits[0].section.file == "adapters.md"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'[["a"]]', b"\xff"], ids=["empty", "broken", "few", "short", "bytes"]
)
def test_damaged_cache_is_made_again(notes, started, tmp_path, data):
    first = start(notes, started, tmp_path / "cache")
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(data)
    again = start(notes, started, tmp_path / "cache")
    assert again.segmented >= 2  # that the note without text has no terms is even right
    assert answers(again) == answers(first)
    assert start(notes, started, tmp_path / "cache").segmented == 0


def test_file_in_place_of_the_cache_is_done_without_and_told_once(notes, started, tmp_path, caplog):
    place = tmp_path / "cache"
    place.write_text("in the way")
    with caplog.at_level(logging.WARNING):
        loaded = start(notes, started, place)
    assert answers(loaded) == answers(start(notes, started, None))
    assert [record.name for record in caplog.records] == ["knowledge.cache"]
    assert str(place) in caplog.text
    assert place.read_text() == "in the way"


def test_full_disk_is_done_without_and_told_once(notes, started, tmp_path, caplog, monkeypatch):
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("knowledge.cache.write_atomically", full)
    with caplog.at_level(logging.WARNING):
        loaded = start(notes, started, tmp_path / "cache")
    assert loaded.segmented == len(FILES)
    assert caplog.text.count("No space left on device") == len(caplog.records) == 1
    assert answers(loaded) == answers(start(notes, started, None))


def test_cache_holds_no_names_of_notes(notes, started, tmp_path):
    start(notes, started, tmp_path / "cache")
    names = [path.name for path in (tmp_path / "cache").iterdir()]
    assert len(names) == len(FILES)
    assert not any("lora" in name or "tree" in name for name in names)


ASK = """
import json, sys
from pathlib import Path
from knowledge.library import load
from knowledge.sources import Folder
loaded = load(Folder(Path(sys.argv[1])), cache=Path(sys.argv[2]))
for query in sys.argv[3:]:
    hits = loaded.index.search(query).hits
    print(json.dumps([(hit.section.id, hit.score) for hit in hits]))
"""


def test_two_processes_on_one_cache_get_the_same(notes, started, tmp_path):
    command = [sys.executable, "-c", ASK, str(notes.root), str(tmp_path / "cache"), *QUERIES]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]  # noqa: S603 - ours
    told = [process.communicate(timeout=120)[0].splitlines() for process in both]
    mine = start(notes, started, tmp_path / "cache")
    expected = [[[hit.section.id, hit.score] for hit in results.hits] for results in answers(mine)]
    assert [[json.loads(line) for line in lines] for lines in told] == [expected, expected]
    assert mine.segmented == 0
    assert {path.suffix for path in (tmp_path / "cache").iterdir()} == {".json"}


# The state before


def test_state_before_is_taken_over_without_a_cache(notes, started):
    first = load(notes, previous=started)
    second = load(notes, previous=first)
    assert second.segmented == 0
    assert second.reading == first.reading
    assert answers(second) == answers(first)


def test_of_the_state_before_only_a_changed_note_is_segmented_again(notes, started):
    first = load(notes, previous=started)
    write(notes.root, {"lora.md": "# 量化\n\n四比特。\n"})
    second = load(notes, previous=first)
    assert second.segmented == 1
    assert second.index.search("量化").found


def test_state_before_is_left_as_it_was(notes, started):
    first = load(notes, previous=started)
    before = answers(first)
    write(notes.root, {"lora.md": "# 量化\n\n四比特。\n", "more.md": "# 秩\n\n秩\n"})
    load(notes, previous=first)
    assert answers(first) == before


def test_note_that_went_leaves_nothing_behind(notes, started):
    first = load(notes, previous=started)
    (notes.root / "lora.md").unlink()
    second = load(notes, previous=first)
    assert {file for file, _ in second.terms} == {"tree.md", "empty.md"}


def test_vocabulary_is_reused_while_the_glossary_is_the_same(notes, started):
    first = load(notes, previous=started)
    write(notes.root, {"lora.md": "# x\n"})
    assert load(notes, previous=first).vocabulary is first.vocabulary is started.vocabulary


# Progress and times


def told(notes: Folder, started: Loaded) -> list[tuple[Stage, int, int]]:
    calls: list[tuple[Stage, int, int]] = []
    load(notes, previous=started, on_progress=lambda *call: calls.append(call))
    return calls


def test_stages_are_told_in_their_order(notes, started):
    stages = list(dict.fromkeys(stage for stage, _, _ in told(notes, started)))
    assert stages == [Stage.READING, Stage.SEGMENTING, Stage.INDEXING]


@pytest.mark.parametrize(("stage", "total"), [(Stage.READING, 3), (Stage.SEGMENTING, 3), (Stage.INDEXING, 1)])
def test_each_stage_is_told_from_its_begin_to_its_end(notes, started, stage, total):
    calls = [(done, of) for told_of, done, of in told(notes, started) if told_of is stage]
    assert {of for _, of in calls} == {total}
    assert all(before < after for (before, _), (after, _) in pairwise(calls))
    assert calls[-1] == (total, total)
    assert calls[0][0] <= 1


def test_stages_do_not_mix(notes, started):
    changes = sum(one[0] is not other[0] for one, other in pairwise(told(notes, started)))
    assert changes == len(Stage) - 1


def test_notes_that_are_not_segmented_count_as_done(notes, started):
    first = load(notes, previous=started)
    assert told(notes, first) == told(notes, started)


def test_folder_without_notes_is_told_to_its_end(tmp_path, started):
    assert told(Folder(tmp_path), started)[-1] == (Stage.INDEXING, 1, 1)


def test_what_the_caller_of_progress_raises_ends_the_load(notes, started):
    def stop(stage: Stage, done: int, total: int) -> None:
        raise InterruptedError(stage)

    with pytest.raises(InterruptedError):
        load(notes, previous=started, on_progress=stop)


def ticking() -> Callable[[], float]:
    """A clock that shows 1, 2, 4, 8, ... seconds."""
    seconds: Iterator[int] = (2**number for number in count())
    return lambda: float(next(seconds))


def test_times_are_those_between_the_looks_at_the_clock(notes, started):
    timings = load(notes, previous=started, clock=ticking()).timings
    assert (timings.reading, timings.segmenting, timings.indexing) == (1, 4, 8)
