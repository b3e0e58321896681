"""Whether a repository's host is in the public internet: a name must not lead into a network that only we can reach."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping
from typing import Final
from urllib.request import getproxies

from knowledge.errors import NotesError
from knowledge.git_url import Remote

Resolve = Callable[[str], list[str]]
"""Returns the addresses of a host; raises OSError if there is none, UnicodeError if its name cannot be one."""
_LOCAL: Final = frozenset({"localhost", "localhost.localdomain"})


def resolve(host: str) -> list[str]:
    """Return the addresses of *host*.

    Raises:
        OSError: nobody knows it.
        UnicodeError: it is no name of a host.
    """
    return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]


def require_public(
    remote: Remote, *, private: bool = False, resolve: Resolve = resolve, proxies: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Refuse an https host whose name leads into a private network, unless that was configured.

    An address in numbers, or ``localhost``, says itself where it leads. Behind a proxy it is the proxy that looks.

    Returns:
        The addresses that the name leads to now, to which git is to be held; empty where nothing was looked up.

    Raises:
        NotesError
    """
    through = proxies if proxies is not None else getproxies()
    if remote.scheme != "https" or private or remote.host in _LOCAL or _is_number(remote.host):
        return ()
    if through.get("https") or through.get("all"):
        return ()
    try:
        found = resolve(remote.host)
    except (OSError, UnicodeError) as error:
        raise NotesError(
            "The repository {name} cannot be reached. A running bot tries again by itself.", name=remote.name
        ) from error
    if not all(ipaddress.ip_address(one.partition("%")[0]).is_global for one in found):
        raise NotesError(
            "The host of the repository {name} is in a private network. If that is meant, write private: true beside "
            "git in studybot.yaml.",
            name=remote.name,
        )
    return tuple(found)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
