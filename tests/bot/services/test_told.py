"""Which topics a post names, and how that is kept."""

import json

from bot.services.told import SHOWN, Batch, Contents, gathered, read, written
from knowledge.news import News

BOTH = {"a/": "A", "b/": "B"}


def topics(*files: str, new: bool = True) -> list[News]:
    """Return a topic of each of *files*, with ids that nothing else here has."""
    return [News(f"{new}{file}{number}", f"T{number}", new, "Note", file) for number, file in enumerate(files)]


def named(contents: Contents) -> dict[str, list[str]]:
    return {batch.collection: [one.file for one in batch.topics] for batch in contents.batches}


def test_topics_stand_in_their_collections_with_files_below_these():
    found = gathered(topics("b/x.md", "a/y.md", "b/z.md"), BOTH)
    assert named(found) == {"A": ["y.md"], "B": ["x.md", "z.md"]}
    assert (found.new, found.changed, found.more) == (3, 0, 0)


def test_only_collection_has_no_name():
    assert named(gathered(topics("x.md"), {"": "notes"})) == {"": ["x.md"]}


def test_every_note_has_its_turn_and_the_order_stays():
    found = gathered(topics(*["x.md"] * 190, *(f"{n}.md" for n in range(SHOWN - 2))), {"": "notes"})
    assert named(found)[""] == ["x.md", "x.md", *(f"{n}.md" for n in range(SHOWN - 2))]
    assert [batch.more for batch in found.batches] == [188]


def test_every_collection_has_its_turn():
    found = gathered([*topics(*["a/x.md"] * 195), *topics("b/x.md", "b/y.md", new=False)], BOTH)
    assert named(found) == {"A": ["x.md"] * (SHOWN - 2), "B": ["x.md", "y.md"]}
    assert ([batch.more for batch in found.batches], found.new, found.changed) == ([187, 0], 195, 2)


def test_collections_for_which_there_is_no_room_are_counted():
    many = {f"{n:02}/": f"{n:02}" for n in range(30)}
    found = gathered(topics(*(f"{prefix}x.md" for prefix in many)), many)
    assert (len(found.batches), found.more) == (SHOWN, 30 - SHOWN)


def test_what_is_kept_is_read_again():
    found = gathered(topics("b/x.md", "a/y.md"), BOTH)
    assert read(written(found)) == found


def test_long_texts_are_kept_short():
    kept = written(Contents((Batch("", (News("0" * 16, "t" * 9_000, True, "n" * 9_000, "f" * 9_000),), 0),)))
    assert len(kept) < 2_000


def test_what_an_older_version_kept_is_read():
    kept = json.dumps([[["0" * 16, "Adam", True]], 3])
    assert read(kept) == Contents((Batch("", (News("0" * 16, "Adam", new=True),), 3),))
