"""A PDF beside a note of its name comes after it, and is offered with it."""

from __future__ import annotations

import pytest

from knowledge.companions import companions
from knowledge.index import Index
from knowledge.library import Loaded, load
from knowledge.sources import Folder
from knowledge.standing import COMPANION
from tests.knowledge.pdf_files import Written, page, pdf

NOTE = "# LoRA\n\n## Rank\n\nThe rank bounds the update of the weights.\n"
PAPER = pdf(page("The rank bounds the update of the weights.", "Only the paper speaks of quokkas."))


@pytest.mark.parametrize(
    ("paper", "note"),
    [
        ("lora.pdf", "lora.md"),
        ("LoRA.PDF", "lora.md"),
        ("Bert.pdf", "Bert_note_en.md"),
        ("lora微调.pdf", "lora微调的参数怎么选择.md"),
        ("lora微调.pdf", "lora.md"),
        ("bert-paper.pdf", "bert.md"),
        ("a/b/x1.pdf", "a/b/x1.txt"),
    ],
)
def test_note_of_the_same_name_in_the_same_folder_has_the_pdf_as_companion(paper, note):
    assert companions([paper, note]) == {paper: (note,)}


def test_companions_stand_in_the_order_of_the_notes():
    files = ["lora_zh.md", "lora.pdf", "lora.md", "lor.md", "lora2.md", "lora 微调.md"]
    assert companions(files) == {"lora.pdf": ("lora_zh.md", "lora.md", "lora 微调.md")}


@pytest.mark.parametrize(
    ("paper", "note"),
    [
        ("lora.pdf", "other/lora.md"),
        ("bert.pdf", "berta.md"),
        ("attention.pdf", "lora.md"),
        ("a.pdf", "a_note.md"),
        ("lora.pdf", "lora2.pdf"),
    ],
)
def test_others_have_none(paper, note):
    assert companions([paper, note]) == {}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, started: Loaded) -> Loaded:
    root = tmp_path_factory.mktemp("beside")
    (root / "lora.md").write_text(NOTE)
    (root / "lora.pdf").write_bytes(PAPER)
    (root / "far").mkdir()
    (root / "far" / "free.pdf").write_bytes(pdf(page("The rank of quokkas bounds no update.")))
    return load(Folder(root), previous=started)


@pytest.fixture(scope="module")
def index(loaded: Loaded) -> Index:
    return loaded.index


def test_note_comes_before_its_pdf_for_the_same_words(index):
    files = [hit.section.file for hit in index.search("rank bounds the update of the weights").hits]
    assert files.index("lora.md") < files.index("lora.pdf")


def test_what_stands_in_the_pdf_alone_is_found_with_its_page(index):
    best = index.search("the paper speaks of quokkas").hits[0].section
    assert (best.file, best.page) == ("lora.pdf", 1)


def test_pdf_without_a_note_counts_in_full(index):
    scores = {hit.section.file: hit.score for hit in index.search("quokkas").hits}
    assert scores["lora.pdf"] < scores["far/free.pdf"] * (COMPANION + 0.1)


def test_section_of_a_note_has_what_its_pdf_says_on_it(index):
    note = index.note("lora.md")
    companion = index.companion(note.sections[-1])
    assert (companion.file, companion.page) == ("lora.pdf", 1)


def test_section_of_a_pdf_has_what_its_note_says_on_it(tmp_path, started):
    (tmp_path / "lora.md").write_text(f"{NOTE}\n## Wombats\n\nThey dig.\n")
    lines = [Written(f"{n} {name}", 90 * n, size=16) for n, name in enumerate(("Wombats", "Rank", "Quokkas"), start=1)]
    texts = [Written("words of the paper, on that and more than that", 90 * n + 20) for n in (1, 2, 3)]
    (tmp_path / "lora.pdf").write_bytes(pdf(page(*lines, *texts)))
    index = load(Folder(tmp_path), previous=started).index
    titles = [index.companion(section).title for section in index.note("lora.pdf").sections[:2]]
    assert titles == ["Wombats", "Rank"]


