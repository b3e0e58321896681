"""A folder of notes is read whole, and what is wrong with it is told without an end to the rest."""

import hashlib
from pathlib import Path

import pytest

from knowledge import sources
from knowledge.errors import NotesError
from knowledge.model import Block, BlockKind, Note
from knowledge.sources import Folder, Reading, read

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "notes"
    path.mkdir()
    return path


def write(root: Path, name: str, text: str | bytes = "# Title\n\nText.\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def files(reading: Reading) -> list[str]:
    return [note.file for note in reading.notes]


def messages(reading: Reading) -> list[str]:
    return [str(problem) for problem in reading.problems]


def note(root: Path, file: str) -> Note:
    return next(note for note in read(Folder(root)).notes if note.file == file)


def blocks(note: Note) -> list[Block]:
    return [block for section in note.sections for block in section.blocks]


def test_folder_of_notes_is_read(root):
    content = write(root, "b/c.md", "# Gini\n\nImpurity.\n").read_bytes()
    write(root, "a.txt", "plain words")
    reading = read(Folder(root))
    assert files(reading) == ["a.txt", "b/c.md"]
    assert (reading.files, reading.bytes, reading.problems) == (2, len(content) + 11, ())
    assert reading.notes[1].title == "Gini"
    assert reading.notes[1].digest == hashlib.sha256(content).hexdigest()


def test_include_and_exclude_hold(root):
    for name in ("a.md", "b.md", "c.txt"):
        write(root, name)
    assert files(read(Folder(root, include=("*.md",), exclude=("b.*",)))) == ["a.md"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "The notes folder {folder} does not exist. Correct its path, or create it."),
        ("nul\0", "The notes folder {folder} does not exist. Correct its path, or create it."),
        ("note.md", "{folder} is a file. Give the folder that holds the notes instead."),
        ("note.md/x", "{folder} is a file. Give the folder that holds the notes instead."),
        (
            "circle",
            "The notes folder {folder} cannot be read (Too many levels of symbolic links). Allow this user to read it.",
        ),
    ],
)
def test_what_is_no_folder_is_one_clear_sentence(root, name, message):
    write(root, "note.md")
    (root / "circle").symlink_to("circle")
    with pytest.raises(NotesError) as caught:
        read(Folder(root / name))
    assert str(caught.value) == message.format(folder=root / name)


def test_folder_that_may_not_be_read_is_one_clear_sentence(root, monkeypatch):
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources.os, "scandir", refuse)
    with pytest.raises(NotesError, match=r"cannot be read \(Permission denied\)\. Allow this user to read it\."):
        read(Folder(root))


def test_empty_folder_is_a_problem_and_no_error(root):
    reading = read(Folder(root))
    assert reading.notes == ()
    assert messages(reading) == ["There are no notes here. Put .md, .rst, .txt, .ipynb or .pdf files into the folder."]


def test_empty_file_is_a_note_without_sections(root):
    write(root, "a.md", "")
    reading = read(Folder(root))
    assert [(one.file, one.sections) for one in reading.notes] == [("a.md", ())]
    assert reading.problems == ()


def test_too_big_file_is_told_and_not_read(root):
    with write(root, "big.md").open("r+b") as file:
        file.truncate(50 * 1024**2)
    write(root, "a.md")
    reading = read(Folder(root))
    assert files(reading) == ["a.md"]
    assert messages(reading) == ["big.md: This file is 50 MB, over the limit of 5 MB. Split it into several notes."]
    assert reading.bytes < 100


def test_unreadable_files_are_told_and_the_rest_is_read(root):
    write(root, "binary.md", bytes(range(256)))
    write(root, "good.md")
    write(root, "gbk.md", "# 激活函数\n\n常见的有以下几种。\n".encode("gbk"))
    (root / "link.md").symlink_to("nowhere")
    reading = read(Folder(root))
    assert files(reading) == ["gbk.md", "good.md"]
    assert reading.notes[0].title == "激活函数"
    assert [problem.file for problem in reading.problems] == ["binary.md", "link.md"]


