"""Answers from PDFs: the page as a picture, the pages beside it, the text again; by anybody, and after a restart."""

import pytest

from bot.render import presses
from bot.services.library import MARK, Library
from knowledge.sources import Folder
from tests.bot.conftest import now, pressable, shown, words
from tests.knowledge.pdf_files import page, pdf

PICTURE = "📄 Page as a picture"
BACK = "📖 Back to the text"
NOTE = "📝 In the notes"
PAPER = pdf(*(page(f"Words of sheet {number}, about gates.") for number in (1, 2, 3)))


@pytest.fixture
def papers(tmp_path, loaded):
    """Return a library of a note and the PDF beside it."""
    root = tmp_path / "papers"
    root.mkdir()
    (root / "gates.md").write_text("# Gates\n\n## About gates\n\nA gate multiplies.\n")
    (root / "gates.pdf").write_bytes(PAPER)
    made = Library(Folder(root), cache=None, clock=now)
    made.loaded = loaded
    made.load()
    return made


@pytest.fixture
def simcord_bot(make_bot, papers):
    return make_bot(library=papers)


async def ask(chat, papers, file="gates.pdf", place=0):
    section = papers.index.note(file).sections[place]
    return (await chat.ann.slash(chat.channel, "explain", topic=MARK + section.id)).response


async def test_answer_from_a_pdf_tells_its_page(chat, papers):
    response = await ask(chat, papers, place=1)
    assert "`gates.pdf` · page 2" in words(response)


async def test_page_is_shown_as_a_picture_with_words_for_who_does_not_see_it(chat, papers):
    response = await ask(chat, papers, place=1)
    await chat.ann.click(response, label=PICTURE)
    (attachment,) = response.attachments
    assert "page 2" in words(response)
    assert attachment.description == "gates.pdf, page 2: Words of sheet 2, about gates."


async def test_pages_beside_it_are_one_press_away(chat, papers):
    response = await ask(chat, papers)
    await chat.ann.click(response, label=PICTURE)
    await chat.ann.click(response, label="Next ▶")
    assert "page 2" in words(response)
    await chat.ann.click(response, label="Next ▶")
    assert "Next ▶" not in pressable(response)


async def test_text_comes_back(chat, papers):
    response = await ask(chat, papers)
    await chat.ann.click(response, label=PICTURE)
    await chat.ann.click(response, label=BACK)
    assert "Words of sheet 1" in words(response)
    assert response.attachments == []


async def test_somebody_else_gets_the_page_alone(chat, papers):
    response = await ask(chat, papers)
    result = await chat.bo.click(response, label=PICTURE)
    assert result.response.ephemeral
    assert "Words of sheet 1" in words(response)


async def test_press_works_after_a_restart(chat, papers, make_bot):
    response = await ask(chat, papers)
    await chat.env.restart_bot(make_bot(library=papers))
    await chat.ann.click(response, label=PICTURE)
    assert len(response.attachments) == 1


@pytest.mark.language("zh-CN")
async def test_page_is_told_in_chinese(chat, papers, make_bot):
    await chat.env.restart_bot(make_bot("zh-CN", library=papers))
    response = await ask(chat, papers, place=2)
    assert "第 3 页" in words(response)
    assert "📄 查看本页图片" in pressable(response)


async def test_file_that_is_gone_leaves_a_sentence(chat, papers):
    response = await ask(chat, papers)
    (papers.source.root / "gates.pdf").unlink()
    await chat.ann.click(response, label=PICTURE)
    assert "This page cannot be drawn." in words(response)
    assert BACK in pressable(response)


async def test_page_of_a_section_that_is_gone_says_so(chat, papers):
    response = await ask(chat, papers)
    stored = chat.env.backend.get_message(response.channel_id, response.id)
    button = next(one for one in shown(stored.components) if one.get("label") == PICTURE)
    button["custom_id"] = gone = presses.pdf_page("f" * 16, 1)
    result = await chat.ann.click(response, custom_id=gone)
    assert "no longer in the notes" in result.followups[0].content


async def test_note_offers_what_its_pdf_says_on_it(chat, papers):
    response = await ask(chat, papers, "gates.md", -1)
    await chat.ann.click(response, label="📄 Also in the PDF, page 1")
    assert "`gates.pdf` · page 1" in words(response)


async def test_pdf_reached_from_a_note_leads_back_to_it(chat, papers):
    response = await ask(chat, papers, "gates.md", -1)
    await chat.ann.click(response, label="📄 Also in the PDF, page 1")
    await chat.ann.click(response, label=NOTE)
    assert "A gate multiplies." in words(response)


async def test_page_as_a_picture_leads_to_the_note_too(chat, papers):
    response = await ask(chat, papers, place=1)
    await chat.ann.click(response, label=PICTURE)
    assert list(pressable(response))[-2:] == [BACK, NOTE]
    await chat.ann.click(response, label=NOTE)
    assert "A gate multiplies." in words(response)
    assert response.attachments == []


async def test_way_back_to_the_note_works_after_a_restart(chat, papers, make_bot):
    response = await ask(chat, papers)
    await chat.env.restart_bot(make_bot(library=papers))
    await chat.ann.click(response, label=NOTE)
    assert "A gate multiplies." in words(response)


async def test_somebody_else_gets_the_note_alone(chat, papers):
    response = await ask(chat, papers)
    result = await chat.bo.click(response, label=NOTE)
    assert result.response.ephemeral
    assert "A gate multiplies." in words(result.response)


@pytest.mark.language("zh-CN")
async def test_way_back_to_the_note_is_told_in_chinese(chat, papers, make_bot):
    await chat.env.restart_bot(make_bot("zh-CN", library=papers))
    response = await ask(chat, papers)
    await chat.ann.click(response, label="📝 看对应的笔记")
    assert "A gate multiplies." in words(response)


async def test_way_back_leads_to_the_note_in_the_reader_s_language(chat, papers, make_bot):
    root = papers.source.root
    (root / "gates.md").rename(root / "gates_en.md")
    (root / "gates_cn.md").write_text("# 门\n\n## 关于门\n\n门控相乘，这是中文的笔记。\n")
    papers.load()
    await chat.env.restart_bot(make_bot("zh-CN", library=papers))
    response = await ask(chat, papers)
    await chat.ann.click(response, label="📝 看对应的笔记")
    assert "门控相乘" in words(response)


async def test_pdf_without_a_note_leads_to_none(chat, papers):
    (papers.source.root / "gates.md").unlink()
    papers.load()
    response = await ask(chat, papers)
    assert NOTE not in pressable(response)


async def test_note_without_a_pdf_offers_none(chat, papers):
    (papers.source.root / "gates.pdf").unlink()
    papers.load()
    response = await ask(chat, papers, "gates.md", -1)
    assert not any("PDF" in label for label in pressable(response))