def test_section_has_what_says_most_on_it_rather_than_what_names_it_in_passing(tmp_path, started):
    said = "Of each sentence some tokens are hidden, replaced by others or kept, and predicted from both sides."
    (tmp_path / "bert.md").write_text(f"# BERT\n\n## Masked model\n\n{said}\n\n## Wombats\n\nThey dig.\n")
    heads = [
        Written(f"{n} {name}", 120 * n, size=16) for n, name in enumerate(("Outlook", "Tasks", "Wombats"), start=1)
    ]
    texts = [Written("A masked model is proposed here.", 140), Written(said[:52], 260), Written(said[53:], 274)]
    (tmp_path / "bert.pdf").write_bytes(pdf(page(*heads, *texts, Written("They dig and they dig.", 380))))
    index = load(Folder(tmp_path), previous=started).index
    assert index.companion(index.note("bert.md").sections[0]).title == "2 Tasks"


def test_pdf_on_which_its_note_says_nothing_has_the_notes_beginning(tmp_path, started):
    (tmp_path / "lora.md").write_text("# Wombats\n\nThey dig.\n")
    (tmp_path / "lora.pdf").write_bytes(PAPER)
    index = load(Folder(tmp_path), previous=started).index
    assert index.companion(index.note("lora.pdf").sections[0]).title == "Wombats"


def test_pdf_with_notes_in_two_languages_has_the_one_in_its_own(tmp_path, started):
    (tmp_path / "lora_cn.md").write_text("# 袋熊\n\n它们会挖洞，这是中文的笔记。\n")
    (tmp_path / "lora_en.md").write_text("# Wombats\n\nThey dig.\n")
    (tmp_path / "lora.pdf").write_bytes(PAPER)
    index = load(Folder(tmp_path), previous=started).index
    assert index.companion(index.note("lora.pdf").sections[0]).file == "lora_en.md"


def test_pdf_without_a_note_has_no_companion(index):
    assert index.companion(index.note("far/free.pdf").sections[0]) is None


def test_section_of_which_the_pdf_says_nothing_has_none(tmp_path, started):
    (tmp_path / "lora.md").write_text("# LoRA\n\n## Wombats\n\nThey dig.\n")
    (tmp_path / "lora.pdf").write_bytes(PAPER)
    index = load(Folder(tmp_path), previous=started).index
    assert index.companion(index.note("lora.md").sections[-1]) is None


def test_pdf_is_no_twin_of_a_note(tmp_path, started):
    (tmp_path / "lora.md").write_text("# LoRA\n\n秩限制更新的大小，这是中文的笔记。\n")
    (tmp_path / "lora.pdf").write_bytes(PAPER)
    assert [note.twin for note in load(Folder(tmp_path), previous=started).index.notes] == [None, None]


def test_no_question_is_made_of_a_pdf(loaded):
    assert {question.file for question in loaded.bank.all} <= {"lora.md"}


def test_words_of_bert_are_found_in_the_paper_with_its_page(real):
    hits = real.index.search("masked LM").hits
    assert next(hit.section.page for hit in hits if hit.section.file == "Essay_reading/Bert.pdf") is not None


def test_what_the_notes_say_on_masking_leads_to_the_page_that_defines_it_and_back(real):
    masking = next(one for one in real.index.sections if one.title.startswith("4.1 Masked Language Model"))
    paper = real.index.companion(masking)
    assert (paper.file, paper.page, real.index.companion(paper)) == ("Essay_reading/Bert.pdf", 4, masking)


@pytest.mark.parametrize(("words", "number"), [("蟹堡王的最新的促销活动信息", 2), ("配置端口转发", 7)])
def test_words_that_stand_in_the_chinese_pdf_alone_are_found_with_their_page(real, words, number):
    results = real.index.search(words)
    best = results.hits[0].section
    assert (results.found, best.file, best.page) == (True, "lora/lora微调.pdf", number)
