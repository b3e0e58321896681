"""reStructuredText as notes: what it says is found and shown as if it had been written in Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import NotesError
from knowledge.loaders import LOADERS, Draft, rst
from knowledge.model import BlockKind, Section
from knowledge.sources import Folder, read


def load(text: str) -> Draft:
    return LOADERS[".rst"](text, "docs/usage.rst")


def only(text: str) -> Section:
    (section,) = load(text).sections
    return section


def texts(text: str) -> list[str]:
    return [block.text for section in load(text).sections for block in section.blocks]


def test_marks_tell_the_levels_of_headings_in_the_order_in_which_they_come():
    draft = load("Top\n***\n\na\n\nUnder\n=====\n\nb\n\nDeeper\n------\n\nc\n\nAgain\n=====\n\nd\n")
    assert [section.headings for section in draft.sections] == [
        ("Top",),
        ("Top", "Under"),
        ("Top", "Under", "Deeper"),
        ("Top", "Again"),
    ]


def test_line_above_and_below_is_another_mark_than_one_below():
    draft = load("=====\nTitle\n=====\n\na\n\nSection\n=======\n\nb\n")
    assert [section.headings for section in draft.sections] == [("Title",), ("Title", "Section")]


def test_chinese_heading_with_marks_of_any_length():
    assert only("激活函数\n====\n\n文字\n").headings == ("激活函数",)


def test_lines_are_those_of_the_file():
    section = load("Top\n===\n\na\n\n.. code-block:: python\n   :linenos:\n\n   x = 1\n\nlast\n").sections[0]
    assert section.lines == (1, 11)
    assert [block.lines for block in section.blocks] == [(4, 4), (6, 9), (11, 11)]


@pytest.mark.parametrize("name", ["code-block", "code", "sourcecode"])
def test_code_is_a_block_in_its_language(name):
    (block,) = only(f".. {name}:: python\n   :caption: x\n\n   def f():\n       return 1\n").blocks
    assert (block.kind, block.info, block.text) == (
        BlockKind.CODE,
        "python",
        "```python\ndef f():\n    return 1\n```",
    )


def test_literal_block_after_two_colons_is_code():
    assert texts("Like this::\n\n    a\n      b\n\nend\n") == ["Like this:", "```\na\n  b\n```", "end"]


def test_two_colons_alone_are_left_out():
    assert texts("Text\n\n::\n\n    a\n") == ["Text", "```\na\n```"]


def test_session_of_the_interpreter_is_code():
    assert texts(">>> 1 + 1\n2\n\nend\n") == ["```python\n>>> 1 + 1\n2\n```", "end"]


@pytest.mark.parametrize("text", [".. math::\n\n   E = mc^2\n", ".. math:: E = mc^2\n"])
def test_formula_is_displayed(text):
    (block,) = only(text).blocks
    assert (block.kind, block.text) == (BlockKind.MATH, "$$\nE = mc^2\n$$")


def test_picture_with_its_words_and_its_caption():
    image, caption = only(".. figure:: images/x.png\n   :alt: a gate\n   :width: 300\n\n   The caption.\n").blocks
    assert (image.kind, image.text) == (BlockKind.IMAGE, "![a gate](<images/x.png>)")
    assert caption.text == "The caption."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See `the docs <https://x.org>`_.", "See [the docs](https://x.org)."),
        ("See `the docs`_.\n\n.. _the docs: https://x.org", "See [the docs](https://x.org)."),
        ("See Python_.\n\n.. _Python: https://x.org", "See [Python](https://x.org)."),
        ("It is :math:`x_i^2` here.", "It is $x_i^2$ here."),
        ("Call :func:`~torch.nn.relu` or :ref:`this one <label>`.", "Call ``relu`` or this one."),
        ("Keep ``a_b_ `c` |d|`` as code.", "Keep ``a_b_ `c` |d|`` as code."),
        ("A |sub| here.\n\n.. |sub| replace:: substitute", "A substitute here."),
        ("As shown [1]_ and `meant`.", "As shown [1] and *meant*."),
        ("snake_case_ and x_ stay.", "snake_case_ and x_ stay."),
        ("#. first", "1. first"),
        ("| verse", "verse"),
    ],
)
def test_what_stands_inside_lines_is_written_as_in_markdown(written, shown):
    assert texts(written + "\n")[0] == shown


def test_list_keeps_what_belongs_to_its_items():
    assert texts("* one\n* two\n\n  more of two\n\nend\n") == ["* one\n* two\n\n  more of two", "end"]


def test_indented_paragraph_is_a_quotation():
    assert texts("Text\n\n    said somebody\n\nend\n") == ["Text", "> said somebody", "end"]


def test_note_is_a_quotation_with_its_kind():
    assert texts(".. warning:: Be careful\n   with it.\n") == ["> **Warning** Be careful\n> with it."]


def test_tables_keep_their_columns():
    grid = "+---+---+\n| a | b |\n+---+---+"
    simple = "=== ===\nA   B\n=== ===\n1   2\n\n3   4\n=== ==="
    assert texts(f"{grid}\n\n{simple}\n") == [f"```text\n{grid}\n```", f"```text\n{simple}\n```"]


@pytest.mark.parametrize(
    "text",
    [
        ".. include:: /etc/passwd\n",
        ".. raw:: html\n   :file: secret\n\n   <script>x</script>\n",
        ".. a comment\n   on\n",
        ".. contents::\n   :depth: 2\n",
        ".. toctree::\n\n   other\n",
        ".. literalinclude:: x.py\n",
        ".. _label:\n",
    ],
)
def test_what_brings_in_other_files_or_says_nothing_is_left_out(text):
    assert texts(f"before\n\n{text}\nafter\n") == ["before", "after"]


def test_content_of_unknown_directives_stays():
    assert texts(".. versionadded:: 2.0\n\n   New words.\n") == ["2.0", "New words."]


def test_rst_file_is_a_note_with_its_picture(tmp_path):
    (tmp_path / "a.rst").write_text("Title\n=====\n\n.. image:: x.png\n")
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    reading = read(Folder(tmp_path))
    assert (reading.problems, reading.notes[0].sections[0].pictures[0].path) == ((), "x.png")


@pytest.mark.parametrize(
    "text",
    [
        "    x\n\n" * 20_000,
        "* item\n" + "  goes on\n" * 50_000,
        "=== ===\nx\n" * 20_000,
        "\n".join(" " * depth + ".. note::" for depth in range(0, 300, 3)),
        "`" * 50_000,
        "|" * 50_000,
        "a_ " * 30_000,
        "::\n" * 30_000,
        ".. |x| replace:: |x| |x|\n\n|x|\n",
    ],
)
def test_hostile_files_are_read(text):
    load(text)


@pytest.mark.parametrize(
    "text",
    [
        f".. |a| replace:: {'x ' * 90}\n\n" + "|a|\n" * 100_000,
        f".. |a| replace:: {'x ' * 90}\n\n" + "|a|\n====\n\n" * 100_000,
        f".. _a: http://{'x' * 900}\n\n" + "a_ \n" * 12_000,
    ],
    ids=["substitutions", "headings", "targets"],
)
def test_file_that_becomes_too_long_is_refused(text):
    with pytest.raises(NotesError, match=r"becomes too long once its links and substitutions are filled in") as raised:
        load(text)
    assert raised.value.problem.file == "docs/usage.rst"


def test_file_as_long_as_a_note_may_be_is_read(monkeypatch):
    monkeypatch.setattr(rst, "MOST_CHARACTERS", 20)
    assert texts("a" * 20) == ["a" * 20]


def test_substitution_with_a_long_text_stays_as_it_is_written():
    shown = texts(f"|a| |b|\n\n.. |a| replace:: {'x' * 201}\n.. |b| replace:: {'y' * 200}")
    assert shown[0] == "|a| " + "y" * 200


@pytest.mark.parametrize("line", ["|a| " * 1_000, "``x``|a|" * 600], ids=["one piece", "between code"])
def test_no_links_are_filled_into_a_line_that_substitutions_make_long(line):
    defined = f".. _b: {'x' * 999}\n.. |a| replace:: {'b_ ' * 66}"
    shown = "".join(texts(f"{line}\n\n{defined}\n"))
    assert shown.count("|a|") == line.count("|a|")


def test_nothing_is_filled_into_a_line_without_end():
    line = "x_ " * 7_000
    assert not any("](" in text for text in texts(f"{line}\n\n.. _x: http://example.org/"))


@given(st.text(alphabet="ab=-`_:.|* +>\n", max_size=200))
def test_any_text_is_read_with_lines_of_the_file(text):
    count = text.count("\n") + 1
    for section in load(text).sections:
        assert all(1 <= block.lines[0] <= block.lines[1] <= count for block in section.blocks)


def test_two_percent_signs_are_no_comment():
    assert texts("a %%time%% b\n\n%%\n\nc\n\n%%\n") == ["a %%time%% b", "%%", "c", "%%"]


def test_what_defines_a_substitution_is_no_paragraph():
    defined = ".. |v| replace:: version 1.0\n.. |c| unicode:: 0xA9\n   :trim:\n.. |d| date::\n"
    assert texts(f"{defined}\nThis is |v| here.\n") == ["This is version 1.0 here."]


@pytest.mark.parametrize("defined", ["y" * 201, "one\n   two"], ids=["too long", "several lines"])
def test_substitution_that_is_not_filled_in_is_shown_where_it_is_defined(defined):
    shown = "".join(texts(f"text\n\n.. |v| replace:: {defined}\n"))
    assert all(line.strip() in shown for line in defined.split("\n"))


def test_header_of_a_table_of_values_stands_above_them():
    table = '.. csv-table:: Sizes\n   :header: "name, unit", value\n   :widths: 1, 2\n\n   width, 3\n   height, 4\n'
    assert texts(table) == ["Sizes", '"name, unit", value\nwidth, 3\nheight, 4']
