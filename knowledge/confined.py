"""A process of our own that does what hostile input could turn against us: with little memory, time and environment.

What reads PDFs and draws pictures is written in other languages; some files and formulas make it take all memory, never
end, or abort its whole process. Here that costs one answer.

Both sides send JSON and bytes, nothing that could make the other run code. The process is not told the bot's secrets.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

_LENGTHS: Final = struct.Struct(">II")
_LONGEST: Final = 256 * 1024 * 1024
"""Bytes of one message; a process gone mad cannot make us take more."""
_LATER_S: Final = 5
"""Seconds after which the process ends itself, if whoever was to end it in time is gone."""
_KEPT: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "FONTCONFIG_PATH", "FONTCONFIG_FILE")


class ConfinedError(Exception):
    """What was to be done was not: the process took too long or died, or the function raised.

    Attributes:
        kind: ``time``, ``died``, ``start`` where the system had no room for the process, so that nothing is said of
            what was to be done, or the name of the exception that the function raised.
    """

    def __init__(self, kind: str, text: str = "") -> None:
        super().__init__(text or kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process may take. *seconds* are for each call, *memory_bytes* of address space."""

    memory_bytes: int = 1024 * 1024 * 1024
    seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a confined function returns: a *value* that JSON can hold, and bytes."""

    value: Any = None
    data: bytes = b""


Function = Callable[..., Outcome]
"""Takes bytes and values that JSON can hold; found by its module and name."""


class Confined:
    """Runs functions in a process that is started at the first call, and again after it died. For many threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Confined:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, function: Function, *values: Any, data: bytes = b"") -> Outcome:
        """Return what *function* returns for *data* and *values*. Blocks; one call at a time.

        Raises:
            ConfinedError: it raised, took longer than the limit, or the process died of it or could not be started.
        """
        header = {"function": f"{function.__module__}:{function.__qualname__}", "values": values}
        with self._lock:
            process = self._started()
            answer = None
            try:
                with self._killed_in_time(process) as late:
                    answer = _exchange(process, header, data)
            finally:
                if answer is None:  # also if we are interrupted: what it may still answer is not for the next call
                    self._end()
            if answer is None:
                raise ConfinedError("time" if late.is_set() else "died")
        value, received = answer
        if error := value.get("error"):
            raise ConfinedError(error, value.get("text", ""))
        return Outcome(value.get("value"), received)

    def close(self) -> None:
        """End the process, if there is one; the next call starts another."""
        with self._lock:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        # Never the folder that we happen to be in: -P and whole paths keep what lies there from being imported.
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if os.path.isabs(path))
        limits = (str(self._limits.memory_bytes), str(math.ceil(self._limits.seconds) + _LATER_S))
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-P", "-m", "knowledge.confined", *limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C at the terminal is for us; the process ends when its stdin does
            )
        except OSError as error:
            raise ConfinedError("start", str(error)) from error
        return self._process

    @contextlib.contextmanager
    def _killed_in_time(self, process: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds, kill)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError as error:  # no thread to be had
            raise ConfinedError("start", str(error)) from error
        try:
            yield late
        finally:
            timer.cancel()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with process:  # closes the pipes, waits
            if process.stdin is not None:
                with contextlib.suppress(OSError):  # what it was not told is told to nobody
                    process.stdin.close()


def _exchange(process: subprocess.Popen[bytes], header: dict[str, Any], data: bytes) -> tuple[Any, bytes] | None:
    """Send one message and return the answer; None if the process is gone."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        _send(process.stdin, header, data)
        return _receive(process.stdout)
    except (OSError, ValueError):
        return None


def _send(stream: BinaryIO | Any, header: dict[str, Any], data: bytes) -> None:
    text = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(text), len(data)) + text + data)
    stream.flush()


def _receive(stream: BinaryIO | Any) -> tuple[Any, bytes] | None:
    """Return the next message, None at the end.

    Raises:
        ValueError: it is none, or breaks off.
    """
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    size, more = _LENGTHS.unpack(lengths)
    if size + more > _LONGEST:
        raise ValueError("too long a message")
    text, data = stream.read(size), stream.read(more)
    header = json.loads(text)
    if not isinstance(header, dict) or len(data) < more:
        raise ValueError("no whole message")
    return header, data


def serve(memory_bytes: int, seconds: int) -> None:
    """Do what comes in on stdin, until it ends; one thing for as many *seconds* at most."""
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    _confine(memory_bytes)
    while message := _receive(incoming):
        header, data = message
        with _ended_in_time(seconds):
            outcome = _done(header, data)
        _send(outgoing, *outcome)


@contextlib.contextmanager
def _ended_in_time(seconds: int) -> Iterator[None]:
    """Let the system end the process after *seconds*, whatever code it is in."""
    if not hasattr(signal, "alarm"):  # Windows
        yield
        return
    signal.alarm(seconds)
    yield
    signal.alarm(0)


def _done(header: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    module, _, name = header["function"].partition(":")
    try:
        outcome: Outcome = getattr(importlib.import_module(module), name)(data, *header["values"])
    except Exception as error:  # noqa: BLE001 - whatever it is, the other side decides
        return {"error": type(error).__name__, "text": str(error)[:1000]}, b""
    return {"value": outcome.value}, outcome.data


def _confine(memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where Ctrl-C reaches it all the same
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    os.nice(5)  # whoever waits for an answer goes first
    # No file can be written, and nothing can take all memory.
    for kind, limit in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
