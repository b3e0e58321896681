"""Questions are found as people write them, each with what answers it and nothing else."""

from __future__ import annotations

import pytest

from tests.knowledge.questions.notes import found, pairs


def test_heading_with_an_answer_below_is_a_question():
    text = "### **问题1：为什么？**\n**答案：**  \n因为。  \n- 一\n\n---\n\n### 问题2：怎么办\n**答案：** 试试\n"
    assert pairs(text) == [("为什么？", "因为。  \n- 一"), ("怎么办", "试试")]


def test_heading_that_asks_is_a_question():
    assert pairs("## Why?\n\nBecause.\n\n## Other\n\nText.\n") == [("Why?", "Because.")]


def test_heading_without_a_mark_is_one_if_an_answer_is_marked():
    assert pairs("## Explain LoRA\n\nA: Two matrices.\n") == [("Explain LoRA", "Two matrices.")]


def test_lines_with_q_and_a_are_questions():
    text = "## Nets\n\nQ: Why a gate?\nA: It helps.\n\nQ: How?\nA: By products\nof two maps.\n"
    assert pairs(text) == [("Why a gate?", "It helps."), ("How?", "By products\nof two maps.")]


def test_question_over_several_lines_is_read_to_its_answer():
    assert pairs("Q: Why is it\nthat we gate?\nA: It helps.\n") == [("Why is it\nthat we gate?", "It helps.")]
    assert pairs("Q: Why is it\nthat we gate?\n\nA: It helps.\n") == [("Why is it\nthat we gate?", "It helps.")]


def test_answer_may_follow_without_a_mark():
    assert pairs("**Q: Why?**\n\nBecause.\n") == [("Why?", "Because.")]


def test_numbered_lines_that_ask_are_questions():
    text = "## Python\n\n1. 什么是 GIL？\n\n   一把锁。\n\n2. 什么是装饰器？\n\n   一个函数。\n"
    assert pairs(text) == [("什么是 GIL？", "一把锁。"), ("什么是装饰器？", "一个函数。")]


def test_bold_lines_that_ask_are_questions():
    assert pairs("**什么是 GIL？**\n\n一把锁。\n\n**为什么？**\n\n历史。\n") == [
        ("什么是 GIL？", "一把锁。"),
        ("为什么？", "历史。"),
    ]


def test_numbered_list_in_the_answer_of_a_heading_is_part_of_it():
    text = "## 怎么排查？\n\n1. 数据对吗？\n2. 模型对吗？\n"
    assert pairs(text) == [("怎么排查？", "1. 数据对吗？\n2. 模型对吗？")]


def test_numbered_list_in_an_answer_that_is_marked_is_part_of_it():
    assert pairs("Q: How?\nA: Ask:\n\n1. Is it?\n2. Was it?\n") == [("How?", "Ask:\n\n1. Is it?\n2. Was it?")]


def test_word_that_labels_without_asking_opens_nothing():
    assert pairs("## 怎么做？\n\n问题：数据太少。\n\n做法：增强。\n") == [
        ("怎么做？", "问题：数据太少。\n\n做法：增强。")
    ]


def test_summary_that_asks_is_a_question_answered_by_what_it_folds_away():
    text = "<details>\n<summary><b>Why?</b></summary>\n\nBecause.\n\n</details>\n\nText.\n"
    assert pairs(text) == [("Why?", "Because.")]


def test_answer_folded_away_is_opened():
    text = "## Why?\n\n<details><summary>Show answer</summary>\n\nBecause.\n\n</details>\n\n## Other\n\nx\n"
    assert pairs(text) == [("Why?", "Because.")]


def test_other_summaries_stay_as_bold_words():
    text = "## Why?\n\nBecause.\n\n<details>\n<summary>Proof</summary>\n\n$x = 1$\n\n</details>\n"
    assert pairs(text) == [("Why?", "Because.\n\n**Proof**\n\n$x = 1$")]


def test_question_folded_away_in_an_answer_is_one_of_its_own():
    text = "## Why?\n\nBecause.\n\n<details><summary>And how?</summary>So.</details>\n\nThat is all.\n"
    assert pairs(text) == [("Why?", "Because.\n\n\n\nThat is all."), ("And how?", "So.")]


