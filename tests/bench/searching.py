"""Queries, indexing, autocomplete and memory over made-up notes of several sizes. One size a process.

``python -m tests.bench.searching SIZE`` prints one JSON object: memory counts for one size alone.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from knowledge import glossary
from knowledge.glossary import Glossary, Term
from knowledge.index import Index
from knowledge.segment import Segmenter
from knowledge.terms import Analyzer
from tests.bench.corpus import Corpus, make
from tests.bench.table import milliseconds

JUDGED = Path(__file__).parents[1] / "data"
WARM_UP = 20
LIMIT = 8


def main() -> None:
    """Measure the size given as first argument; with ``peers``, the peers too, after our own memory is known."""
    size = int(sys.argv[1])
    names = glossary.shipped()
    analyzer = Analyzer(Segmenter(Glossary(names).han_names))
    corpus = make(size, names, random.Random(1))
    before = _memory_mb()
    index, seconds = _timed(lambda: _index(corpus, names, analyzer))
    found: dict[str, Any] = {"size": size, "index_s": seconds, "corpus_mb": before, "memory_mb": _memory_mb()}
    asked = _asked()
    index.warm()
    found["query_ms"] = milliseconds(_each(asked, lambda query: index.search(query, limit=LIMIT)))
    typed = [query[:length] for query in asked for length in (1, 2, 4)]
    found["complete_ms"] = milliseconds(_each(typed, index.complete))
    if "peers" in sys.argv[2:]:
        found |= _peers(corpus, asked, slow=size <= 10_000)
    sys.stdout.write(json.dumps(found) + "\n")


def _asked() -> list[str]:
    """Return what people ask: the judged queries, of every kind, in a mixed order."""
    files = sorted(JUDGED.glob("judged_*.jsonl"))
    found = [json.loads(line)["query"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    random.Random(2).shuffle(found)
    return found


def _index(corpus: Corpus, names: Sequence[Term], analyzer: Analyzer) -> Index:
    return Index(corpus.notes, corpus.terms, twins={}, glossary=Glossary(names), analyzer=analyzer)


def _peers(corpus: Corpus, asked: Sequence[str], *, slow: bool) -> dict[str, Any]:
    """Measure bm25s and rank-bm25 on the same terms and queries; these are cut as is usual beside them, by jieba."""
    import bm25s  # noqa: PLC0415 - its memory must not count as ours
    import jieba  # noqa: PLC0415
    from rank_bm25 import BM25Okapi  # noqa: PLC0415

    jieba.setLogLevel("WARNING")
    jieba.initialize()

    # From the same segmented sections as ours: words with spaces between them.
    texts = [f"{terms.heading} {terms.ancestors} {terms.name} {terms.body}" for terms in corpus.terms]
    rank, rank_s = _timed(lambda: BM25Okapi([text.split() for text in texts]))
    peer = bm25s.BM25()
    _, bm25s_s = _timed(lambda: peer.index([text.split() for text in texts], show_progress=False))
    retrieve = _each(asked, lambda query: peer.retrieve([_cut(jieba, query)], k=LIMIT, show_progress=False))
    found = {"rank_index_s": rank_s, "bm25s_index_s": bm25s_s, "bm25s_ms": milliseconds(retrieve)}
    if slow:
        found["rank_ms"] = milliseconds(_each(asked[:100], lambda query: rank.get_scores(_cut(jieba, query))))
    return found


def _cut(jieba: Any, query: str) -> list[str]:
    return list(jieba.cut_for_search(query.lower()))


def _each(asked: Sequence[str], answer: Callable[[str], object]) -> list[float]:
    for query in asked[:WARM_UP]:
        answer(query)
    return [_timed(lambda query=query: answer(query))[1] for query in asked]  # type: ignore[misc]


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    return call(), time.perf_counter() - started


def _memory_mb() -> float:
    """Return the most memory that this process has taken so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
