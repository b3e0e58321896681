"""Which picture a reference means, and what may not be shown."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import pictures
from knowledge.errors import NotesError
from knowledge.files import Folder, find
from knowledge.model import Picture
from knowledge.pictures import Pictures, reference

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "notes"
    path.mkdir()
    return path


def put(root: Path, *names: str, data: bytes = PNG) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def found(root: Path, target: str, *, note: str = "note.md", alt: str = "") -> str:
    return Pictures(root, find(Folder(root)).pictures).find(note, target, alt).path


def refusal(root: Path, target: str, *, note: str = "note.md", alt: str = "") -> str:
    with pytest.raises(NotesError) as caught:
        Pictures(root, find(Folder(root)).pictures).find(note, target, alt)
    assert caught.value.problem.file == note
    return str(replace(caught.value.problem, file=""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a](b.png)", ("b.png", "a")),
        ('![a](b.png "title (x)")', ("b.png", "a")),
        ("![a](b.png 'title')", ("b.png", "a")),
        ("![a](<my b.png>)", ("my b.png", "a")),
        ('![a](<my b.png> "t")', ("my b.png", "a")),
        ("![a](my b.png)", ("my b.png", "a")),
        ("![a](b(1).png)", ("b(1).png", "a")),
        ("![a [b] c](d.png)", ("d.png", "a [b] c")),
        (r"![a\]](d.png)", ("d.png", r"a\]")),
        ("![formula for GLU]()", ("", "formula for GLU")),
        ('![a]( "title")', ("", "a")),
        ("![](<>)", ("", "")),
        ("[![a](b.png)](https://example.org)", ("b.png", "a")),
        ("![[wiki.png|300]]", ("wiki.png", "")),
        ("![[wiki.png|300x200]]", ("wiki.png", "")),
        ("![[a/wiki.png|the curve]]", ("a/wiki.png", "the curve")),
        ('<img src="a b.png" alt="x &amp; y" width=3>', ("a b.png", "x & y")),
        ("<IMG alt='x' src=a.png>", ("a.png", "x")),
        ("<img alt=x>", ("", "x")),
        ("![a](unclosed", None),
        ("![a]", None),
        ("no picture", None),
    ],
)
def test_reference_is_read(text, expected):
    assert reference(text) == expected


def test_hostile_brackets_are_read_in_time():
    assert reference("![" * 50_000) is None
    assert reference("<img " + "alt " * 50_000) is None


def test_beside_the_note_comes_before_the_root(root):
    put(root, "a.png", "sub/a.png")
    assert found(root, "a.png", note="sub/note.md") == "sub/a.png"
    assert found(root, "a.png", note="other/note.md") == "a.png"


def test_path_from_the_root_counts_where_the_note_has_none(root):
    put(root, "images/a.png", "old/a.png")
    assert found(root, "images/a.png", note="sub/note.md") == "images/a.png"
    assert found(root, "/images/a.png", note="sub/note.md") == "images/a.png"


def test_unique_name_is_found_anywhere(root):
    put(root, "deep/er/a.png")
    assert found(root, "gone/a.png") == "deep/er/a.png"


def test_several_of_one_name_are_told(root):
    put(root, "x/a.png", "y/a.png")
    assert refusal(root, "gone/a.png") == (
        "gone/a.png can mean several pictures: x/a.png, y/a.png. Write the whole path."
    )


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("my pic.png", "my%20pic.png"),
        ("图 1.png", "%E5%9B%BE%201.png"),
        ("100%.png", "100%.png"),
        ("a%20b.png", "a%20b.png"),
        ("a.png", "a.png?raw=true"),
        ("a.png", "a.png#half"),
        ("C#.png", "C#.png"),
        ("sub/a.png", r"sub\a.png"),
        ("sub/_a.png", r"sub\_a.png"),
        ("a_b.png", r"a\_b.png"),
        ("a&b.png", "a&amp;b.png"),
        ("a.png", "./x/../a.png"),
        ("Images/GLU.PNG", "images/glu.png"),
        ("é.png", unicodedata.normalize("NFD", "é.png")),
        (unicodedata.normalize("NFD", "é.png"), "é.png"),
    ],
)
def test_target_is_understood_as_written(root, name, target):
    put(root, name)
    assert found(root, target) == unicodedata.normalize("NFC", name)


def test_case_counts_before_it_does_not(root):
    put(root, "x/A.png", "x/a.png")
    assert found(root, "x/a.png") == "x/a.png"
    assert found(root, "gone/A.png") == "x/A.png"


@pytest.mark.parametrize(
    ("alt", "name"),
    [
        ("formula for GLU", "images/GLU.png"),
        ("formula for SwiGLU", "images/SwiGLU.png"),
        ("the glu", "images/GLU.png"),
        ("GLU and SwiGLU", "images/SwiGLU.png"),
        ("SwiGLU的公式", "images/SwiGLU.png"),
        ("这是激活函数的图", "激活函数.png"),
    ],
)
def test_empty_target_means_the_picture_that_the_words_name(root, alt, name):
    put(root, "images/GLU.png", "images/SwiGLU.png", "激活函数.png", "a.png")
    assert found(root, "", alt=alt) == name


@pytest.mark.parametrize("alt", ["", "a GLUT", "a picture"])
def test_empty_target_without_a_name_is_told(root, alt):
    put(root, "GLU.png", "a.png")
    assert refusal(root, "", alt=alt) == "A picture here has no file. Write its name into the brackets."


def test_empty_target_that_names_two_is_told(root):
    put(root, "x/GLU.png", "y/GLU.png")
    assert "x/GLU.png, y/GLU.png" in refusal(root, "", alt="GLU")


@pytest.mark.parametrize(
    "target",
    ["../secret.png", "../../secret.png", "{root}/../secret.png", "C:\\secret.png", "file:///secret.png", "link.png"],
)
def test_nothing_outside_the_root_is_found(root, target):
    put(root.parent, "secret.png")
    (root / "link.png").symlink_to(root.parent / "secret.png")
    assert refusal(root, target.format(root=root))


def test_link_that_leads_out_later_is_refused(root):
    put(root.parent, "secret.png")
    put(root, "a.png")
    files = find(Folder(root)).pictures
    (root / "a.png").unlink()
    (root / "a.png").symlink_to(root.parent / "secret.png")
    with pytest.raises(NotesError, match="a link out of the notes folder"):
        Pictures(root, files).find("n.md", "a.png", "")


@pytest.mark.parametrize("target", [r"C:\Users\me\images\a.png", "file:///home/me/a.png", "../../../images/a.png"])
def test_path_of_somebodys_disk_means_the_file_of_that_name_inside(root, target):
    put(root, "images/a.png")
    assert found(root, target) == "images/a.png"


@pytest.mark.parametrize("target", ["https://example.org/a.png", "HTTP://example.org/a.png"])
def test_remote_picture_is_linked(root, target):
    assert Pictures(root, ()).find("n.md", target, "x") == Picture("", "x", target)


def test_address_without_scheme_or_with_spaces_is_made_whole(root):
    assert Pictures(root, ()).find("n.md", "//example.org/a b>.png", "").url == "https://example.org/a%20b%3E.png"


def test_very_long_address_is_refused(root):
    assert refusal(root, "https://example.org/" + "a" * 3000) == "The address of a picture here is too long."


def test_picture_in_the_text_is_refused(root):
    assert refusal(root, "data:image/png;base64,AAAA").startswith("A picture written into the text")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "ftp://example.org/a.png"])
def test_other_schemes_are_refused(root, target):
    assert refusal(root, target) == f"{target} is not a place in the notes."


@pytest.mark.parametrize(
    ("target", "message"), [("a.png", "The picture a.png is missing."), ("a.pdf", "a.pdf is not a picture.")]
)
def test_missing_picture_is_told(root, target, message):
    assert refusal(root, target) == message


def test_long_target_is_cut_in_the_message(root):
    assert len(refusal(root, "a" * 5000 + ".png")) < 200


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
BEFORE_SVG = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <a> -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n'


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        JPEG,
        b"GIF89a" + b"\0" * 9,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"BM" + b"\0" * 30,
        b"II*\0" + b"\0" * 9,
        b"MM\0*" + b"\0" * 9,
        b"\0\0\0\x1cftypavif",
        SVG,
        BEFORE_SVG + b"<svg:svg ",
    ],
)
def test_known_types_are_shown_whatever_their_suffix(root, data):
    put(root, "a.png", data=data)
    assert found(root, "a.png") == "a.png"


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"\x89PN",
        b"BM",
        b"\0\0\0\x1cftypheic",
        b"<html><svg>",
        b"a <svg>",
        b"<!-- <svg> -->" * 400,
        b"<svgs>",
    ],
)
def test_other_types_are_refused(root, data):
    put(root, "a.png", data=data)
    assert refusal(root, "a.png") == "a.png is not a picture that a chat can show. Save it as PNG or JPEG."


def test_empty_file_is_refused(root):
    put(root, "a.png", data=b"")
    assert refusal(root, "a.png") == "The picture a.png is empty."


def test_big_picture_is_refused_with_size_and_limit(root):
    put(root, "a.png")
    with (root / "a.png").open("r+b") as file:
        file.truncate(pictures.MAX_BYTES + 1)
    assert refusal(root, "a.png") == "The picture a.png is 31 MB, over the limit of 30 MB. Make it smaller."


def test_vanished_picture_is_refused(root):
    put(root, "a.png")
    files = find(Folder(root)).pictures
    (root / "a.png").unlink()
    with pytest.raises(NotesError, match=r"a\.png cannot be read"):
        Pictures(root, files).find("n.md", "a.png", "")


def test_each_file_is_looked_into_once(root):
    put(root, "a.png")
    known = Pictures(root, find(Folder(root)).pictures)
    first = known.find("n.md", "a.png", "")
    (root / "a.png").write_bytes(b"no picture any more")
    assert known.find("m.md", "a.png", "") == first


def test_pictures_of_the_real_notes_are_found(llm_note):
    assert found(llm_note, "images/SwiGLU.jpg") == "images/SwiGLU.jpg"
    assert found(llm_note, "", alt="formula for GLU", note="sub/x.md") == "images/GLU.jpg"
