"""What several tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.opening import open_database, sqlite_url

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def llm_note() -> Path:
    """The real notes repository that lies beside the project where it is developed."""
    path = ROOT.parent / "shared" / "notes" / "LLM_NOTE"
    if not path.is_dir():
        pytest.skip("the real notes are not here")
    return path


@pytest.fixture
async def db(tmp_path) -> AsyncIterator[Database]:
    """Return a database with all tables and nothing in them."""
    async with open_database(sqlite_url(str(tmp_path / "studybot.db"))) as opened:
        yield opened


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "language(tag): the language in which the bot of simcord_env answers")
