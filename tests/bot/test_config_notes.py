"""notes: in studybot.yaml, from one folder to many collections; and the tokens that git shows."""

import re
from datetime import timedelta

import pytest

from bot.config import NotesFolder, NotesRepository, load
from bot.config.notes_schema import NotesEntry
from knowledge.git_url import parse
from tests.bot.test_config import told

TOKEN = "hunter2"  # noqa: S105 - made up
GUILD = "123456789012345678"
SEVERAL = f"""notes:
  - ./notes
  - path: ./private
    name: Board
    guilds: [{GUILD}, 223456789012345678]
    exclude: [old/]
  - git: https://github.com/owner/LLM_NOTE.git
    branch: draft/x
    folder: docs/notes/
    every: 30
    private: yes
    include: ["*.md"]
    url: https://notes.example.org/
  - git: git@gitee.com:owner/zh.git
"""


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> None:
        (tmp_path / "studybot.yaml").write_text(text, "utf-8")

    return write


def test_several_collections_are_read(write, tmp_path):
    write(SEVERAL)
    assert load({}, tmp_path).notes == (
        NotesFolder(tmp_path / "notes"),
        NotesFolder(
            tmp_path / "private", exclude=("old/",), name="Board", guilds=frozenset({int(GUILD), 223456789012345678})
        ),
        NotesRepository(
            parse("https://github.com/owner/LLM_NOTE.git"),
            branch="draft/x",
            folder="docs/notes",
            every=timedelta(minutes=30),
            private=True,
            include=("*.md",),
            url="https://notes.example.org",
        ),
        NotesRepository(parse("git@gitee.com:owner/zh.git")),
    )


def test_one_repository_needs_no_list(write, tmp_path):
    write("notes:\n  git: https://github.com/owner/repo\n")
    (notes,) = load({}, tmp_path).notes
    assert (notes.called, notes.every) == ("repo", timedelta(minutes=10))


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("notes:\n- a\n- include: [b]\n", 3, "notes: path or git is missing"),
        ("notes:\n- path: a\n  git: https://h/x\n", 2, "notes: give either path or git, not both"),
        ("notes:\n- path: a\n  branch: x\n", 3, "notes.branch: only beside git"),
        ("notes: {path: a, every: 5}\n", 1, "notes.every: only beside git"),
        ("notes:\n- https://me:hunter2@h/x\n", 2, "notes.path: the address of a repository goes behind git:"),
        ("notes: git@h:x\n", 1, "notes.path: the address of a repository goes behind git:"),
        ("notes:\n- a\n- b/A\n", 3, "notes: two collections are called A"),
        ("notes:\n- a\n- {path: b, name: a}\n", 3, "notes: two collections are called a"),
        ("notes:\n- git: https://me:hunter2@h/x\n", 2, "git: an address that holds a name, a password"),
        ("notes:\n- git: ext::sh -c x\n", 2, "git: expected the address of a repository"),
        ("notes:\n- git: [https://me:hunter2@h/x]\n", 2, "git: expected the address of a repository"),
        ("notes:\n- git:\n    url: https://me:hunter2@h/x\n", 2, "git: expected the address of a repository"),
        ("notes:\n- git: https://h/x\n  branch: --upload-pack=x\n", 3, "notes.branch: '--upload-pack=x' is no name"),
        ("notes:\n- git: https://h/x\n  folder: ../up\n", 3, "notes.folder: expected a folder below the root"),
        ("notes:\n- git: https://h/x\n  folder: /etc\n", 3, "notes.folder: expected a folder below the root"),
        ("notes:\n- git: https://h/x\n  folder: .git\n", 3, "notes.folder: expected a folder below the root"),
        ("notes:\n- git: https://h/x\n  every: 0\n", 3, "notes.every: expected minutes from 1 to 1440, not '0'"),
        ("notes:\n- git: https://h/x\n  every: soon\n", 3, "notes.every: expected minutes from 1 to 1440"),
        ("notes:\n- git: https://h/x\n  private: perhaps\n", 3, "notes.private: expected true or false"),
        ("notes:\n- path: a\n  guilds: [12]\n", 3, "notes.guilds: expected a list of server ids"),
        ("notes:\n- path: a\n  guilds: []\n", 3, "notes.guilds: the list is empty"),
        (f"notes:\n- path: a\n  guilds: {GUILD}\n", 3, "notes.guilds: expected a list"),
        ("notes:\n- path: a\n  name: a/b\n", 3, "notes.name: expected a name without /"),
        ("notes:\n- path: a\n  url: https://me:hunter2@h/x\n", 3, "notes.url: expected an address that begins with"),
        ("notes:\n- [a]\n", 2, "notes: expected a folder, or a block with path or git"),
        ("notes: [" + "a," * 31 + "]\n", 1, "notes: expected at most 30 items"),
    ],
)
def test_wrong_collection_is_told_with_its_line_and_without_secrets(write, tmp_path, text, line, expected):
    write(text)
    (fault,) = told(tmp_path)
    assert fault.startswith(f"studybot.yaml:{line}: {expected}")
    assert TOKEN not in fault


