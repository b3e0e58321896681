"""A chat whose bot posts nothing by itself: the tests let it, whenever they move the clock."""

import random
from dataclasses import replace

import pytest

from bot.client import Settings, StudyBot
from bot.online import EXTENSIONS
from bot.services.libraries import Libraries
from bot.services.services import Services, build
from tests.bot.banks import give
from tests.bot.daily.desk import CHOICE, NEXT, Clock, Desk, questions


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bank() -> list:
    """Return the questions that there are; a test module may have others."""
    return [CHOICE, *questions(20)]


@pytest.fixture
async def services(db, library, studio, clock, bank) -> Services:
    give(library, *bank)
    return await build(db, Libraries(library), studio=studio, clock=clock, rng=random.Random(7))


@pytest.fixture
def make_bot(services, catalogues, tmp_path):
    """Return a maker of bots that do nothing by themselves."""

    def make(language: str | None = None) -> StudyBot:
        made = Settings(tmp_path / "data", "1.2.3", language=language, offline=True)
        return StudyBot(services, made, catalogues=catalogues, extensions=replace(EXTENSIONS, hosts=()))

    return make


@pytest.fixture
def desk(chat, services, db, clock) -> Desk:
    return Desk(chat, services, db, clock)


@pytest.fixture
async def post(desk):
    """Post a question that shows what is right at once, and return its post."""
    return await desk.posted()


@pytest.fixture
async def asked(desk):
    """Post a question that is revealed with the next one, and return its post."""
    return await desk.posted(reveal=NEXT)
