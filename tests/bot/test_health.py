"""studybot health: well is alive and connected."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands import health
from bot.commands.session import Session

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def check(tmp_path, capsys):
    """Write a sign of life, and return whether the bot is well and what is said of it."""

    def check(sign: object) -> tuple[bool, str]:
        if sign is not None:
            written = sign if isinstance(sign, str) else json.dumps(sign)
            (tmp_path / "health.json").write_text(written, encoding="utf-8")
        session = Session.begin({"STUDYBOT_DATA": str(tmp_path)})
        well = health.is_well(session, None, clock=lambda: NOW)
        return well, capsys.readouterr().out.strip()

    return check


def sign(age: timedelta, *, ready: bool = True) -> dict[str, object]:
    return {"at": (NOW - age).isoformat(), "ready": ready}


def test_recent_sign_of_a_connected_bot_is_well(check):
    assert check(sign(timedelta(seconds=40))) == (True, "The bot is running normally.")


def test_sign_that_is_too_old_is_not_well(check):
    assert check(sign(timedelta(seconds=101))) == (False, "The bot has not reported for 101 s.")


def test_bot_that_is_not_connected_is_not_well(check):
    told = "The bot is running but not connected to Discord."
    assert check(sign(timedelta(seconds=1), ready=False)) == (False, told)


@pytest.mark.parametrize("broken", [None, "", "{", "[]", '"x"', {"at": "yesterday", "ready": True}, {"ready": True}])
def test_no_sign_or_a_broken_one_means_that_no_bot_runs(check, broken):
    assert check(broken) == (False, "No bot is running here.")


def test_time_without_a_zone_is_broken(check):
    assert check({"at": "2026-03-01T12:00:00", "ready": True}) == (False, "No bot is running here.")
