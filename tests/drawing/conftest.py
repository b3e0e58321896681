"""A studio with a process of its own."""

import pytest

from drawing.studio import Studio
from knowledge.confined import Confined, Limits


@pytest.fixture(scope="session")
def confined():
    with Confined(Limits(seconds=10)) as one:
        yield one


@pytest.fixture
def studio(tmp_path, confined):
    return Studio(tmp_path / "drawn", confined)
