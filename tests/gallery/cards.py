"""Boards and scores as people see them; with names of our own font alone, so that they look alike everywhere."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from drawing import boards, charts, heatmap
from drawing.boards import Board, Row
from drawing.charts import Progress, Topic
from drawing.heatmap import Year
from drawing.studio import Order

_NAMES: Final = (
    "小明_Ming", "Ada Lovelace", "深度學習研究生·老王", "José Ñandú", "李雷和韩梅梅的超级无敌长名字不会被截断吗",
    "Дмитрий", "<b>&amp;", "Barbara Liskov", "Grace", "臺灣龍貓",
)  # fmt: skip
_POINTS: Final = (12_340, 11_800, 9_950, 8_700, 6_400, 6_400, 4_200, 3_000, 120, 40)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TOPICS: Final = (
    Topic("注意力机制", "96%（24 题）", 0.96), Topic("Tokenization 与 BPE", "85%（40 题）", 0.85),
    Topic("决策树与集成学习：随机森林、梯度提升", "62%（13 题）", 0.62), Topic("强化学习", "33%（9 题）", 0.33),
    Topic("概率论", "4 题答对 1 题"),
)  # fmt: skip


def cards() -> Mapping[str, Order]:
    """Return the orders by their names."""
    rng = random.Random(3)
    rows = tuple(_row(number) for number in range(len(_NAMES)))
    own = Row("128", "Grace Hopper", "7", "1/3", 7 / 12_340, mine=True, apart=True)
    full = Board("本周", "2026-11-23 – 2026-11-29 · 主题：Transformer", "答对", "积分", rows)
    made = {
        "board": full,
        "board with the own row apart": Board("This week", "2026-11-23 –", "right", "points", (*rows[:3], own)),
        "board of one": Board("Today", "2026-11-25", "right", "points", (replace(rows[0], mine=True),)),
    }
    points = [rng.choice((0, 0, 0, 10, 20, 35, 60)) for _ in range(90)]
    ticks = ((14, "09-11"), (29, "09-26"), (44, "10-11"), (59, "10-26"), (74, "11-10"), (89, "11-25"))
    gained = f"+{sum(points):,}"
    progress = Progress("小明_Ming", "2,480 分 · 431 题答对 340 题", "最近 90 天的累计积分", gained, points, ticks,
                        "各主题正确率", _TOPICS)  # fmt: skip
    few = (Topic("Optimizers", "80% (5 answers)", 0.8), Topic("Regularisation and early stopping", "0 of 1 right"))
    early = Progress("Ada Lovelace", "40 points · 4 of 6 right", "", "", (), (), "Right answers by topic", few)
    answered = [rng.choice((0, 0, 0, 1, 2, 4, 7, 12)) for _ in range(371)]
    weekdays = ("Mon", "", "Wed", "", "Fri", "", "")
    year = Year("21 days in a row", "Answered on 231 days of the last year", answered, "2026-11-25", _MONTHS, weekdays,
                "less", "more")  # fmt: skip
    return {
        **{name: Order(boards.draw, (board.values(),), personal=True) for name, board in made.items()},
        "progress": Order(charts.draw, (progress.values(),), personal=True),
        "progress of one day": Order(charts.draw, (early.values(),), personal=True),
        "year": Order(heatmap.draw, (year.values(),), personal=True),
    }


def _row(number: int) -> Row:
    points, unranked = _POINTS[number], number >= len(_NAMES) - 2
    return Row(
        "–" if unranked else str(_POINTS.index(points) + 1),
        _NAMES[number],
        f"{points:,}",
        f"{points // 20}/{points // 16}",
        points / _POINTS[0],
        medal=number + 1 if number < 3 else 0,
        note="已退出" if number == 6 else "",
        mine=number == 3,
        faint=unranked or number == 6,
        above="答满 2 题才参与排名：" if number == len(_NAMES) - 2 else "",
    )
