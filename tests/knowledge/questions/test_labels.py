"""How a line says that it is a question, or an answer."""

from __future__ import annotations

import pytest

from knowledge.questions import labels


@pytest.mark.parametrize(
    ("line", "prompt"),
    [
        ("**问题1：为什么？**", "为什么？"),
        ("问题 12: 为什么？", "为什么？"),
        ("问题6：比较两者的区别。", "比较两者的区别。"),
        ("【问题3】为什么？", "为什么？"),
        ("第3题 为什么", "为什么"),
        ("第十题：为什么", "为什么"),
        ("面试题2、为什么", "为什么"),
        ("问：为什么？", "为什么？"),
        ("追问：为什么？", "为什么？"),
        ("Q: Why?", "Why?"),
        ("q1: Why?", "Why?"),
        ("Q1. Why", "Why"),
        ("Question 3: Why", "Why"),
        ("**Q:** Why **not**?", "Why **not**?"),
        ("**Q1**: Why?", "Why?"),
        ("**Q: Why?**", "Why?"),
        ("- Q: Why?", "Why?"),
        ("1. **问：** 为什么？", "为什么？"),
        ("**问：为什么** 呢", "为什么 呢"),
    ],
)
def test_label_says_that_something_is_asked(line, prompt):
    read = labels.read(line)
    assert (read.labelled, read.prompt) == (True, prompt)


@pytest.mark.parametrize(
    "line",
    [
        "问题描述",
        "第一章 引言",
        "第二章 问题",
        "Quantization: a thing",
        "**重点**：为什么",
        "A question.",
        "题目",
        "QA",
        "",
    ],
)
def test_words_that_only_look_like_a_label_are_none(line):
    assert not labels.read(line).labelled


@pytest.mark.parametrize(
    "line", ["1. 为什么？", "1、为什么？", "(1) 为什么？", "**1. 为什么？**", "1. **为什么？**", "一、为什么？"]
)
def test_number_is_no_part_of_what_is_asked(line):
    read = labels.read(line)
    assert (read.labelled, read.numbered, read.prompt) == (False, True, "为什么？")


@pytest.mark.parametrize("line", ["Why?", "为什么？", "“为什么？”", "为什么（是谁？）", "Why?  ", "Why?*"])
def test_question_mark_asks_whatever_closes_after_it(line):
    assert labels.asks(line)


@pytest.mark.parametrize("line", ["Why", "为什么？因为", "? no", ""])
def test_question_mark_must_be_at_the_end(line):
    assert not labels.asks(line)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("**答案：**  ", ""),
        ("**答案**：因为", "因为"),
        ("答：因为", "因为"),
        ("参考答案: 因为", "因为"),
        ("- **答案**：因为", "因为"),
        ("> A: because", "because"),
        ("A: because", "because"),
        ("A1：because", "because"),
        ("**A:** because", "because"),
        ("Answer: because", "because"),
        ("【答案】：因为", "因为"),
    ],
)
def test_mark_of_an_answer_is_no_part_of_it(line, rest):
    assert labels.after_answer(line) == rest


@pytest.mark.parametrize("line", ["A. option", "All: none", "答案是：x", "因为", "", "Also: x"])
def test_other_lines_mark_no_answer(line):
    assert labels.after_answer(line) is None


@pytest.mark.parametrize("summary", ["答案", "点击查看答案", "Show answer", "Click to show the answer", "查看解析"])
def test_summary_that_only_reveals_the_answer_is_known(summary):
    assert labels.reveals(summary)


@pytest.mark.parametrize("summary", ["为什么？", "推导", "Answer me this?"])
def test_summary_that_says_more_does_not_only_reveal(summary):
    assert not labels.reveals(summary)


@pytest.mark.parametrize(
    "stem", ["面试问题整理", "面试题", "interview_questions", "qa", "FAQ", "Q&A", "nlp题库", "My-Quiz"]
)
def test_name_says_that_a_note_holds_questions(stem):
    assert labels.says_so(stem)


@pytest.mark.parametrize(
    "stem", ["归一化", "squad", "问答系统", "visual_question_answering", "equality", "优化问题", "README"]
)
def test_other_names_say_nothing_of_the_kind(stem):
    assert not labels.says_so(stem)


@pytest.mark.parametrize("line", ["Q" + " " * 100_000, "1." * 50_000 + "?", "**" * 50_000, "第" + " " * 100_000 + "题"])
def test_hostile_line_costs_no_more_than_its_length(line):
    assert labels.read(line).prompt is not None
    assert labels.after_answer("A" + " " * 100_000) is None
