"""Which files of a folder are notes and pictures."""

import os
import unicodedata
from pathlib import Path

import pytest

from knowledge import files
from knowledge.errors import NotesError
from knowledge.files import Folder, Found, find


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "notes"
    path.mkdir()
    return path


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Text\n", "utf-8")


def notes(root: Path, **globs: tuple[str, ...]) -> list[str]:
    return [name for name, _ in find(Folder(root, **globs)).files]


def pictures(root: Path, **globs: tuple[str, ...]) -> list[str]:
    return [name for name, _ in find(Folder(root, **globs)).pictures]


def messages(found: Found) -> list[tuple[str, str]]:
    return [(problem.file, problem.message) for problem in found.problems]


def test_notes_are_found_by_suffix_in_any_case_and_sorted(root):
    write(root, "b.MD", "a/c.markdown", "a/b.txt", "z.md", "x.py", "y.pdf", "n.ipynb", "r.rst", "md")
    assert notes(root) == ["a/b.txt", "a/c.markdown", "b.MD", "n.ipynb", "r.rst", "y.pdf", "z.md"]


def test_pictures_are_found_beside_the_notes(root):
    write(root, "images/a.PNG", "b.jpeg", "c.svg", "d.md")
    assert pictures(root) == ["b.jpeg", "c.svg", "images/a.PNG"]


def test_path_leads_to_the_file(root):
    write(root, "a/b.md")
    ((name, path),) = find(Folder(root)).files
    assert (name, path.read_text()) == ("a/b.md", "# Text\n")


def test_folder_named_like_a_note_is_entered(root):
    write(root, "x.md/y.md")
    assert notes(root) == ["x.md/y.md"]


@pytest.mark.parametrize(
    "name",
    [
        ".a.md",
        ".obsidian/a.md",
        "node_modules/p/README.md",
        "lib/site-packages/p.txt",
        "__pycache__/a.txt",
        "LICENSE.md",
        "LICENSE-MIT.txt",
        "sub/licence.txt",
        "COPYING.txt",
        "NOTICE.md",
        "UNLICENSE.txt",
        "许可证.md",
        "LICENSES/MIT.txt",
    ],
)
def test_what_is_no_note_is_left_out(root, name):
    write(root, name)
    assert notes(root) == []


@pytest.mark.parametrize("name", ["noticeboard.md", "copyings.md", "licensed_models.md"])
def test_note_that_only_begins_like_a_licence_is_read(root, name):
    write(root, name)
    assert notes(root) == [name]


def test_virtual_environment_is_left_out_whatever_its_name(root):
    write(root, "mine/pyvenv.cfg", "mine/a.md", "mine/deep/b.md", "c.md")
    assert notes(root) == ["c.md"]


def test_root_may_lie_in_hidden_and_pruned_folders(tmp_path):
    root = tmp_path / ".x" / "site-packages" / "sample"
    write(root, "a.md")
    assert notes(root) == ["a.md"]


def test_gitignore_counts_without_a_repository(root):
    write(root, "a.md", "build/b.md", "sub/build/c.md", "draft-1.md")
    (root / ".gitignore").write_text("# comment\nbuild/\ndraft-*.md\n")
    assert notes(root) == ["a.md"]


def test_nested_gitignore_has_the_last_word_below_it(root):
    write(root, "a.md", "sub/a.md", "sub/b.md", "sub/deep/b.md", "b.md")
    (root / ".gitignore").write_text("a.md\n")
    (root / "sub" / ".gitignore").write_text("!a.md\n/b.md\n")
    assert notes(root) == ["b.md", "sub/a.md", "sub/deep/b.md"]


def test_negation_cannot_reach_into_an_ignored_folder(root):
    write(root, "out/keep.md", "tmp/keep.md", "tmp/x.md")
    (root / ".gitignore").write_text("out/\n!out/keep.md\ntmp/*\n!tmp/keep.md\n")
    assert notes(root) == ["tmp/keep.md"]