@pytest.mark.parametrize("nobody", ["", " []", " ~", " null", "\n  # - 123456789012345678"])
@pytest.mark.parametrize("begin", ["notes:\n- path: a\n", "notes:\n  path: a\n", "notes:\n- git: https://h/x\n"])
def test_collection_for_nobody_is_not_taken_for_everybody_s(write, tmp_path, begin, nobody):
    write(f"{begin}  guilds:{nobody}\n")
    (fault,) = told(tmp_path)
    assert fault.startswith("studybot.yaml:3: notes.guilds: the list is empty; name the servers")


def test_collection_for_nobody_is_told_in_chinese(studybot, write, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write("notes:\n- path: a\n  guilds:\n")
    assert studybot("index")[2].startswith("studybot.yaml:3: notes.guilds：列表是空的；请写上")


def test_all_faults_of_all_collections_are_told_in_order(write, tmp_path):
    write("notes:\n- include: [a]\n- git: https://h/x\n  every: 0\n- path: a\n  branch: x\n")
    assert [one.split(":")[1] for one in told(tmp_path)] == ["2", "4", "6"]


@pytest.mark.parametrize(("folder", "data"), [("data", "data"), ("data/git/x", "data"), (".", "data")])
def test_repository_in_the_data_folder_is_refused(write, tmp_path, folder, data):
    write(f"data: {data}\nnotes:\n- git: file://{tmp_path / folder}\n")
    (fault,) = told(tmp_path)
    assert "lies in the data folder of studybot" in fault


def test_link_into_the_data_folder_is_seen_through(write, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "data")
    write(f"data: data\nnotes:\n- git: file://{tmp_path}/elsewhere/repo\n")
    assert "lies in the data folder" in told(tmp_path)[0]


def test_environment_puts_one_folder_in_place_of_several(write, tmp_path):
    write(SEVERAL)
    assert load({"STUDYBOT_NOTES": "here"}, tmp_path).notes == (NotesFolder(tmp_path / "here"),)


def tokens(folder, **environ: str) -> dict[str, str]:
    return {host: secret.get_secret_value() for host, secret in load(environ, folder).git_tokens}


def test_token_is_for_the_one_host_there_is(write, tmp_path):
    write("notes:\n- git: https://h.example:8443/x\n- git: https://h.example:8443/y\n- git: git@other:z\n")
    assert tokens(tmp_path, STUDYBOT_GIT_TOKEN=TOKEN) == {"h.example:8443": TOKEN}


def test_token_of_one_of_several_hosts_goes_to_no_other(write, tmp_path):
    write("notes:\n- git: https://github.com/a/x\n- git: https://gitee.com/a/y\n")
    assert tokens(tmp_path, STUDYBOT_GIT_TOKEN_GITEE_COM=TOKEN) == {"gitee.com": TOKEN}
    both = {"STUDYBOT_GIT_TOKEN_GITEE_COM": TOKEN, "STUDYBOT_GIT_TOKEN": "other"}
    assert tokens(tmp_path, **both) == {"gitee.com": TOKEN, "github.com": "other"}


def test_one_token_for_several_hosts_is_refused(write, tmp_path):
    write("notes:\n- git: https://github.com/a/x\n- git: https://gitee.com/a/y\n")
    (fault,) = told(tmp_path, {"STUDYBOT_GIT_TOKEN": TOKEN})
    assert fault == (
        "STUDYBOT_GIT_TOKEN: several hosts are configured; give each its own token, as in STUDYBOT_GIT_TOKEN_GITHUB_COM"
    )


@pytest.mark.parametrize("token", ["a b", "a\nb", "令牌"])
def test_token_with_more_than_the_token_is_refused(write, tmp_path, token):
    write("notes: {git: https://github.com/a/x}\n")
    (fault,) = told(tmp_path, {"STUDYBOT_GIT_TOKEN": token})
    assert fault == "STUDYBOT_GIT_TOKEN: expected the token alone, without blanks"


def test_token_is_masked_in_every_text_form(write, tmp_path):
    write("notes: {git: https://github.com/a/x}\n")
    assert TOKEN not in repr(load({"STUDYBOT_GIT_TOKEN": TOKEN}, tmp_path))


def test_fault_is_told_in_chinese(studybot, write, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write("notes:\n- git: https://me:hunter2@h/x\n")
    code, _, err = studybot("index")
    assert code == 2
    assert err.startswith("studybot.yaml:2: git：地址里不能带用户名、密码或令牌")


@pytest.mark.parametrize("value", ["5", "''", "[]", "[a]", "{a: b}", "~", "yes", "x" * 5_000])
@pytest.mark.parametrize("name", sorted(NotesEntry.model_fields))
def test_no_error_of_the_library_itself_is_ever_told(write, tmp_path, name, value):
    write(f"notes:\n- git: https://h/x\n- branch: -\n  {name}: {value}\n")
    said = " ".join(told(tmp_path))
    assert not re.search("Value error|Input should|should have|not accepted", said)
