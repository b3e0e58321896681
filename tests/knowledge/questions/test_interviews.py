"""Only notes that are collections of questions give any; what they give keeps its id over edits."""

from __future__ import annotations

import pytest

from knowledge.questions import interviews
from knowledge.questions.model import LONGEST_PROMPT, LONGEST_TEXT, Difficulty, Kind, Origin
from tests.knowledge.questions.notes import complaints, note_of, questions

TWO = "# 面试\n\n## 算法\n\n### 问题1：什么是 LoRA？\n**答案：** 低秩。\n\n### 问题2：为什么？\n**答案：** 省显存。\n"
ARTICLE = (
    "# 激活函数\n\n## 1. 什么是激活函数？\n\n非线性。\n\n## 2. ReLU\n\nx\n\n## 3. GELU\n\ny\n\n## 4. 怎么选？\n\nz\n"
)


# Which notes are collections


@pytest.mark.parametrize(
    ("text", "file", "count"),
    [
        (TWO, "any.md", 2),
        (ARTICLE, "激活函数.md", 0),
        (ARTICLE, "面试题.md", 2),
        ("# A\n\n## Why LoRA?\n\nx\n", "lora.md", 0),
        ("# A\n\n## Why LoRA?\n\nx\n", "faq.md", 1),
        ("# A\n\n## Why?\n\nx\n\n## How?\n\ny\n\n## When?\n\nz\n", "a.md", 3),
        ("# A\n\n## Why?\n\nx\n\n## How?\n\ny\n", "a.md", 0),
        ("Q: Why?\nA: x\n\nQ: How?\nA: y\n", "a.md", 2),
        ("Q: Why?\nA: x\n", "a.md", 0),
        ("1. 什么是 GIL？\n\n锁。\n\n2. 为什么？\n\n历史。\n\n3. 怎么办？\n\n多进程。\n", "a.md", 3),
        (
            "## A\n\n<details><summary>Why?</summary>x</details>\n\n<details><summary>How?</summary>y</details>\n",
            "a.md",
            2,
        ),
        ("# Interview\n\nNo question at all.\n", "interview.md", 0),
        ("", "interview.md", 0),
    ],
)
def test_note_is_a_collection_if_it_says_so_or_holds_several(text, file, count):
    assert len(questions(text, file)) == count


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (TWO, "any.md"),
        ("# A\n\nx\n", "面试.md"),
        ("Q: Why?\nA: x\n\nQ: How?\nA: y\n", "a.md"),
        ("text\n\n1. 什么是 GIL？\n\n锁。\n", "a.md"),
        ("**为什么？**\n\nx\n", "a.md"),
        ("<details><summary>Why?</summary>x</details>\n", "a.md"),
        ("## A\n\n**答案：** x\n", "a.md"),
    ],
)
def test_note_that_may_be_one_is_looked_at(text, file):
    assert interviews.may_hold(note_of(text, file))


@pytest.mark.parametrize(
    "text", ["# 归一化\n\n为什么要归一化？因为尺度不同。\n", "# Why?\n\nBecause.\n", "", "1. one\n2. two\n"]
)
def test_ordinary_note_is_not_even_looked_at(text):
    assert not interviews.may_hold(note_of(text, "notes.md"))


# What they give


def test_question_has_all_that_the_note_says():
    first = questions(TWO, "interview/qa.md")[0]
    assert (first.kind, first.origin, first.difficulty) == (Kind.OPEN, Origin.NOTES, Difficulty.MEDIUM)
    assert (first.prompt, first.answer, first.points) == ("什么是 LoRA？", "低秩。", ("低秩",))
    assert (first.topic, first.language) == ("算法", "zh")
    assert (first.file, first.heading, first.lines) == ("interview/qa.md", "问题1：什么是 LoRA？", (5, 6))


def test_topic_without_a_category_is_the_note_s_title():
    assert questions("Q: Why?\nA: x\n\nQ: How?\nA: y\n", "nets/faq.md")[0].topic == "faq"


