"""What several tests share."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from drawing.studio import Studio
from knowledge.confined import Confined, Limits
from storage.database import Database
from storage.opening import open_database
from tests.databases import Files, Server

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def llm_note() -> Path:
    """The real notes repository that lies beside the project where it is developed."""
    path = ROOT.parent / "shared" / "notes" / "LLM_NOTE"
    if not path.is_dir():
        pytest.skip("the real notes are not here")
    return path


@pytest.fixture(scope="session")
def confined() -> Iterator[Confined]:
    """A process for what is confined, started by the first test that needs it."""
    with Confined(Limits(seconds=10)) as one:
        yield one


@pytest.fixture
def studio(tmp_path, confined) -> Studio:
    """Return a studio that has drawn nothing yet."""
    return Studio(tmp_path / "drawn", confined)


@pytest.fixture(scope="session")
def databases(request, tmp_path_factory) -> Iterator[Files | Server]:
    """Where the tests have their databases: SQLite files, or the PostgreSQL server of --postgres."""
    url = request.config.getoption("--postgres")
    if url is None:
        yield Files(tmp_path_factory.mktemp("databases"))
    else:
        server = Server(url)
        yield server
        server.close()


@pytest.fixture
def new_url(databases, tmp_path) -> Iterator[sa.URL]:
    """Return the address of a database without tables."""
    url = databases.empty(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def migrated_url(databases, tmp_path) -> Iterator[sa.URL]:
    """Return the address of a database with all tables and nothing in them."""
    url = databases.migrated(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
async def db(migrated_url) -> AsyncIterator[Database]:
    """Return a database with all tables and nothing in them."""
    async with open_database(migrated_url) as opened:
        yield opened


@pytest.fixture
def sqlite_only(databases) -> None:
    """Skip what only a file can be: what else fails, fails elsewhere."""
    if not isinstance(databases, Files):
        pytest.skip("of SQLite files")


@pytest.fixture
def postgres_only(databases) -> None:
    if not isinstance(databases, Server):
        pytest.skip("of PostgreSQL: --postgres names none")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", metavar="URL", help="run on this PostgreSQL server, where databases can be made")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: many tests wait for processes and for files."""
    return (os.cpu_count() or 1) + 1


LONGEST = ("test_killed.py", "test_simulation.py", "test_study_group.py", "test_race_failures.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no processor is left alone with it at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "language(tag): the language in which the bot of simcord_env answers")
