"""With what git may show itself to hosts, taken from the environment: a token never goes to a host it is not for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.config.errors import refusal
from bot.config.model import Config, Notes, NotesRepository

_VARIABLE = "STUDYBOT_GIT_TOKEN"


def of_hosts(notes: Iterable[Notes], environ: Mapping[str, str]) -> tuple[tuple[str, SecretStr], ...]:
    """Return the token of each https host, with its port, that there is one for.

    Raises:
        ConfigError: one token is given for several hosts, or it holds more than the token.
    """
    remotes = (one.remote for one in notes if isinstance(one, NotesRepository))
    hosts = list(dict.fromkeys(urlsplit(one.address).netloc for one in remotes if one.scheme == "https"))
    own = {host: token for host in hosts if (token := _token(environ, variable_of(host)))}
    common = _token(environ, _VARIABLE)
    left = [host for host in hosts if host not in own]
    if common and len(left) > 1:
        raise refusal(
            "several hosts are configured; give each its own token, as in {variable}",
            _VARIABLE,
            variable=variable_of(left[0]),
        )
    if common and left:
        own[left[0]] = common
    return tuple((host, SecretStr(token)) for host, token in own.items())


def variable_of(host: str) -> str:
    """Return the environment variable of a host's token."""
    return f"{_VARIABLE}_{re.sub('[^A-Za-z0-9]', '_', host).upper()}"


def require_outside(config: Config) -> None:
    """Refuse repositories that lie in the data folder: studybot would read what it writes itself.

    Raises:
        ConfigError
    """
    for one in config.notes:
        if isinstance(one, NotesRepository) and one.remote.scheme == "file":
            lies = (config.data / one.remote.path).resolve()
            if lies.is_relative_to(config.data.resolve()) or config.data.resolve().is_relative_to(lies):
                raise refusal(
                    "the repository {name} lies in the data folder of studybot, or the other way round",
                    "git",
                    name=one.called,
                )


def _token(environ: Mapping[str, str], name: str) -> str:
    token = environ.get(name, "").strip()
    if token and (not token.isascii() or not token.isprintable() or " " in token):
        raise refusal("expected the token alone, without blanks", name)
    return token
