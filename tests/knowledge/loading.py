"""Folders of small notes that the tests of loading are made of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from knowledge.library import Loaded, load
from knowledge.sources import Folder

FILES = {
    "tree.md": "# 决策树\n\n剪枝防止过拟合。\n",
    "lora.md": "# LoRA\n\n## 秩\n\n秩限制更新的大小。\n",
    "empty.md": "",
}


def write(root: Path, files: Mapping[str, str]) -> Folder:
    root.mkdir(exist_ok=True)
    for file, text in files.items():
        (root / file).write_text(text, "utf-8")
    return Folder(root)


def start(notes: Folder, started: Loaded, cache: Path | None) -> Loaded:
    """Load as a new process would, with nothing of the notes in memory."""
    return load(notes, cache=cache, previous=started)


def huge(path: Path) -> None:
    """Make a file that is too large to be a note, of holes."""
    path.touch()
    os.truncate(path, 6 * 1024**2)
