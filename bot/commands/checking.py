"""studybot doctor: what is configured, found and missing, with what to do about it."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from bot import doctor
from bot.app import open_library
from bot.commands.session import Session
from bot.config import ConfigError
from bot.doctor import Check, State
from bot.render.controls import shown

_MARKS = {State.OK: ("✓", "green"), State.HINT: ("!", "yellow"), State.PROBLEM: ("✗", "bold red")}


def report(session: Session, file: Path | None, *, notes: Path | None, as_json: bool) -> bool:
    """Print one line for each check, with what to do; return whether nothing is broken."""
    checks = _checks(session, file, notes)
    sound = all(check.state is not State.PROBLEM for check in checks)
    if as_json:
        session.print_json({"ok": sound, "checks": [_record(session, check) for check in checks]})
        return sound
    for check in checks:
        mark, style = _MARKS[check.state]
        line = Text.assemble((mark, style), " ", shown(_sentence(session, check)))
        if check.advice:
            line.append(f"  {shown(_filled(session, check.advice, check))}", style="dim")
        session.out.print(line, soft_wrap=True)
    return sound


def _checks(session: Session, file: Path | None, notes: Path | None) -> list[Check]:
    try:
        config = session.configured(file, notes)
    except ConfigError as error:
        return list(doctor.broken_config(error))
    return list(doctor.checks(config, open_library(config).collections))


def _sentence(session: Session, check: Check) -> str:
    sentence = _filled(session, check.message, check)
    return f"{check.where}: {sentence}" if check.where else sentence


def _filled(session: Session, template: str, check: Check) -> str:
    return session.texts.gettext(template, **check.values)


def _record(session: Session, check: Check) -> dict[str, str]:
    return {
        "name": check.name,
        "state": check.state,
        "message": _sentence(session, check),
        "advice": _filled(session, check.advice, check) if check.advice else "",
    }
