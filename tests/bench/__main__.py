"""``make bench``: what the project promises of speed and size, measured beside its peers in the same run."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.app import SAMPLE
from knowledge import glossary
from knowledge.glossary import Glossary
from knowledge.segment import Segmenter
from tests.bench import corpus
from tests.bench.table import Line, show

SIZES = (1_000, 10_000, 100_000)
REAL_NOTES = Path(__file__).parents[3] / "shared" / "notes" / "LLM_NOTE"
RUNS = 5
TEXT_WORDS = 400_000


def main() -> None:
    """Measure everything and print the table; ``quick`` leaves the largest size out."""
    console = Console(width=max(140, Console().width))
    lines: list[Line] = []
    for measure in MEASURES:
        for line in measure():
            console.print(f"{line.what}: {line.measured} {f'({line.peer})' if line.peer else ''}")
            lines.append(line)
    show(lines, console)


def _searching() -> Iterator[Line]:
    for size in SIZES[: 2 if "quick" in sys.argv[1:] else 3]:
        found = _run("tests.bench.searching", str(size), "peers")
        median, p99 = found["query_ms"]
        peer, peer_p99 = found["bm25s_ms"]
        yield Line(
            f"query, {size:,} sections",
            "median under bm25s's" + (", p99 under 20 ms" if size == SIZES[-1] else ""),
            f"median {median:.2f} ms, p99 {p99:.2f} ms",
            f"bm25s {peer:.2f} / {peer_p99:.2f} ms, ratio {median / peer:.2f}",
            median < peer and (size != SIZES[-1] or p99 < 20),
        )
        if size == SIZES[1]:
            typed, typed_p99 = found["complete_ms"]
            measured = f"median {typed:.2f} ms, p99 {typed_p99:.2f} ms"
            yield Line(f"autocomplete, {size:,} headings", "under 5 ms", measured, "", typed_p99 < 5)
        if size == SIZES[-1]:
            yield from _indexing(found)


def _indexing(found: dict[str, Any]) -> Iterator[Line]:
    ours, peer, memory = found["index_s"], found["rank_index_s"], found["memory_mb"]
    yield Line(
        "indexing 100,000 segmented sections",
        "faster than rank-bm25",
        f"{ours:.1f} s",
        f"rank-bm25 {peer:.1f} s, bm25s {found['bm25s_index_s']:.1f} s, ratio {ours / peer:.2f}",
        ours < peer,
    )
    measured = f"{memory:.0f} MB, of which the made-up notes {found['corpus_mb']:.0f} MB"
    yield Line("memory of that process", "under 600 MB", measured, "", memory < 600)


def _segmenting() -> Iterator[Line]:
    names = glossary.shipped()
    text = corpus.text(names, TEXT_WORDS, random.Random(3))
    words = Glossary(names).han_names
    fast, slow = (_megabytes_a_second(Segmenter(words, fast=fast), text) for fast in (True, False))
    peer = f"jieba {slow:.2f} MB/s, ratio {fast / slow:.1f}"
    yield Line("segmenting with `fast`", "at least 5 MB/s", f"{fast:.1f} MB/s", peer, fast >= 5)


def _megabytes_a_second(segmenter: Segmenter, text: str) -> float:
    segmenter.words("加载词典")
    lines = [text[first : first + 2_000] for first in range(0, len(text), 2_000)]
    started = time.perf_counter()
    for line in lines:
        segmenter.search_words(line)
    return len(text.encode()) / 1e6 / (time.perf_counter() - started)


def _refreshing() -> Iterator[Line]:
    found = _run("tests.bench.refreshing")
    what = f"{found['sections']:,} sections"
    measured = f"{found['memory_mb']:.0f} MB, at the most {found['peak_mb']:.0f} MB"
    yield Line(f"memory at {what}", "under 350 MB", measured, "", found["memory_mb"] < 350)
    gap = found["gap_ms"]
    measured = f"longest {gap:.0f} ms, the refresh {found['refresh_s']:.1f} s"
    yield Line(f"event loop while {what} are indexed anew", "never blocked over 50 ms", measured, "", gap < 50)


def _editing() -> Iterator[Line]:
    found = _run("tests.bench.editing")
    seconds = found["seconds"]
    what = f"refresh after one edit in {found['files']:,} files, {found['sections']:,} sections"
    yield Line(what, "under 0.5 s to searchable", f"{seconds:.2f} s", "", seconds < 0.5)


def _starting() -> Iterator[Line]:
    notes = REAL_NOTES if REAL_NOTES.is_dir() else SAMPLE
    found = _run("tests.bench.starting", str(notes))
    answering, whole = found["answering_s"], found["whole_s"]
    yield Line(f"first start with {notes.name}", "answering after 3 s", f"{answering:.1f} s", "", answering < 3)
    measured = f"{whole:.1f} s, {found['drawn']} of {found['wanted']} pictures"
    yield Line("all of its pictures drawn", "under 15 s", measured, "", whole < 15)


def _drawing() -> Iterator[Line]:
    found = _run("tests.bench.drawing")
    (median, p99), (_, gap) = found["formula_ms"], found["gap_ms"]
    measured = f"median {median:.1f} ms, p99 {p99:.1f} ms"
    yield Line("formula to PNG", "median under 20 ms", measured, "", median < 20)
    what = f"event loop while {found['drawn']} are drawn"
    yield Line(what, "late by under 10 ms, p99", f"p99 {gap:.1f} ms", "", gap < 10)


def _cards() -> Iterator[Line]:
    found = _run("tests.bench.cards")
    (median, p99), (kept, _) = found["new_ms"], found["kept_ms"]
    measured = f"median {median:.0f} ms, p99 {p99:.0f} ms, {found['first_ms']:.0f} ms with the start of the process"
    yield Line("leaderboard card that nobody has seen", "under 400 ms", measured, "", median < 400)
    yield Line("leaderboard card that is kept", "under 5 ms", f"median {kept:.2f} ms", "", kept < 5)


def _boards() -> Iterator[Line]:
    found = _run("tests.bench.boards")
    what = f"{found['events']:,} answers in {found['groups']} groups"
    for name, key in (("week", "week"), ("all time", "ever")):
        for of, place in (("any group", f"{key}_ms"), ("the largest, 100,000 answers", f"{key}_largest_ms")):
            median, p99 = found[place]
            measured = f"median {median:.1f} ms, p99 {p99:.1f} ms"
            yield Line(f"leaderboard, {name}, {what}, {of}", "p99 under 30 ms", measured, "", p99 < 30)


def _pressing() -> Iterator[Line]:
    found = _run("tests.bench.pressing")
    ours, peer, ratio = found["pressing"], found["replying"], found["ratio"]
    yield Line(
        f"answers to a question, {found['at_once']} at once, SQLite",
        "at least 0.7 of a bot that only replies",
        f"{ours:.0f}/s committed and replied",
        f"only replies {peer:.0f}/s, ratio {ratio:.2f}",
        ratio >= 0.7,
    )


def _racing() -> Iterator[Line]:
    found = _run("tests.bench.racing")
    presses, counted, different = (found[name] for name in ("presses", "counted", "different"))
    measured = f"{counted:,} counted, {counted - different} of them twice, in {found['seconds']:.0f} s"
    yield Line(
        f"{presses:,} presses on one race, 500 members",
        "every one counted exactly once",
        measured,
        "",
        counted == different == presses,
    )
    # While the bot waits for a processor that others use, it does not stand still by its own doing.
    measured = f"longest {found['busy_ms']:.0f} ms of its own work, {found['gap_ms']:.0f} ms on the clock"
    yield Line("event loop meanwhile", "never blocked over 50 ms", measured, "", found["busy_ms"] < 50)


def _scheduling() -> Iterator[Line]:
    found = _run("tests.bench.scheduling")
    median, p99 = found["tick_ms"]
    yield Line(
        f"tick of the daily questions, {found['guilds']:,} groups, {found['posts']:,} posts, none due",
        "under 5 ms, no scan",
        f"median {median:.2f} ms, p99 {p99:.2f} ms, {found['scans']} scans",
        "",
        p99 < 5 and not found["scans"],
    )


def _asking() -> Iterator[Line]:
    notes = REAL_NOTES if REAL_NOTES.is_dir() else SAMPLE
    command = (sys.executable, "-m", "bot", "ask", "swiglu", "--notes", str(notes))
    with tempfile.TemporaryDirectory() as folder:
        cold = sorted(_seconds(command, Path(folder, str(run))) for run in range(RUNS))[RUNS // 2]
        warm = sorted(_seconds(command, Path(folder, "0")) for _ in range(RUNS))[RUNS // 2]
    what = f"studybot ask swiglu, {notes.name}"
    yield Line(f"{what}, without a cache", "under 3 s", f"{cold:.2f} s, median of {RUNS}", "", cold < 3)
    yield Line(f"{what}, with a cache", "under 1.2 s", f"{warm:.2f} s, median of {RUNS}", "", warm < 1.2)


MEASURES = (
    _searching,
    _segmenting,
    _refreshing,
    _editing,
    _starting,
    _drawing,
    _cards,
    _boards,
    _pressing,
    _racing,
    _scheduling,
    _asking,
)


def _seconds(command: tuple[str, ...], data: Path) -> float:
    started = time.perf_counter()
    environment = {**os.environ, "STUDYBOT_DATA": str(data)}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own command
    return time.perf_counter() - started


def _run(module: str, *arguments: str) -> dict[str, Any]:
    command = (sys.executable, "-m", module, *arguments)
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own module
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
