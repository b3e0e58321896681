"""studybot.yaml and the environment: what they set, and how each fault is told."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Config, ConfigError, NotesFolder, find, load


@pytest.fixture
def write(tmp_path):
    def write(text: str | bytes) -> Path:
        path = tmp_path / "studybot.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def told(folder: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(environ or {}, folder)
    return str(caught.value).splitlines()


def test_without_a_file_the_sample_notes_are_meant(tmp_path):
    config = load({"XDG_DATA_HOME": "/data"}, tmp_path)
    assert config == Config(data=Path("/data/studybot"))
    assert config.notes == ()


@pytest.mark.parametrize("text", ["", "# nothing\n", "notes:\nlanguage:\n", "\ufeff# mark\n"])
def test_file_without_values_means_the_defaults(write, tmp_path, text):
    file = write(text)
    assert load({"XDG_DATA_HOME": "/data"}, tmp_path) == Config(data=Path("/data/studybot"), file=file)


def test_every_setting_is_read(write, tmp_path):
    file = write(
        "notes:\n  path: notes\n  include: ['*.md']\n  exclude: [drafts/]\n"
        "  url: https://github.com/a/b/blob/main/\n"
        "language: zh-TW\ndata: state\nwatch: no\nlog_level: DEBUG\ndatabase: postgresql://me:secret@db/studybot\n"
    )
    assert load({}, tmp_path) == Config(
        data=tmp_path / "state",
        file=file,
        notes=(NotesFolder(tmp_path / "notes", ("*.md",), ("drafts/",), "https://github.com/a/b/blob/main"),),
        language="zh-TW",
        watch=False,
        log_level="debug",
        database=SecretStr("postgresql://me:secret@db/studybot"),
    )


@pytest.mark.parametrize("text", ["notes: n\n", "notes: [n]\n", "notes:\n- path: n\n", "notes: {path: n, url: }\n"])
def test_notes_may_be_a_path_a_block_or_a_list_of_one(write, tmp_path, text):
    write(text)
    assert load({}, tmp_path).notes == (NotesFolder(tmp_path / "n"),)


def test_paths_are_relative_to_the_file_and_may_start_at_home(tmp_path):
    (tmp_path / "conf").mkdir()
    file = tmp_path / "conf" / "x.yaml"
    file.write_text("notes: ../notes\ndata: ~/state\n")
    config = load({"HOME": "/home/ada"}, tmp_path, explicit=file)
    assert config.notes == (NotesFolder((tmp_path / "notes").resolve()),)
    assert config.data == Path("/home/ada/state")


def test_environment_replaces_data_and_the_path_of_the_notes(write, tmp_path):
    write("notes: {path: n, exclude: [x]}\ndata: d\n")
    config = load({"STUDYBOT_NOTES": "/notes", "STUDYBOT_DATA": "here"}, tmp_path)
    assert config.notes == (NotesFolder(Path("/notes"), exclude=("x",)),)
    assert config.data == tmp_path / "here"


def test_file_named_by_the_caller_wins_over_the_environment_and_that_over_the_folder(write, tmp_path):
    here = write("")
    assert find({}, tmp_path) == here
    assert find({"STUDYBOT_CONFIG": "b.yaml"}, tmp_path) == tmp_path / "b.yaml"
    assert find({"STUDYBOT_CONFIG": "b.yaml"}, tmp_path, explicit=Path("c.yaml")) == tmp_path / "c.yaml"


def test_named_file_must_exist_and_be_a_file(tmp_path):
    assert told(tmp_path, {"STUDYBOT_CONFIG": "none.yaml"}) == ["none.yaml: there is no such file"]
    (tmp_path / "studybot.yaml").mkdir()
    assert told(tmp_path) == ["studybot.yaml: this is not a file"]


def test_all_faults_are_told_at_once_in_order_of_the_file(write, tmp_path):
    write("watch: 5\nnoets: x\nlanguage: fr\n")
    assert told(tmp_path) == [
        "studybot.yaml:1: watch: expected true or false, not '5'",
        "studybot.yaml:2: unknown key noets; did you mean notes?",
        "studybot.yaml:3: language: expected one of en, zh-CN, zh-TW, not 'fr'",
    ]


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("zzz: 1\n", 1, "unknown key zzz; known are notes, language, data, database, watch, log_level"),
        ("notes:\n  path: n\n  inclde: [a]\n", 3, "unknown key inclde; did you mean include?"),
        ("notes:\n- path: n\n  inclde: [a]\n", 3, "unknown key inclde; did you mean include?"),
        ("notes:\n  include: [a]\n", 1, "notes: path or git is missing"),
        ("notes:\n  path: ''\n", 2, "notes.path: expected text, not nothing"),
        ("notes:\n  path: n\n  exclude: x\n", 3, "notes.exclude: expected a list, each item on a line after a dash"),
        ("notes:\n  path: n\n  exclude:\n  - a\n  - [b]\n", 5, "notes.exclude: expected text, not ['b']"),
        ("notes:\n  path: n\n  url: http://x\n", 3, "notes.url: expected an address that begins with https://"),
        ("log_level: loud\n", 1, "log_level: expected one of debug, info, warning, error, not 'loud'"),
        ("language: [en]\n", 1, "language: expected one of en, zh-CN, zh-TW, not ['en']"),
        ("data: {a: b}\n", 1, "data: expected text, not {'a': 'b'}"),
        (f"data: {'x' * 4097}\n", 1, "data: expected at most 4096 characters"),
        (f"notes:\n  path: n\n  exclude: [{'a,' * 1001}]\n", 3, "notes.exclude: expected at most 1000 items"),
        ("notes: []\n", 1, "notes: the list is empty"),
    ],
)
def test_wrong_setting_is_told_with_line_key_and_what_was_expected(write, tmp_path, text, line, expected):
    write(text)
    (fault,) = told(tmp_path)
    assert fault.startswith(f"studybot.yaml:{line}: {expected}")


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("a: 1\nb: [1\n", 3, "not valid YAML: a comma or a closing bracket is missing"),
        ("a: 1\nb: \x01\n", 2, "not valid YAML: remove the control character"),
        ("a: 1\n---\nb: 2\n", 2, "not valid YAML: remove the line ---"),
        ("- a\n", 1, "expected lines of the form key: value"),
        ("just words\n", 1, "expected lines of the form key: value"),
        ("notes: a\nnotes: b\n", 2, "the key notes is given twice"),
        ("? [a]\n: b\n", 1, "a key must be a word"),
        ("notes: !!python/object:os.system x\n", 1, "the tag tag:yaml.org,2002:python/object:os.system is not allowed"),
        ("notes:\n  path: a\n  <<: {path: x}\n", 3, "unknown key <<"),
    ],
)
def test_bad_yaml_is_told_with_its_line(write, tmp_path, text, line, expected):
    write(text)
    (fault,) = told(tmp_path)
    assert fault.startswith(f"studybot.yaml:{line}: {expected}")


def test_alias_bomb_is_refused_before_it_grows(write, tmp_path):
    layers = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
    write("\n".join(["l0: &l0 lol", *layers]))
    assert told(tmp_path) == ["studybot.yaml:2: references (*l0) are not allowed here; write the value out"]


def test_deep_nesting_is_refused(write, tmp_path):
    write("notes: " + "[" * 100_000)
    assert told(tmp_path) == ["studybot.yaml:1: nested more than 20 levels deep"]


def test_file_over_a_megabyte_is_refused(write, tmp_path):
    write("#" * 1_000_001)
    assert told(tmp_path) == ["studybot.yaml: larger than 1 MB: this is not a configuration"]


def test_file_in_another_encoding_is_refused_with_its_line(write, tmp_path):
    write(b"language: en\nnotes: " + "笔记".encode("gbk"))
    assert told(tmp_path) == ["studybot.yaml:2: the file must be saved as UTF-8"]


def test_token_is_masked_in_every_text_form(tmp_path):
    config = load({"DISCORD_TOKEN": " abc.def "}, tmp_path)
    assert config.token is not None
    assert config.token.get_secret_value() == "abc.def"
    assert "abc" not in f"{config!r} {config} {config.token} {config.token!r}"


@pytest.mark.parametrize("token", ["Bot abc", "a\nb", "令牌", "a\tb"])
def test_token_with_more_than_the_token_is_refused_without_showing_it(tmp_path, token):
    (fault,) = told(tmp_path, {"DISCORD_TOKEN": token})
    assert fault == "DISCORD_TOKEN: expected the token alone, without blanks, as the developer portal shows it"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("STUDYBOT_DISCORD_API", "http://127.0.0.1:8123/api/v10"),
        ("STUDYBOT_DISCORD_API", "http://localhost/api/v10"),
        ("STUDYBOT_DISCORD_API", "http://[::1]:1/"),
        ("STUDYBOT_DISCORD_API", "https://discord.example/api/v10"),
        ("STUDYBOT_DISCORD_GATEWAY", "ws://127.0.0.1:8123/"),
        ("STUDYBOT_DISCORD_GATEWAY", "wss://gateway.example"),
    ],
)
def test_another_discord_may_be_named(tmp_path, name, given):
    config = load({name: given}, tmp_path)
    assert given.rstrip("/") in {config.discord_api, config.discord_gateway}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("STUDYBOT_DISCORD_API", "http://192.168.1.2/api", "http:// is only allowed for this machine"),
        ("STUDYBOT_DISCORD_API", "http://127.0.0.1.evil.example/", "http:// is only allowed for this machine"),
        ("STUDYBOT_DISCORD_GATEWAY", "ws://example.org/", "ws:// is only allowed for this machine"),
        ("STUDYBOT_DISCORD_GATEWAY", "http://127.0.0.1/", "expected an address such as wss://"),
        ("STUDYBOT_DISCORD_API", "ftp://127.0.0.1/", "expected an address such as https://"),
        ("STUDYBOT_DISCORD_API", "127.0.0.1:8123", "expected an address such as https://"),
        ("STUDYBOT_DISCORD_API", "https://me:secret@host/", "expected an address such as https://"),
        ("STUDYBOT_DISCORD_API", "https://[::1", "not an address"),
        ("STUDYBOT_DISCORD_API", "https://host:99999/", "not an address"),
    ],
)
def test_address_of_another_discord_is_checked(tmp_path, name, given, expected):
    (fault,) = told(tmp_path, {name: given})
    assert fault.startswith(f"{name}: {expected}")


def test_database_of_the_environment_wins_over_that_of_the_file(write, tmp_path):
    write("database: postgresql://file/a\n")
    config = load({"STUDYBOT_DATABASE": "postgres://me:secret@db/b?sslmode=require"}, tmp_path)
    assert config.database.get_secret_value() == "postgres://me:secret@db/b?sslmode=require"


@pytest.mark.parametrize(
    ("written", "file"), [("sqlite:///here.db", "conf/here.db"), ("sqlite:////there.db", "/there.db")]
)
def test_path_of_a_sqlite_file_is_relative_to_the_configuration(tmp_path, written, file):
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "x.yaml").write_text(f"database: {written}\n")
    config = load({}, tmp_path, explicit=tmp_path / "conf" / "x.yaml")
    assert config.database.get_secret_value() == f"sqlite:///{tmp_path / file}"


def test_address_of_the_database_is_masked(tmp_path):
    config = load({"STUDYBOT_DATABASE": "postgresql://me:secret@db/b"}, tmp_path)
    assert "secret" not in repr(config) + str(config)


@pytest.mark.parametrize(
    "written", ["mysql://me:secret@db/b", "me:secret@db", "sqlite://", "postgresql://", "[secret]"]
)
def test_address_of_another_database_is_refused_without_repeating_it(write, tmp_path, written):
    write(f"database: {written}\n")
    (told_of_file,) = told(tmp_path)
    assert told_of_file.startswith("studybot.yaml:1: database: expected postgresql://user:password@host/name")
    (tmp_path / "studybot.yaml").unlink()
    (told_of_variable,) = told(tmp_path, {"STUDYBOT_DATABASE": written})
    assert told_of_variable.startswith("STUDYBOT_DATABASE: expected postgresql://user:password@host/name")
    assert "secret" not in told_of_file + told_of_variable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("watch: maybe", "studybot.yaml:1: watch：应当是 true 或 false，而不是 'maybe'"),
        ("notes:\n  url: x", "studybot.yaml:1: notes：缺少 path 或 git"),
        (f"data: {'x' * 4097}", "studybot.yaml:1: data：最多 4096 个字符"),
        (f"notes: {{path: n, exclude: [{'a,' * 1001}]}}", "studybot.yaml:1: notes.exclude：最多 1000 项"),
        ("noets: n", "studybot.yaml:1: 未知的键 noets；是不是想写 notes？"),
        ("notes: a: b", "studybot.yaml:1: 不是合法的 YAML：带冒号和空格的文字要加引号"),
        ("notes: [a", "studybot.yaml:2: 不是合法的 YAML：缺少逗号或右括号"),
    ],
)
def test_chinese_reader_is_told_without_a_word_of_the_library(studybot, write, monkeypatch, text, expected):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write(f"{text}\n")
    code, out, err = studybot("index")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == expected


def test_every_fault_of_a_setting_has_a_sentence_of_ours(write, tmp_path):
    values = ("5", "-1", "''", "[]", "[a]", "{a: b}", "{path: [x]}", "2026-01-01", "~", "yes", "x" * 5000)
    for name in ("notes", "language", "data", "database", "watch", "log_level"):
        for value in values:
            write(f"{name}: {value}\n")
            with contextlib.suppress(ConfigError):
                load({}, tmp_path)
                continue
            assert not re.search("Value error|Input should|should have", " ".join(told(tmp_path)))
