"""studybot doctor: what is ok, what could be better, what is broken."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import doctor
from bot.app import open_library
from bot.config import Config, ConfigError, NotesFolder, NotesRepository, load
from bot.doctor import Check, State
from knowledge.git_url import parse
from knowledge.loaders import LOADERS, PDF
from tests.knowledge.questions.yaml_files import CHOICE, HEAD
from tests.knowledge.repositories import Origin, needs_git


@pytest.fixture
def config(tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "glu.md").write_text("# GLU\n\nA gate.\n", encoding="utf-8")
    return Config(data=tmp_path / "data", notes=(NotesFolder(notes),))


def checked(config: Config, **options: object) -> dict[str, Check]:
    return {check.name: check for check in doctor.checks(config, open_library(config).collections, **options)}


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version AS SELECT '9999' AS version_num")
        connection.commit()


def sentence(check: Check) -> str:
    return check.message.format(**check.values)


def changed(config: Config, **changes: object) -> Config:
    values = {name: getattr(config, name) for name in Config.__slots__}
    return Config(**{**values, **changes})


def test_sound_configuration_has_no_problem(config):
    assert not [check for check in checked(config).values() if check.state is State.PROBLEM]


def test_notes_are_counted(config):
    check = checked(config)["notes"]
    assert (check.state, sentence(check)) == (State.OK, f"Notes in {config.notes[0].path}: 1")


def test_sample_notes_are_a_hint_with_what_to_do(config):
    check = checked(changed(config, notes=()))["notes"]
    assert check.state is State.HINT
    assert "STUDYBOT_NOTES" in check.advice


def test_missing_folder_is_a_problem_with_what_to_do_once(config, tmp_path):
    check = checked(changed(config, notes=(NotesFolder(tmp_path / "none"),)))["notes"]
    assert check.state is State.PROBLEM
    assert sentence(check).endswith("Correct its path, or create it.")
    assert check.advice == "The path comes from --notes, STUDYBOT_NOTES or notes: in studybot.yaml."


def test_missing_one_of_several_folders_is_corrected_where_it_is_named(config, tmp_path):
    notes = (*config.notes, NotesFolder(tmp_path / "none"))
    assert checked(changed(config, notes=notes))["notes"].advice == "It stands below notes: in studybot.yaml."


def test_folder_without_notes_is_a_problem_that_is_told_once(config):
    (config.notes[0].path / "glu.md").unlink()
    found = checked(config)
    assert (found["notes"].state, "problems" in found) == (State.PROBLEM, False)
    assert all(suffix in found["notes"].advice for suffix in {*LOADERS, PDF} - {".markdown"})


def test_folder_without_notes_tells_what_is_wrong_with_its_files(config):
    (config.notes[0].path / "glu.md").write_bytes(bytes(range(128, 256)) * 4)
    assert sentence(checked(config)["problems"]) == f"Problems in {config.notes[0].path}: 1"


def test_problems_of_the_notes_are_counted(config):
    (config.notes[0].path / "glossary.yaml").write_text("- {zh: [x]}\n", encoding="utf-8")
    (config.notes[0].path / "bad.md").write_bytes(bytes(range(128, 256)) * 4)
    check = checked(config)["problems"]
    assert (check.state, sentence(check)) == (State.HINT, f"Problems in {config.notes[0].path}: 2")


LOST = HEAD + CHOICE.replace("answer: A", "answer: F")


def test_doctor_and_index_count_the_same_problems(config):
    (config.notes[0].path / "glossary.yaml").write_text("- {zh: [x]}\n", encoding="utf-8")
    (config.notes[0].path / "bad.questions.yaml").write_text(LOST, encoding="utf-8")
    (config.notes[0].path / "gone.questions.yaml").write_text(HEAD + CHOICE, encoding="utf-8")  # its source is missing
    counted = checked(config)["problems"].values["n"]
    assert counted == len(open_library(config).load().problems) == 3


def test_problems_of_question_files_are_those_of_their_own_folder(config, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    (more / "bad.questions.yaml").write_text(LOST, encoding="utf-8")
    check = checked(changed(config, notes=(*config.notes, NotesFolder(more))))["problems"]
    assert sentence(check) == f"Problems in {more}: 1"


def test_question_file_that_is_left_out_is_a_problem(config):
    assert "questions" not in checked(config)
    (config.notes[0].path / "bad.questions.yaml").write_text(LOST, encoding="utf-8")
    check = checked(config)["questions"]
    assert (check.state, sentence(check)) == (State.PROBLEM, "Question files left out: 1")
    assert "studybot questions check" in check.advice


def test_question_file_with_a_warning_is_no_problem(config):
    (config.notes[0].path / "gone.questions.yaml").write_text(HEAD + CHOICE, encoding="utf-8")
    assert "questions" not in checked(config)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_data_folder_that_cannot_be_written_is_a_hint(config, tmp_path):
    tmp_path.chmod(0o500)
    assert checked(config)["data"].state is State.HINT
    tmp_path.chmod(0o700)


def test_file_in_place_of_the_data_folder_is_a_hint_that_says_why(config, tmp_path):
    (tmp_path / "file").write_text("")
    check = checked(changed(config, data=tmp_path / "file"))["data"]
    assert check.state is State.HINT
    assert "is not writable (Not a directory)" in sentence(check)


def test_data_folder_that_can_be_written_keeps_nothing_but_what_was_read(config):
    open_library(config).load()
    before = sorted(config.cache.iterdir())
    assert checked(config)["data"].state is State.OK
    assert sorted(config.cache.iterdir()) == before


def test_missing_token_is_a_hint_and_a_token_is_never_shown(config):
    assert checked(config)["token"].state is State.HINT
    check = checked(changed(config, token=SecretStr("abc.def")))["token"]
    assert check.state is State.OK
    assert "abc.def" not in repr(check)


def test_discord_s_own_address_is_not_mentioned(config):
    assert "discord" not in checked(config)


def test_address_in_place_of_discord_is_shown_and_half_of_one_is_a_problem(config):
    api, gateway = "http://127.0.0.1:1/api/v10", "ws://127.0.0.1:1"
    assert checked(changed(config, discord_api=api, discord_gateway=gateway))["discord"].state is State.HINT
    assert checked(changed(config, discord_api=api))["discord"].state is State.PROBLEM


def test_old_python_is_a_problem(config):
    assert checked(config, python=(3, 10))["python"].state is State.PROBLEM
    assert sentence(checked(config, python=(3, 13))["python"]) == "Python 3.13"


def test_missing_extras_are_hints(config, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert {name: checked(config)[name].state for name in ("fast", "try")} == {"fast": State.HINT, "try": State.HINT}


def test_each_fault_of_a_broken_configuration_is_a_problem_with_its_place(tmp_path):
    (tmp_path / "studybot.yaml").write_text("noets: x\nwatch: 5\n")
    with pytest.raises(ConfigError) as caught:
        load({}, tmp_path)
    checks = list(doctor.broken_config(caught.value))
    assert [(check.state, check.where) for check in checks] == [
        (State.PROBLEM, "studybot.yaml:1"),
        (State.PROBLEM, "studybot.yaml:2"),
    ]


def test_database_is_to_be_made_then_there_and_looking_makes_nothing(config):
    check = checked(config)["database"]
    assert (check.state, "first start" in check.message) == (State.OK, True)
    assert not config.database_file.exists()
    with closing(sqlite3.connect(config.database_file)) as connection:
        connection.execute("CREATE TABLE alembic_version AS SELECT '0001' AS version_num")
        connection.commit()
    assert "0001" in sentence(checked(config)["database"])


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda path: path.mkdir(), "cannot be written"),
        (lambda path: path.write_bytes(b"no database at all" * 100), "not a database"),
        (newer, "newer (version 9999)"),
    ],
)
def test_database_that_a_bot_could_not_start_with_is_a_problem(config, prepare, told):
    config.data.mkdir()
    prepare(config.database_file)
    check = checked(config)["database"]
    assert (check.state, check.advice) == (State.PROBLEM, "")  # its sentence says it all; the address is right
    assert told in sentence(check)


def test_database_server_that_is_away_is_a_problem_that_shows_no_password(config):
    address = SecretStr("postgresql://me:secret@127.0.0.1:1/studybot")
    check = checked(changed(config, database=address))["database"]
    assert (check.state, "cannot be reached" in check.message) == (State.PROBLEM, True)
    assert "secret" not in repr(check)


@needs_git
def test_repository_is_told_with_its_commit(config, tmp_path):
    origin = Origin(tmp_path / "origin")
    commit = origin.commit(a="# A\n\nOne.\n")
    repository = NotesRepository(parse(origin.url))
    check = checked(changed(config, notes=(repository,)))["notes"]
    assert (check.state, sentence(check)) == (State.OK, f"Notes in origin @ {commit[:8]}: 1")


@needs_git
def test_repository_that_cannot_be_had_is_a_problem(config, tmp_path):
    repository = NotesRepository(parse(f"file://{tmp_path}/none"))
    check = checked(changed(config, notes=(repository,)))["notes"]
    assert (check.state, check.advice) == (State.PROBLEM, "")
    assert sentence(check) == "There is no repository none at this address (any more)."
