"""Addresses of git repositories: which are accepted, and where their files can be read on the web.

Git takes far more for an address than leads to a repository: programs to run (``ext::``), options, and passwords that
end in logs. So little is accepted, and what is refused is not repeated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from knowledge.errors import NotesError

_LONGEST: Final = 1_000
_LABEL: Final = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"
"""Between the dots of a host's name, see RFC 1035."""
_HOST: Final = rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\])"
_USER: Final = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_LIKE_SCP: Final = re.compile(rf"(?:{_USER}@)?(?P<host>{_HOST}):(?P<path>[^-/:\s][^:\s]*)")
_PLAIN_HOST: Final = re.compile(rf"{_HOST}(?::\d{{1,5}})?")
_SSH_HOST: Final = re.compile(rf"(?:{_USER}@)?{_HOST}(?::\d{{1,5}})?")
_BRANCH: Final = re.compile(r"(?!-|/)(?!.*(?:\.\.|@\{|//|/\.|\.lock(?:/|$)))[^\x00-\x20\x7f~^:?*\[\\]{1,200}(?<![./])")


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository somewhere else.

    Attributes:
        address: as git takes it; it holds no secret.
        scheme: ``https``, ``ssh`` or ``file``.
        host: without port and user, in lower case; empty for a file.
        path: on that host, such as ``owner/repo``; for a file where it is on this machine.
    """

    address: str
    scheme: str
    host: str
    path: str

    @property
    def name(self) -> str:
        """What people call it: the last part of its path."""
        return self.path.rstrip("/").rpartition("/")[2].removesuffix(".git")


def parse(address: str) -> Remote:
    """Return the repository that *address* leads to.

    Raises:
        NotesError: it is none of https, ssh and file, or it holds a password, an option or a program to run.
    """
    address = address.strip()
    if not address or len(address) > _LONGEST or re.search(r"[\x00-\x20\x7f]", address) or address.startswith("-"):
        raise _unknown()
    if "://" not in address:
        found = _LIKE_SCP.fullmatch(address)
        if found is None or "::" in address:
            raise _unknown()
        return Remote(address, "ssh", found["host"].lower(), _path(found["path"]))
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        secret = parts.password is not None or (parts.scheme == "https" and parts.username is not None)
        _ = parts.port  # read for its ValueError
    except ValueError:
        raise _unknown() from None
    if secret or parts.query or parts.fragment:
        raise NotesError(
            "git: an address that holds a name, a password or a token is not accepted. Leave it out here and set "
            "STUDYBOT_GIT_TOKEN in the environment."
        )
    if not _is_plain(parts.scheme, parts.netloc, parts.path):
        raise _unknown()
    path = unquote(parts.path)
    return Remote(address, parts.scheme, host, path if parts.scheme == "file" else _path(path))


def is_branch(name: str) -> bool:
    """Return whether git accepts *name* for a branch, and takes it for nothing else."""
    return _BRANCH.fullmatch(name) is not None


def page(remote: Remote, commit: str, folder: str = "") -> str:
    """Return what precedes ``/file.md`` in the address of a file of *commit*; empty where that is not known.

    Args:
        remote: of the repository.
        commit: its whole id.
        folder: below the root, from which files are named.
    """
    if remote.scheme == "file":
        return ""
    below = f"/{quote(folder)}" if folder else ""
    if remote.host in {"github.com", "gitee.com"}:
        return f"https://{remote.host}/{quote(remote.path)}/blob/{commit}{below}"
    if remote.host == "gitlab.com" or remote.host.startswith("gitlab."):
        return f"https://{remote.host}/{quote(remote.path)}/-/blob/{commit}{below}"
    return ""


def commit_page(remote: Remote, commit: str) -> str:
    """Return the address at which *commit* itself can be read on the web; empty where that is not known."""
    files = page(remote, commit)
    return files.replace(f"/blob/{commit}", f"/commit/{commit}")


def _is_plain(scheme: str, netloc: str, path: str) -> bool:
    if path.startswith("/-") or not path.strip("/"):
        return False
    match scheme:
        case "https":
            return _PLAIN_HOST.fullmatch(netloc) is not None
        case "ssh":
            return _SSH_HOST.fullmatch(netloc) is not None
        case "file":
            return netloc in {"", "localhost"}
        case _:
            return False


def _path(written: str) -> str:
    return written.strip("/").removesuffix(".git")


def _unknown() -> NotesError:
    return NotesError(
        "git: expected the address of a repository that begins with https://, ssh:// or file://, or git@host:path"
    )
