"""Which words are the right one mistyped, and which are others."""

from __future__ import annotations

import pytest

from knowledge.questions.slips import is_slip
from knowledge.questions.typed import is_right


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("softmax", "softmax"),
        ("sofmax", "softmax"),
        ("softmaax", "softmax"),
        ("sotfmax", "softmax"),
        ("sofrmax", "softmax"),
        ("seperable", "separable"),
        ("covariense", "covarianse"),
        ("激活涵数", "激活函数"),
    ],
)
def test_one_slip_leaves_the_word_what_it_is(word, right):
    assert is_slip(word, right)


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("covariate", "covariance"),
        ("covariance", "covariate"),
        ("perception", "perceptron"),
        ("encode", "encoder"),
        ("optimize", "optimizer"),
        ("transformed", "transformer"),
        ("autodecoder", "autoencoder"),
        ("intraclass", "interclass"),
        ("macroaverage", "microaverage"),
        ("dense", "sense"),
        ("model", "modal"),
        ("loss", "lossy"),
        ("bakpropogation", "backpropagation"),
        ("激活的数", "激活函数"),
        ("激活", "激活函数"),
    ],
)
def test_another_word_is_no_slip(word, right):
    assert not is_slip(word, right)


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("micro-F1", "macro-F1"),
        ("self-supervised learning", "semi-supervised learning"),
        ("covariate matrix", "covariance matrix"),
        ("multilayer perception", "multilayer perceptron"),
    ],
)
def test_answer_with_another_word_is_wrong(given, accepted):
    assert not is_right(given, [accepted])
    assert not is_right(accepted, [given])


@pytest.mark.parametrize("letters", ["", "x", "\ud800", "s" * 100_000])
def test_any_word_can_be_compared(letters):
    assert not is_slip("softmax" + letters + "y", "softmax")
