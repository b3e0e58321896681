"""What a typed answer is forgiven, and what not."""

from __future__ import annotations

import pytest

from knowledge.questions.typed import LONGEST, is_right


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("glu", "GLU"),
        ("  GLU. ", "GLU"),
        ("ＧＬＵ", "GLU"),
        ("Layer-Norm", "layernorm"),
        ("layer norm", "LayerNorm"),
        ("top_p", "top-p"),
        ("gated linear units", "Gated Linear Unit"),
        ("the softmax function", "Softmax function"),
        ("an activation function", "activation function"),
        ("“激活 函数”。", "激活函数"),
        ("門控線性單元", "门控线性单元"),
        ("`C++`", "C++"),
        ("$d_k$", "d_k"),
        ("α", "alpha"),
        ("y=x+b", "y = x + b"),
        ("⊗", "⊗"),
        ("A", "A"),
    ],
)
def test_spelling_is_forgiven(given, accepted):
    assert is_right(given, [accepted])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("softmx", "softmax"),
        ("sotfmax", "softmax"),
        ("layer normalisation", "layer normalization"),
        ("grouped query atention", "grouped query attention"),
        ("back propogation", "backpropagation"),
        ("激活涵数方法", "激活函数方法"),
    ],
)
def test_slip_in_a_long_word_is_forgiven(given, accepted):
    assert is_right(given, [accepted])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("MQA", "MLA"),
        ("glue", "GLU"),
        ("tanh", "tan"),
        ("C#", "C++"),
        ("C", "C++"),
        ("micro", "macro"),
        ("micro average", "macro average"),
        ("encoder", "decoder"),
        ("supervised", "unsupervised"),
        ("supervised learning", "unsupervised learning"),
        ("overfitting", "underfitting"),
        ("minimum", "maximum"),
        ("post-norm", "pre-norm"),
        ("梯度爆炸", "梯度消失"),
        ("前置归一化方法", "后置归一化方法"),
        ("激活涵数", "激活函数"),
        ("ResNet56", "ResNet50"),
        ("GPT-3", "GPT-4"),
        ("a - b", "a + b"),
        ("⊕", "⊗"),
    ],
)
def test_another_answer_is_wrong_however_alike_it_looks(given, accepted):
    assert not is_right(given, [accepted])


@pytest.mark.parametrize("given", ["", " ", "。", "\u200b", "```", "**", "the", "\ud800"])
def test_answer_without_a_word_is_wrong(given):
    assert not is_right(given, ["GLU", "16"])


@pytest.mark.parametrize("given", ["GLU ReLU GELU", "GLU, Swish", "GLU/ReLU", "ReLU (GLU)", "GLU (ReLU)"])
def test_list_of_guesses_earns_nothing(given):
    assert not is_right(given, ["GLU", "gated linear unit"])


@pytest.mark.parametrize("given", ["GLU (gated linear unit)", "gated linear unit（GLU）"])
def test_two_accepted_forms_at_once_are_one_answer(given):
    assert is_right(given, ["GLU", "gated linear unit"])


@pytest.mark.parametrize(
    "given", ["GLU" * 100_000, "(" * 100_000, "1" * 100_000, " " * 100_000 + "GLU", "a(b)" * 9_999]
)
def test_huge_answer_is_wrong_and_costs_no_more_than_its_begin(given):
    assert len(given) > LONGEST
    assert not is_right(given, ["GLU", "16", "0.5"], tolerance=0.1)


def test_nothing_accepted_accepts_nothing():
    assert not is_right("GLU", [])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("sin x", "-sin x"),
        ("-log p", "log p"),
        ("y = x", "y = -x"),
        ("12", "1:2"),
        ("34", "3-4"),
        ("GPT-35", "GPT-3.5"),
        ("Qwen25", "Qwen2.5"),
    ],
)
def test_sign_that_changes_the_meaning_is_no_punctuation(given, accepted):
    assert not is_right(given, [accepted])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("- sin x", "-sin x"),
        ("−sin x", "-sin x"),
        ("1 : 2", "1:2"),
        ("1：2", "1/2"),
        ("3–4", "3-4"),
        ("GPT 3.5", "gpt-3.5"),
    ],
)
def test_sign_may_be_written_in_any_way(given, accepted):
    assert is_right(given, [accepted])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("p(x|y)", "p(x,y)"),
        ("p(xy)", "p(x, y)"),
        ("p(x y)", "p(x|y)"),
        ("KL(p, q)", "KL(p || q)"),
        ("xy", "x/y"),
        ("x*y", "x/y"),
        ("xy", "x - y"),
        ("x+y", "x-y"),
        ("n1", "n-1"),
        ("x2", "x^2"),
        ("x3", "x³"),
        ("f g", "f*g"),
        ("A", "A*"),
        ("n", "n!"),
        ("TP TP+FP", "TP/(TP+FP)"),
        ("1 sqrt(d_k)", "1/sqrt(d_k)"),
        ("1√d", "1/√d"),
    ],
)
def test_sign_of_a_formula_is_no_punctuation(given, accepted):
    assert not is_right(given, [accepted])
    assert not is_right(accepted, [given])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("P(x ｜ y)", "p(x|y)"),
        ("p(x;y)", "p(x,y)"),
        ("x / y", "x/y"),
        ("x–y", "x - y"),
        ("O(n^2)", "O(n²)"),
        ("a × b", "a*b"),
        ("**A** ", "a"),
        ("*softmax*", "softmax"),
        ("A * search", "A search"),
        ("3*3 卷积", "3×3卷积"),
    ],
)
def test_sign_of_a_formula_may_be_written_in_any_way(given, accepted):
    assert is_right(given, [accepted])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("AB test", "A/B test"),
        ("AB测试", "A/B测试"),
        ("KV cache", "K-V cache"),
        ("kNN", "k-NN"),
        ("tSNE", "t-SNE"),
        ("QKV", "Q, K, V"),
        ("encoder-decoder", "encoder/decoder"),
        ("batch, normalization", "batch normalization"),
        ("GLU!", "GLU"),
    ],
)
def test_sign_within_a_name_is_punctuation(given, accepted):
    assert is_right(given, [accepted])


@pytest.mark.parametrize("given", ["a/b " + "abc" * 160 + "_", "a/b " + "测试 " * 160 + "_", "*a" * 250, "a/" * 250])
def test_answer_full_of_signs_is_read_at_once(given):
    assert not is_right(given, ["a/b", "A/B test"])
