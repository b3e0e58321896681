from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.sample.images.draw import PICTURES, draw

SAMPLE = Path(__file__).parents[2] / "knowledge" / "sample"
NOTES = sorted(SAMPLE.rglob("*.md"))
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
NAVIGATION = re.compile(r"^\[(?:中文|中文版|English|English version)\]\(.*$", re.MULTILINE)


def targets(text: str, note: Path, *, pictures: bool) -> set[Path]:
    return {(note.parent / path).resolve() for mark, path in LINK.findall(text) if bool(mark) is pictures}


def twins(note: Path) -> set[Path]:
    found = NAVIGATION.search(note.read_text(encoding="utf-8"))
    return targets(found[0], note, pictures=False) - {note.resolve()} if found else set()


def test_sample_is_as_large_as_a_real_repository() -> None:
    assert len(NOTES) >= 24


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.name)
def test_links_and_pictures_of_a_note_lead_to_files(note: Path) -> None:
    text = note.read_text(encoding="utf-8")
    linked = targets(text, note, pictures=True) | targets(text, note, pictures=False)
    assert [path for path in linked if not path.is_file()] == []


def test_twins_link_each_other() -> None:
    paired = [note for note in NOTES if twins(note)]
    assert len(paired) >= 24
    assert [note.name for note in paired if any(note.resolve() not in twins(twin) for twin in twins(note))] == []


def test_suffix_twins_come_in_pairs() -> None:
    names = {note.relative_to(SAMPLE).as_posix() for note in NOTES}
    chinese = {name for name in names if name.endswith("_cn.md")}
    assert chinese
    assert {name.replace("_cn.md", "_en.md") for name in chinese} == {n for n in names if n.endswith("_en.md")}


def test_some_notes_exist_in_one_language_only() -> None:
    alone = {note.name for note in NOTES if not twins(note)}
    assert alone == {"分布式训练.md", "梯度消失与梯度爆炸.md", "quantization_basics.md"}


def test_every_picture_is_drawn_by_the_script_and_shown_by_a_note() -> None:
    shown = {path for note in NOTES for path in targets(note.read_text(encoding="utf-8"), note, pictures=True)}
    stored = {path.name for path in (SAMPLE / "images").iterdir() if path.suffix == ".png"}
    assert stored == set(PICTURES) == {path.name for path in shown}


def test_drawn_pictures_are_small_png_files(tmp_path: Path) -> None:
    drawn = [path.read_bytes() for path in draw(tmp_path)]
    assert [data for data in drawn if not data.startswith(b"\x89PNG") or len(data) > 60_000] == []
