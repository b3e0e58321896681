"""Questions of every kind that the tests are made of."""

from __future__ import annotations

from typing import Any

from knowledge.questions.model import Kind, Question, question_id


def question(kind: Kind = Kind.CHOICE, name: str = "q", **values: Any) -> Question:
    """Return a small question; *values* replace its own."""
    own: dict[str, Any] = {
        Kind.CHOICE: {"choices": ("ReLU", "Swish", "GELU"), "right": (1,)},
        Kind.SEVERAL: {"choices": ("L1", "L2", "Dropout", "Adam"), "right": (0, 1, 2)},
        Kind.TRUTH: {"right": (0,)},
        Kind.TYPED: {"accepted": ("GLU", "gated linear unit")},
        Kind.ORDER: {"choices": ("chunk", "embed", "retrieve")},
        Kind.OPEN: {"points": ("a", "b", "c", "d"), "answer": "All of it."},
    }[kind]
    base = {"id": question_id(name), "prompt": "Which?", "language": "en", "topic": "Activation functions"}
    return Question(kind=kind, **{**base, **own, **values})
