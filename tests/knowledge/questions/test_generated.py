"""Questions are made of what notes define and name; rather none than a silly one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.glossary import Glossary, Term
from knowledge.questions import generated, neighbours
from knowledge.questions.marking import mark
from knowledge.questions.model import Kind, Origin
from tests.knowledge.questions.notes import note_of

TERMS = (
    Term(zh=("激活函数",), en=("activation function",)),
    Term(zh=("门控线性单元",), en=("gated linear unit",), abbr=("GLU",)),
    Term(zh=("注意力机制",), en=("attention mechanism",)),
    Term(zh=("层归一化",), en=("layer normalization", "LayerNorm")),
    Term(zh=("归一化",), en=("normalization",)),
    Term(zh=("批归一化",), en=("batch normalization",), abbr=("BN",)),
    Term(zh=("位置编码",), en=("positional encoding",)),
    Term(zh=("熵",), en=("entropy",)),
    Term(zh=("缺点",), en=("drawback of it",), aspect=True),
)
NOTE = "# 激活函数\n\n## 门控线性单元\n\n**激活函数** activation function, gated linear unit (GLU), 位置编码。\n"


def made(*texts: str, terms: tuple[Term, ...] = TERMS):
    notes = [note_of(text, f"{number}.md") for number, text in enumerate(texts)]
    return generated.questions(notes, Glossary(terms))


def prompts(*texts: str, terms: tuple[Term, ...] = TERMS) -> list[str]:
    return [question.prompt for question in made(*texts, terms=terms)]


# Names


def test_term_of_a_heading_is_asked_for_in_both_directions():
    zh, en = made(NOTE)[:2]
    assert zh.prompt == "“激活函数”对应的英文术语是哪一个？"
    assert zh.choices[zh.right[0]] == "activation function"
    assert en.prompt == "Which Chinese term means “activation function”?"
    assert en.choices[en.right[0]] == "激活函数"
    assert (zh.language, en.language) == ("zh", "en")


EMBEDDING = Term(zh=("位置编码", "位置嵌入"), en=("positional encoding", "position embedding"))
TWINS = ("# 输入\n\n**位置嵌入** 在这里相加。\n", "# Input\n\n**Position embedding** is added here.\n")


def named_right(*texts: str, twins: dict[int, int]) -> set[tuple[str, str]]:
    notes = [note_of(text, f"{number}.md") for number, text in enumerate(texts)]
    paired = [replace(note, twin=f"{twins[at]}.md") if at in twins else note for at, note in enumerate(notes)]
    asked = generated.questions(paired, Glossary((*TERMS[:6], EMBEDDING)))
    return {(one.language, one.choices[one.right[0]]) for one in asked if one.kind is Kind.CHOICE}


@pytest.mark.parametrize("twins", [{1: 2, 2: 1}, {1: 2}, {2: 1}])
def test_name_that_the_twin_of_the_note_uses_is_the_right_one(twins):
    found = named_right("# x\n\n位置编码 positional encoding\n", *TWINS, twins=twins)
    assert found == {("zh", "position embedding"), ("en", "位置嵌入")}


def test_name_that_any_note_uses_is_right_where_there_is_no_twin():
    assert named_right(*TWINS, twins={}) == {("zh", "position embedding"), ("en", "位置嵌入")}


def test_term_that_the_notes_name_in_one_language_is_not_asked_for():
    assert named_right(TWINS[1], twins={}) == set()


def test_other_names_of_the_term_are_no_wrong_choices():
    again = Term(zh=("位置嵌入",), en=("embedding of places",))
    for question in made(*TWINS, "# x\n\n位置编码\n", terms=(*TERMS[:6], EMBEDDING, again)):
        names = {*EMBEDDING.names, *again.names}
        assert len(names.intersection(question.choices)) <= 1


def test_wrong_choices_are_other_terms_of_the_field_those_in_the_notes_first():
    question = made(NOTE)[0]
    wrong = {choice for place, choice in enumerate(question.choices) if place not in question.right}
    assert len(wrong) == generated.WRONG_CHOICES
    assert {"gated linear unit", "positional encoding"} <= wrong
    assert "drawback of it" not in wrong


@pytest.mark.parametrize(
    "note",
    [
        "# 其他\n\n激活函数 activation function 只在正文里出现。\n",
        "# 激活函数\n\n英文没有出现。\n",
        "# Activation function\n\nNo Chinese here.\n",
        "# 熵 entropy\n\n太短的词不值得问。\n",
        "# 缺点\n\n缺点 drawback of it\n",
        "",
    ],
)
def test_term_that_the_notes_do_not_really_use_in_both_languages_is_not_asked_for(note):
    assert prompts(note) == []


def test_table_of_contents_gives_none():
    assert generated.questions([note_of(NOTE, "README.md")], Glossary(TERMS)) != ()
    listed = note_of(NOTE, "README.md")
    contents = type(listed)(listed.file, listed.digest, listed.title, listed.language, listed.sections, contents=True)
    assert generated.questions([contents], Glossary(TERMS)) == ()


def test_too_few_terms_for_wrong_choices_give_no_question():
    assert [one for one in made(NOTE, terms=TERMS[:3]) if one.kind is Kind.CHOICE] == []


def wrong_ones(name: str, *others: str, terms: tuple[Term, ...] = ()) -> set[str]:
    """Return the wrong choices for a term of this English name among terms of these."""
    asked = Term(zh=("多头词",), en=(name,))
    found = made(f"# {name}\n\n多头词\n", terms=(asked, *(Term(zh=("甲乙丙",), en=(one,)) for one in others), *terms))
    return {one for question in found if question.language == "zh" for one in question.choices} - {name}


FAIR = ("gated linear unit", "learning rate", "weight decay")


@pytest.mark.parametrize("held", ["attention", "cross attention-mechanism", "Mechanisms"])
def test_english_name_that_holds_the_right_one_or_lies_in_it_is_no_wrong_choice(held):
    assert wrong_ones("attention mechanism", held, *FAIR) == set(FAIR)


def test_english_name_that_lies_in_a_word_of_the_right_one_may_be_wrong():
    assert "attent" in wrong_ones("attention mechanism", "attent", *FAIR)


def test_chinese_name_that_holds_the_right_one_or_lies_in_it_is_no_wrong_choice():
    chinese = ("注意力机制", "自注意力", "缩放因子", "学习率", "词汇表")
    terms = (Term(zh=("注意力",), en=("attention",)), *(Term(zh=(name,), en=(name,)) for name in chinese))
    asked = next(one for one in made("# Attention\n\n注意力\n", terms=terms) if one.language == "en")
    assert set(asked.choices) == {"注意力", *chinese[2:]}


SHARED = (Term(zh=("多头词", "别的名"), en=("another name",)), Term(zh=("别的名",), en=("third name",)))


def test_name_of_an_entry_that_shares_a_name_with_the_right_one_is_no_wrong_choice():
    assert wrong_ones("attention mechanism", *FAIR, terms=SHARED) == set(FAIR)


def test_entries_that_share_a_name_are_bounded(monkeypatch):
    monkeypatch.setattr(neighbours, "_MOST_ENTRIES", 0)
    assert "third name" in wrong_ones("attention mechanism", *FAIR[:2], terms=SHARED)


def test_proper_name_is_a_wrong_choice_beside_a_proper_name_alone():
    assert wrong_ones("attention mechanism", "Qwenology", *FAIR) == set(FAIR)
    assert "Qwenology" in wrong_ones("Transformer", "Qwenology", *FAIR)
    assert "Gini index" in wrong_ones("attention mechanism", "Gini index", *FAIR)


def test_wrong_choice_is_the_name_that_the_notes_use():
    other = Term(zh=("丁戊己",), en=("step size", "learning rate"))
    asked = Term(zh=("多头词",), en=("attention mechanism",))
    rest = (Term(zh=("庚辛壬",), en=(name,)) for name in ("gated linear unit", "weight decay"))
    found = made("# 多头词\n\nattention mechanism, learning rate\n", terms=(asked, other, *rest))
    assert "learning rate" in found[0].choices


def test_term_that_the_notes_only_abbreviate_is_a_wrong_choice_at_last():
    short = Term(zh=("甲",), en=("bilingual evaluation understudy",), abbr=("BLEU",))
    note = "# 激活函数\n\nactivation function, BLEU\n"
    first, *others = TERMS
    assert "bilingual evaluation understudy" not in made(note, terms=(first, short, *others))[0].choices


# Abbreviations


def test_abbreviation_is_asked_for_in_both_languages_as_one_question():
    both = [question for question in made(NOTE) if question.kind is Kind.TYPED]
    assert [question.prompt for question in both] == [
        "“GLU”是哪个英文术语的缩写？请写出全称。", "What does “GLU” stand for?",
    ]  # fmt: skip
    assert len({question.id for question in both}) == 1
    assert all(mark(question, "Gated linear-unit").right for question in both)


@pytest.mark.parametrize(
    "term",
    [
        Term(zh=("词袋",), en=("bag of words",), abbr=("lr",)),
        Term(zh=("低秩适配",), en=("LoRA adaptation",), abbr=("LoRA",)),
        Term(zh=("推理",), en=("textual entailment",), abbr=("NLI",)),
    ],
)
def test_abbreviation_that_is_none_or_gives_itself_away_is_not_asked_for(term):
    note = f"# {term.zh[0]}\n\n**{term.en[0]}** ({term.abbr[0]}) **{term.zh[0]}**\n"
    assert [one for one in made(note, terms=(term,)) if one.kind is Kind.TYPED] == []


def told(term: Term, text: str) -> tuple[tuple[str, ...], str]:
    """Return what is accepted for the abbreviation of a term, and how the answer is explained in Chinese."""
    question = next(one for one in made(f"# {term.abbr[0]}\n\n{text}\n", terms=(term,)) if one.language == "zh")
    return question.accepted, question.explanation


BYTES = Term(
    zh=("字节对", "字节编码"),
    en=("byte-level BPE", "byte-level byte pair encoding", "binary base pair entry"),
    abbr=("BBPE",),
)


def test_abbreviation_is_spelled_out_in_full_in_the_words_of_the_notes():
    spelled = "byte-level byte pair encoding"
    assert told(BYTES, "byte-level BPE")[0] == (spelled, "binary base pair entry", "byte-level BPE")
    assert told(BYTES, "Binary base pair entry")[0] == ("binary base pair entry", spelled, "byte-level BPE")


@pytest.mark.parametrize(("short", "other"), [("SiLU", "swish unit"), ("LLM", "large model"), ("LLM", "small LLMs")])
def test_name_that_does_not_spell_the_abbreviation_is_not_accepted(short, other):
    names = {"SiLU": "sigmoid linear unit", "LLM": "large language model"}
    term = Term(zh=("长名字",), en=(other, names[short]), abbr=(short,))
    assert told(term, other + ", " + names[short])[0] == (names[short],)


def test_abbreviation_that_no_name_spells_is_not_asked_for():
    term = Term(zh=("长名字",), en=("large model",), abbr=("LLM",))
    assert made("# LLM\n\nlarge model\n", terms=(term,)) == ()


def test_abbreviation_is_explained_by_the_chinese_name_that_the_notes_use():
    assert (
        told(BYTES, "binary base pair entry，字节编码")[1] == "BBPE = binary base pair entry（字节编码）（见《BBPE》）"
    )
    assert told(BYTES, "binary base pair entry")[1] == "BBPE = binary base pair entry（字节对）（见《BBPE》）"


# Definitions


DEFINED = (
    "# 归一化\n\n## 层归一化\n\n层归一化是一种在单个样本内部计算均值和方差的方法。\n\n注意力机制 位置编码 激活函数\n"
)


def defined(*texts: str, terms: tuple[Term, ...] = TERMS):
    return [one for one in made(*texts, terms=terms) if "____" in one.prompt]


def test_definition_asks_for_its_term():
    question = defined(DEFINED)[0]
    assert question.prompt == "下面说的是哪个术语？\n\n> ____ 是一种在单个样本内部计算均值和方差的方法。"
    assert question.choices[question.right[0]] == "层归一化"
    assert question.explanation == "层归一化是一种在单个样本内部计算均值和方差的方法。（见《层归一化》）"


def test_wrong_choices_neither_hold_the_term_nor_stand_in_the_definition():
    question = defined(DEFINED.replace("单个样本", "位置编码的样本"))[0]
    assert set(question.choices).isdisjoint({"归一化", "位置编码"})


def test_choices_are_all_written_alike():
    note = "# Layer Normalization\n\nLayer Normalization is a method that works inside one example of the batch.\n"
    assert set(defined(note)[0].choices) <= {
        "Layer normalization", "Batch normalization", "Activation function", "Gated linear unit",
        "Attention mechanism", "Positional encoding",
    }  # fmt: skip


def test_wrong_choices_of_a_definition_are_the_names_that_the_notes_use():
    note = DEFINED.replace("位置编码", "位置嵌入")
    assert "位置嵌入" in defined(note, terms=(*TERMS[:6], EMBEDDING))[0].choices


def test_term_that_is_defined_twice_is_asked_for_once():
    assert len(defined(DEFINED, DEFINED)) == 1


def test_definition_that_names_its_term_is_refused():
    assert defined(DEFINED.replace("一种在", "一种 LayerNorm，即在")) == []


def test_definition_of_what_is_neither_a_term_nor_the_heading_is_refused():
    assert defined(DEFINED.replace("层归一化是", "最优划分是")) == []


def test_definition_without_enough_alike_is_typed():
    question = defined(DEFINED, terms=TERMS[3:4])[0]
    assert (question.kind, question.choices) == (Kind.TYPED, ())
    assert mark(question, "LayerNorm").right


def test_definition_of_a_heading_that_is_no_term_has_nothing_to_be_told_from():
    assert defined("# 小波基\n\n小波基是一种在有限区间上快速衰减的振荡函数。\n") == []


# All of them


def test_questions_are_marked_as_generated_and_lead_to_their_section():
    for question in made(NOTE, DEFINED):
        assert question.origin is Origin.GENERATED
        assert question.file in {"0.md", "1.md"}
        assert question.heading
        assert question.explanation


def test_only_the_name_in_the_other_language_is_vocabulary():
    asked = made(NOTE, DEFINED)
    named = {one for one in asked if "对应的英文术语" in one.prompt or "Which Chinese term" in one.prompt}
    assert {one for one in asked if one.vocabulary} == named
    assert len(named) < len(asked)


def test_same_notes_give_the_same_questions():
    assert made(NOTE, DEFINED) == made(NOTE, DEFINED)


def test_ids_stay_when_the_text_around_changes():
    changed = DEFINED.replace("单个样本内部", "一个样本里面").replace("# 归一化", "# 各种归一化")
    assert defined(changed)[0].id == defined(DEFINED)[0].id


def test_number_of_questions_is_bounded(monkeypatch):
    monkeypatch.setattr(generated, "MOST", 2)
    assert len(made(NOTE, DEFINED)) == 2


def test_real_notes_give_real_questions(real):
    questions = [question for question in real.bank.all if question.origin is Origin.GENERATED]
    assert 40 <= len(questions) <= generated.MOST
    by_prompt = {question.prompt: question for question in questions}
    gini = by_prompt["“基尼指数”对应的英文术语是哪一个？"]
    assert (gini.choices[gini.right[0]], gini.file) == ("Gini index", "DecisionTree/DecisionTreeCn.md")
    assert "information gain" in gini.choices
    prompt = by_prompt["下面说的是哪个术语？\n\n> ____ 是输入给模型的文本或指令，用于告诉模型你希望它执行什么任务。"]
    assert prompt.choices[prompt.right[0]] == "Prompt"
    assert mark(by_prompt["What does “NSP” stand for?"], "next sentence prediction").right


def test_real_notes_give_no_silly_question(real):
    asked = {
        question.prompt.split("”")[0].strip("“") for question in real.bank.all if question.origin is Origin.GENERATED
    }
    assert asked.isdisjoint(
        {"总结", "核心概念", "示例", "公式", "参考资料", "模型", "节点", "删除", "基本思想", "作用"}
    )


def test_generated_questions_have_four_choices_that_differ(real, sample):
    for loaded in (real, sample):
        for question in loaded.bank.all:
            if question.origin is Origin.GENERATED and question.kind is Kind.CHOICE:
                assert len({choice.casefold() for choice in question.choices}) == 4
                assert question.choices[question.right[0]] not in question.prompt
