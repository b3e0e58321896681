"""``studybot try`` as a process of its own, in an empty home."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Trial:
    """A local chat that is being served."""

    address: str
    process: subprocess.Popen[str]

    def end(self, number: int) -> tuple[int, str]:
        """Send the signal to it and to what it has started, as a terminal does; return its code and what it told."""
        os.killpg(self.process.pid, number)
        told = self.process.communicate(timeout=30)[1]
        return self.process.returncode, told


@contextmanager
def trying(home: Path, *options: object, browser: Path | None = None) -> Iterator[Trial]:
    """Start the local chat, wait until it is served, and kill it at the end if it still runs.

    Args:
        home: empty, and the working directory.
        options: of the command.
        browser: program that is to open the page.
    """
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    environ |= {"BROWSER": str(browser)} if browser else {}
    command = [sys.executable, "-m", "bot", "try", *([] if browser else ["--no-browser"]), *map(str, options)]
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=home,
        env=environ,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            yield Trial(_address(process), process)
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\S+", line):
            return found[0]
    raise AssertionError(f"nothing is served: {process.communicate()[1]}")
