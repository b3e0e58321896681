"""What is new since a state of the notes of which only digests are known."""

import pytest

from knowledge.library import build
from knowledge.news import News, since, snapshot
from knowledge.parts import read_part
from knowledge.sources import Folder

FIRST = "# Nets\n\n## ReLU\n\nKeeps what is positive.\n\n## Tanh\n\nSquashes.\n"


@pytest.fixture
def index_of(tmp_path, sample):
    """Return a maker of indexes of notes, file -> text, each time of these alone."""

    def index(**texts: str):
        root = tmp_path / "notes"
        root.mkdir(exist_ok=True)
        for path in root.iterdir():
            path.unlink()
        for name, text in texts.items():
            (root / f"{name}.md").write_text(text, "utf-8")
        return build([read_part(Folder(root))], previous=sample).index

    return index


def news(before, after) -> list[tuple[str, bool]]:
    return [(one.title, one.new) for one in since(after, snapshot(before).seen)]


def test_same_notes_are_no_news(index_of):
    before, after = index_of(a=FIRST), index_of(a=FIRST)
    assert snapshot(before) == snapshot(after)
    assert news(before, after) == []


def test_new_heading_is_new_and_changed_text_has_changed(index_of):
    before = index_of(a=FIRST)
    after = index_of(a=FIRST.replace("Squashes.", "Squashes all.") + "\n## GELU\n\nSmooth.\n")
    assert news(before, after) == [("GELU", True), ("Tanh", False)]
    assert snapshot(before).state != snapshot(after).state


def test_new_note_is_one_topic_that_opens_its_beginning(index_of):
    before = index_of(a=FIRST)
    after = index_of(a=FIRST, b="# Optimizers\n\n## Adam\n\nOne.\n\n## SGD\n\nTwo.\n")
    assert news(before, after) == [("Optimizers", True)]
    (found,) = since(after, snapshot(before).seen)
    assert after.section(found.section_id).file == "b.md"


def test_topic_tells_where_it_is(index_of):
    before = index_of(a="# Nets\n\nText.\n")
    after = index_of(a="# Nets\n\nText.\n\n## Adam\n\nOne.\n\n### Pros\n\nTwo.\n", b="# Optimizers\n\nThree.\n")
    found = {one.title: (one.note, one.file, one.above) for one in since(after, snapshot(before).seen)}
    assert found == {
        "Adam": ("Nets", "a.md", "Nets"),
        "Pros": ("Nets", "a.md", "Adam"),
        "Optimizers": ("Optimizers", "b.md", ""),
    }


def test_renamed_file_is_no_news(index_of):
    assert news(index_of(a=FIRST), index_of(z=FIRST)) == []


def test_lines_that_only_moved_are_no_news(index_of):
    moved = "# Nets\n\n## Tanh\n\nSquashes.\n\n\n\n## ReLU\n\nKeeps what is positive.\n"
    assert news(index_of(a=FIRST), index_of(a=moved)) == []


def test_deletion_is_no_news_but_another_state(index_of):
    before, after = index_of(a=FIRST), index_of(a=FIRST[: FIRST.index("## Tanh")])
    assert news(before, after) == []
    assert snapshot(before).state != snapshot(after).state


def test_long_text_under_one_heading_is_one_topic(index_of):
    long = "\n\n".join(f"Paragraph {number} of many words." * 20 for number in range(60))
    before, after = index_of(a=FIRST), index_of(a=FIRST + f"\n## Long\n\n{long}\n")
    assert news(before, after) == [("Long", True)]


def test_table_of_contents_is_no_news(index_of):
    assert news(index_of(a=FIRST), index_of(a=FIRST, README="# All notes\n\nRead [this](a.md).\n")) == []


def test_unknown_state_makes_everything_new(index_of):
    after = index_of(a=FIRST)
    assert [one.new for one in since(after, b"")] == [True]
    assert isinstance(since(after, b"odd")[0], News)
