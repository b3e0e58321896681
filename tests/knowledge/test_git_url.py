"""Addresses of repositories: what git would take for more than an address is refused, and not repeated."""

import pytest

from knowledge import git_url
from knowledge.errors import NotesError
from knowledge.git_url import Remote, parse


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/owner/repo.git", ("https", "github.com", "owner/repo")),
        ("https://GitLab.example:8443/a/b/c/", ("https", "gitlab.example", "a/b/c")),
        ("https://127.0.0.1/x", ("https", "127.0.0.1", "x")),
        ("https://[::1]:8443/x", ("https", "::1", "x")),
        ("ssh://git@host.example:22/a/b.git", ("ssh", "host.example", "a/b")),
        ("git@github.com:owner/repo.git", ("ssh", "github.com", "owner/repo")),
        ("gitee.com:owner/repo", ("ssh", "gitee.com", "owner/repo")),
        ("file:///srv/notes.git", ("file", "", "/srv/notes.git")),
        ("file:///srv/my%20notes", ("file", "", "/srv/my notes")),
    ],
)
def test_addresses_of_repositories_are_read(address, expected):
    remote = parse(address)
    assert (remote.address, remote.scheme, remote.host, remote.path) == (address, *expected)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ext::sh -c 'touch /tmp/x'",
        "ext::sh",
        "ext::https://github.com/a/b",
        "--upload-pack=touch /tmp/x",
        "-oProxyCommand=x",
        "ssh://-oProxyCommand=touch/x",
        "ssh://git@-host/x",
        "git@-host:x",
        "git@host:-x",
        "host:--upload-pack=x",
        "https://host/--upload-pack=x/../y z",
        "https://-host/x",
        "https:///x",
        "https://host",
        "https://host/",
        "http://host/x",
        "git://host/x",
        "ftp://host/x",
        "fd::17/x",
        "file://host/x",
        "file:///",
        "file://../x",
        "../notes",
        "/srv/notes",
        "C:/notes",
        "https://host/a\nb",
        "https://host/a\0b",
        "https://[::1/x",
        "https://github..com/a/b",
        "https://.github.com/a/b",
        "https://host:99999/a/b",
        "ssh://host:99999/a/b",
        f"https://{'x' * 64}.example/a/b",
        "https://host:port/x",
        "https://" + "h" * 2_000 + "/x",
    ],
)
def test_what_is_no_repository_is_refused(address):
    with pytest.raises(NotesError, match="expected the address of a repository"):
        parse(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://me:hunter2@host/x",
        "https://hunter2@host/x",
        "https://:hunter2@host/x",
        "ssh://git:hunter2@host/x",
        "https://host/x?private_token=hunter2",
        "https://host/x#hunter2",
        "file://me:hunter2@/x",
    ],
)
def test_secret_in_an_address_is_refused_without_repeating_it(address):
    with pytest.raises(NotesError, match="STUDYBOT_GIT_TOKEN") as caught:
        parse(address)
    assert "hunter2" not in repr(caught.value) + str(caught.value) + repr(caught.value.problem)


@pytest.mark.parametrize("name", ["main", "feature/x", "v1.2", "主线", "a-b_c"])
def test_branches_are_known(name):
    assert git_url.is_branch(name)


@pytest.mark.parametrize(
    "name",
    ["", "-x", "--upload-pack=x", "a..b", "a b", "a:b", "a^", "a~1", "a@{1}", "/a", "a/", "a//b", "a.lock", "a\n"],
)
def test_what_git_takes_for_something_else_is_no_branch(name):
    assert not git_url.is_branch(name)


@pytest.mark.parametrize(
    ("address", "folder", "expected"),
    [
        ("https://github.com/o/r.git", "", "https://github.com/o/r/blob/abc"),
        ("git@github.com:o/r.git", "docs/my notes", "https://github.com/o/r/blob/abc/docs/my%20notes"),
        ("https://gitlab.com/g/sub/r", "", "https://gitlab.com/g/sub/r/-/blob/abc"),
        ("ssh://git@gitlab.example.org:2222/g/r.git", "", "https://gitlab.example.org/g/r/-/blob/abc"),
        ("https://gitee.com/o/r", "", "https://gitee.com/o/r/blob/abc"),
        ("https://git.example.org/o/r", "", ""),
        ("https://github.com.evil.example/o/r", "", ""),
        ("file:///srv/r", "", ""),
    ],
)
def test_files_are_linked_where_the_host_is_known(address, folder, expected):
    assert git_url.page(parse(address), "abc", folder) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r/commit/abc"),
        ("https://gitee.com/o/r", "https://gitee.com/o/r/commit/abc"),
        ("https://gitlab.com/g/sub/r", "https://gitlab.com/g/sub/r/-/commit/abc"),
        ("https://git.example.org/o/r", ""),
        ("file:///srv/r", ""),
    ],
)
def test_commits_are_linked_where_the_host_is_known(address, expected):
    assert git_url.commit_page(parse(address), "abc") == expected


def test_repository_is_called_by_the_end_of_its_path():
    assert parse("https://host/owner/LLM_NOTE.git").name == "LLM_NOTE"
    assert Remote("", "file", "", "/srv/notes.git/").name == "notes"
