"""Several collections in one index: each keeps its own links, pictures and questions, under its own name."""

import pytest

from knowledge.library import build
from knowledge.parts import read_part
from knowledge.places import Place, Places
from knowledge.questions.bank import section_of
from knowledge.sources import Folder

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
NOTE = "# Gates\n\n[中文](/zh/gates.md) | ![gate](/pics/gate.png)\n\n## SwiGLU\n\nA gate. See [other](other.md).\n"
CHINESE = "# 门控\n\n[English](../en/gates.md)\n\n## SwiGLU\n\n一种门控单元。\n"
QUESTIONS = (
    "language: en\nquestions:\n  - {id: a, kind: truth, question: So?, answer: true, source: en/gates.md#SwiGLU}\n"
)


def write(root, **more: str):
    files = {"en/gates.md": NOTE, "en/other.md": "# Other\n\nMore.\n", "zh/gates.md": CHINESE, **more}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "pics").mkdir()
    (root / "pics" / "gate.png").write_bytes(PNG)
    return root


@pytest.fixture
def parts(tmp_path):
    """Return two collections of equal files; the second has questions, too."""
    roots = write(tmp_path / "a"), write(tmp_path / "b", **{"questions.yaml": QUESTIONS})
    return [read_part(Folder(root), place=Place(root, f"{root.name}/", f"https://host/{root.name}")) for root in roots]


@pytest.fixture
def loaded(parts, sample):
    return build(parts, previous=sample)


def test_equal_files_of_two_collections_are_told_apart(loaded):
    files = [note.file for note in loaded.index.notes]
    assert files == [f"{name}/{file}" for name in "ab" for file in ("en/gates.md", "en/other.md", "zh/gates.md")]
    ids = [section.id for section in loaded.index.sections]
    assert len(set(ids)) == len(ids)


def test_links_twins_and_pictures_stay_within_their_collection(loaded):
    for name in "ab":
        note = loaded.index.note(f"{name}/en/gates.md")
        assert note.twin == f"{name}/zh/gates.md"
        assert f"{name}/en/other.md" in note.links
        assert next(one.path for section in note.sections for one in section.pictures) == f"{name}/pics/gate.png"


def test_twins_of_sections_stay_within_their_collection(loaded):
    for section in loaded.index.sections:
        twin = loaded.index.twin(section)
        assert twin is None or twin.file[0] == section.file[0]


def test_question_file_names_its_sources_as_they_are_named_in_it(loaded):
    question = next(one for one in loaded.bank.all if one.prompt == "So?")
    assert section_of(question, loaded.index).file == "b/en/gates.md"
    assert loaded.problems == ()


def test_problems_name_the_collection(tmp_path):
    root = tmp_path / "a"
    root.mkdir()
    assert [one.file for one in read_part(Folder(root), place=Place(root, "a/")).problems] == ["a/"]
    (root / "bad.md").write_bytes(bytes(range(128, 256)) * 9)
    (root / "glossary.yaml").write_text("- {zh: [x]}\n")
    found = read_part(Folder(root), place=Place(root, "a/")).problems
    assert {one.file for one in found} == {"a/bad.md", "a/glossary.yaml"}


def test_single_collection_is_named_as_ever(tmp_path, sample):
    loaded = build([read_part(Folder(write(tmp_path / "a")))], previous=sample)
    assert [note.file for note in loaded.index.notes] == ["en/gates.md", "en/other.md", "zh/gates.md"]


def test_what_is_the_same_is_not_read_again(parts, tmp_path):
    root = tmp_path / "a"
    again = read_part(Folder(root), place=Place(root, "a/"), previous=parts[0])
    before, after = (part.own.kept["en/gates.md"] for part in (parts[0], again))
    assert before is after


def test_index_of_no_collection_answers_nothing(sample):
    empty = build([], previous=sample)
    assert not empty.index.search("gates").found
    assert (empty.problems, empty.bank.all) == ((), ())


def test_files_are_found_in_their_collection_alone(loaded, tmp_path):
    places = loaded.places
    assert places.path("b/pics/gate.png") == (tmp_path / "b" / "pics" / "gate.png").resolve()
    assert places.prefix("b/pics/gate.png") == "b/"
    for name in ("pics/gate.png", "c/x.md", "b/none.md", "b/../a/en/gates.md", "b//etc/passwd", "b/\0"):
        assert places.path(name) is None


def test_link_out_of_a_collection_is_no_place(tmp_path):
    root = write(tmp_path / "a")
    (root / "out.md").symlink_to("/etc/passwd")
    assert Places((Place(root, "a/"),)).path("a/out.md") is None