def test_fold_that_is_never_closed_ends_with_the_note():
    assert pairs("<details><summary>Why?</summary>\n\nBecause.\n") == [("Why?", "Because.")]


def test_fold_within_code_is_none():
    assert pairs("```html\n<details><summary>Why?</summary>x</details>\n```\n") == []


def test_questions_in_code_are_none():
    assert pairs("```\nQ: Why?\nA: Because.\n## What?\n```\n\n    Q: Why?\n    A: x\n") == []


def test_code_formulas_and_tables_stay_as_written():
    answer = "$$\nx_1 = *y*\n$$\n\n```python\n# a comment?\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert pairs(f"## Why?\n\n{answer}\n\n## Next?\n\nx\n")[0] == ("Why?", answer)


def test_fence_that_is_never_closed_keeps_its_code():
    assert pairs("### 问题1：代码？\n**答案：**\n```python\nx = 1\n\ny = 2\n") == [
        ("代码？", "```python\nx = 1\n\ny = 2")
    ]


def test_deeper_headings_belong_to_the_answer():
    assert pairs("## Why?\n\n### First\n\na\n\n### Second\n\nb\n\n## End\n\nc\n") == [
        ("Why?", "### First\n\na\n\n### Second\n\nb")
    ]


def test_heading_that_says_answer_is_left_off():
    assert pairs("## Why?\n\n### 答案\n\nBecause.\n") == [("Why?", "Because.")]


def test_question_under_a_question_is_one_of_its_own():
    assert pairs("## Why?\n\nBecause.\n\n### How?\n\nSo.\n") == [("Why?", "Because."), ("How?", "So.")]


def test_rules_and_definitions_of_links_are_no_text():
    assert pairs("## Why?\n\nSee [it][1].\n\n---\n\n[1]: https://a.example/b\n") == [
        ("Why?", "See [it](https://a.example/b).")
    ]


def test_underlined_heading_is_one():
    assert pairs("Why is *it*?\n============\n\nBecause.\n") == [("Why is *it*?", "Because.")]


def test_prompt_keeps_its_formulas_and_code():
    assert pairs("## 1. Why $\\sqrt{d_k}$ and `__init__`? ##\n\nx\n")[0][0] == "Why $\\sqrt{d_k}$ and `__init__`?"


def test_nothing_is_found_in_nothing():
    assert (pairs(""), pairs("---\ntitle: x\n---\n"), pairs("#\n")) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("# All\n\n## 一、算法\n\n### Why?\n\nx\n", "一、算法"),
        ("# All\n\n## 一、算法\n\nQ: Why?\nA: x\n", "一、算法"),
        ("# All\n\n## Why?\n\nx\n", "All"),
        ("## Why?\n\nx\n", ""),
        ("Q: Why?\nA: x\n", ""),
        ("# **All** `of` it\n\nQ: Why?\nA: x\n", "All of it"),
        ("# All\n\n## Old\n\n## Why?\n\nx\n", "All"),
        ("# All\n\n## Big?\n\n### Why?\n\nx\n", "All"),
    ],
)
def test_category_is_the_nearest_heading_further_out_that_is_no_question(text, category):
    assert found(text)[-1].category == category


def test_heading_is_that_of_the_section():
    both = found("## 一、算法\n\nQ: Why?\nA: x\n\n### **问题1：How?**\n\ny\n")
    assert [one.heading for one in both] == ["一、算法", "问题1：How?"]


def test_lines_reach_from_the_question_to_the_end_of_its_answer():
    text = "---\ntags: [a]\n---\n# All\n\n## Why?\n\na\n\nb\n\n---\n\n## How?\n\nc"
    assert [one.lines for one in found(text)] == [(6, 10), (14, 16)]


def test_question_without_an_answer_has_an_empty_one():
    assert pairs("## Why?\n\n## How?\n\nx\n") == [("Why?", ""), ("How?", "x")]
    assert found("## Why?\n")[0].lines == (1, 1)


def test_last_line_that_asks_ends_the_search():
    assert pairs("text\n\nQ: Why\nnot?") == []
    assert pairs("text\n\nQ: Why?") == [("Why?", "")]
