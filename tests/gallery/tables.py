"""Tables as notes have them, for the gallery."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.render import rows, tables
from drawing.studio import Drawn, Order

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "looks and alignment": """
| Model | Size | Context | 中文 | 备注 |
|:------|-------:|:-------:|:--:|------|
| **LLaMA-2** | 70B | 4k | ❌ | 解码器结构，使用 SwiGLU |
| `Qwen2.5` | 72B | 128k | ✅ | $O(n^2)$ 注意力，$\\sqrt{d_k}$ 缩放 |
| ~~GPT-2~~ [paper](https://example.org) | 1.5B | 1k | ❌ | WebText<br>第二行 |""",
        "long cells": """
| 术语 | 定义 | 原因 | 结果 |
|------|------|------|------|
| **过拟合** | 学习到训练数据中的噪声或随机波动。 | 树太深、缺乏剪枝。 | 训练误差低但**测试误差高**。 |
| **Underfit** | Model is too simple for the trend. | Shallow tree, too few splits. \
| High error on both sets. |""",
        "many columns": """
| A | B | C | D | E | F | G | H | I | J |
|-|-|-|-|-|-|-|-|-|-|
| 1 | 22 | 333 | 0.1 | 0.22 | 1 | 22 | 333 | 0.1 | 中文 |""",
        "bars in cells": """
| 方法 | 公式 | 范围 | 说明 |
|--|--|--|--|
| Norm | $|A|$ and `a|b` and \\| | $\\mathbb{R}^{n \\times d}$ | \
a_very_long_identifier_of_a_program_that_breaks_somewhere |
| Sigmoid | $\\sigma(x)=\\frac{1}{1+e^{-x}}$ | $(0,1)$ | 容易导致梯度消失 |""",
    }
)


def orders() -> dict[str, Order]:
    """Return what draws the tables, by their names."""
    made: dict[str, Order] = {}
    for name, source in TABLES.items():
        table = rows.of_markdown(source)
        assert table is not None

        def take(order: Order, name: str = name) -> Drawn:
            made[name] = order
            return Drawn("")

        tables.pieces(table, take)
    return made
