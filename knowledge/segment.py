"""Chinese text to words, by jieba's dictionary: its Rust port where installed, the original otherwise.

Both give the same words: they are fed runs of Han characters alone, with the hidden Markov model off, and get the
same user words with the same weight (a test holds them to each other). Latin words are cut by ``text``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from importlib.util import find_spec

from knowledge.text import HAN_RUN

# Above the sum of what its parts weigh in jieba's dictionary (60 million), so that a user word is one word.
USER_WORD_FREQUENCY = 20_000
RUN_BREAK = "\n"

Cut = Callable[[str], list[str]]


class Segmenter:
    """Cuts runs of Han characters into words. Loads its dictionary (0.1 to 2 s) when first needed; thread-safe.

    Args:
        user_words: simplified Chinese words that the dictionary lacks, such as 门控线性单元.
        fast: use the Rust port; by default, if it is installed.
    """

    def __init__(self, user_words: Iterable[str] = (), *, fast: bool | None = None) -> None:
        self.user_words = tuple(sorted({word for word in user_words if HAN_RUN.fullmatch(word) and len(word) > 1}))
        self.fast = find_spec("rjieba") is not None if fast is None else fast
        self._cut: Cut | None = None
        self._cut_search: Cut | None = None
        self._lock = threading.Lock()

    def words(self, text: str) -> list[str]:
        """Return the words of the Han runs of the folded *text*, each once, in order: ``[注意力, 机制]``."""
        self._load()
        return [word for word in _cut_runs(self._cut, text) if word != RUN_BREAK]

    def search_words(self, text: str) -> list[str]:
        """Return the same, with the shorter words inside long ones before them: ``[注意, 注意力, 机制]``.

        RUN_BREAK stands between the words of two runs, which are no neighbours.
        """
        self._load()
        return _cut_runs(self._cut_search, text)

    def _load(self) -> None:
        with self._lock:
            if self._cut is None:
                load = _load_rjieba if self.fast else _load_jieba
                self._cut_search, self._cut = load(self.user_words)


def _cut_runs(cut: Cut | None, text: str) -> list[str]:
    assert cut is not None  # noqa: S101 - _load() has just set it
    runs = HAN_RUN.findall(text)
    # One call for all runs: a line feed is a word of its own to both, so no word crosses it.
    return cut(RUN_BREAK.join(runs)) if runs else []


def _load_rjieba(user_words: Iterable[str]) -> tuple[Cut, Cut]:
    import rjieba  # noqa: PLC0415 - an optional dependency

    engine = rjieba.Jieba()
    for word in user_words:
        engine.add_word(word, USER_WORD_FREQUENCY, "n")
    return (lambda text: list(engine.cut_for_search(text, False)), lambda text: list(engine.cut(text, False)))


def _load_jieba(user_words: Iterable[str]) -> tuple[Cut, Cut]:
    import jieba  # noqa: PLC0415 - takes 0.1 s, and is not needed where rjieba is

    jieba.setLogLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    engine.initialize()
    for word in user_words:
        engine.add_word(word, USER_WORD_FREQUENCY)
    return (lambda text: list(engine.cut_for_search(text, HMM=False)), lambda text: list(engine.cut(text, HMM=False)))
