import asyncio
import base64
import json

import pytest

from bot.errors import NotesLoadingError, NoTextError, SectionGoneError, TopicGoneError
from bot.services.libraries import Libraries
from bot.services.library import COMPLETIONS, MARK, Found, Library, NotFound
from knowledge import library as library_of_notes
from knowledge.errors import NotesError
from knowledge.sources import Folder
from tests.bot.conftest import PIXEL, now


async def refresh(library):
    """Read the notes again, as the bot does, and return what changed."""
    return (await Libraries(library).refresh())[library]


@pytest.fixture
def unread(notes) -> Library:
    return Library(Folder(notes), cache=None, clock=now)


async def test_topic_is_answered(library):
    found = await library.explain("SwiGLU", language="en")
    assert isinstance(found, Found)
    assert found.answer.section.title == "SwiGLU"


@pytest.mark.parametrize("name", ["swiglu", "SwiGLU unit"])
@pytest.mark.parametrize(("language", "file"), [("zh", "nets/Activation_cn.md"), ("en", "nets/Activation_en.md")])
async def test_name_of_no_language_is_answered_in_the_readers(library, name, language, file):
    assert (await library.explain(name, language=language)).answer.section.file == file


async def test_completion_value_opens_its_section(library):
    section = library.index.notes[0].sections[0]
    assert (await library.explain(MARK + section.id)).answer.section == section


async def test_answer_offers_others_but_not_itself_nor_its_twin(library):
    answer = (await library.explain("swiglu", language="en")).answer
    assert answer.related
    assert not {answer.section.id, answer.twin.id} & {section.id for section in answer.related}


async def test_missing_topic_is_counted_once_for_its_spellings(library):
    for topic in ("红烧肉怎么做", "  红烧肉怎么做 "):
        assert isinstance(await library.explain(topic), NotFound)
    assert [(topic.query, topic.count, topic.last) for topic in library.problems().missing] == [
        ("红烧肉怎么做", 2, now())
    ]


async def test_section_that_is_gone_is_refused(library):
    with pytest.raises(SectionGoneError):
        await library.open("0" * 16)


async def test_terms_of_a_message_are_explained_in_its_language(library):
    english = await library.explain_message("why does everybody use SwiGLU nowadays?")
    chinese = await library.explain_message("为什么大家都用SwiGLU呢")
    assert (english.answer.section.language, chinese.answer.section.language) == ("en", "zh")


async def test_message_without_words_is_refused(library):
    with pytest.raises(NoTextError):
        await library.explain_message("👍 !!")


async def test_message_without_a_known_term_is_searched_as_a_whole(library):
    found = await library.explain_message("why does normalization not depend on the batch")
    assert found.answer.section.title == "Interview questions"


async def test_empty_completion_offers_what_was_shown_last_first(library):
    section = library.index.notes[-1].sections[-1]
    await library.open(section.id)
    offered = library.complete("  ")
    assert offered[0].section_id == section.id
    assert len({one.section_id for one in offered}) == len(offered) <= COMPLETIONS


def test_completion_before_the_notes_are_read_is_empty(unread):
    assert unread.complete("x") == unread.complete("") == ()


async def test_question_before_the_notes_are_read_is_refused(unread):
    with pytest.raises(NotesLoadingError):
        await unread.explain("swiglu")


def test_status_before_the_notes_are_read_is_empty(unread):
    assert unread.status().loaded_at is None
    assert unread.status().notes == 0


async def test_refresh_tells_what_changed(edited):
    root = edited.source.root
    (root / "new.md").write_text("# Dropout\n\nDrops units.\n")
    (root / "interview.md").write_text("# Interview questions\n\nWhy warm-up?\n")
    (root / "nets" / "attention.md").unlink()
    change = await refresh(edited)
    assert (change.added, change.changed, change.removed) == (("new.md",), ("interview.md",), ("nets/attention.md",))


async def test_refresh_tells_a_question_file_too_and_builds_the_bank(edited):
    await refresh(edited)
    text = "language: en\nquestions:\n  - {id: a, kind: truth, question: So?, answer: true}\n"
    (edited.source.root / "glu.questions.yaml").write_text(text, "utf-8")
    change = await refresh(edited)
    assert (change.added, change.changed, change.removed) == (("glu.questions.yaml",), (), ())
    assert edited.loaded.questions.known.questions(topics=["glu"])[0].prompt == "So?"


