"""What a section counts before anything is asked: one that only points to others stands behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.companions import companions
from knowledge.glossary import name_key
from knowledge.mining import plain_heading
from knowledge.model import Language, Note, Section

# Measured on the project's judged sets with `studybot eval`.
SAME_LANGUAGE = 1.06
CONTENTS = 0.5
OVERVIEW = 0.95
COMPANION = 0.6

_POINTING = """
参考资料 参考文献 参考 参考链接 延伸阅读 扩展阅读 相关链接 相关阅读 资料来源 目录
參考資料 參考文獻 參考 參考鏈接 參考連結 延伸閱讀 擴展閱讀 相關鏈接 相關連結 相關閱讀 資料來源 目錄
reference references further-reading bibliography links see-also table-of-contents contents read-more resources
"""
_POINTING_HEADINGS = frozenset(map(name_key, _POINTING.split()))
# Whether a heading may be one of them, at a tenth of the price of making its key.
_MAY_POINT = re.compile("|".join(re.escape(heading).replace("\\-", ".") for heading in _POINTING.split()), re.I)


def standings(notes: Sequence[Note]) -> Mapping[Language, NDArray[np.float32]]:
    """Return, by language of the question, what the score of each section of *notes* is multiplied with."""
    pairs = [(note, section) for note in notes for section in note.sections]
    beside = companions(note.file for note in notes)
    plain = np.array(
        [_standing(note, section) * (COMPANION if note.file in beside else 1.0) for note, section in pairs], np.float32
    )
    return {language: plain * _favour(pairs, language) for language in ("zh", "en")}


def _standing(note: Note, section: Section) -> float:
    title = section.title
    points_on = note.contents or (_MAY_POINT.search(title) and name_key(plain_heading(title)) in _POINTING_HEADINGS)
    return (CONTENTS if points_on else 1.0) * (OVERVIEW if section.overview else 1.0)


def _favour(pairs: Sequence[tuple[Note, Section]], language: Language) -> NDArray[np.float32]:
    return np.array([SAME_LANGUAGE if section.language == language else 1.0 for _, section in pairs], np.float32)
