"""Small notes, terms and readers that the tests of the search core are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.bm25 import PostingsBM25
from knowledge.glossary import Glossary, Term
from knowledge.lexicon import lexicon
from knowledge.model import Block, BlockKind, Language, Note, Picture, Section
from knowledge.query import QueryReader
from knowledge.terms import Analyzer

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "knowledge" / "sample"
SHARED_NOTES = ROOT.parent / "shared" / "notes" / "LLM_NOTE"

GLOSSARY = Glossary(
    (
        Term(zh=("激活函数", "激励函数"), en=("activation function",)),
        Term(zh=("门控线性单元",), en=("gated linear unit",), abbr=("GLU",)),
        Term(zh=("层归一化",), en=("layer normalization", "LayerNorm")),
        Term(zh=("归一化",), en=("normalization",)),
        Term(zh=("决策树",), en=("decision tree",)),
        Term(zh=("注意力机制",), en=("attention mechanism",)),
        Term(zh=("旋转位置编码",), en=("rotary position embedding",), abbr=("RoPE",)),
        Term(zh=("带泄漏线性整流",), en=("Leaky ReLU",)),
        Term(zh=("缺点",), en=("drawback",), aspect=True),
    )
)


def block(text: str, kind: BlockKind = BlockKind.TEXT, *, picture: Picture | None = None) -> Block:
    return Block(kind, text, (1, 1), picture)


def section(
    *headings: str,
    text: str = "",
    file: str = "notes/a.md",
    level: int = 1,
    language: Language = "zh",
    overview: bool = False,
) -> Section:
    key = "\0".join((file, *headings))
    return Section(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        file=file,
        headings=headings,
        level=level,
        lines=(1, 2),
        blocks=(block(text),) if text else (),
        language=language,
        overview=overview,
    )


def note(
    file: str,
    sections: Sequence[Section] = (),
    *,
    twin: str | None = None,
    links: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
) -> Note:
    title = sections[0].title if sections else file
    return Note(file, "0" * 64, title, "zh", tuple(sections), twin, links=links, aliases=aliases, tags=tags)


def reader(analyzer: Analyzer, texts: Iterable[str], glossary: Glossary = GLOSSARY) -> QueryReader:
    """Return a reader against notes that hold *texts*, a section each."""
    words = PostingsBM25([[(1, analyzer.terms(text))] for text in texts])
    return QueryReader(analyzer, lexicon(words, glossary, ()))
