"""Every section of real notes becomes pages that Discord takes."""

import pytest

from bot.app import SAMPLE
from bot.render.pages import Reader, of_answer
from bot.services.library import Library
from knowledge.answer import compose
from knowledge.places import Place, Places
from knowledge.sources import Folder
from tests.bot.conftest import now
from tests.bot.render.test_pages import buttons, holds_limits


def pages_of(message) -> int:
    turning = [button.label for button in buttons(message) if "/" in button.label]
    return int(turning[0].partition("/")[2]) if turning else 1


@pytest.fixture(params=["sample", "real"])
def index(request, loaded):
    root = SAMPLE if request.param == "sample" else request.getfixturevalue("llm_note")
    library = Library(Folder(root), cache=None, clock=now)
    library.loaded = loaded  # spares the words of the glossary
    return library.load().index


def test_every_page_of_every_section_holds_every_limit(index, chinese):
    reader = Reader(chinese, Places((Place(SAMPLE, url="https://github.com/group/notes/blob/main"),)))
    answers = [compose(index, section) for section in index.sections]
    pages = [(one, number) for one in answers for number in range(pages_of(of_answer(one, reader, 0)))]
    too_big = [(one.section.id, number) for one, number in pages if not holds_limits(of_answer(one, reader, number))]
    assert len(pages) >= len(index.sections) > 0
    assert too_big == []