@pytest.mark.parametrize(
    ("prompt", "answer", "language"),
    [
        ("Why LoRA?", "低秩。", "zh"),
        ("为什么？", "LoRA", "zh"),
        ("Why LoRA?", "Low rank.", "en"),
        ("LoRA？", "`x`", "en"),
    ],
)
def test_language_is_that_of_the_words(prompt, answer, language):
    text = f"# 中文的笔记标题\n\nQ: {prompt}\nA: {answer}\n\nQ: 还有什么？\nA: 没有了。\n"
    assert questions(text)[0].language == language


def test_question_without_an_answer_is_left_out_and_told():
    text = TWO + "\n### 问题3：怎么办？\n\n### 问题4：哪里？\n**答案：** 这里。\n"
    assert [question.prompt for question in questions(text)] == ["什么是 LoRA？", "为什么？", "哪里？"]
    assert [(str(told)) for told in complaints(text)] == [
        "interview.md:11: This question has no answer. It is left out."
    ]


def test_question_that_is_too_long_is_left_out_and_told():
    text = TWO + f"\n### 说明\n\nQ: {'长' * LONGEST_PROMPT}吗？\nA: 是。\n"
    assert len(questions(text)) == 2
    assert [told.line for told in complaints(text)] == [13]
    assert "1500" in str(complaints(text)[0])


def test_article_that_is_no_collection_is_not_complained_about():
    assert complaints(ARTICLE + "\n## 问题5：没有答案？\n", "激活函数.md") == []


def test_answer_that_is_too_long_is_cut_and_its_code_closed():
    text = TWO.replace("低秩。", "低秩。\n\n```python\n" + "x = 1\n" * 2_000 + "```")
    answer = questions(text)[0].answer
    assert len(answer) <= LONGEST_TEXT
    assert answer.endswith("x = 1\n```\n…")


def test_number_of_questions_is_bounded(monkeypatch):
    monkeypatch.setattr(interviews, "MOST", 3)
    assert len(questions("".join(f"Q: Why {n}?\nA: x\n\n" for n in range(9)))) == 3


# Ids


def ids(text: str, file: str = "interview.md") -> dict[str, str]:
    return {question.prompt: question.id for question in questions(text, file)}


@pytest.mark.parametrize(
    "edited",
    [
        TWO.replace("低秩。", "另一个答案。\n\n- 更长"),
        TWO.replace("问题1：什么是 LoRA？", "**问题9：什么是 LoRA?**"),
        TWO.replace("什么是 LoRA？", "什么是`LoRA`"),
        TWO.replace("什么是 LoRA？", "什麼是 lora ？！"),
        TWO.replace("## 算法", "## 二、模型与算法"),
        TWO.replace("### 问题1：什么是 LoRA？", "### Q1: 什么是 LoRA？"),
    ],
)
def test_edit_that_leaves_the_question_alone_keeps_its_id(edited):
    assert list(ids(edited).values()) == list(ids(TWO).values())


def test_order_of_the_questions_does_not_matter():
    head, first, second = TWO.partition("### ")[0], *TWO.split("### ")[1:]
    assert ids(f"{head}### {second}\n\n### {first}") == ids(TWO)


def test_other_question_and_other_file_have_other_ids():
    assert ids(TWO.replace("LoRA", "QLoRA"))["什么是 QLoRA？"] != ids(TWO)["什么是 LoRA？"]
    assert set(ids(TWO, "a/faq.md").values()).isdisjoint(ids(TWO, "b/faq.md").values())


def test_same_question_in_two_categories_is_two_and_in_one_is_one():
    text = "## A\n\nQ: Why?\nA: x\n\nQ: Why?\nA: y\n\n## B\n\nQ: Why?\nA: z\n"
    assert [(question.topic, question.answer) for question in questions(text)] == [("A", "x"), ("B", "z")]
    assert len({question.id for question in questions(text)}) == 2


def test_question_of_signs_alone_is_left_out():
    assert questions("Q: ？？？\nA: x\n\nQ: Why?\nA: y\n\nQ: How?\nA: z\n")[0].prompt == "Why?"
