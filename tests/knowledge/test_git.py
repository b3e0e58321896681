"""The git program: what it is told and what not, when it is ended, and what its failures mean."""

import base64
import os
from pathlib import Path

import pytest

from knowledge.errors import NotesError
from knowledge.git import Access, Git
from knowledge.git_url import parse

TOKEN = "ghp_hunter2"  # noqa: S105 - made up


@pytest.fixture
def fake(tmp_path):
    """Return a maker of gits that run a script in place of the program."""

    def make(script: str, access: Access | None = None, **environ: str) -> Git:
        program = tmp_path / "bin" / "git"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        return Git(tmp_path / "home", access or Access("notes"), environ={"PATH": path, **environ})

    return make


def environment(git: Git) -> dict[str, str]:
    return dict(line.partition("=")[::2] for line in git.run("x", seconds=9).splitlines())


def test_git_knows_nothing_of_our_environment_but_what_it_needs(fake):
    secrets = {"DISCORD_TOKEN": "abc", "STUDYBOT_GIT_TOKEN": TOKEN}
    git = fake("env", **secrets, GIT_DIR="/x", SSH_AUTH_SOCK="/run/agent")
    found = environment(git)
    assert not {"DISCORD_TOKEN", "STUDYBOT_GIT_TOKEN", "GIT_DIR"} & found.keys()
    assert found["SSH_AUTH_SOCK"] == "/run/agent"
    assert found["GIT_ALLOW_PROTOCOL"] == "https:ssh:file"
    assert found["GIT_TERMINAL_PROMPT"] == "0"
    assert found["GIT_LFS_SKIP_SMUDGE"] == "1"
    assert found["GIT_CONFIG_NOSYSTEM"] == "1"


def test_hooks_redirects_and_programs_are_switched_off(fake):
    told = fake('echo "$@"').run("fetch", seconds=9)
    for setting in ("core.hooksPath=/dev/null", "http.followRedirects=false", "protocol.ext.allow=never"):
        assert f"-c {setting}" in told


def test_name_is_held_to_the_addresses_that_were_looked_at(fake):
    git = fake('echo "$@"')
    git.hold(parse("https://h.example:8443/x"), ("93.184.216.34", "2606:2800::1"))
    assert "http.curloptResolve=h.example:8443:93.184.216.34,[2606:2800::1]" in git.run("fetch", seconds=9)
    git.hold(parse("https://127.0.0.1/x"), ())
    assert "curloptResolve" not in git.run("fetch", seconds=9)


def test_token_goes_by_the_environment_to_its_host_alone(fake):
    git = fake('echo "arguments=$*"; env', Access("notes", host="host.example:8443", token=TOKEN))
    found = environment(git)
    assert TOKEN not in found["arguments"]
    assert found["GIT_CONFIG_KEY_0"] == "http.https://host.example:8443/.extraHeader"
    encoded = found["GIT_CONFIG_VALUE_0"].removeprefix("Authorization: Basic ")
    assert base64.b64decode(encoded) == f"oauth2:{TOKEN}".encode()


def test_token_may_name_its_user(fake):
    found = environment(fake("env", Access("notes", host="h", token=f"deploy:{TOKEN}")))
    assert base64.b64decode(found["GIT_CONFIG_VALUE_0"].rpartition(" ")[2]) == f"deploy:{TOKEN}".encode()


def test_secret_is_in_no_text_form():
    assert TOKEN not in repr(Access("notes", "h", TOKEN))


def test_token_that_git_prints_is_not_told(fake):
    git = fake(f"echo 'fatal: {TOKEN} is odd' >&2; exit 128", Access("notes", "h", TOKEN))
    with pytest.raises(NotesError, match=r"fatal: .* is odd") as caught:
        git.run("x", seconds=9)
    assert TOKEN not in str(caught.value)


def test_missing_program_is_told(tmp_path):
    with pytest.raises(NotesError, match="program git is missing"):
        Git(tmp_path / "home", Access("notes"), environ={"PATH": str(tmp_path)}).run("x", seconds=9)


def test_git_that_hangs_is_ended_with_all_that_it_started(fake, tmp_path):
    git = fake(f"sleep 999 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(NotesError, match="did not answer within 1 s"):
        git.run("x", seconds=1)
    assert not alive(int((tmp_path / "child").read_text()))


def test_git_that_is_stopped_ends_at_once(fake):
    git = fake("sleep 999")
    git.stop()
    with pytest.raises(NotesError, match="studybot is ending"):
        git.run("x", seconds=900)


def test_git_that_writes_too_much_is_ended(fake):
    with pytest.raises(NotesError, match="holds too much"):
        fake("sleep 999").run("x", seconds=900, allowed=lambda: False)


@pytest.mark.parametrize("where", [1, 2])
def test_git_that_talks_without_end_is_ended(fake, where):
    git = fake(f"exec yes 'remote: noise' >&{where}")
    with pytest.raises(NotesError, match="git failed on the repository notes: "):
        git.run("x", seconds=30)


def test_as_much_as_the_names_of_many_files_is_heard(fake):
    assert len(fake("head -c 1000000 /dev/zero | tr '\\0' x").run("x", seconds=99)) == 1_000_000


def test_long_line_of_a_server_is_looked_through_in_no_time(fake):
    git = fake("yes repository | head -c 60000 | tr '\\n' ' ' >&2; exit 1")
    with pytest.raises(NotesError, match="git failed on the repository notes: repository"):
        git.run("x", seconds=99)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("fatal: could not read Username for 'https://h': terminal prompts disabled", "asks for credentials"),
        ("git@h: Permission denied (publickey).", "asks for credentials"),
        ("fatal: unable to access 'https://h/': The requested URL returned error: 403", "asks for credentials"),
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "known_hosts"),
        ("fatal: couldn't find remote ref refs/heads/x", "branch is not in the repository"),
        ("fatal: unable to access 'https://h/': The requested URL returned error: 302", "has moved"),
        ("fatal: '/x' does not appear to be a git repository", "There is no repository"),
        ("fatal: unable to access 'https://h/': Could not resolve host: h", "cannot be reached"),
        ("error: file write error: No space left on device", "disk is full"),
        ("error: --shallow-file died of signal 25", "too large"),
        ("fatal: Out of memory, malloc failed (tried to allocate 400000001 bytes)", "too large"),
        ("fatal: cannot open '/x': Permission denied", "git failed on the repository notes: fatal: cannot open"),
        ("fatal: something new", "git failed on the repository notes: fatal: something new"),
        ("", "git failed on the repository notes"),
    ],
)
def test_failures_are_told_in_sentences(fake, said, told):
    with pytest.raises(NotesError, match=told):
        fake(f'cat >&2 <<"EOF"\n{said}\nEOF\nexit 128').run("x", seconds=9)


def test_git_gets_no_more_memory_than_a_small_machine_can_spare(fake):
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("Linux alone sets limits of another process")
    assert int(fake("sleep 0.2; ulimit -d").run("x", seconds=9)) == 512 * 1024


def alive(process_id: int) -> bool:
    """Return whether a process runs; one that has ended may wait for somebody to look."""
    try:
        return "Z" not in Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
