import pytest

from bot.services.files import read_text, write_whole


def test_what_was_written_is_read(tmp_path):
    write_whole(tmp_path / "new" / "x.json", "好")
    assert read_text(tmp_path / "new" / "x.json") == "好"


def test_nothing_else_stays_behind(tmp_path):
    write_whole(tmp_path / "x", "1")
    write_whole(tmp_path / "x", "2")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_failed_write_leaves_the_old_text(tmp_path):
    write_whole(tmp_path / "x", "1")
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "x", "\ud800")
    assert read_text(tmp_path / "x") == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_cannot_be_ours_reads_as_nothing(tmp_path):
    (tmp_path / "big").write_bytes(b"x" * 20_000)
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    assert [read_text(tmp_path / name) for name in ("big", "binary", "none", ".")] == [""] * 4
