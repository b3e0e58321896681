"""A program is listened to up to a limit."""

import io

import pytest

from knowledge.heard import Heard


@pytest.mark.parametrize(("said", "text", "too_long"), [
    (b"", "", False), (b"abcd", "abcd", False), (b"abcde", "abcd", True), (b"x" * 200_000, "xxxx", True),
    ("字é".encode(), "字\ufffd", True), (b"\xff", "\ufffd", False),
])  # fmt: skip
def test_no_more_is_kept_than_was_asked_for(said, text, too_long):
    pipe = io.BytesIO(said)
    heard = Heard(pipe, 4)
    assert heard.wait(9)
    assert (heard.text, heard.too_long, pipe.closed) == (text, too_long, True)


def test_nothing_is_heard_without_a_pipe():
    heard = Heard(None, 4)
    assert heard.wait(9)
    assert heard.text == ""
