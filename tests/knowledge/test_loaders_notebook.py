"""Notebooks as notes: Markdown and code cells, pictures that the code drew, and lines of the file."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest

from knowledge import embedded
from knowledge.errors import NotesError
from knowledge.loaders import notebook
from knowledge.loaders.draft import Draft
from knowledge.loaders.notebook_json import MOST_VALUES
from knowledge.model import BlockKind
from knowledge.sources import Folder, read

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
KERNEL = {"language_info": {"name": "python"}}


def markdown(*lines: str, **more: object) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": [f"{line}\n" for line in lines], **more}


def code(source: str, *outputs: Mapping[str, object]) -> dict[str, Any]:
    return {"cell_type": "code", "outputs": list(outputs), "source": source.splitlines(keepends=True)}


def drawn(content: bytes, kind: str = "image/png") -> dict[str, Any]:
    data = {kind: base64.encodebytes(content).decode(), "text/plain": "<Figure>"}
    return {"output_type": "display_data", "data": data}


def texts(draft: Draft) -> list[str]:
    return [block.text for section in draft.sections for block in section.blocks]


def written(*cells: object, **more: object) -> str:
    return json.dumps({"cells": list(cells), "metadata": KERNEL, "nbformat": 4, **more}, indent=1, ensure_ascii=False)


def load(*cells: object, **more: object) -> Draft:
    return notebook.load(written(*cells, **more), "a/plots.ipynb")


def blocks(draft: Draft) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for section in draft.sections for block in section.blocks]


def test_headings_of_markdown_cells_make_sections():
    draft = load(markdown("# Plots"), markdown("Why plot?"), markdown("## Lines", "", "They connect."))
    assert draft.title == "Plots"
    assert [section.headings for section in draft.sections] == [("Plots",), ("Plots", "Lines")]


def test_code_is_a_block_in_its_language():
    (block,) = load(code("x = 1\nprint(x)")).sections[0].blocks
    assert (block.kind, block.info, block.text) == (BlockKind.CODE, "python", "```python\nx = 1\nprint(x)\n```")


def test_language_is_the_kernels():
    (block,) = load(code("x <- 1"), metadata={"kernelspec": {"language": "R"}}).sections[0].blocks
    assert block.info == "R"


def test_fences_in_code_do_not_close_it():
    (block,) = load(code('text = """\n```\n"""')).sections[0].blocks
    assert block.text.startswith("````python\n")


def test_what_code_printed_is_left_out():
    output = {"output_type": "stream", "name": "stdout", "text": ["secret\n"]}
    assert blocks(load(code("print()", output))) == [(BlockKind.CODE, "```python\nprint()\n```")]


def test_pictures_that_code_drew_are_shown_after_it():
    draft = load(code("plot()", drawn(PNG), drawn(JPEG, "image/jpeg")))
    shown = [block.picture.path for block in draft.sections[0].blocks if block.picture]
    assert shown == ["a/plots.ipynb#1.png", "a/plots.ipynb#2.jpg"]


def test_attached_pictures_are_shown_where_they_stand():
    attachments = {"a b.png": {"image/png": base64.b64encode(PNG).decode()}}
    draft = load(markdown("Look:", "![a drawing](attachment:a%20b.png)", attachments=attachments))
    (picture,) = draft.sections[0].pictures
    assert (picture.path, picture.alt) == ("a/plots.ipynb#1.png", "a drawing")


@pytest.mark.parametrize("data", ["<svg/>", "R0lG", "not base64", 7, None, [1, 2]])
def test_what_is_no_picture_is_left_out(data):
    output = {"output_type": "display_data", "data": {"image/png": data, "image/svg+xml": "<svg/>"}}
    assert [kind for kind, _ in blocks(load(code("plot()", output)))] == [BlockKind.CODE]


def test_pictures_beyond_the_most_are_left_out():
    draft = load(*[code("plot()", *[drawn(PNG)] * 50) for _ in range(5)])
    shown = {picture.path for section in draft.sections for picture in section.pictures}
    assert len(shown) == notebook.MOST_PICTURES


def test_lines_are_those_of_the_file():
    text = written(markdown("# Plots", "", "Why plot at all?"), code("print('lines')\nplot(1)"))
    lines = text.split("\n")
    first, last = notebook.load(text, "a.ipynb").sections[0].lines
    assert lines[first - 1].strip().startswith('"# Plots')
    assert lines[last - 1].strip().startswith('"plot(1)')


@pytest.mark.parametrize(
    "said", ["\\u5b66\\u4e60\\u7387", "\\u5B66\\u4E60\\u7387", "学习\\u7387", "\\u5b66习率"], ids=str.encode
)
def test_lines_are_found_however_they_are_written(said):
    text = '{"cells": [{"cell_type": "markdown", "source": [\n"first\\n",\n"\\n",\n"' + said + '"]}]}'
    assert notebook.load(text, "a.ipynb").sections[0].blocks[1].lines == (4, 4)


def test_same_line_again_stands_further_down():
    text = written(markdown("Why plot at all?"), code("x = 1"), markdown("Why plot at all?"))
    first, _, again = (block.lines[0] for block in notebook.load(text, "a.ipynb").sections[0].blocks)
    lines = text.split("\n")
    assert first < again
    assert lines[first - 1] == lines[again - 1]


class Searched(str):
    """Counts the characters that are searched."""

    __slots__ = ("characters",)

    def find(self, wanted: str, begin: int = 0, end: int | None = None) -> int:
        place = super().find(wanted, begin, end)
        self.characters += (place if place >= 0 else len(self)) - begin
        return place


def test_lines_are_found_without_searching_the_pictures_for_each():
    text = Searched(written(markdown(*[f"第 {n} 行的文字" for n in range(200)]), code("1", drawn(PNG * 1_000))))
    text.characters = 0
    notebook.load(text, "a.ipynb")
    assert text.characters < 3 * len(text)


@pytest.mark.parametrize("compact", [True, False])
def test_cells_written_as_one_text_are_read_too(compact):
    cell = {"cell_type": "markdown", "source": "# 绘图\n\n为什么要画图？"}
    text = json.dumps({"cells": [cell]}, indent=None if compact else 1)
    (section,) = notebook.load(text, "a.ipynb").sections
    assert (section.headings, section.text) == (("绘图",), "为什么要画图？")


def test_notebooks_of_before_2014_are_read():
    cells = [{"cell_type": "heading", "level": 2, "source": "Old"}, {"cell_type": "code", "input": "x = 1"}]
    draft = notebook.load(json.dumps({"worksheets": [{"cells": cells}]}), "a.ipynb")
    assert (draft.title, draft.sections[0].text) == ("Old", "```python\nx = 1\n```")


def test_notebook_that_is_no_json_is_told_with_its_line():
    with pytest.raises(NotesError) as caught:
        notebook.load('{\n "cells": [\n  oops\n', "a.ipynb")
    assert str(caught.value).startswith("a.ipynb:3: This notebook is no valid JSON")


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "7", '{"cells": 7}', '{"worksheets": [7]}', '{"worksheets": []}', "[" * 100_000, "9" * 9_000],
    ids=lambda text: text[:24],
)
def test_json_of_another_kind_is_told(text):
    with pytest.raises(NotesError, match="This is no notebook"):
        notebook.load(text, "a.ipynb")


@pytest.mark.parametrize(
    "cell",
    [
        *(None, 7, {}, {"cell_type": "markdown"}, {"cell_type": "heading", "level": "x"}),
        {"cell_type": "markdown", "source": 7, "attachments": 7},
        {"cell_type": "code", "source": ["x", 7], "outputs": [7, {"data": 7}]},
        {"cell_type": "markdown", "source": "![](notebook-picture:9)"},
    ],
)
def test_cells_of_any_form_are_borne(cell):
    load(cell, metadata=7)


def test_notebook_nested_without_end_is_a_problem_among_notes(tmp_path):
    (tmp_path / "deep.ipynb").write_text('{"cells": ' + "[" * 100_000)
    (tmp_path / "good.ipynb").write_text(written(markdown("# Good", "", "text")))
    reading = read(Folder(tmp_path))
    assert [note.file for note in reading.notes] == ["good.ipynb"]
    assert [problem.file for problem in reading.problems] == ["deep.ipynb"]


def test_pictures_of_a_notebook_among_notes_are_no_problem(tmp_path):
    (tmp_path / "plots.ipynb").write_text(written(code("plot()", drawn(PNG))))
    reading = read(Folder(tmp_path))
    assert reading.problems == ()
    assert reading.notes[0].sections[0].pictures[0].path == "plots.ipynb#1.png"


def test_picture_is_taken_out_of_the_file():
    data = written(code("plot()", drawn(PNG), drawn(JPEG, "image/jpeg"))).encode()
    assert embedded.holder("a/plots.ipynb#2.jpg") == "a/plots.ipynb"
    assert embedded.content("a/plots.ipynb#2.jpg", data) == JPEG


@pytest.mark.parametrize("path", ["plots.ipynb#3.png", "plots.ipynb#0.png", "plots.ipynb", "x.png", "plots.ipynb#.png"])
def test_picture_that_is_not_there_is_none(path):
    data = written(code("plot()", drawn(PNG), drawn(JPEG, "image/jpeg"))).encode()
    assert embedded.content(path, data) is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\x00\xff", b'{"cells": ' + b"[" * 100_000])
def test_file_that_is_no_notebook_any_more_has_no_pictures(data):
    assert embedded.content("plots.ipynb#1.png", data) is None


def test_two_percent_signs_are_no_comment_in_a_notebook():
    draft = notebook.load(written(markdown("%%"), markdown("Put %%time%% first."), markdown("%%")), "a.ipynb")
    assert texts(draft) == ["%%", "Put %%time%% first.", "%%"]


@pytest.mark.parametrize("cells", [[[]] * MOST_VALUES, [1] * (MOST_VALUES + 1), [{}] * (MOST_VALUES // 2)])
def test_notebook_of_too_many_values_is_refused_before_it_is_parsed(monkeypatch, cells):
    text = json.dumps({"cells": cells}, separators=(",", ":"))
    monkeypatch.setattr(json, "loads", lambda _: pytest.fail("parsed"))
    with pytest.raises(NotesError, match="more than 300000 values"):
        notebook.load(text, "a.ipynb")


def test_commas_in_texts_are_no_values():
    log = ["loss: 0.1, " * (MOST_VALUES // 2), 'in "quotes", [' * (MOST_VALUES // 2)]
    draft = load(markdown("Kept."), code("train()", {"output_type": "stream", "text": log}))
    assert (texts(draft)[0], draft.problems) == ("Kept.", ())


def test_cells_beyond_the_most_lines_are_left_out_and_told():
    text = written(*[code("x = 1")] * (notebook.MOST_LINES // 4), markdown("left out"))
    draft = notebook.load(text, "a.ipynb")
    (problem,) = draft.problems
    assert problem.message == "The cells of this notebook have more than {limit} lines; only those are read."
    assert dict(problem.values) == {"limit": notebook.MOST_LINES}
    assert "left out" not in texts(draft)


@pytest.mark.parametrize("cell", [markdown(*["x"] * 60_000), code("x\n" * 60_000)])
def test_cell_beyond_the_most_lines_is_cut(cell):
    draft = load(markdown("first"), cell, markdown("left out"))
    assert [problem.message[:9] for problem in draft.problems] == ["The cells"]
    assert "left out" not in texts(draft)


def test_cells_without_text_are_no_more_lines_than_others():
    assert [problem.message[:9] for problem in load(markdown("first"), *[{}] * 60_000).problems] == ["The cells"]
