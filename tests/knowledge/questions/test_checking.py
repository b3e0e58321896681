"""A check tells what leaves a file out apart from what could be better."""

from __future__ import annotations

import os

import pytest

from knowledge.files import Folder, find
from knowledge.places import Place, Places
from knowledge.questions import checking
from knowledge.questions.demand import Material
from tests.knowledge.questions.yaml_files import CHOICE, HEAD, TRUTH

GOOD = HEAD + CHOICE.replace("activation/glu.md", "activation.md")


def of_files(tmp_path, index=None, **texts):
    paths = [tmp_path / f"{name}.yaml" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, "utf-8")
    return checking.of_files(paths, index)


def test_sound_file_has_neither_errors_nor_warnings(tmp_path, index):
    report = of_files(tmp_path, index, a=GOOD)
    assert (report.questions, len(report.ids), report.errors, report.warnings) == (1, 1, (), ())
    assert report.files == (str(tmp_path / "a.yaml"),)


def test_errors_of_all_files_are_told(tmp_path):
    report = of_files(tmp_path, a=GOOD + "  - x\n", b=HEAD + TRUTH.replace("true", "z"), c=HEAD + TRUTH)
    assert [os.path.basename(problem.file) for problem in report.errors] == ["a.yaml", "b.yaml"]
    assert report.questions == 1


def test_id_taken_by_another_file_is_an_error(tmp_path):
    assert len(of_files(tmp_path, a=GOOD, b=GOOD).errors) == 1


def test_lost_source_is_a_warning_where_there_are_notes(tmp_path, index):
    text = GOOD.replace("activation.md", "gone.md")
    assert [str(one).split(": ", 1)[1] for one in of_files(tmp_path, index, a=text).warnings] == [
        "source: gone.md#SwiGLU is not in the notes"
    ]
    assert of_files(tmp_path, a=text).warnings == ()


def test_lint_is_a_warning(tmp_path):
    report = of_files(tmp_path, a=HEAD + TRUTH)
    assert (len(report.errors), len(report.warnings)) == (0, 1)


@pytest.mark.parametrize(("make", "told"), [(None, "there is no such file"), ("folder", "this is not a file")])
def test_path_that_is_no_file_is_an_error(tmp_path, make, told):
    if make:
        (tmp_path / "a.yaml").mkdir()
    assert str(checking.of_files([tmp_path / "a.yaml"]).errors[0]).endswith(told)


def test_huge_file_is_not_read(tmp_path):
    (tmp_path / "a.yaml").touch()
    os.truncate(tmp_path / "a.yaml", 50_000_000)
    assert str(checking.of_files([tmp_path / "a.yaml"]).errors[0]).endswith(
        "larger than 2 MB: split it into several files"
    )


def test_folder_is_checked_with_its_interview_notes(tmp_path, build):
    index = build({"faq.md": "# FAQ\n\nQ: Why?\nA: So.\n\nQ: How?\n"})
    (tmp_path / "faq.md").write_text("# FAQ\n\nQ: Why?\nA: So.\n\nQ: How?\n", "utf-8")
    (tmp_path / "a.questions.yaml").write_text(HEAD + TRUTH + "    explanation: x\n", "utf-8")
    report = checking.of_notes(Material(index, Places((Place(tmp_path),)), find(Folder(tmp_path)).questions))
    assert (report.files, report.questions, report.errors) == (("a.questions.yaml",), 2, ())
    assert [str(one) for one in report.warnings] == ["faq.md:6: This question has no answer. It is left out."]


def test_question_in_two_languages_is_one_id(tmp_path):
    chinese = TRUTH.replace("kind", "language: zh\n    kind").replace("ReLU is", "负半轴")
    path = tmp_path / "a.questions.yaml"
    path.write_text(HEAD + TRUTH + chinese, "utf-8")
    report = checking.of_files([path])
    assert (report.questions, len(report.ids)) == (2, 1)
