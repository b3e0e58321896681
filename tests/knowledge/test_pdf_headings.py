"""Which lines of a PDF are headings, and that finding them costs a few looks at each line, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from knowledge.loaders import pdf_headings
from knowledge.loaders.pdf_lines import Line

LINE = Line("text", 10.0, bold=False, mono=False, left=50, right=100, base=0, end=0, page=1)


class Counted(Sequence[Line]):
    """Counts the lines that are looked at."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self.looks = 0

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place):
        found = self._lines[place]
        self.looks += len(found) if isinstance(place, slice) else 1
        return found


def lines(*texts: str, size: float = 10.0) -> list[Line]:
    return [replace(LINE, text=text, size=size) for text in texts]


def named(texts: list[str], *names: str) -> list[tuple[int, str]]:
    return [(one.first, one.text) for one in pdf_headings.find(lines(*texts), [[0, name, 1] for name in names])]


@pytest.mark.parametrize(
    ("size", "outline"),
    [(20.0, []), (10.0, [[0, f"none {n}", 1] for n in range(300)]), (10.0, [[0, "1 ab", 1]] * 300)],
    ids=["all alike", "outline of others", "outline of one name"],
)
def test_finding_looks_at_each_line_a_few_times(size, outline):
    many = Counted([*lines(*["1 ab"] * 1_000, size=size), *lines("x" * 5_000)])
    pdf_headings.find(many, outline)
    assert many.looks < 20 * len(many)


def test_number_that_the_outline_leaves_out_may_stand_before_its_name():
    texts = ["Data", "1.2.3.4 Data", "1.2.3.4.5 Data", "2 of Model", "Ends"]
    assert named(texts, "Data", "Data", "Data", "Model", "Ends") == [
        (0, "Data"),
        (1, "Data"),
        (3, "Model"),
        (4, "Ends"),
    ]


def test_short_name_is_a_whole_line():
    assert named(["1 Abc", "Abc", "One more", "Another"], "Abc", "One more", "Another")[0] == (1, "Abc")


def test_name_said_twice_is_two_lines_in_order():
    assert named(["Same", "a", "1 Same", "b", "Same"], "Same", "Same", "Same") == [
        (0, "Same"),
        (2, "Same"),
        (4, "Same"),
    ]


def test_line_that_one_name_has_is_not_anothers():
    assert named(["2 Model", "x", "Model", "Last"], "2 Model", "Model", "Last") == [
        (0, "2 Model"),
        (2, "Model"),
        (3, "Last"),
    ]
