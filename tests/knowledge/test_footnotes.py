"""A section brings along the footnotes that it refers to."""

import pytest

from knowledge.loaders import markdown
from knowledge.loaders.footnotes import MAX_BORROWED


def sections(text):
    return {section.title: section for section in markdown.load(text, "a.md").sections}


NOTE = """# A

One[^1] and two[^b] and one[^1] again.

# B

Nothing; `[^2]` and [^unknown].

# C

[^1]: The first,
    at length.
[^b]: The second.
[^2]: The third.
"""


def test_footnotes_of_the_end_of_a_file_stand_in_the_section_that_refers_to_them():
    assert sections(NOTE)["A"].blocks[-1].text == "[^1]: The first,\n    at length.\n[^b]: The second."


def test_section_without_references_gets_none():
    assert sections("# A\n\nx\n\n# B\n\n[^1]: y\n")["A"].text == "x"


def test_footnotes_stay_where_they_are_written():
    assert "The third." in sections(NOTE)["C"].text


def test_lines_of_a_section_are_still_its_own():
    assert sections(NOTE)["A"].lines == (1, 3)


def test_footnote_of_the_same_section_is_not_repeated():
    assert sections("# A\n\nx[^1]\n\n[^1]: y\n")["A"].text.count("[^1]: y") == 1


def test_reference_in_a_table_counts_and_in_code_does_not():
    found = sections("# A\n\n|a|\n|-|\n|x[^1]|\n\n# B\n\n```\n[^1]\n```\n\n# C\n\n[^1]: y\n")
    assert "[^1]: y" in found["A"].text
    assert "[^1]: y" not in found["B"].text


def test_footnote_that_is_a_chapter_is_not_repeated():
    assert "[^1]:" not in sections(f"# A\n\nx[^1]\n\n# B\n\n[^1]: {'long ' * 300}\n")["A"].text


@pytest.mark.parametrize("text", ["[^a]: x\n" * 3_000, "[^" * 9_000, "[^a]" * 5_000 + "\n\n# B\n\n[^a]: x", "[^a]:\n"])
def test_hostile_note_is_read(text):
    assert sections(f"# A\n\n{text}\n")


def test_section_brings_along_no_more_than_can_be_read():
    references = "".join(f"[^{n}]" for n in range(9))
    notes = "\n".join(f"[^{n}]: {'y' * 744}" for n in range(9))  # 750 characters each
    borrowed = sections(f"# A\n\nx{references}\n\n# B\n\n{notes}\n")["A"].blocks[-1].text
    assert [line[:6] for line in borrowed.split("\n")] == ["[^0]: ", "[^1]: ", "[^2]: ", "[^3]: "]
    assert len(borrowed) == MAX_BORROWED + 3
