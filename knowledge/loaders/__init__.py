"""Which loader reads which file; a new format is a module beside these and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from knowledge.loaders import markdown, notebook, plain, rst
from knowledge.loaders.draft import Draft, Loader

LOADERS: Mapping[str, Loader] = MappingProxyType(
    {".md": markdown.load, ".markdown": markdown.load, ".txt": plain.load, ".ipynb": notebook.load, ".rst": rst.load}
)
"""Of texts, by suffix, in lower case."""
PDF = ".pdf"
"""Read in a process of its own, see knowledge.pdfs."""
SUFFIXES = frozenset({*LOADERS, PDF})
"""Of all notes."""

__all__ = ["LOADERS", "PDF", "SUFFIXES", "Draft", "Loader"]
