"""Glossaries: names that are found in any spelling, and files that are told what is wrong with them, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.glossary import MAX_BYTES, MAX_NAME, MAX_NAMES, Glossary, Term, name_key, parse
from tests.knowledge.material import GLOSSARY

GOOD = "- {zh: [门控线性单元], en: [gated linear unit], abbr: [GLU]}\n"
GLU = Term(zh=("门控线性单元",), en=("gated linear unit",), abbr=("GLU",))


def parsed(text: str):
    return parse(text.encode(), "glossary.yaml")


def problems(text: str) -> list[tuple[int | None, str]]:
    return [(problem.line, str(problem)) for problem in parsed(text)[1]]


@pytest.mark.parametrize("spelling", ["Layer-Norm", "layer norms", "LayerNorm", "ＬａｙｅｒＮｏｒｍ", "layer_norm"])
def test_spellings_of_a_latin_name_have_one_key(spelling):
    assert name_key(spelling) == "layernorm"


def test_traditional_and_simplified_names_have_one_key():
    assert name_key("決策樹") == name_key("决策树") == "决策树"


def test_marks_of_programming_languages_make_another_key():
    assert len({name_key("C"), name_key("C++"), name_key("C#")}) == 3


def test_mixed_names_keep_both_scripts():
    assert name_key("LoRA 微调") == name_key("lora微调") == "lora微调"


@pytest.mark.parametrize("name", ["", "…", "++ ", "😀", "-"])
def test_name_without_letters_finds_nothing(name):
    assert Glossary([Term(zh=(name,), en=("b",))]).named("") == ()


def test_term_is_found_by_each_of_its_names():
    glossary = Glossary([GLU])
    assert all(glossary.named(name_key(name)) == (GLU,) for name in ("门控线性单元", "Gated Linear Units", "glu"))


def test_several_concepts_may_share_a_name_in_order_of_precedence():
    group, shipped = Term(zh=("注意力",), abbr=("MLA",)), Term(zh=("多头潜在注意力",), abbr=("MLA",))
    assert Glossary([group, shipped]).named("mla") == (group, shipped)


def test_names_are_chinese_then_english_then_abbreviations():
    assert GLU.names == ("门控线性单元", "gated linear unit", "GLU")


def test_han_names_are_folded_and_each_once():
    glossary = Glossary([Term(zh=("決策樹",), en=("a",)), Term(zh=("决策树", "LoRA微调"), en=("b",))])
    assert glossary.han_names == ("决策树",)


def test_longest_han_name_is_bounded():
    assert GLOSSARY.longest_han == len("带泄漏线性整流")
    assert Glossary([Term(zh=("字" * 60,), en=("b",))]).longest_han == 20
    assert Glossary(()).longest_han == 0


def test_good_file_gives_its_terms():
    assert parsed(GOOD) == ((GLU,), ())


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n"])
def test_empty_file_is_no_problem(text):
    assert parsed(text) == ((), ())


def test_single_names_need_no_list():
    assert parsed("- {zh: 困惑度, en: perplexity}")[0] == (Term(zh=("困惑度",), en=("perplexity",)),)


def test_byte_order_mark_is_no_part_of_the_file():
    assert parse(b"\xef\xbb\xbf" + GOOD.encode(), "g.yaml")[0] == (GLU,)


def test_numbers_and_words_of_yaml_are_names_as_written():
    assert parsed("- {zh: 42, en: [no, null, 3.10]}")[0] == (Term(zh=("42",), en=("no", "null", "3.10")),)


def test_blanks_around_a_name_do_not_count():
    assert parsed('- {zh: " 困惑度 ", en: ppl}')[0][0].zh == ("困惑度",)


def test_one_bad_entry_leaves_the_others():
    terms, found = parsed(f"- {{zh: [只有一个]}}\n{GOOD}")
    assert terms == (GLU,)
    assert [problem.line for problem in found] == [1]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("- {zh: [困惑度], english: [perplexity]}", "“english” is no key of an entry; these are: zh, en, abbr"),
        ("- {zh: [困惑度]}", "An entry needs at least two names."),
        ("- {}", "An entry needs at least two names."),
        ("- 困惑度", "An entry must look like - {zh: [门控线性单元]"),
        ("- [困惑度, perplexity]", "An entry must look like"),
        ("- {zh: [困惑度], en: [{a: b}]}", "A name must be a text."),
        ("- {zh: [困惑度], en: {a: b}}", "A name must be a text."),
        ("- {zh: [困惑度], en: [[perplexity]]}", "A name must be a text."),
        ("- {zh: [困惑度], en: ''}", "A name must be a text."),
        ("- {zh: [困惑度], en: }", "A name must be a text."),
        (f"- {{zh: [困惑度], en: {'a' * (MAX_NAME + 1)}}}", f"A name has at most {MAX_NAME} characters."),
        (f"- {{zh: [{'a, ' * (MAX_NAMES + 1)}]}}", f"An entry has at most {MAX_NAMES} names."),
        ("- {[zh, en]: 困惑度}", "“…” is no key of an entry"),
        ("- {<<: {zh: 困惑度}, en: perplexity}", "“<<” is no key of an entry"),
    ],
)
def test_bad_entry_is_named_with_its_line(entry, message):
    terms, found = parsed(f"{GOOD}# a comment\n{entry}\n")
    assert terms == (GLU,)
    assert [(problem.file, problem.line) for problem in found] == [("glossary.yaml", 3)]
    assert message in str(found[0])


def test_bad_name_further_down_in_an_entry_is_named_with_its_own_line():
    [(line, message)] = problems("- zh: [困惑度]\n  en:\n  - perplexity\n  abbr:\n  - []\n")
    assert 1 <= line <= 5
    assert "A name must be a text." in message


def test_longest_allowed_name_is_taken():
    assert parsed(f"- {{zh: 困惑度, en: {'a' * MAX_NAME}}}")[1] == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- {zh: [困惑度, en: [a]}\n", 1),
        (f"{GOOD}- {{zh: 'open\n", 3),
        (f"{GOOD}\tx: y\n", 2),
        (f"{GOOD}- {{zh: *nobody, en: b}}\n", 2),
        (f"{GOOD}---\n{GOOD}", 2),
        ("- %a\n- @b\n", 1),
    ],
)
def test_broken_yaml_is_named_with_its_line(text, line):
    [(found, message)] = problems(text)
    assert "The YAML is broken" in message
    assert found is not None
    assert abs(found - line) <= 1


@pytest.mark.parametrize("text", ["zh: 困惑度\nen: perplexity\n", "just a text", "42", "{a: b}"])
def test_file_that_is_no_list_is_told_what_a_list_looks_like(text):
    [(line, message)] = problems(text)
    assert line == 1
    assert "A glossary is a list of entries such as - {zh: [门控线性单元]" in message


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_file_that_is_not_utf8_is_told_so(encoding):
    terms, found = parse(GOOD.encode(encoding), "glossary.yaml")
    assert terms == ()
    assert [str(problem) for problem in found] == ["glossary.yaml: The glossary is not UTF-8 text."]


def test_file_that_is_too_large_is_not_read():
    terms, found = parse(b"#" * (MAX_BYTES + 1), "glossary.yaml")
    assert terms == ()
    assert str(MAX_BYTES) in str(found[0])


def test_zero_bytes_are_broken_yaml():
    assert "The YAML is broken" in problems("- \0")[0][1]


def test_entry_that_is_repeated_by_aliases_is_one():
    terms, found = parsed("- &a {zh: [困惑度], en: [perplexity]}\n" + "- *a\n" * 1_000)
    assert (len(terms), found) == (1, ())


def test_nested_aliases_are_not_multiplied():
    rows = [f"- &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)]
    terms, found = parsed("\n".join(["- &a [x, x]", *rows, "- {zh: *i, en: b}", "- {? *i : b}"]))
    assert terms == ()
    assert len(found) == 11
    assert max(len(str(problem)) for problem in found) < 200


def test_long_list_that_entries_share_is_refused_in_each():
    shared = "- {zh: &names [" + "a, " * 1_000 + "]}\n"
    terms, found = parsed(shared + "- {zh: *names, en: *names}\n" * 1_000)
    assert terms == ()
    assert len(found) == 1_001


@pytest.mark.parametrize("text", ["- &a {zh: *a, en: b}", "- &a {zh: [*a], en: b}", "&a [*a]", "- {? &a [*a] : b}"])
def test_alias_to_what_holds_it_is_a_bad_entry(text):
    assert parsed(text)[0] == ()
    assert len(problems(text)) == 1


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "[{", "? "])
def test_deep_nesting_is_refused_before_it_is_built(opening):
    assert problems(opening * 50_000) == [(1, "glossary.yaml:1: The glossary is nested too deeply.")]


@pytest.mark.parametrize(
    "value", ["!!python/object/apply:os.mkdir [OWNED]", "!!python/name:os.system ''", "!!python/tuple [a, b]"]
)
def test_python_tags_build_nothing(value, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    terms, _ = parsed(f"- {{zh: {value}, en: b}}")
    assert all(isinstance(name, str) for term in terms for name in term.names)
    assert list(tmp_path.iterdir()) == []


def test_unknown_key_is_shown_cut():
    [(_, message)] = problems(f"- {{{'k' * 5_000}: a}}")
    assert len(message) < 200


@given(st.text(max_size=60))
def test_any_text_gives_terms_or_problems(text):
    terms, found = parsed(text)
    assert all(len(term.names) > 1 for term in terms)
    assert all(str(problem) for problem in found)


@given(st.binary(max_size=60))
def test_any_bytes_give_terms_or_problems(data):
    assert all(str(problem) for problem in parse(data, "g.yaml")[1])
