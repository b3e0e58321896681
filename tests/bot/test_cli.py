"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import loading
from bot.services.library import Library

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def loaded_once(monkeypatch, library):
    """Let commands find the notes loaded already; which they are is said by tests/bot/conftest.py."""
    monkeypatch.setattr(loading, "open_library", lambda _config: library)
    monkeypatch.setattr(Library, "load", lambda self, _on_progress: self.loaded)


@pytest.fixture
def asks(studybot, notes, loaded_once):
    """Run ``studybot ask`` over notes loaded before."""
    return lambda *arguments: studybot("ask", *arguments, "--notes", notes)


def typed(monkeypatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_answer_shows_the_passage_its_picture_and_its_place(asks, notes):
    code, out, err = asks("swiglu", "--lang", "en")
    assert (code, err) == (0, "")
    assert out.startswith("SwiGLU\nActivation functions › SwiGLU\n\nSwiGLU is a gated unit")
    assert f"Picture: {notes}/nets/swiglu.png (the formula of SwiGLU)" in out
    assert "Source: nets/Activation_en.md:5-11\nIn Chinese: nets/Activation_cn.md\n" in out
    assert out.count("Activation_cn.md") == 1  # the twin is not told again among the next best


def test_json_has_the_documented_form(asks):
    code, out, err = asks("what is swiglu", "--json")
    answer = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert list(answer) == ["query", "found", "language", "suggestions", "seconds", "hits"]
    assert (answer["query"], answer["found"], answer["language"]) == ("what is swiglu", True, "en")
    assert answer["suggestions"] == []
    assert 0 <= answer["seconds"] < 60
    first = answer["hits"][0]
    assert 0 < first.pop("score") <= 1
    assert first.pop("text").startswith("SwiGLU is a gated unit")
    assert first == {
        "file": "nets/Activation_en.md",
        "headings": ["Activation functions", "SwiGLU"],
        "lines": [5, 11],
        "page": None,
        "pictures": ["nets/swiglu.png"],
        "twin": "nets/Activation_cn.md",
    }


@pytest.mark.parametrize("typed", [["what is swiglu"], ["what", "is", "swiglu"], ["what is", "swiglu"]])
def test_question_may_be_typed_with_and_without_quotation_marks(asks, typed):
    answer = json.loads(asks("--json", *typed)[1])
    assert (answer["query"], answer["found"]) == ("what is swiglu", True)


def test_options_may_stand_between_the_words_of_a_question(asks):
    assert json.loads(asks("what", "--json", "is", "--limit", 1, "swiglu")[1])["query"] == "what is swiglu"


@pytest.mark.usefixtures("loaded_once")
def test_words_that_look_like_options_may_follow_two_dashes(studybot):
    assert json.loads(studybot("ask", "--json", "--", "--lr", "swiglu")[1])["query"] == "--lr swiglu"


def test_help_shows_that_several_words_may_be_typed(studybot):
    assert "studybot ask [OPTIONS] [QUERY]..." in studybot("ask", "--help")[1]


def test_question_of_very_many_words_is_answered(asks):
    code, out, _ = asks("--json", *["swiglu", "\x1b[31m", "**"] * 3_000)
    assert (code, len(json.loads(out)["query"].split())) == (0, 9_000)


def test_limit_bounds_the_hits(asks):
    assert len(json.loads(asks("ReLU", "--json", "--limit", 1)[1])["hits"]) == 1


@pytest.mark.parametrize(("lang", "file"), [("zh", "nets/Activation_cn.md"), ("en", "nets/Activation_en.md")])
def test_lang_prefers_notes_in_that_language(asks, lang, file):
    assert json.loads(asks("swiglu", "--json", "--lang", lang)[1])["hits"][0]["file"] == file


def test_what_is_not_in_the_notes_is_said_and_is_no_failure(asks):
    code, out, _ = asks("红烧肉怎么做")
    assert (code, out.splitlines()[0]) == (0, "Not in the notes: 红烧肉怎么做")
    assert json.loads(asks("红烧肉怎么做", "--json")[1])["found"] is False


def test_nearest_headings_are_shown_with_their_places(asks):
    code, out, _ = asks("batch of cookies and layers of cake")
    assert (code, out.splitlines()[0]) == (0, "Not in the notes: batch of cookies and layers of cake")
    assert "\nNearest headings:\n  - Interview questions  interview.md:1-3\n" in out


def test_batch_gives_one_line_for_each_line(asks, tmp_path):
    file = tmp_path / "queries.txt"
    file.write_bytes("\ufeffswiglu\r\n\n  \nReLU\u2028relu\n".encode() + b"\xff\xfe\nswigul")
    code, out, _ = asks("--batch", file)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["query"] for answer in answers] == ["swiglu", "", "  ", "ReLU\u2028relu", "\ufffd\ufffd", "swigul"]
    assert [answer["found"] for answer in answers] == [True, False, False, True, False, True]


