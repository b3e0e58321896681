"""What takes long to load, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import alignment
from knowledge.git_source import GitSource
from knowledge.index import Index
from knowledge.library import Loaded, load
from knowledge.query import QueryReader
from knowledge.segment import Segmenter
from knowledge.sources import Folder, Reading, read
from knowledge.terms import Analyzer
from tests.knowledge.group_notes import FILES, Build
from tests.knowledge.loading import FILES as FEW
from tests.knowledge.loading import write
from tests.knowledge.material import GLOSSARY, SAMPLE, reader
from tests.knowledge.repositories import Origin, source_of

NOTES = (
    "激活函数 activation function 与 SwiGLU、GELU、LeakyReLU",
    "层归一化 LayerNorm 与 RMSNorm",
    "注意力机制 attention mechanism, multi-head attention",
    "决策树 decision tree 的剪枝 pruning",
    "梯度下降 gradient descent 学习率 learning rate",
    "分词器 tokenizer 词表 vocabulary",
)


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """The analyzer that knows the Chinese names of the tests' glossary."""
    return Analyzer(Segmenter(GLOSSARY.han_names))


@pytest.fixture(scope="session")
def notes_reader(analyzer: Analyzer) -> QueryReader:
    """A reader against NOTES."""
    return reader(analyzer, NOTES)


@pytest.fixture(scope="session")
def sample() -> Loaded:
    """The sample notes, loaded without a cache."""
    return load(Folder(SAMPLE))


@pytest.fixture(scope="session")
def real(llm_note: Path, sample: Loaded) -> Loaded:
    """The real notes that lie beside the project; the dictionary is the sample's."""
    return load(Folder(llm_note), previous=sample)


@pytest.fixture(scope="session")
def build(analyzer, tmp_path_factory) -> Build:
    """Reads notes with these texts and indexes them."""

    def built(files: Mapping[str, str]) -> Index:
        root = tmp_path_factory.mktemp("notes")
        for file, text in files.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, "utf-8")
        notes = read(Folder(root)).notes
        terms = [terms for note in notes for terms in analyzer.of_note(note)]
        return Index(notes, terms, twins=alignment.twins(notes), glossary=GLOSSARY, analyzer=analyzer)

    return built


@pytest.fixture(scope="session")
def index(build) -> Index:
    return build(FILES)


@pytest.fixture
def notes(tmp_path) -> Folder:
    return write(tmp_path / "notes", FEW)


@pytest.fixture(scope="session")
def started(sample: Loaded) -> Loaded:
    """A state that knows no note, only the words: loads that begin with it are a start without its half second."""
    return replace(sample, reading=Reading((), (), 0, 0), terms={})


@pytest.fixture
def origin(tmp_path) -> Origin:
    """A repository with one commit."""
    made = Origin(tmp_path / "origin")
    made.commit("First", a="# A\n\nOne.\n", b="# B\n\nTwo.\n")
    return made


@pytest.fixture
def source(origin, tmp_path) -> GitSource:
    """The same as a source, not fetched yet."""
    return source_of(origin.url, tmp_path / "data" / "git")
