"""The one door to the git program: what it may do here, for how long, and what its failures mean.

The program rather than a library: dulwich and pygit2 would read what strangers packed inside our own process, where
nothing stops it, and know neither all kinds of servers nor partial clones; GitPython only starts the program. Started
by us it gets no configuration but ours, no secret on its command line, and an end.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from knowledge.errors import NotesError, Problem
from knowledge.git_url import Remote
from knowledge.heard import Heard

_KEPT: Final = (
    "PATH",
    "HOME",
    "SSH_AUTH_SOCK",
    "GIT_SSH_COMMAND",
    "GIT_SSL_CAINFO",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "http_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "TMPDIR",
)
"""Of our own environment, what git and ssh are told: the agent that holds keys, and the way out of this network."""
_SETTINGS: Final = (
    "protocol.ext.allow=never",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.autocrlf=false",
    "core.protectHFS=true",
    "core.protectNTFS=true",
    "core.sparseCheckout=true",
    "core.sparseCheckoutCone=false",
    "credential.helper=",
    "fetch.recurseSubmodules=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "pack.threads=1",
    "maintenance.auto=false",
    "http.followRedirects=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
)
_LOOK_S: Final = 0.5
_END_S: Final = 10.0
_LONGEST_LINE: Final = 1_000
_LONGEST_REASON: Final = 200
_LONGEST_OUTPUT: Final = 1024**2
_LONGEST_TOLD: Final = 64 * 1024
"""Bytes that git may say; what a server has to say is a part of it."""
_LARGEST_FILE: Final = 2 * 1024**3
_MEMORY: Final = 512 * 1024**2
UNTOLD: Final = Problem("git failed on the repository {name}: {reason}").message
"""The message of a failure for which there is no better one."""
_REASONS: Final = (
    (
        # 25 is SIGXFSZ: the system ends what writes a larger file than it may.
        r"file too large|no space left|disk quota|died of signal 25|out of memory|malloc failed|unable to mmap",
        Problem("The repository {name} is too large, or the disk is full."),
    ),
    (
        r"could not read (?:username|password)|authentication failed|permission denied \(|returned error: 40[13]",
        Problem(
            "The repository {name} asks for credentials. Set STUDYBOT_GIT_TOKEN, or for ssh let an agent hold a key."
        ),
    ),
    (
        r"host key verification failed",
        Problem("ssh does not know the host of the repository {name}. Put its key into known_hosts."),
    ),
    (
        r"couldn't find remote ref|remote branch .* not found",
        Problem("The branch is not in the repository {name} (any more). Correct branch in studybot.yaml."),
    ),
    (
        r"returned error: 30\d|redirect",
        Problem("The repository {name} has moved. Write its new address into studybot.yaml."),
    ),
    (
        r"does not appear to be a git repository|repository .* not found|does not exist|not a git repository",
        Problem("There is no repository {name} at this address (any more)."),
    ),
    (
        r"could not resolve|failed to connect|connection (?:refused|reset|timed out)|unable to access|too slow|"
        r"could not read from remote|no route to host|hung up unexpectedly|operation timed out",
        Problem("The repository {name} cannot be reached. A running bot tries again by itself."),
    ),
)
"""What git says on its standard error, and what that means; the first that fits is told."""


@dataclass(frozen=True, slots=True)
class Access:
    """With what a repository is read.

    Attributes:
        name: of the repository, for messages.
        host: to which the token is handed, with its port; empty for none.
        token: or ``user:token``; a secret.
        safe: the folder of a repository on this machine, whoever owns it.
    """

    name: str
    host: str = ""
    token: str = ""
    safe: str = ""

    def __repr__(self) -> str:
        return f"Access({self.name!r})"


class Git:
    """Runs git for one repository.

    Args:
        home: a folder of its own, for its configuration.
        access: credentials.
        environ: such as ``os.environ``.
    """

    def __init__(self, home: Path, access: Access, *, environ: Mapping[str, str]) -> None:
        self._home = home
        self._access = access
        self._environ = environ
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._held: tuple[str, ...] = ()

    def run(
        self,
        *arguments: str,
        seconds: float,
        index: Path | None = None,
        allowed: Callable[[], bool] = lambda: True,
    ) -> str:
        """Return what ``git arguments`` prints.

        Args:
            arguments: none of them a secret.
            seconds: after which it is ended.
            index: the file that tells what is checked out; None for none.
            allowed: asked now and then whether it may go on: it writes no more than it should.

        Raises:
            NotesError: it is missing, took too long, or failed; the sentence says what to do.
        """
        self._home.mkdir(parents=True, exist_ok=True)
        (self._home / "config").write_text(self._configuration(), "utf-8")
        settings = [part for setting in (*_SETTINGS, *self._held) for part in ("-c", setting)]
        try:
            process = subprocess.Popen(  # noqa: S603 - a list, no shell
                ["git", *settings, *arguments],  # noqa: S607 - where git is, is the system's to say
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=self._environment(index),
                cwd=self._home,
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise NotesError("The program git is missing. Install it to read notes from a repository.") from error
        with self._watched(process):
            out, told = self._output(process, seconds, allowed)
        if process.returncode:
            raise self._failure(told)
        return out

    def hold(self, remote: Remote, addresses: Sequence[str]) -> None:
        """Let https ask for the host at these addresses alone, whatever its name leads to by then; none for any."""
        port = urlsplit(remote.address).port or 443 if addresses else 0
        places = ",".join(f"[{one}]" if ":" in one else one for one in addresses)
        self._held = (f"http.curloptResolve={remote.host}:{port}:{places}",) if addresses else ()

    def stop(self) -> None:
        """End what is running, from another thread; nothing runs after that."""
        self._stopped.set()
        if (process := self._running) is not None:
            _end(process)

    def stopped_within(self, seconds: float) -> bool:
        """Wait, no longer once it is to run nothing any more, and return whether that is so."""
        return self._stopped.wait(seconds)

    @contextlib.contextmanager
    def _watched(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        self._running = process
        with contextlib.suppress(ImportError, AttributeError, OSError):
            import resource  # noqa: PLC0415 - not everywhere; what it does here is of Linux alone

            for kind, limit in ((resource.RLIMIT_FSIZE, _LARGEST_FILE), (resource.RLIMIT_DATA, _MEMORY)):
                resource.prlimit(process.pid, kind, (limit, limit))
        try:
            yield
        finally:
            _end(process)
            self._running = None

    def _output(self, process: subprocess.Popen[bytes], seconds: float, allowed: Callable[[], bool]) -> tuple[str, str]:
        """Return what *process* has printed, and what it said of it, when it has ended."""
        name, end = self._access.name, time.monotonic() + seconds
        out, told = Heard(process.stdout, _LONGEST_OUTPUT), Heard(process.stderr, _LONGEST_TOLD)
        while not (told.wait(_LOOK_S) and out.wait(_LOOK_S)) and not (out.too_long or told.too_long):
            if self._stopped.is_set():
                raise NotesError("The repository {name} was not read: studybot is ending.", name=name)
            if time.monotonic() > end:
                raise NotesError(
                    "The repository {name} did not answer within {seconds} s. A running bot tries again by itself.",
                    name=name,
                    seconds=round(seconds),
                )
            if not allowed():
                raise too_large(name)
        if out.too_long or told.too_long:
            raise self._failure(told.text or "fatal: too much output")
        process.wait(_END_S)
        return out.text, told.text

    def _environment(self, index: Path | None) -> dict[str, str]:
        kept = {name: self._environ[name] for name in _KEPT if name in self._environ}
        secret = self._credentials()
        return {
            "HOME": str(self._home),
            "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=20",
            **kept,
            "LC_ALL": "C.UTF-8",
            "GIT_ALLOW_PROTOCOL": "https:ssh:file",
            "GIT_ASKPASS": "",
            "SSH_ASKPASS": "",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(self._home / "config"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_COUNT": str(len(secret)),
            **{f"GIT_CONFIG_KEY_{number}": key for number, (key, _) in enumerate(secret)},
            **{f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in enumerate(secret)},
            **({"GIT_INDEX_FILE": str(index)} if index else {}),
        }

    def _credentials(self) -> list[tuple[str, str]]:
        """Return settings that go by the environment, which other users of this machine cannot read."""
        host, token = self._access.host, self._access.token
        if not host or not token:
            return []
        pair = token if ":" in token else f"oauth2:{token}"
        encoded = base64.b64encode(pair.encode()).decode()
        return [(f"http.https://{host}/.extraHeader", f"Authorization: Basic {encoded}")]

    def _configuration(self) -> str:
        if not self._access.safe:
            return ""
        # Git asks who owns a repository on this machine; in a container that is somebody else.
        path = self._access.safe.replace("\\", "\\\\").replace('"', '\\"')
        return "".join(f'[safe]\n\tdirectory = "{path}{end}"\n' for end in ("", "/.git"))

    def _failure(self, told: str) -> NotesError:
        told = "\n".join(line[:_LONGEST_LINE] for line in told.splitlines())
        for pattern, problem in _REASONS:
            if re.search(pattern, told, re.IGNORECASE):
                return NotesError(problem.message, name=self._access.name)
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        reason = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "?")
        reason = self._safe(reason)
        return NotesError(UNTOLD, name=self._access.name, reason=reason)

    def _safe(self, reason: str) -> str:
        if self._access.token:
            reason = reason.replace(self._access.token, "***")
        return reason[:_LONGEST_REASON]


def too_large(name: str) -> NotesError:
    """Return the refusal of a repository that holds more than is taken."""
    return NotesError(
        "The repository {name} holds too much. Name the folder with the notes, or leave large files out.", name=name
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and all that it has started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:  # Windows
                process.kill()
    process.wait()