def test_file_that_vanishes_while_reading_is_told(root):
    write(root, "a.md")
    gone = write(root, "b.md")
    reading = read(Folder(root), on_progress=lambda done, total: gone.unlink(missing_ok=True))
    assert files(reading) == ["a.md"]
    assert messages(reading) == ["b.md: This file cannot be read: No such file or directory"]


def test_note_that_nests_too_deeply_for_its_loader_is_told(root, monkeypatch):
    def fall(text: str, file: str) -> sources.Draft:
        return fall(text, file)

    write(root, "deep.md")
    write(root, "good.txt")
    monkeypatch.setattr(sources, "LOADERS", {**sources.LOADERS, ".md": fall})
    reading = read(Folder(root))
    assert files(reading) == ["good.txt"]
    assert messages(reading) == ["deep.md: This note is nested too deeply. Make its lists or quotes flatter."]


def test_progress_is_told_after_each_file(root):
    for name in ("a.md", "b.md", "c.md"):
        write(root, name)
    told: list[tuple[int, int]] = []
    read(Folder(root), on_progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_unchanged_file_is_not_parsed_again(root):
    write(root, "a.md")
    write(root, "b.md")
    first = read(Folder(root))
    write(root, "b.md", "# Other\n\nText.\n")
    second = read(Folder(root), previous=first)
    assert second.kept["a.md"] is first.kept["a.md"]
    assert [one.title for one in second.notes] == ["Title", "Other"]


def test_removed_file_is_forgotten(root):
    gone = write(root, "a.md")
    write(root, "b.md")
    first = read(Folder(root))
    gone.unlink()
    second = read(Folder(root), previous=first)
    assert (files(second), list(second.kept)) == (["b.md"], ["b.md"])


def test_problem_of_an_unchanged_file_stays(root):
    write(root, "a.md", "# A\n\n![x](gone.png)\n")
    first = read(Folder(root))
    assert read(Folder(root), previous=first).problems == first.problems != ()


def test_draft_is_no_note_and_nobodys_twin(root):
    write(root, "X_cn.md", "---\ndraft: true\n---\n# 标题\n\n正文正文正文。\n")
    write(root, "X_en.md", "# Title\n\n[other](X_cn.md)\n")
    reading = read(Folder(root))
    assert [(one.file, one.twin, one.links) for one in reading.notes] == [("X_en.md", None, ())]
    assert reading.files == 2


def test_picture_is_bound_to_its_block(root):
    write(root, "images/a.png", PNG)
    write(root, "sub/n.md", "# A\n\nBefore.\n\n![the curve](../images/a.png)\n\nAfter.\n")
    (picture,) = (picture for section in note(root, "sub/n.md").sections for picture in section.pictures)
    assert (picture.path, picture.alt, picture.url) == ("images/a.png", "the curve", "")


def test_missing_picture_leaves_its_words_and_is_told_with_its_line(root):
    write(root, "n.md", "# A\n\nBefore.\n\n![the curve](gone.png)\n")
    reading = read(Folder(root))
    assert messages(reading) == ["n.md:5: The picture gone.png is missing."]
    found = [block for block in blocks(reading.notes[0]) if "gone.png" in block.text]
    assert [(block.kind, block.text) for block in found] == [(BlockKind.TEXT, "![the curve](gone.png)")]


def test_missing_picture_under_an_overview_is_told_once(root):
    write(root, "n.md", "# A\n\n## B\n\n![x](gone.png)\n\n## C\n\nText.\n")
    assert messages(read(Folder(root))) == ["n.md:5: The picture gone.png is missing."]


def test_picture_that_appears_is_bound_without_an_edit_of_the_note(root):
    write(root, "n.md", "# A\n\n![x](a.png)\n")
    first = read(Folder(root))
    write(root, "a.png", PNG)
    second = read(Folder(root), previous=first)
    assert [picture.path for section in second.notes[0].sections for picture in section.pictures] == ["a.png"]
    assert second.problems == ()


def test_remote_picture_keeps_its_address(root):
    write(root, "n.md", "# A\n\n![x](https://example.org/a.png)\n")
    (picture,) = (picture for section in note(root, "n.md").sections for picture in section.pictures)
    assert (picture.path, picture.url) == ("", "https://example.org/a.png")


def test_links_lead_to_notes_once_in_order_and_never_home(root):
    write(root, "b.md")
    write(root, "sub/c d.md")
    text = "# A\n\n[c](sub/c%20d.md#x) [b](b.md) [again](./b.md) [me](a.md) [gone](x.md) [web](https://e.org/b.md)\n"
    write(root, "a.md", text)
    assert note(root, "a.md").links == ("sub/c d.md", "b.md")


def test_navigation_makes_twins(root):
    bar = "[中文](./甲.md) | [English](./a%20b.md)\n\n"
    write(root, "甲.md", bar + "# 激活函数\n\n常见的激活函数。\n")
    write(root, "a b.md", bar + "# Activation\n\nCommon ones.\n")
    assert {one.file: one.twin for one in read(Folder(root)).notes} == {"甲.md": "a b.md", "a b.md": "甲.md"}


@pytest.mark.parametrize(
    "name",
    ["README.md", "readme_EN.md", "README.zh-CN.md", "index.md", "TOC.md", "sub/contents.md", "SUMMARY.md", "目录.md",
     "目录-2.md", "_sidebar.md"],
)  # fmt: skip
def test_contents_are_known_by_name(root, name):
    write(root, name)
    assert note(root, name).contents


@pytest.mark.parametrize("name", ["indexing.md", "summary_statistics.md", "readmes.md", "tocs.md"])
def test_note_that_only_begins_like_contents_is_a_note(root, name):
    write(root, name)
    assert not note(root, name).contents


@pytest.mark.parametrize(("linking", "other", "contents"), [(5, 3, True), (4, 0, False), (6, 7, False), (30, 10, True)])
def test_contents_are_known_by_their_links(root, linking, other, contents):
    lines = [f"- [note {number}](sub/note%20{number}.md#part)" for number in range(linking)]
    write(root, "a.md", "# A\n\n" + "\n".join([*lines, *["Text."] * other]) + "\n")
    assert note(root, "a.md").contents is contents


def test_links_to_the_web_make_no_contents(root):
    write(root, "a.md", "# A\n\n" + "- [x](https://example.org/a.md)\n" * 20)
    assert not note(root, "a.md").contents


def test_hostile_lines_are_looked_through_in_time(root):
    write(root, "a.md", ("](" * 20_000 + "\n" + "[[" * 20_000 + "\n") * 10)
    assert not note(root, "a.md").contents


def test_real_notes_have_their_pictures_and_twins(llm_note):
    reading = read(Folder(llm_note))
    twins = {one.file.rpartition("/")[2]: (one.twin or "").rpartition("/")[2] for one in reading.notes}
    expected = {
        "Bert_note_cn.md": "Bert_note_en.md",
        "Tokenlizer_cn.md": "Tokenlizer_en.md",
        "DecisionTreeCn.md": "DecisionTreeEn.md",
        "lora微调的参数怎么选择，lora和Qlora的区别.md": "LoRA&QLoRAHyperparameterConfigurationandPracticalGuide.md",
        "What's_user_prompt_and_system_prompt_cn.md": "What's_user_prompt_and_system_prompt.md",
        "Transformer中为什么使用LayerNorm而不是BatchNorm.md": "WhyLayerNormInTransformer.md",
        "README.md": "README_EN.md",
    }
    assert {file: twin for file, twin in twins.items() if twin} == expected | {b: a for a, b in expected.items()}
    (swiglu,) = (one for each in reading.notes for one in each.sections if one.title == "5. SwiGLU")
    assert [picture.path for picture in swiglu.pictures] == ["images/SwiGLU.jpg"]
    assert [one.file for one in reading.notes if one.contents] == ["README.md", "README_EN.md"]


def test_sample_notes_have_no_problem():
    reading = read(Folder(Path(sources.__file__).parent / "sample"))
    assert reading.problems == ()
    assert len(reading.notes) >= 24
