"""studybot run and studybot try hand on what was typed and configured."""

from __future__ import annotations

import logging
import sys

import pytest

from bot import app, trial
from bot.cli import main
from bot.commands import loading
from bot.services.library import Library


@pytest.fixture
def quiet():
    """Put back what a command does to the logging of its process."""
    loggers = [(logger, logger.level) for logger in map(logging.getLogger, ("", "discord", "alembic"))]
    handlers = logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = handlers
    for logger, level in loggers:
        logger.setLevel(level)


@pytest.fixture
def handed(quiet, monkeypatch, tmp_path, library):
    """Run a command line; return what app.run or trial.serve was called with."""
    for name in ("LC_ALL", "LC_MESSAGES", "STUDYBOT_CONFIG", "STUDYBOT_NOTES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(loading, "open_library", lambda _config: library)
    monkeypatch.setattr(Library, "load", lambda self, _on_progress: self.loaded)
    calls: list[tuple[tuple[object, ...], dict[str, object]]] = []
    for module, name in ((app, "run"), (trial, "serve")):
        monkeypatch.setattr(module, name, lambda *values, **named: calls.append((values, named)))

    def handed(*arguments: str) -> tuple[tuple[object, ...], dict[str, object]]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert not ended.value.code
        return calls.pop()

    return handed


def test_run_hands_on_the_token_and_the_address_of_another_discord(handed, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "abc")
    monkeypatch.setenv("STUDYBOT_DISCORD_API", "http://127.0.0.1:1/api/v10")
    monkeypatch.setenv("STUDYBOT_DISCORD_GATEWAY", "ws://127.0.0.1:1/")
    (config, *others), _ = handed("run", "--notes", "mine")
    assert others == ["abc"]
    assert (config.discord_api, config.discord_gateway) == ("http://127.0.0.1:1/api/v10", "ws://127.0.0.1:1")
    assert config.notes[0].path.name == "mine"


def test_run_says_nothing_of_what_its_libraries_set_up(handed, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "abc")
    handed("run")
    assert not logging.getLogger("alembic.runtime.plugins").isEnabledFor(logging.INFO)
    assert logging.getLogger("bot").isEnabledFor(logging.INFO)


def test_try_opens_the_browser_on_a_port_of_its_choice_by_default(handed, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    (config, _library, page), _ = handed("try")
    assert config.notes == ()
    assert page == trial.Page(language="en", port=0, open_browser=True)


def test_try_opens_no_browser_where_there_is_no_screen(handed, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert handed("try")[0][2].open_browser is False


def test_try_hands_on_its_options_and_the_loaded_notes(handed, monkeypatch, library):
    monkeypatch.setenv("DISPLAY", ":0")
    (_config, given, page), _ = handed("try", "--lang", "zh-CN", "--port", "8791", "--no-browser")
    assert page == trial.Page(language="zh-CN", port=8791, open_browser=False)
    assert given is library


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "zh_TW.UTF-8"])
def test_chinese_locale_opens_a_chinese_chat(handed, monkeypatch, locale):
    monkeypatch.setenv("LANG", locale)
    assert handed("try")[0][2].language == "zh-CN"