def test_exclude_file_of_git_counts_and_gitignore_before_it(root):
    write(root, "a.md", "b.md")
    (root / ".git" / "info").mkdir(parents=True)
    (root / ".git" / "info" / "exclude").write_text("*.md\n")
    (root / ".gitignore").write_text("!b.md\n")
    assert notes(root) == ["b.md"]


def test_gitignore_above_the_root_does_not_count(root):
    write(root, "a.md")
    (root.parent / ".gitignore").write_text("notes/\n")
    assert notes(root) == ["a.md"]


def test_broken_lines_of_a_gitignore_are_skipped(root):
    write(root, "a.md", "b.md")
    (root / ".gitignore").write_bytes(b"\xef\xbb\xbfa.md\n[z-a]\n!\n\xff\xfe\ntrailing\\\n")
    assert notes(root) == ["b.md"]


@pytest.mark.parametrize("line", ["*a" * 40 + "*b", "*[(]" * 9 + "b", "*?" * 20 + "b", "**/a/" * 9 + "b"])
def test_hostile_gitignore_does_not_hold_up_the_walk(root, line):
    write(root, "a" * 200 + ".md", "(" * 200 + ".md", "a/" * 30 + "x.md")
    (root / ".gitignore").write_text(line + "\n")
    assert len(notes(root)) == 3


@pytest.mark.parametrize(
    ("line", "name", "ignored"),
    [
        ("*foo*bar*.md", "xfooybarz.md", True),
        ("*foo*bar*.md", "barfoo.md", False),
        ("a*b*a*b.md", "abab.md", True),
        ("a*b*a*b.md", "aab.md", False),
        ("*.m[de]", "a.md", True),
        ("?*?*?.md", "abc.md", True),
        ("?*?*?.md", "ab.md", False),
    ],
)
def test_many_stars_mean_what_git_means(root, line, name, ignored):
    write(root, name)
    (root / ".gitignore").write_text(line + "\n")
    assert (notes(root) == []) is ignored


def test_include_and_exclude_are_globs_on_names_below_the_root(root):
    write(root, "a.md", "b.txt", "sub/c.md", "sub/drafts/d.md", "drafts/e.md")
    assert notes(root, include=("*.md",), exclude=("drafts/",)) == ["a.md", "sub/c.md"]
    assert notes(root, include=("sub/**",)) == ["sub/c.md", "sub/drafts/d.md"]


def test_excluded_folder_may_keep_a_file(root):
    write(root, "drafts/a.md", "drafts/b.md", "c.md")
    assert notes(root, exclude=("drafts/*", "!drafts/b.md")) == ["c.md", "drafts/b.md"]


def test_exclude_holds_for_pictures_and_include_does_not(root):
    write(root, "a.md", "images/a.png", "private/b.png")
    assert pictures(root, include=("*.md",), exclude=("private/",)) == ["images/a.png"]


def test_glob_that_cannot_be_read_is_told(root):
    with pytest.raises(NotesError, match=r"\[z-a\]"):
        find(Folder(root, include=("[z-a]",)))


def test_decomposed_names_are_told_composed(root):
    composed = "Übersicht/可视化é.md"
    write(root, unicodedata.normalize("NFD", composed))
    ((name, path),) = find(Folder(root)).files
    assert name == composed
    assert path.is_file()


def test_two_spellings_of_one_name_are_a_problem(root):
    for form in ("NFC", "NFD"):
        write(root, unicodedata.normalize(form, "é.md"))
    found = find(Folder(root))
    assert [name for name, _ in found.files] == ["é.md"]
    assert messages(found) == [("é.md", "Another file has the same name, only encoded differently. Rename it.")]


