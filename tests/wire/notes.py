"""Small notes for a running bot: a pair in two languages with a picture, and a text of many pages."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

ENGLISH = """# Activation functions

[中文](./activation_cn.md) | [English](./activation.md)

## ReLU

ReLU passes what is positive and cuts off what is negative. It is cheap, and its units can die.

## SwiGLU

SwiGLU multiplies two linear maps of the input, one of them passed through Swish. LLaMA uses it in its MLP.

![formula of SwiGLU](images/swiglu.png)

It needs three matrices, so the hidden size is cut to two thirds.
"""

CHINESE = """# 激活函数

[中文](./activation_cn.md) | [English](./activation.md)

## ReLU

ReLU 保留正数，把负数变成零。计算便宜，但神经元可能失活。

## SwiGLU

SwiGLU 把输入的两个线性变换相乘，其中一个先经过 Swish。LLaMA 在前馈层里用它。

![SwiGLU 公式](images/swiglu.png)

它有三个矩阵，所以隐藏层缩小到三分之二。
"""

PARAGRAPHS = 120
PARAGRAPH = (
    "第{number}步：分词器先把文本切成最小的单位，再按照频率把相邻的单位合并，直到词表达到预定的大小，"
    "这样常见的词保持完整，少见的词被拆开。"
)


def picture() -> bytes:
    """Return a PNG of 8 by 8 grey pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def write(folder: Path) -> Path:
    """Write the notes into *folder* and return it."""
    (folder / "images").mkdir(parents=True)
    (folder / "activation.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "activation_cn.md").write_text(CHINESE, encoding="utf-8")
    steps = "\n\n".join(PARAGRAPH.format(number=number) for number in range(1, PARAGRAPHS + 1))
    (folder / "tokenizer_cn.md").write_text(f"# 分词器\n\n## BPE 算法\n\n{steps}\n", encoding="utf-8")
    (folder / "images" / "swiglu.png").write_bytes(picture())
    return folder
