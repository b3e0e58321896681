"""Addresses of databases as people write them."""

import importlib.util

import pytest

from storage.addresses import address, locate, sqlite_file, sqlite_url
from storage.errors import StorageError


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_postgresql_is_reached_by_its_asynchronous_driver(scheme):
    url = address(f"{scheme}://me:secret@db:5433/studybot?sslmode=require")
    assert (url.drivername, url.host, url.port, url.password) == ("postgresql+asyncpg", "db", 5433, "secret")
    assert dict(url.query) == {"sslmode": "require"}
    assert "secret" not in f"{url!r} {url}"


@pytest.mark.parametrize(
    ("written", "path"), [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////a/50%25 ü.db", "/a/50%25 ü.db")]
)
def test_sqlite_takes_the_path_as_it_is(written, path):
    assert str(sqlite_file(address(written))) == path


@pytest.mark.parametrize("written", ["mysql://a:secret@b/c", "secret", "sqlite:///", "postgresql://a:secret@b:port/c"])
def test_anything_else_is_refused_without_repeating_it(written):
    with pytest.raises(StorageError, match="looks like") as caught:
        address(written)
    assert "secret" not in str(caught.value)


def test_without_an_address_it_is_the_file(tmp_path):
    assert locate(None, tmp_path / "x.db") == sqlite_url(tmp_path / "x.db")


def test_missing_driver_is_told_with_how_to_install_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(StorageError, match=r"pip install -e .*postgres"):
        address("postgresql://me@db/studybot")