@pytest.mark.parametrize("name", [b"\xb1\xca\xbc\xc7.md", b"a\nb.md"])
def test_name_that_cannot_be_shown_is_a_problem(root, name):
    (Path(os.fsdecode(os.fsencode(root) + b"/" + name))).write_text("x")
    write(root, "b.md")
    found = find(Folder(root))
    assert [name for name, _ in found.files] == ["b.md"]
    assert [problem.message for problem in found.problems] == [
        "The name holds characters that cannot be shown. Rename it."
    ]
    assert "\ufffd" in found.problems[0].file


def test_linked_file_inside_is_found_once_by_its_own_name(root):
    write(root, "z/real.md")
    (root / "a.md").symlink_to(root / "z" / "real.md")
    assert notes(root) == ["z/real.md"]


def test_link_to_the_root_or_in_a_circle_ends(root):
    write(root, "a/b.md")
    (root / "a" / "up").symlink_to(root)
    (root / "a" / "here").symlink_to(".")
    (root / "x").symlink_to("y")
    (root / "y").symlink_to("x")
    assert notes(root) == ["a/b.md"]


def test_circle_of_links_named_as_a_note_is_a_problem(root):
    (root / "x.md").symlink_to("x.md")
    (root / "gone.md").symlink_to("nowhere")
    assert messages(find(Folder(root))) == [
        ("gone.md", "This link leads nowhere."),
        ("x.md", "This link leads nowhere."),
    ]


def test_link_out_of_the_root_is_a_problem_and_not_followed(root, tmp_path):
    write(tmp_path, "secret/a.md", "b.md", "c.png")
    for name, target in (("dir", "secret"), ("b.md", "b.md"), ("c.png", "c.png")):
        (root / name).symlink_to(tmp_path / target)
    found = find(Folder(root))
    assert (found.files, found.pictures) == ((), ())
    message = "This link leads out of the notes folder. It is not followed."
    assert messages(found) == [("b.md", message), ("c.png", message), ("dir", message)]


@pytest.mark.parametrize("hidden", [".env", ".git/config", "ignored.txt", "env/x.txt", "node_modules/x.txt"])
def test_link_does_not_uncover_what_is_hidden(root, hidden):
    write(root, hidden, "env/pyvenv.cfg")
    (root / ".gitignore").write_text("ignored.txt\n")
    (root / "token.txt").symlink_to(root / hidden)
    assert notes(root) == []


def test_root_may_be_a_link(root, tmp_path):
    write(root, "a.md")
    (tmp_path / "link").symlink_to(root)
    assert notes(tmp_path / "link") == ["a.md"]


def test_too_many_notes_are_cut_and_told(root, monkeypatch):
    monkeypatch.setattr(files, "MAX_NOTES", 2)
    write(root, "a.md", "b.md", "c.md")
    found = find(Folder(root))
    assert [name for name, _ in found.files] == ["a.md", "b.md"]
    assert str(found.problems[0]) == "There are more than 2 notes. The rest is left out."


def test_walk_ends_after_so_many_entries(root, monkeypatch):
    monkeypatch.setattr(files, "MAX_ENTRIES", 3)
    write(root, "a.md", "b.md", "c.md", "d.md")
    found = find(Folder(root))
    assert len(found.files) == 3
    assert str(found.problems[0]) == "There are more than 3 files and folders. The rest is left out."


def test_very_deep_folders_are_left_out(root):
    write(root, "a.md", "d/" * (files.MAX_DEPTH + 1) + "b.md")
    found = find(Folder(root))
    assert [name for name, _ in found.files] == ["a.md"]
    assert [problem.message for problem in found.problems] == ["Folders are nested too deeply here. They are left out."]


def test_pipe_named_as_a_note_is_not_opened(root):
    os.mkfifo(root / "a.md")
    assert find(Folder(root)) == Found((), ())


def test_real_notes_are_found(llm_note):
    found = find(Folder(llm_note))
    assert len(found.files) == 20
    assert [name for name, _ in found.pictures] == ["images/GLU.jpg", "images/SwiGLU.jpg"]
    assert found.problems == ()
