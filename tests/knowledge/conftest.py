"""What takes long to load, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import Loaded, load
from knowledge.query import QueryReader
from knowledge.segment import Segmenter
from knowledge.sources import Folder
from knowledge.terms import Analyzer
from tests.knowledge.material import GLOSSARY, SAMPLE, reader

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
