"""Real git repositories for tests, made with the git program."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from knowledge import git_url
from knowledge.git import Access, Git
from knowledge.git_source import GitSource, Repository

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
WHO = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")


class Origin:
    """A repository that somebody else pushes to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    @property
    def url(self) -> str:
        return f"file://{self.path}"

    def git(self, *arguments: str) -> str:
        environ = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(  # noqa: S603 - our own
            ["git", *WHO, *arguments],  # noqa: S607
            cwd=self.path,
            env={**environ, "GIT_ALLOW_PROTOCOL": "file", "HOME": str(self.path)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def write(self, name: str, text: str | bytes = "# Title\n\nText.\n") -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self, subject: str = "Change", **files: str) -> str:
        """Commit all there is, and notes by their stem; return the id."""
        for name, text in files.items():
            self.write(f"{name}.md", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", subject)
        return self.git("rev-parse", "HEAD")


def source_of(url: str, home: Path, *, environ=None, **wanted: object) -> GitSource:
    remote = git_url.parse(url)
    access = Access(remote.name, safe=remote.path if remote.scheme == "file" else "")
    return GitSource(Repository(remote, **wanted), home, Git(home, access, environ=environ or os.environ))
