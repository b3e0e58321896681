"""A picture that was made ready is kept with its kind, and ordered in few sizes."""

import pytest

from drawing import prints
from drawing.prints import Print


@pytest.mark.parametrize(
    "one", [Print(".png"), Print(".jpg", still=True, content=b"a\nb"), Print(".gif", content=b"\n")]
)
def test_print_is_kept_whole(one):
    assert prints.unpack(one.pack()) == one


@pytest.mark.parametrize(
    "packed", [b"", b"\n", b"\x89PNG\r\n", b"[1]\n", b"[1, 2, 3]\n", b"null\n", b"7\n", b'{"a": 1}\n']
)
def test_something_else_is_no_print(packed):
    assert prints.unpack(packed) is None


def test_places_that_take_much_share_one_size():
    assert prints.order(b"x", 10 * 1024**2).key == prints.order(b"x", 100 * 1024**2).key


@pytest.mark.parametrize("limit", [1, 1000, 4096, 5_000_000, 10 * 1024**2 - 1])
def test_size_that_is_ordered_never_passes_the_limit(limit):
    (ordered,) = prints.order(b"x", limit).values
    assert limit / 2 < ordered <= limit


def test_other_file_is_another_order():
    assert prints.order(b"x", 1000).key != prints.order(b"y", 1000).key


def test_picture_of_the_notes_keeps_no_formula_waiting():
    assert prints.order(b"x", 1000).slow
