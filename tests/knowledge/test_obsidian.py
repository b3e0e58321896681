"""Vaults of Obsidian: links and embeds by name, comments, and folders that are the program's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import BlockKind, Note
from knowledge.sources import Folder, Reading, read

PNG = b"\x89PNG\r\n\x1a\n"


def vault(root: Path, **files: str) -> Reading:
    for name, text in {"Target": "# Target\n\n## Part\n\ntext\n", **files}.items():
        path = root / (name.replace("__", "/") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return read(Folder(root))


def note(reading: Reading, file: str) -> Note:
    return next(one for one in reading.notes if one.file == file)


def text(reading: Reading, file: str) -> str:
    return "\n".join(section.text for section in note(reading, file).sections)


@pytest.mark.parametrize(
    "link", ["[[Target]]", "[[Target|shown]]", "[[Target#Part]]", "[[target]]", "![[Target#Part]]"]
)
def test_note_is_linked_by_its_name_from_any_folder(tmp_path, link):
    reading = vault(tmp_path, deep__er__a=f"# A\n\nSee {link}.\n")
    assert note(reading, "deep/er/a.md").links == ("Target.md",)


def test_note_is_linked_by_its_path_from_the_root(tmp_path):
    reading = vault(tmp_path, x__Same="# X\n", y__Same="# Y\n", deep__a="# A\n\n[[y/Same]]\n")
    assert note(reading, "deep/a.md").links == ("y/Same.md",)


def test_name_of_several_notes_links_to_none(tmp_path):
    reading = vault(tmp_path, x__Same="# X\n", y__Same="# Y\n", deep__a="# A\n\n[[Same]]\n")
    assert note(reading, "deep/a.md").links == ()


def test_link_with_a_suffix_means_the_very_place(tmp_path):
    reading = vault(tmp_path, deep__a="# A\n\n[target](Target.md)\n")
    assert note(reading, "deep/a.md").links == ()


def test_embedded_note_is_a_link_to_it(tmp_path):
    reading = vault(tmp_path, a="# A\n\n![[Target#Part]]\n\nafter\n")
    assert reading.problems == ()
    assert [(block.kind, block.text) for block in note(reading, "a.md").sections[0].blocks] == [
        (BlockKind.TEXT, "[[Target#Part]]"),
        (BlockKind.TEXT, "after"),
    ]


def test_embedded_file_that_is_not_there_is_a_problem(tmp_path):
    (problem,) = vault(tmp_path, a="# A\n\n![[Nothing]]\n").problems
    assert problem.where == "a.md:3"


@pytest.mark.parametrize(
    ("embed", "alt"), [("x.png", ""), ("x.png|300", ""), ("x.png|300x200", ""), ("x.png|a gate|300", "a gate")]
)
def test_picture_is_found_anywhere_and_its_width_is_no_text(tmp_path, embed, alt):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "x.png").write_bytes(PNG)
    (picture,) = note(vault(tmp_path, deep__a=f"# A\n\n![[{embed}]]\n"), "deep/a.md").sections[0].pictures
    assert (picture.path, picture.alt) == ("files/x.png", alt)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("before %%secret%% after", "before  after"),
        ("one\n\n%%\nsecret\n\n# secret\n%%\n\ntwo", "one\n\ntwo"),
        ("100%% sure, 50%% not", "100%% sure, 50%% not"),
        ("`%%time` and `%%sql`", "`%%time` and `%%sql`"),
        ("%% never closed", "%% never closed"),
        ("one %%over\ntwo lines%% more", "one \n more"),
        ("> %%\n> secret\n>\n> more\n> %%", "> "),
        ("use %%time and %%bash here", "use %%time and %%bash here"),
        ("one %%a\n\ntwo b%% three", "one %%a\n\ntwo b%% three"),
        ("- one %%a\n- two b%% three", "- one %%a\n- two b%% three"),
        ("%%\n\nnever closed", "%%\n\nnever closed"),
    ],
)
def test_comments_are_left_out(tmp_path, written, shown):
    assert text(vault(tmp_path, a=f"# A\n\n{written}\n"), "a.md") == shown


def test_marks_named_in_passing_hide_no_section(tmp_path):
    written = "# A\n\nPut %%time first.\n\n## Important\n\nKeep me.\n\n- a list\n\n## Next\n\nAnd %%bash second.\n"
    one = note(vault(tmp_path, a=written), "a.md")
    assert [section.title for section in one.sections] == ["A", "Important", "Next"]


def test_magic_of_a_notebook_in_code_is_no_comment(tmp_path):
    code = "```python\n%%time\nx = 1\n```\n\ntext\n\n```python\n%%time\ny = 2\n```"
    assert text(vault(tmp_path, a=f"# A\n\n{code}\n"), "a.md") == code


@pytest.mark.parametrize("folder", [".obsidian", ".trash"])
def test_folders_of_the_program_are_left_alone(tmp_path, folder):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "old.md").write_text("# Old\n")
    assert [one.file for one in vault(tmp_path).notes] == ["Target.md"]


def test_front_matter_gives_other_names_and_tags(tmp_path):
    one = note(vault(tmp_path, a="---\naliases: [Gate, 门控]\ntags:\n  - nets\n---\n# A\n"), "a.md")
    assert (one.aliases, one.tags) == (("Gate", "门控"), ("nets",))
