"""Sentences that define are told from those that only have the same words."""

from __future__ import annotations

import pytest

from knowledge.questions import definitions
from knowledge.questions.definitions import BLANK
from tests.knowledge.questions.notes import note_of


def found(text: str):
    note = note_of(f"# Terms\n\n{text}\n", "a.md")
    return [one for section in note.sections for one in definitions.find(note, section)]


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("**困惑度**是指语言模型对测试集的平均不确定程度。", "困惑度", "____ 是指语言模型对测试集的平均不确定程度。"),
        (
            "System Prompt 是一种更高层级的指令，用于设置模型的语气。",
            "System Prompt",
            "____ 是一种更高层级的指令，用于设置模型的语气。",
        ),
        ("Prompt（提示词）是输入给模型的文本或指令。", "Prompt", "____ 是输入给模型的文本或指令。"),
        ("- 词元指的是模型处理文本的最小单位；每个都有编号。", "词元", "____ 指的是模型处理文本的最小单位。"),
        ("WordPiece 是 BERT 的分词器，由谷歌提出。", "WordPiece", "____ 是 BERT 的分词器，由谷歌提出。"),
        ("A prompt is the text that you feed into a model.", "prompt", "____ is the text that you feed into a model."),
        (
            "1. **AUC** is the probability that a positive scores higher.",
            "AUC",
            "____ is the probability that a positive scores higher.",
        ),
        (
            "Dropout refers to a way of training that switches units off.",
            "Dropout",
            "____ refers to a way of training that switches units off.",
        ),
        (
            "量化是一种用[更少的位](b.md)表示权重的方法，量化会损失精度。",
            "量化",
            "____ 是一种用更少的位表示权重的方法，____会损失精度。",
        ),
    ],
)
def test_definition_is_read_with_its_name_blanked(text, name, sentence):
    assert [(one.name, one.sentence) for one in found(text)] == [(name, sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "它是一种更高层级的指令，用于设置模型的语气。",
        "这里说的是训练之前对数据做的缩放和变换。",
        "代价是负半轴的梯度为 0，所以再也不会更新。",
        "缺点是一个离群点就会把其他数据挤到一起。",
        "准确率是 $\\frac{80}{100} = 0.8$，看起来很不错。",
        "强调了掩码机制是实现双向建模的关键步骤。",
        "MLM和NSP都是自监督学习的任务，标签来自文本。",
        "学习率是最重要的超参数，需要仔细地调整。",
        "激活函数是什么？激活函数是非线性的吗？",
        "困惑度是如下公式所定义的一个数值指标。",
        "熵是一种度量。",
        "在前几名里吗？不在就是排序的问题，加重排。",
        "This bidirectionality is the core innovation that makes BERT powerful.",
        "It is the exponential of the mean negative log-likelihood.",
        "Overfitting is the main problem of deep decision trees in practice.",
        "The loss is the following sum over all tokens of the batch:",
        "What is the probability of a rare event in this model?",
        "LoRA is great and everybody who fine-tunes should use it.",
        "Alpha is a number.",
        "",
    ],
)
def test_sentence_that_does_not_define_is_none(text):
    assert found(text) == []


def test_definition_knows_where_it_stands():
    one = found("text\n\n## Prompts\n\nfirst line\nA prompt is the text that you feed into a model. More text.")[0]
    assert (one.home.section.title, one.line, one.language) == ("Prompts", 8, "en")
    assert one.whole == "A prompt is the text that you feed into a model."


def test_definitions_in_code_and_tables_are_none():
    assert found("```\nA prompt is the text that you feed into a model.\n```\n") == []


@pytest.mark.parametrize("text", ["是" * 50_000, "A " * 50_000, "a is the " * 20_000, "**" * 50_000, "x（" * 50_000])
def test_hostile_text_costs_no_more_than_its_length(text):
    assert all(BLANK in one.sentence for one in found(text))
