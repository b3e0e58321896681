"""What several tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def llm_note() -> Path:
    """The real notes repository that lies beside the project where it is developed."""
    path = ROOT.parent / "shared" / "notes" / "LLM_NOTE"
    if not path.is_dir():
        pytest.skip("the real notes are not here")
    return path


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "language(tag): the language in which the bot of simcord_env answers")
