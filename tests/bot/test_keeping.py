"""studybot backup and restore, and a start with a database that cannot be used."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands import serving
from storage.addresses import sqlite_url
from storage.forgotten import forget
from storage.migrate import versions
from storage.opening import open_database
from tests.databases import wait_for
from tests.storage.filling import NOON, fill

pytestmark = pytest.mark.usefixtures("sqlite_only")


@pytest.fixture
def data(tmp_path, databases) -> Path:
    """Return a data folder with a database that two people have used."""
    (tmp_path / "data").mkdir()
    databases.migrated(tmp_path / "data")

    async def use() -> None:
        async with open_database(sqlite_url(tmp_path / "data" / "studybot.db")) as db, db.begin() as conn:
            for user_id in (1, 2):
                await fill(conn, user_id=user_id, guild_id=7)

    wait_for(use())
    return tmp_path / "data"


@pytest.fixture
def studybot(tmp_path, monkeypatch, capsys):
    """Run a command line in a folder of its own; return the exit code and what it says."""
    for name in [name for name in os.environ if name.startswith(("STUDYBOT_", "DISCORD_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("STUDYBOT_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def studybot(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out + err

    return studybot


def people(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT user_id FROM users ORDER BY 1")]


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def test_backup_is_a_sound_copy(studybot, data, tmp_path):
    code, told = studybot("backup", "copy.db")
    assert code == 0
    assert f"copy.db is sound: version {versions()[-1]}, " in told
    assert "2 answers" in told
    assert people(tmp_path / "copy.db") == [1, 2]


def test_backup_overwrites_nothing(studybot, data, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    code, told = studybot("backup", "copy.db")
    assert (code, "is there already" in told) == (2, True)
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_without_a_database_there_is_nothing_to_back_up(studybot, tmp_path):
    code, told = studybot("backup", "copy.db")
    assert (code, "There is no database yet" in told) == (2, True)
    assert not (tmp_path / "copy.db").exists()


def test_restored_backup_takes_the_place_and_what_was_there_is_kept(studybot, data, tmp_path):
    studybot("backup", "copy.db")
    change(data / "studybot.db", "INSERT INTO users (user_id) VALUES (3)")
    code, told = studybot("restore", "copy.db")
    assert code == 0
    assert "studybot.replaced-1.db" in told
    assert people(data / "studybot.db") == [1, 2]
    assert people(data / "studybot.replaced-1.db") == [1, 2, 3]
    assert people(tmp_path / "copy.db") == [1, 2]


def test_who_was_deleted_since_the_backup_is_deleted_from_it(studybot, data):
    studybot("backup", "copy.db")

    async def delete() -> None:
        async with open_database(sqlite_url(data / "studybot.db")) as db:
            await forget(db, 1, NOON)

    wait_for(delete())
    assert studybot("restore", "copy.db")[0] == 0
    assert people(data / "studybot.db") == [2]


def test_check_only_looks(studybot, data):
    studybot("backup", "copy.db")
    change(data / "studybot.db", "DELETE FROM users")
    code, told = studybot("restore", "copy.db", "--check")
    assert (code, "is sound" in told) == (0, True)
    assert people(data / "studybot.db") == []


@pytest.mark.parametrize("options", [(), ("--check",)])
@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:50_000]), "is damaged"),
        (lambda file: file.write_bytes(b"Dear diary. " * 1000), "copy.db is not a database of studybot"),
        (lambda file: change(file, "UPDATE alembic_version SET version_num = '9999'"), "newer (version 9999)"),
        (lambda file: change(file, "DROP TABLE alembic_version"), "not a database of studybot"),
        (lambda file: file.unlink(), "There is no file"),
    ],
)
def test_unsound_backup_is_refused_and_changes_nothing(studybot, data, tmp_path, spoil, expected, options):
    studybot("backup", "copy.db")
    spoil(tmp_path / "copy.db")
    code, told = studybot("restore", "copy.db", *options)
    assert (code, expected in told) == (2, True)
    assert people(data / "studybot.db") == [1, 2]
    assert sorted(path.name for path in data.iterdir()) == ["studybot.db"]


def test_nothing_is_restored_under_a_running_bot(studybot, data):
    studybot("backup", "copy.db")
    with closing(sqlite3.connect(data / "studybot.db")) as bot:
        bot.execute("SELECT * FROM users").fetchall()
        code, told = studybot("restore", "copy.db")
    assert (code, "A bot is using the database" in told) == (2, True)
    assert sorted(path.name for path in data.iterdir()) == ["studybot.db"]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_server_has_tools_of_its_own(studybot, data, tmp_path, monkeypatch, command):
    if command == "restore":
        studybot("backup", "copy.db")
    monkeypatch.setenv("STUDYBOT_DATABASE", "postgresql://me:secret@db/studybot")
    code, told = studybot(command, "copy.db")
    assert (code, "pg_dump" in told, "secret" in told) == (2, True, False)


STARTS = [
    (lambda file: file.write_bytes(b"Dear diary. " * 1000), "The file is not a database", "不是数据库"),
    (lambda file: file.write_bytes(file.read_bytes()[:100] + b"\xff" * 9000), "is damaged", "已损坏"),
    (
        lambda file: change(file, "UPDATE alembic_version SET version_num = '9999'"),
        "newer (version 9999)",
        "比这个程序新",
    ),
    (lambda file: change(file, "DROP TABLE alembic_version"), "tables of another program", "别的程序的表"),
    (lambda file: (file.unlink(), file.mkdir()), "cannot be made or written", "无法创建或写入"),
]


@pytest.mark.parametrize("chinese", [False, True])
@pytest.mark.parametrize(("spoil", "in_english", "in_chinese"), STARTS)
def test_unusable_database_is_told_at_the_start(studybot, data, monkeypatch, spoil, in_english, in_chinese, chinese):
    monkeypatch.setenv("DISCORD_TOKEN", "never.used")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if chinese else "C.UTF-8")
    monkeypatch.setattr(serving, "log_at", lambda _level: None)
    spoil(data / "studybot.db")
    code, told = studybot("run")
    assert code == 2
    assert (in_chinese if chinese else in_english) in told
    assert "Traceback" not in told


def test_folder_that_cannot_be_made_is_told_at_the_start(studybot, tmp_path, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "never.used")
    monkeypatch.setattr(serving, "log_at", lambda _level: None)
    (tmp_path / "data").write_text("a file")
    code, told = studybot("run")
    assert (code, "studybot.db cannot be made or written" in told) == (2, True)
