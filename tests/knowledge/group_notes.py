"""A made-up group's notes, small enough to know what each question should find, and the questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.index import Index
from knowledge.model import Section

Build = Callable[[Mapping[str, str]], Index]

FILLER = " ".join(f"w{number}" for number in range(400))
LONG = "\n\n".join(f"Paragraph {number} of it. {FILLER}" for number in range(6))

FILES = {
    "README.md": "# Group notes\n\n- [Activation functions](activation.md)\n- [决策树](tree_cn.md)\n",
    "activation.md": (
        "# Activation functions\n\n## 1. GELU\n\nA smooth gate of its input.\n\n"
        "## 2. SwiGLU\n\nA gated unit with Swish; compare GELU.\n\n"
        "## References\n\nSwiGLU: a paper that proposes SwiGLU.\n"
    ),
    "lora.md": "# LoRA\n\n## Rank\n\nThe rank bounds the update.\n\n## Alpha\n\nAlpha scales the update of the rank.\n",
    "long.md": f"# Sampling\n\n{LONG}\n\nThe nucleus holds the likeliest words.\n\n{LONG}\n",
    "tree_cn.md": (
        "# 决策树\n\n[English](tree_en.md)\n\n## 剪枝\n\n剪去枝叶，防止过拟合。\n\n## 注意力机制\n\n与树无关的一节。\n"
    ),
    "tree_en.md": (
        "# Decision trees\n\n[中文](tree_cn.md)\n\n## Pruning\n\nCut branches.\n\n## Attention mechanism\n\nNo tree.\n"
    ),
}

QUERIES = [
    "swiglu",
    "gelu",
    "rank alpha",
    "剪枝",
    "决策树的剪枝",
    "update of the rank",
    "sampling",
    "zhuyili",
    "gate",
    "a",
]
UNKNOWN = ["红烧肉怎么做", "sourdough bread", "how to raise sourdough at a low rate", "龘龘龘", "qzxjqzxj"]


def first(index: Index, query: str) -> Section:
    """Return the section that answers *query* best."""
    return index.search(query).hits[0].section
