"""Question files for tests, written as people write them."""

from __future__ import annotations

from knowledge.questions import files
from knowledge.questions.model import Question

FILE = "questions/glu.questions.yaml"
HEAD = "language: en\ntopic: Activation functions\nquestions:\n"
CHOICE = """\
  - id: swiglu-gate
    kind: choice
    question: Which function gates?
    choices:
      - Swish
      - ReLU
      - Softmax
    answer: A
    difficulty: easy
    explanation: It is Swish.
    source: activation/glu.md#SwiGLU
"""
SEVERAL = """\
  - id: regularisers
    kind: several
    question: Which of these regularise?
    choices: [L1, L2, Adam, All of them]
    answer: [A, B]
    partial: true
    pinned: [D]
"""
TRUTH = "  - id: relu-negative\n    kind: truth\n    question: ReLU is zero below zero.\n    answer: true\n"
TYPED = """\
  - id: golden
    kind: typed
    question: How wide?
    accept: [2.67, 8/3]
    tolerance: 0.01
    answer: Eight thirds of it.
"""
ORDER = "  - id: rag-steps\n    kind: order\n    question: In which order?\n    choices: [chunk, embed, retrieve]\n"
OPEN = """\
  - id: why-gate
    kind: open
    question: |
      Why a gate?

      Say more.
    answer: It selects.
    points: [selects, learns]
    difficulty: hard
"""
ALL = HEAD + CHOICE + SEVERAL + TRUTH + TYPED + ORDER + OPEN


def read(text: str, file: str = FILE) -> tuple[Question, ...]:
    """Return the questions of a file that has to be right."""
    gathered = files.parse(text.encode(), file)
    assert gathered.problems == ()
    return gathered.questions


def problems(text: str, file: str = FILE) -> list[str]:
    """Return what is wrong with a file, of which nothing may be left then."""
    gathered = files.parse(text.encode(), file)
    assert gathered.problems == () or gathered.questions == ()
    return [str(problem).removeprefix(f"{file}:") for problem in gathered.problems]


def wrong(entry: str) -> list[str]:
    """Return what is wrong with a file of one question, its lines counted from that of the question."""
    return [
        f"{int(line) - 3}: {sentence}" for line, sentence in (told.split(": ", 1) for told in problems(HEAD + entry))
    ]
