"""The progress bar: late, gone when done, and never in a pipe."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.commands.loading import PATIENCE_S, LoadingBar
from bot.i18n import Texts
from knowledge.library import Stage


@pytest.fixture
def draw():
    """Show progress at the given seconds after the start; return all that was printed."""

    def draw(*steps: tuple[float, Stage, int, int], terminal: bool = True) -> str:
        out = io.StringIO()
        console = Console(file=out, force_terminal=terminal, width=80)
        times = iter([0.0, *(seconds for seconds, *_ in steps)])
        with LoadingBar(console, Texts("en", {}), clock=lambda: next(times)) as bar:
            for _, stage, done, total in steps:
                bar.show(stage, done, total)
        return out.getvalue()

    return draw


def test_work_under_a_second_shows_no_bar(draw):
    assert draw((0.1, Stage.READING, 1, 2), (PATIENCE_S - 0.01, Stage.INDEXING, 1, 1)) == ""


def test_longer_work_shows_its_stage_and_how_far_it_is(draw):
    page = draw((PATIENCE_S, Stage.READING, 3, 9), (PATIENCE_S + 1, Stage.SEGMENTING, 4, 9))
    assert "Finding the words" in page
    assert "4/9" in page


def test_nothing_is_drawn_where_stderr_is_no_terminal(draw):
    assert draw((9.0, Stage.READING, 3, 9), terminal=False) == ""


def test_bar_is_wiped_away_at_the_end(draw):
    assert draw((9.0, Stage.READING, 3, 9)).endswith("\x1b[2K")


def test_stage_with_nothing_to_do_is_no_failure(draw):
    assert "Reading the notes" in draw((9.0, Stage.READING, 0, 0))