def test_batch_reads_standard_input(asks, monkeypatch):
    typed(monkeypatch, b"swiglu\nrelu\n")
    assert [json.loads(line)["query"] for line in asks("--batch", "-")[1].splitlines()] == ["swiglu", "relu"]


def test_controls_in_a_query_do_not_reach_the_terminal(asks):
    _, out, _ = asks("swiglu\x1b[31m\x9b", "--json")
    assert not {"\x1b", "\x9b"} & set(out)
    assert json.loads(out)["query"] == "swiglu\x1b[31m\x9b"
    assert "\x1b" not in asks("zzz\x1b[31m")[1]


@pytest.mark.parametrize("query", ["", "   ", "😀🎉", "a" * 4000, "**swiglu** <@123> @everyone", "\x00\x07", "\udcff"])
def test_strange_queries_are_simply_answered(asks, query):
    code, out, _ = asks(query, "--json")
    assert (code, json.loads(out)["query"]) == (0, query.replace("\udcff", "?"))
    assert asks(query)[0] == 0


def test_empty_question_is_told_as_such(asks):
    assert asks("  ")[1] == "The question is empty: there is nothing to look up.\n"


def test_folder_without_notes_is_told(studybot, tmp_path):
    (tmp_path / "own").mkdir()
    _, out, err = studybot("ask", "swiglu", "--notes", "own")
    assert (out, err) == (
        "Not in the notes: swiglu\nNo heading comes close.\n",
        f"There are no notes in {tmp_path / 'own'}\n",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_notes_that_may_not_be_read_are_told_in_one_sentence(studybot, folder):
    folder.chmod(0)
    code, out, err = studybot("ask", "x", "--notes", folder)
    folder.chmod(0o700)
    assert (code, out) == (2, "")
    assert err == f"The notes folder {folder} cannot be read (Permission denied). Allow this user to read it.\n"


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "x", "--batch", "y"]])
def test_question_and_batch_exclude_one_another(studybot, arguments):
    told = "Give either a question, or --batch with a file of questions.\n"
    assert studybot(*arguments) == (2, "", told)


def test_missing_batch_file_is_told(asks):
    assert asks("--batch", "none.txt") == (2, "", "none.txt cannot be read: No such file or directory\n")


@pytest.mark.parametrize("command", [["ask", "x"], ["index"]])
def test_missing_notes_are_told_in_one_sentence(studybot, tmp_path, command):
    code, out, err = studybot(*command, "--notes", tmp_path / "none")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "none" in err


def test_bad_configuration_is_told_with_its_lines(studybot, tmp_path):
    (tmp_path / "studybot.yaml").write_text("noets: x\nwatch: 5\n")
    code, out, err = studybot("ask", "x")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "studybot.yaml:1: unknown key noets; did you mean notes?",
        "studybot.yaml:2: watch: expected true or false, not '5'",
    ]


def test_notes_of_the_option_replace_the_configured_ones(studybot, folder, tmp_path):
    (tmp_path / "studybot.yaml").write_text("notes: none\n")
    assert studybot("index")[0] == 2
    assert studybot("index", "--notes", folder)[0] == 0


