"""Draw the pictures of networks: SwiGLU, LoRA, shared heads, pre- and post-norm."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.sample.images.canvas import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MUTED,
    ORANGE,
    PURPLE,
    Point,
    Rect,
    Tone,
    arrow,
    box,
    card,
    disc,
    line,
    text,
)


def swiglu() -> str:
    """Show the two branches of a SwiGLU feed-forward layer and where they meet."""
    source, target = Rect(40, 190, 110, 70), Rect(846, 190, 116, 70)
    gate, value = Rect(220, 110, 150, 70), Rect(220, 270, 150, 70)
    swish, down = Rect(430, 110, 150, 70), Rect(710, 190, 100, 70)
    meet = (650.0, 225.0)
    parts = [
        arrow((150, 225), (185, 225), (185, 145), gate.left),
        arrow((150, 225), (185, 225), (185, 305), value.left),
        arrow(gate.right, swish.left),
        arrow(swish.right, (650, 145), (650, 203)),
        arrow(value.right, (650, 305), (650, 247)),
        arrow((672, 225), down.left),
        arrow(down.right, target.left),
        box(source, "x", "d = 4096", tone=GREY, size=22),
        box(gate, "W₁", "gate"),
        box(value, "W₃", "value", tone=GREEN),
        box(swish, "Swish", "z · σ(z)", tone=ORANGE),
        disc(meet, "×", tone=PURPLE),
        box(down, "W₂", "output", tone=PURPLE),
        box(target, "y", "d = 4096", tone=GREY, size=22),
        text((505, 330), "11008 numbers", size=16, fill=MUTED),
        text((664, 165), "element by element", size=16, fill=MUTED, anchor="start"),
        text((500, 410), "SwiGLU(x) = ( Swish(x W₁) ⊗ x W₃ ) W₂", size=24, bold=True),
    ]
    return card(450, "SwiGLU feed-forward layer", parts)


def lora() -> str:
    """Show the frozen weight beside the two small trained ones."""
    frozen, down, up = Rect(150, 200, 260, 170), Rect(560, 300, 280, 70), Rect(560, 200, 280, 70)
    meet = (280.0, 140.0)
    parts = [
        arrow((280, 440), frozen.bottom),
        arrow((280, 425), (700, 425), down.bottom),
        arrow(down.top, up.bottom),
        arrow(frozen.top, (280, 162)),
        arrow(up.top, (700, 140), (302, 140)),
        arrow((280, 118), (280, 84)),
        box(frozen, "W  (frozen)", "4096 × 4096", "16,777,216 numbers", tone=GREY, size=22),
        box(down, "A  (trained)", "r × 4096, random start", tone=ORANGE),
        box(up, "B  (trained)", "4096 × r, starts at zero", tone=ORANGE),
        disc(meet, "+", tone=PURPLE),
        disc((280, 462), "x", tone=BLUE),
        text((330, 100), "h = W x + (α / r) · B A x", size=22, anchor="start", bold=True),
        text((500, 132), "× α / r", size=19, fill=ORANGE.edge, bold=True),
        text((700, 470), "r = 16: 131,072 numbers, 0.78 % of W", size=19, fill=MUTED),
    ]
    return card(510, "LoRA", parts)


def _heads(at: Point, count: int, *, tone: Tone, across: float = 200) -> Iterator[tuple[Point, str]]:
    """Give the place and the drawing of `count` small squares spread over a width."""
    for i in range(count):
        x = at[0] + across * (i + 0.5) / count
        square = f'<rect x="{x - 9:.1f}" y="{at[1]:.1f}" width="18" height="34" rx="4" '
        yield (x, at[1]), f'{square}fill="{tone.fill}" stroke="{tone.edge}" stroke-width="2"/>'


def _sharing(x: float, name: str, *, kept: int, note: str) -> Iterator[str]:
    queries = list(_heads((x, 330), 8, tone=BLUE))
    keys = list(_heads((x, 230), kept, tone=GREEN))
    values = list(_heads((x, 150), kept, tone=ORANGE))
    for i, ((query_x, query_y), shape) in enumerate(queries):
        (key_x, key_y), _ = keys[i * kept // 8]
        yield line([(query_x, query_y), (key_x, key_y + 34)], color="#9aa5b1", width=2)
        yield shape
    for (key, key_shape), (value, value_shape) in zip(keys, values, strict=True):
        yield line([key, (value[0], value[1] + 34)], color="#9aa5b1", width=2) + key_shape + value_shape
    yield text((x + 100, 118), name, size=24, bold=True) + text((x + 100, 408), note, size=17, fill=MUTED)


def _latent(x: float) -> Iterator[str]:
    latent = Rect(x + 20, 178, 160, 60)
    for query, shape in _heads((x, 330), 8, tone=BLUE):
        yield line([query, (x + 100, 238)], color="#9aa5b1", width=2) + shape
    yield box(latent, "latent c", "+ RoPE key", tone=PURPLE, size=19)
    yield text((x + 100, 118), "MLA", size=24, bold=True)
    yield text((x + 100, 408), "1 small vector cached", size=17, fill=MUTED)


def kv_heads() -> str:
    """Show how eight query heads share keys and values in four kinds of attention."""
    parts = [
        *_sharing(60, "MHA", kept=8, note="8 K + 8 V cached"),
        *_sharing(290, "GQA", kept=2, note="2 K + 2 V cached"),
        *_sharing(520, "MQA", kept=1, note="1 K + 1 V cached"),
        *_latent(760),
        text((48, 173), "V", size=20, fill=ORANGE.edge, bold=True),
        text((48, 253), "K", size=20, fill=GREEN.edge, bold=True),
        text((48, 353), "Q", size=20, fill=BLUE.edge, bold=True),
    ]
    return card(440, "Who shares keys and values", parts)


def _block(x: float, name: str, *, steps: tuple[str, str, str], skip: tuple[float, float], note: str) -> Iterator[str]:
    """Draw a residual block from the bottom up; `skip` is where the short cut leaves and comes back."""
    tones = {"LayerNorm": GREEN, "sublayer": BLUE, "+": PURPLE}
    yield arrow((x, 470), (x, 430))
    for i, step in enumerate(steps):
        y = 400 - 110 * i
        if step == "+":
            yield disc((x, y), "+", tone=tones[step])
        else:
            yield box(Rect(x - 90, y - 28, 180, 56), step, tone=tones[step])
        reach = 22 if step == "+" else 28
        yield arrow((x, y - reach), (x, y - 64 if i == 2 else y - 82 if steps[i + 1] != "+" else y - 88))
    start, end = skip
    yield arrow((x, start), (x + 150, start), (x + 150, end), (x + 22, end), color=PURPLE.edge)
    yield text((x, 98), name, size=24, bold=True) + text((x, 505), note, size=18, fill=MUTED)


def norm_place() -> str:
    """Show where the normalization stands in a post-norm and in a pre-norm block."""
    parts = [
        *_block(
            240, "Post-norm", steps=("sublayer", "+", "LayerNorm"), skip=(450, 290), note="y = LN(x + F(x)): original"
        ),
        *_block(
            700, "Pre-norm", steps=("LayerNorm", "sublayer", "+"), skip=(450, 180), note="y = x + F(LN(x)): most LLMs"
        ),
        text((500, 290), "the short cut", size=17, fill=PURPLE.edge),
        text((500, 314), "stays untouched", size=17, fill=PURPLE.edge),
        text((500, 338), "only at the right", size=17, fill=INK),
    ]
    return card(530, "Where to normalize", parts)