async def test_refresh_of_a_state_whose_bank_nobody_asked_for_tells_the_notes_alone(edited):
    (edited.source.root / "glu.questions.yaml").write_text("questions: []\n", "utf-8")
    edited.load()
    assert not await refresh(edited)


async def test_refresh_of_the_same_notes_is_no_change(edited):
    assert not await refresh(edited)


async def test_topics_are_those_of_the_index_that_answers(edited):
    before = edited.topics
    (edited.source.root / "new.md").write_text("# Dropout\n\nDrops units.\n")
    await refresh(edited)
    edited._arranged = (edited.index.notes, before)  # arranged from the index before, while the new one was put in
    assert "dropout" in edited.topics.terms


async def test_failed_refresh_leaves_the_old_notes_and_says_so(edited):
    edited.source.root.rename(edited.source.root.parent / "moved")
    with pytest.raises(NotesError):
        await refresh(edited)
    assert edited.search("swiglu").found
    assert edited.collections[0].failure is not None


async def test_failure_is_forgotten_when_the_notes_are_back(edited):
    root = edited.source.root
    moved = root.rename(root.parent / "moved")
    with pytest.raises(NotesError):
        await refresh(edited)
    moved.rename(root)
    await refresh(edited)
    assert edited.collections[0].failure is None


async def test_old_notes_answer_while_new_ones_are_read(edited):
    refreshing = asyncio.create_task(refresh(edited))
    answers = [await edited.explain("swiglu") for _ in range(5)]
    await refreshing
    assert all(isinstance(answer, Found) for answer in answers)


@pytest.mark.parametrize("name", ["nets", "NETS", "ne"])
def test_category_is_found_by_its_name(library, name):
    assert library.topics.category(name).name == "nets"


@pytest.mark.parametrize("name", ["cooking", "  ", "f" * 16])
def test_unknown_category_is_refused(library, name):
    with pytest.raises(TopicGoneError):
        library.topics.category(name)


def test_note_is_found_with_its_category(library):
    category = library.topics.category("nets")
    assert library.topics.note(category.notes[0].key) == (category, category.notes[0])


@pytest.mark.parametrize("path", ["../outside.png", "/etc/hostname", "nets/none.png", "nets", "link.png", "a\0b"])
def test_picture_outside_the_notes_or_gone_is_none(edited, path):
    outside = edited.source.root.parent / "outside.png"
    outside.write_bytes(b"secret")
    (edited.source.root / "link.png").symlink_to(outside)
    assert edited.picture(path) is None


def test_picture_over_the_limit_is_none(library):
    size = len(library.picture("nets/swiglu.png"))
    assert library.picture("nets/swiglu.png", size) is not None
    assert library.picture("nets/swiglu.png", size - 1) is None


def test_picture_that_lies_in_a_notebook_is_taken_out_of_it(edited):
    image = base64.b64encode(PIXEL).decode()
    output = {"output_type": "display_data", "data": {"image/png": image}}
    cell = {"cell_type": "code", "source": "plot()", "outputs": [output]}
    (edited.source.root / "plots.ipynb").write_text(json.dumps({"cells": [cell]}))
    edited.load()
    (picture,) = edited.index.note("plots.ipynb").sections[0].pictures
    assert edited.picture(picture.path) == PIXEL
    assert edited.picture(picture.path, len(PIXEL) - 1) is None


async def test_edit_is_found_before_everything_is_built_anew(edited, monkeypatch):
    seen = []

    def building(*_arguments, **_named):
        seen.extend(hit.section.title for hit in edited.index.search("zwickmühle").hits)
        raise NotesError("Stopped here.")

    await refresh(edited)
    note = next(edited.source.root.rglob("*_en.md"))
    note.write_text(f"{note.read_text('utf-8')}\n\n## Zwickmühle\n\nnew text\n", "utf-8")
    monkeypatch.setattr(library_of_notes, "build", building)
    with pytest.raises(NotesError):
        await refresh(edited)
    assert seen[:1] == ["Zwickmühle"]
