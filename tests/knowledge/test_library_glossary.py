"""The group's own glossary in the notes: its names are found, its faults are told, nothing outside is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.glossary import GROUP_FILE
from knowledge.library import Loaded, load
from tests.knowledge.loading import huge, start, write

OWN = "- {zh: [梯子网络], en: [ladder network]}\n"
OTHER = "- {zh: [网络甲乙], en: [ladder network]}\n"
LADDER = {"ladder.md": "# 梯子网络\n\n去噪的半监督网络。\n", "net.md": "# 网络\n\n一般的网络。\n", GROUP_FILE: OWN}


@pytest.fixture(scope="module")
def ladder(tmp_path_factory) -> Loaded:
    """Notes with a glossary of the group's own."""
    return load(write(tmp_path_factory.mktemp("ladder"), LADDER))


def test_own_synonym_finds_the_section(ladder, tmp_path, started):
    hits = ladder.index.search("ladder network").hits
    assert hits[0].section.file == "ladder.md"
    without = load(
        write(tmp_path, {file: text for file, text in LADDER.items() if file != GROUP_FILE}), previous=started
    )
    assert not without.index.search("ladder network").found


def test_own_names_are_words(ladder):
    assert "梯子网络" in ladder.vocabulary.analyzer.segmenter.words("这里用梯子网络去噪")
    assert ladder.problems == ()


def test_own_names_come_before_those_that_are_shipped(ladder):
    assert ladder.index.glossary.terms[0].zh == ("梯子网络",)


def test_glossary_is_no_note(ladder):
    assert sorted(note.file for note in ladder.index.notes) == ["ladder.md", "net.md"]


def test_changed_glossary_segments_again(ladder, tmp_path):
    notes = write(tmp_path, LADDER)
    first = load(notes, previous=ladder)
    write(tmp_path, {GROUP_FILE: OTHER})
    second = load(notes, previous=first)
    assert (first.segmented, second.segmented) == (0, 2)
    assert second.vocabulary.digest != first.vocabulary.digest
    assert "梯子网络" not in second.vocabulary.analyzer.segmenter.words("梯子网络")


def test_glossary_that_went_is_forgotten(ladder, tmp_path):
    notes = write(tmp_path, {file: text for file, text in LADDER.items() if file != GROUP_FILE})
    assert not load(notes, previous=ladder).index.search("ladder network").found


def test_cache_of_another_glossary_is_not_used(ladder, started, tmp_path):
    notes = write(tmp_path / "notes", {file: text for file, text in LADDER.items() if file != GROUP_FILE})
    assert start(notes, started, tmp_path / "cache").segmented == 2
    write(notes.root, {GROUP_FILE: OWN})
    assert load(notes, cache=tmp_path / "cache", previous=replace(ladder, terms={})).segmented == 2


BROKEN = "- {zh: [梯子网络], en: [ladder network]}\n- {zh: [一个名字]}\n- {fr: [réseau]}\n"


def test_wrong_entries_are_problems_with_their_lines(ladder, tmp_path):
    loaded = load(write(tmp_path, LADDER | {GROUP_FILE: BROKEN}), previous=ladder)
    assert [(problem.file, problem.line) for problem in loaded.problems] == [(GROUP_FILE, 2), (GROUP_FILE, 3)]
    assert loaded.index.search("ladder network").found


@pytest.mark.parametrize(
    "data", [b"- {zh: [", b"\xff\xfe\x00", b"just text", b"#" * 1_000_001], ids=["yaml", "bytes", "text", "big"]
)
def test_unusable_glossary_is_one_problem_and_the_notes_are_searched(notes, started, data):
    (notes.root / GROUP_FILE).write_bytes(data)
    loaded = load(notes, previous=started)
    assert [problem.file for problem in loaded.problems] == [GROUP_FILE]
    assert loaded.index.search("lora").found


def test_problems_of_the_notes_stand_before_those_of_the_glossary(notes, started):
    (notes.root / GROUP_FILE).write_text("just text")
    huge(notes.root / "zzz.md")
    assert [problem.file for problem in load(notes, previous=started).problems] == ["zzz.md", GROUP_FILE]


def test_glossary_outside_the_root_is_not_read(notes, started, tmp_path):
    (tmp_path / "outside.yaml").write_text(OWN, "utf-8")
    (notes.root / GROUP_FILE).symlink_to(tmp_path / "outside.yaml")
    loaded = load(notes, previous=started)
    assert loaded.vocabulary.group == ()
    assert loaded.problems == ()


def test_glossary_may_be_a_link_inside_the_root(ladder, tmp_path):
    notes = write(tmp_path, {file: text for file, text in LADDER.items() if file != GROUP_FILE} | {"own.yaml": OWN})
    (tmp_path / GROUP_FILE).symlink_to("own.yaml")
    assert load(notes, previous=ladder).vocabulary is ladder.vocabulary


@pytest.mark.parametrize(
    "make", [os.mkdir, lambda path: os.symlink(path, path), os.mkfifo], ids=["folder", "loop", "pipe"]
)
def test_what_is_no_file_is_no_glossary(notes, started, make: Callable[[Path], None]):
    make(notes.root / GROUP_FILE)
    loaded = load(notes, previous=started)
    assert (loaded.vocabulary.group, loaded.problems) == ((), ())


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_forbidden_glossary_is_a_problem(notes, started):
    (notes.root / GROUP_FILE).write_text(OWN, "utf-8")
    (notes.root / GROUP_FILE).chmod(0)
    [problem] = load(notes, previous=started).problems
    assert problem.file == GROUP_FILE
    assert "cannot be read" in str(problem)
