"""What a heading says its section is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.glossary import name_key
from knowledge.heading_names import heading_keys


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("5. SwiGLU", ["SwiGLU"]),
        ("BPE (byte pair encoding)", ["BPE", "byte pair encoding", "BPE byte pair encoding"]),
        ("I. Overview of LoRA and QLoRA", ["LoRA", "QLoRA"]),
        ("2. An Introduction to the Transformer", ["Transformer"]),
        ("What is a prompt?", ["prompt"]),
        ("Entropy: overview", ["Entropy"]),
        ("一、LoRA 与 QLoRA 概述", ["LoRA", "QLoRA"]),
        ("什么是提示词？", ["提示词"]),
        ("决策树、随机森林的简介", ["决策树", "随机森林"]),
        ("剪枝是什么", ["剪枝"]),
        ("什麼是決策樹", ["决策树"]),
        ("Overview of encoders / decoders", ["encoders", "decoders"]),
        ("LoRA和QLoRA简介", ["LoRA", "QLoRA"]),
        ("什么是与非门", ["与非门"]),
    ],
)
def test_heading_leads_to_what_it_names(heading, names):
    assert {name_key(name) for name in names} <= heading_keys(heading)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("LoRA fine-tuning workflow", "LoRA"),
        ("LoRA and QLoRA", "QLoRA"),
        ("Dropout of an overview page", "Dropout"),
        ("什么是调和平均数", "平均数"),
        ("什么是与非门", "非门"),
        ("普及率是什么", "率"),
        ("What is TCP/IP?", "IP"),
        ("Introduction to I/O", "O"),
        ("A/B testing introduction", "A"),
    ],
)
def test_heading_that_only_holds_a_name_does_not_introduce_it(heading, name):
    assert name_key(name) not in heading_keys(heading)


@pytest.mark.parametrize("heading", ["", "---", "Overview", "概述", "what is", "()", "An introduction to"])
def test_heading_without_a_subject_names_no_empty_one(heading):
    assert "" not in heading_keys(heading)


@given(st.text(max_size=200))
def test_any_heading_is_read(heading):
    assert all(heading_keys(heading))