def test_sample_notes_stand_in_and_that_is_said_on_stderr(studybot):
    code, out, err = studybot("ask", "swiglu", "--json")
    assert (code, json.loads(out)["found"]) == (0, True)
    assert err == "No notes are configured: using the sample notes that come with studybot.\n"


def test_lang_zh_gives_chinese(asks):
    assert "出处：nets/Activation_cn.md:5-7" in asks("swiglu", "--lang", "zh")[1]


def test_chinese_locale_gives_chinese_help_and_errors(studybot, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "在笔记里查一个词或一个问题" in studybot("ask", "--help")[1]
    assert "没有令牌" in studybot("run")[2]


def test_index_reports_counts_times_memory_and_problems(studybot, folder):
    (folder / "glossary.yaml").write_text("- {zh: [甲]}\n", encoding="utf-8")
    code, out, err = studybot("index", "--notes", folder, "--json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert (report["files"], report["segmented"]) == (1, 1)
    assert report["sections"] >= 2
    assert report["terms"] > 10
    assert set(report["seconds"]) == {"reading", "segmenting", "indexing"}
    assert 10 < report["peak_memory_mib"] < 10_000
    assert [(problem["file"], problem["line"]) for problem in report["problems"]] == [("glossary.yaml", 1)]


@pytest.mark.parametrize(("locale", "unit", "other"), [("C.UTF-8", " s", "秒"), ("zh_CN.UTF-8", " 秒", " s")])
def test_index_writes_times_in_the_units_of_its_reader(studybot, folder, monkeypatch, locale, unit, other):
    monkeypatch.setenv("LANG", locale)
    times = re.findall(r"\d\.\d\d\D{2}", studybot("index", "--notes", folder)[1])
    assert len(times) == 3
    assert all(time.endswith(unit) and not time.endswith(other) for time in times)


def test_second_index_segments_nothing(studybot, folder):
    studybot("index", "--notes", folder)
    assert json.loads(studybot("index", "--notes", folder, "--json")[1])["segmented"] == 0


def test_index_for_people_lists_the_problems_by_file(studybot, folder):
    (folder / "glossary.yaml").write_text("- {zh: [甲]}\n", encoding="utf-8")
    _, out, _ = studybot("index", "--notes", folder)
    assert "Peak memory" in out
    assert "  glossary.yaml:1: " in out


@pytest.fixture
def judged(tmp_path):
    swiglu = {"file": "nets/Activation_en.md", "heading": "SwiGLU"}
    lines = [
        {"query": "swiglu", "kind": "term", "relevant": [swiglu, {"file": "nets/Activation_cn.md"}]},
        {"query": "relu", "kind": "term", "relevant": [{"file": "none.md"}]},
        {"query": "红烧肉怎么做", "kind": "unanswerable", "relevant": []},
    ]
    path = tmp_path / "judged.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.mark.usefixtures("loaded_once")
def test_eval_measures_all_and_each_kind(studybot, notes, judged):
    report = json.loads(studybot("eval", judged, "--notes", notes, "--json")[1])
    assert report["queries"] == 3
    measures = {one["kind"]: one for one in report["measures"]}
    assert list(measures) == ["all", "term", "unanswerable"]
    assert (measures["all"]["s_at_1"], measures["all"]["recognised"]) == (0.5, 1.0)


@pytest.mark.usefixtures("loaded_once")
def test_eval_lists_the_misses_when_asked(studybot, notes, judged):
    _, out, _ = studybot("eval", judged, "--notes", notes, "--misses")
    assert out.splitlines()[0].split() == ["Kind", "S@1", "S@3", "MRR@10", "recognised", "refused", "Queries"]
    assert "term   -  relu  ->  nets/Activation" in out
    misses = json.loads(studybot("eval", judged, "--notes", notes, "--misses", "--json")[1])["misses"]
    assert [miss["query"] for miss in misses] == ["relu"]


def test_eval_names_the_bad_line(studybot, judged):
    judged.write_text('{"query": 1}\n')
    assert studybot("eval", judged) == (2, "", "judged.jsonl:1: query: expected text\n")


def test_doctor_ends_with_one_where_something_is_broken(studybot, folder, tmp_path):
    assert studybot("doctor")[0] == 0
    (tmp_path / "studybot.yaml").write_text("notes: none\n")
    code, out, _ = studybot("doctor", "--json")
    report = json.loads(out)
    assert (code, report["ok"]) == (1, False)
    assert [check["name"] for check in report["checks"] if check["state"] == "problem"] == ["notes"]


def test_doctor_looks_at_the_notes_that_are_named(studybot, notes, tmp_path):
    (tmp_path / "studybot.yaml").write_text("notes: none\n")
    assert studybot("doctor", "--notes", notes)[0] == 0
    assert studybot("doctor", "--notes", tmp_path / "nowhere")[0] == 1


def test_doctor_tells_a_broken_configuration_and_never_the_token(studybot, tmp_path, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def.ghi")
    assert "abc.def" not in "".join(studybot("doctor")[1:])
    (tmp_path / "studybot.yaml").write_text("watch: 5\n")
    code, out, _ = studybot("doctor")
    assert (code, out) == (1, "✗ studybot.yaml:1: watch: expected true or false, not '5'\n")


def test_health_ends_with_one_where_no_bot_runs(studybot):
    assert studybot("health") == (1, "No bot is running here.\n", "")


def test_run_without_a_token_says_what_to_set(studybot):
    told = "There is no token: set DISCORD_TOKEN. The README says where to get it.\n"
    assert studybot("run") == (2, "", told)


def test_try_without_its_extra_says_how_to_install_it(studybot, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    told = 'The local chat is not installed: use make try, or pip install -e ".[try]"\n'
    assert studybot("try") == (2, "", told)


@pytest.mark.parametrize("arguments", [["ask", "x", "--limit", "0"], ["ask", "--no-such"], ["nothing"], ["eval"]])
def test_wrong_options_end_with_two_and_without_a_traceback(studybot, arguments):
    code, out, err = studybot(*arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_version_is_printed(studybot):
    code, out, _ = studybot("--version")
    assert (code, out.split()[0]) == (0, "studybot")


def process(*arguments: str, env: dict[str, str], **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


@pytest.fixture
def env(tmp_path):
    return {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "STUDYBOT_DATA": str(tmp_path / "data"), "LANG": "C.UTF-8"}


def test_reader_that_goes_away_ends_a_batch_without_a_traceback(env, folder):
    with process("ask", "--batch", "-", "--notes", str(folder), env=env, stdin=subprocess.PIPE) as batch:
        batch.stdin.write(b"swiglu\n")
        batch.stdin.flush()
        assert batch.stdout.readline()  # flushed as soon as it was answered
        batch.stdout.close()
        batch.stdin.write(b"swiglu\n" * 100)
        batch.stdin.close()
        assert batch.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_full_disk_ends_an_answer_in_one_sentence(env, folder, options):
    command = [sys.executable, "-m", "bot", "ask", "swiglu", "--notes", str(folder), *options]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, cwd=ROOT, env=env, stdout=full, stderr=subprocess.PIPE, check=False)  # noqa: S603
    assert (ended.returncode, ended.stderr) == (2, b"There is no space left for the output.\n")


def test_terminal_in_another_encoding_gets_what_it_can_show(env, folder):
    (folder / "glu.md").write_text("# SwiGLU\n\n激活 😀\n", encoding="utf-8")
    with process("ask", "激活", "--notes", str(folder), env={**env, "PYTHONIOENCODING": "gbk"}) as asked:
        out, err = asked.communicate()
    assert (asked.returncode, err) == (0, b"")
    assert "激活 ?".encode("gbk") in out


LOADED = """
import sys
from bot.cli import main
try:
    main({arguments})
except SystemExit:
    print([name for name in {heavy} if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], ["numpy", "discord", "jieba", "rjieba"]),
        (["health"], ["numpy", "discord", "jieba", "rjieba"]),
        (["ask", "swiglu", "--json"], ["discord", "simcord"]),
    ],
)
def test_nothing_is_imported_before_it_is_needed(env, arguments, heavy):
    code = LOADED.format(arguments=arguments, heavy=heavy)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == "[]"
