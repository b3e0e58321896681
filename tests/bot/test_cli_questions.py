"""studybot questions: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from knowledge.questions import files
from tests.knowledge.questions.yaml_files import CHOICE, HEAD, TRUTH

FAQ = "# FAQ\n\n## LoRA\n\nQ: Why LoRA?\nA: Fewer parameters.\n\nQ: How?\nA: Two matrices.\n"
TRIVIA = "What gates?:\n- Swish\nHow much is 2 + 2?:\n- 4\n"


@pytest.fixture
def studybot(studybot, tmp_path_factory, monkeypatch):
    """Run a command line with a data folder that all tests here share: reading the glossary takes a quarter second."""
    monkeypatch.setenv("STUDYBOT_DATA", str(tmp_path_factory.getbasetemp() / "shared-data"))
    return studybot


@pytest.fixture
def asked(folder):
    """Return a folder of notes with two questions in a note, and two in a file of both languages."""
    (folder / "faq.md").write_text(FAQ, "utf-8")
    text = (
        HEAD
        + TRUTH
        + "    explanation: x\n"
        + TRUTH.replace("kind", "language: zh\n    kind").replace("ReLU is", "负半轴")
    )
    (folder / "glu.questions.yaml").write_text(text + "    explanation: x\n", "utf-8")
    return folder


def listed(studybot, asked, *options):
    code, out, _ = studybot("questions", "list", "--notes", asked, "--json", *options)
    assert code == 0
    return json.loads(out)["questions"]


# list


def test_list_shows_questions_by_topic_with_their_places(studybot, asked):
    code, out, err = studybot("questions", "list", "--notes", asked)
    assert (code, err) == (0, "")
    assert out.startswith("Questions: 3 (4 with both languages counted)\n")
    assert "\nLoRA\n" in out
    assert "Why LoRA?  (faq.md:5-6)" in out


@pytest.mark.parametrize(
    ("locale", "options", "head"),
    [
        ("C.UTF-8", [], "Questions: 3 (4 with both languages counted)"),
        ("C.UTF-8", ["--language", "zh"], "Questions: 1"),
        ("zh_CN.UTF-8", [], "题目：3（中英文分开算为 4）"),
    ],
)
def test_list_says_how_it_counts(studybot, asked, monkeypatch, locale, options, head):
    monkeypatch.setenv("LANG", locale)
    assert studybot("questions", "list", "--notes", asked, *options)[1].splitlines()[0] == head


def test_list_and_check_agree_and_name_the_generated_apart(studybot):
    listed_head = studybot("questions", "list")[1].splitlines()
    checked = studybot("questions", "check")[1].splitlines()
    with_generated = studybot("questions", "list", "--generated")[1].splitlines()
    assert re.fullmatch(r"Questions: \d+ \(\d+ with both languages counted\)", listed_head[0])
    assert checked[0] == listed_head[0]
    more = re.fullmatch(r"Made from the notes: (\d+) more, which --generated lists, too", listed_head[1])
    assert with_generated[1] == f"Made from the notes: {more[1]}"
    assert checked[3].startswith(f"studybot can make {more[1]} more from the notes")


def test_json_of_the_list_has_the_documented_form(studybot, asked):
    first = next(one for one in listed(studybot, asked) if one["origin"] == "notes")
    own = first.pop("id")
    assert len(own) == 16
    assert first == {
        "kind": "open", "language": "en", "topic": "LoRA", "category": "LoRA", "difficulty": "medium",
        "origin": "notes", "question": "Why LoRA?", "choices": [], "right": [], "accept": [], "tolerance": None,
        "answer": "Fewer parameters.", "points": ["Fewer parameters"], "explanation": "",
        "file": "faq.md", "heading": "LoRA", "lines": [5, 6], "section": {"headings": ["FAQ", "LoRA"], "lines": [3, 9]},
    }  # fmt: skip


def test_question_of_a_file_has_its_right_answer_and_no_lines_of_a_note(studybot, asked):
    truth = listed(studybot, asked, "--language", "en")[0]
    assert (truth["right"], truth["lines"], truth["category"], truth["section"]) == (["true"], None, None, None)


@pytest.mark.parametrize(
    ("options", "prompts"),
    [
        ([], {"ReLU is zero below zero.", "负半轴 zero below zero.", "Why LoRA?", "How?"}),
        (["--language", "zh"], {"负半轴 zero below zero."}),
        (["--topic", "lora"], {"Why LoRA?", "How?"}),
        (["--topic", "LoRA", "--topic", "Activation functions", "--language", "zh"], {"负半轴 zero below zero."}),
    ],
)
def test_list_shows_what_is_asked_for(studybot, asked, options, prompts):
    assert {one["question"] for one in listed(studybot, asked, *options)} == prompts


def test_generated_questions_are_listed_only_if_asked_for(studybot, asked):
    assert all(one["origin"] != "generated" for one in listed(studybot, asked))


def test_unknown_topic_is_refused_with_those_there_are(studybot, asked):
    code, out, err = studybot("questions", "list", "--notes", asked, "--topic", "cooking")
    assert (code, out) == (2, "")
    assert err == "There is no question on cooking. Topics:\n  LoRA\n  Activation functions\n"


def test_topics_stand_on_lines_of_their_own_in_chinese_too(studybot, asked, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    err = studybot("questions", "list", "--notes", asked, "--topic", "做饭")[2]
    assert err == "没有关于「做饭」的题目。现有主题：\n  LoRA\n  Activation functions\n"


@pytest.mark.parametrize("part", ["FUNCTIONS", "activ", " tion  func "])
def test_part_of_a_topic_s_name_will_do(studybot, asked, part):
    found = listed(studybot, asked, "--topic", part, "--language", "en")
    assert {one["topic"] for one in found} == {"Activation functions"}


def test_part_of_several_topics_names_is_refused_with_these(studybot, asked):
    text = HEAD.replace("Activation functions", "QLoRA 与 LoRA 总结") + TRUTH.replace("relu-negative", "other")
    (asked / "two.questions.yaml").write_text(text, "utf-8")
    code, _, err = studybot("questions", "list", "--notes", asked, "--topic", "lor")
    assert (code, err) == (2, "lor is a part of several topics. Which one?\n  QLoRA 与 LoRA 总结\n  LoRA\n")
    assert {one["topic"] for one in listed(studybot, asked, "--topic", "lora")} == {"LoRA"}  # whole names come first


def test_names_of_one_topic_in_both_languages_are_one(studybot, asked):
    versions = {"en": TRUTH, "zh": TRUTH.replace("kind", "topic: RAG 检索增强\n    language: zh\n    kind")}
    text = HEAD.replace("Activation functions", "RAG") + "".join(versions.values())
    (asked / "two.questions.yaml").write_text(text.replace("relu-negative", "other"), "utf-8")
    assert len(listed(studybot, asked, "--topic", "ag")) == 2


@pytest.mark.parametrize("command", ["list", "import"])
def test_help_in_chinese_is_not_cut_off(studybot, monkeypatch, command):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    assert "…" not in studybot("questions", command, "--help")[1]


def test_topic_of_nothing_is_no_part_of_a_name(studybot, asked):
    assert studybot("questions", "list", "--notes", asked, "--topic", " ")[0] == 2


def test_export_takes_a_part_of_a_topic_s_name(studybot, asked):
    code, out, _ = studybot("questions", "export", "--notes", asked, "--topic", "lor")
    assert (code, "Why LoRA?" in out, "ReLU" in out) == (0, True, False)


def test_problems_are_told_in_the_json(studybot, asked):
    (asked / "bad.questions.yaml").write_text("- x\n", "utf-8")
    out = json.loads(studybot("questions", "list", "--notes", asked, "--json")[1])
    assert out["problems"] == [
        {"file": "bad.questions.yaml", "line": 1, "message": "expected lines of the form key: value"}
    ]


def test_real_interview_questions_are_listed(studybot, llm_note):
    found = listed(studybot, llm_note)
    assert len(found) == 11
    assert all(one["category"] and one["answer"] and one["lines"] and one["file"] == "面试问题整理.md" for one in found)


def test_index_tells_what_is_wrong_with_question_files(studybot, asked):
    (asked / "bad.questions.yaml").write_text(HEAD + CHOICE.replace("answer: A", "answer: F"), "utf-8")
    problems = json.loads(studybot("index", "--notes", asked, "--json")[1])["problems"]
    assert problems == [{"file": "bad.questions.yaml", "line": 11, "message": "answer F is not among the 3 choices"}]


# check


def test_check_of_sound_files_ends_well(studybot, asked):
    code, out, _ = studybot("questions", "check", "--notes", asked)
    assert (code, out.splitlines()[-1]) == (0, "Errors: 0. Warnings: 0.")


def test_check_says_where_the_questions_come_from(studybot, asked):
    assert studybot("questions", "check", "--notes", asked)[1].splitlines()[:4] == [
        "Questions: 3 (4 with both languages counted)",
        "  in question files: 1 (files: 1)",
        "  written in the notes: 2",
        "studybot can make 1 more from the notes: for where these are too few, or where a group wants them.",
    ]


def test_check_of_interview_notes_alone_names_them(studybot, llm_note):
    lines = studybot("questions", "check", "--notes", llm_note)[1].splitlines()
    assert lines[:3] == ["Questions: 11", "  in question files: 0 (files: 0)", "  written in the notes: 11"]


def test_check_says_in_chinese_where_the_questions_come_from(studybot, asked, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    lines = studybot("questions", "check", "--notes", asked)[1].splitlines()
    assert lines[1:3] == ["  来自题目文件：1 道（1 个文件）", "  写在笔记里：2 道"]


@pytest.mark.parametrize(
    ("arguments", "origins"),
    [
        (["--notes"], {"file": 1, "notes": 2, "generated": 1}),
        (["a.yaml", "--notes"], {"file": 1, "notes": 0, "generated": 0}),
    ],
)
def test_json_of_a_check_counts_by_origin(studybot, asked, tmp_path, arguments, origins):
    (tmp_path / "a.yaml").write_text(HEAD + TRUTH, "utf-8")
    assert json.loads(studybot("questions", "check", "--json", *arguments, asked)[1])["origins"] == origins


def test_check_tells_every_error_and_ends_with_1(studybot, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(HEAD + CHOICE.replace("answer: A", "answer: F") + TRUTH.replace("true", "maybe"), "utf-8")
    code, out, _ = studybot("questions", "check", "bad.yaml")
    assert code == 1
    assert out.splitlines() == [
        "✗ bad.yaml:11: answer F is not among the 3 choices",
        "✗ bad.yaml:18: answer: expected true or false, not maybe",
        "Files: 1. Questions: 0. Errors: 2. Warnings: 0.",
    ]


def test_check_in_chinese(studybot, tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    (tmp_path / "bad.yaml").write_text(HEAD + CHOICE.replace("answer: A", "answer: F"), "utf-8")
    assert studybot("questions", "check", "bad.yaml")[1].startswith("✗ bad.yaml:11: answer 写了 F，但只有 3 个选项\n")


def test_check_as_json_tells_errors_and_warnings_apart(studybot, tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + TRUTH, "utf-8")
    code, out, _ = studybot("questions", "check", "a.yaml", "--json")
    assert (code, json.loads(out)["ok"], json.loads(out)["errors"]) == (0, True, [])
    assert [one["line"] for one in json.loads(out)["warnings"]] == [4]


def test_check_looks_for_sources_in_notes_that_are_named(studybot, asked, tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + CHOICE, "utf-8")
    assert "is not in the notes" in studybot("questions", "check", "a.yaml", "--notes", asked)[1]
    assert "is not in the notes" not in studybot("questions", "check", "a.yaml")[1]


def test_check_of_a_file_that_is_not_there_ends_with_1(studybot):
    code, out, _ = studybot("questions", "check", "gone.yaml")
    assert (code, out.splitlines()[0]) == (1, "✗ gone.yaml: there is no such file")


# export


def test_export_prints_a_question_file(studybot, asked):
    code, out, err = studybot("questions", "export", "--notes", asked, "--topic", "LoRA")
    gathered = files.parse(out.encode(), "x.questions.yaml")
    assert (code, err, gathered.problems) == (0, "", ())
    assert [question.prompt for question in gathered.questions] == ["Why LoRA?", "How?"]


def test_export_prints_a_table(studybot, asked):
    code, out, _ = studybot("questions", "export", "--notes", asked, "--format", "csv", "--language", "en")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert (code, {row["question"] for row in rows}) == (0, {"ReLU is zero below zero.", "Why LoRA?", "How?"})


# import


@pytest.fixture
def trivia(tmp_path):
    (tmp_path / "list.yaml").write_text(TRIVIA, "utf-8")
    return tmp_path / "list.yaml"


def test_import_without_a_target_only_reports(studybot, asked, trivia):
    before = sorted(asked.rglob("*"))
    code, out, _ = studybot("questions", "import", trivia, "--notes", asked)
    assert code == 0
    assert out == "Questions that can be imported: 2 (typed 2)\nNothing was written: give --into FILE for that.\n"
    assert sorted(asked.rglob("*")) == before


def test_import_writes_a_question_file_into_the_notes(studybot, asked, trivia):
    (asked / "questions").mkdir()
    code, out, _ = studybot("questions", "import", trivia, "--notes", asked, "--into", "questions/trivia.yaml")
    assert code == 0
    assert out.endswith(f"Written to {asked / 'questions' / 'trivia.yaml'}\n")
    assert "What gates?" in {one["question"] for one in listed(studybot, asked)}


def test_import_writes_to_a_whole_path(studybot, trivia, tmp_path):
    assert studybot("questions", "import", trivia, "--into", tmp_path / "x.questions.yaml")[0] == 0
    assert files.parse((tmp_path / "x.questions.yaml").read_bytes(), "x").problems == ()


@pytest.mark.parametrize(("start", "into"), [(".", "{notes}/x.questions.yaml"), ("{notes}/sub", "../x.questions.yaml")])
def test_relative_path_into_the_notes_counts_from_where_one_stands(studybot, asked, trivia, monkeypatch, start, into):
    (asked / "sub").mkdir()
    monkeypatch.chdir(asked.parent / start.format(notes=asked.name))
    arguments = ["questions", "import", trivia, "--notes", asked, "--into", into.format(notes=asked.name)]
    assert studybot(*arguments)[0] == 0
    assert (asked / "x.questions.yaml").is_file()


def test_relative_path_beside_the_notes_counts_from_their_folder(studybot, asked, trivia, monkeypatch):
    monkeypatch.chdir(asked.parent)
    assert studybot("questions", "import", trivia, "--notes", asked, "--into", "x.questions.yaml")[0] == 0
    assert (asked / "x.questions.yaml").is_file()


def test_relative_path_into_the_second_folder_of_notes_is_held_against_that(studybot, asked, trivia, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "studybot.yaml").write_text(f"notes:\n  - {asked}\n  - {tmp_path / 'more'}\n", "utf-8")
    assert studybot("questions", "import", trivia, "--into", "more/x.questions.yaml")[0] == 0
    code, out, _ = studybot("questions", "import", trivia, "--into", "more/y.questions.yaml")
    assert (code, "this id is also used in x.questions.yaml:" in out) == (1, True)


def test_path_through_a_link_leads_into_the_notes(studybot, asked, trivia, tmp_path):
    (tmp_path / "link").symlink_to(asked)
    assert studybot("questions", "import", trivia, "--notes", asked, "--into", "link/x.questions.yaml")[0] == 0
    assert (asked / "x.questions.yaml").is_file()


def test_import_makes_no_folder_and_names_the_one_that_is_missing(studybot, asked, trivia, monkeypatch):
    line = ["questions", "import", trivia, "--notes", asked, "--into", "new/x.questions.yaml"]
    missing = asked / "new"
    assert studybot(*line) == (2, "", f"There is no folder {missing}. Create it first, or give another path.\n")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert studybot(*line)[2] == f"没有文件夹 {missing}。请先创建它，或换一个路径。\n"
    assert not missing.exists()


def test_folder_that_is_missing_in_the_notes_is_named_as_it_was_typed(studybot, asked, trivia, monkeypatch):
    monkeypatch.chdir(asked.parent)
    line = ["questions", "import", trivia, "--notes", asked, "--into", f"{asked.name}/new/x.questions.yaml"]
    assert f"There is no folder {asked / 'new'}. " in studybot(*line)[2]


def test_import_of_something_wrong_writes_nothing_and_tells_it_all(studybot, asked, tmp_path):
    (tmp_path / "t.csv").write_text("question,A,B,answer\nWhich?,a,b,C\nWho?,a,,A\n", "utf-8")
    code, out, _ = studybot("questions", "import", "t.csv", "--notes", asked, "--into", "t.questions.yaml")
    assert code == 1
    assert out.splitlines() == [
        "✗ t.csv:2: answer C is not among the 2 choices",
        "✗ t.csv:3: a question has 2 to 10 choices, not 1",
        "Nothing was imported.",
    ]
    assert not (asked / "t.questions.yaml").exists()


def test_import_never_replaces_a_file(studybot, asked, trivia):
    before = (asked / "glu.questions.yaml").read_bytes()
    code, _, err = studybot("questions", "import", trivia, "--notes", asked, "--into", "glu.questions.yaml")
    assert (code, "is there already" in err) == (2, True)
    assert (asked / "glu.questions.yaml").read_bytes() == before


def test_import_into_a_file_that_would_not_be_found_is_refused(studybot, asked, trivia):
    code, _, err = studybot("questions", "import", trivia, "--notes", asked, "--into", "trivia.yaml")
    assert (code, err) == (
        2, "trivia.yaml would not be found as a question file: let it end in .questions.yaml\n",
    )  # fmt: skip


def test_import_of_what_the_notes_have_already_is_refused(studybot, asked, trivia):
    assert studybot("questions", "import", trivia, "--notes", asked, "--into", "a.questions.yaml")[0] == 0
    code, out, _ = studybot("questions", "import", trivia, "--notes", asked, "--into", "b.questions.yaml")
    assert (code, "this id is also used in a.questions.yaml:" in out) == (1, True)
    assert not (asked / "b.questions.yaml").exists()


def test_import_of_a_file_that_is_not_there_is_told(studybot):
    code, out, _ = studybot("questions", "import", "gone.csv")
    assert (code, out.splitlines()) == (1, ["✗ gone.csv: there is no such file", "Nothing was imported."])


def test_folder_that_cannot_be_written_is_told(studybot, asked, trivia):
    (asked / "questions").write_text("in the way", "utf-8")
    code, _, err = studybot("questions", "import", trivia, "--notes", asked, "--into", "questions/x.yaml")
    assert (code, "cannot be written" in err) == (2, True)


def test_questions_alone_shows_its_commands(studybot):
    _, out, err = studybot("questions")
    assert all(name in out + err for name in ("check", "list", "export", "import"))
