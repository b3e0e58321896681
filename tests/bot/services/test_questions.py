"""The questions of a group: those of the notes and its own, as they are now."""

from dataclasses import replace

import pytest

from bot.services.questions import Questions, body_of, question_of
from knowledge.questions.bank import Bank
from knowledge.questions.model import Origin
from storage import questions as kept
from storage import userdata
from storage.questions import NewQuestion, State
from tests.bot.asking import CHOICE, OPEN
from tests.bot.services.conftest import GROUP

OWN = replace(OPEN, id="b" * 16)


@pytest.fixture
def add(db, clock):
    async def made(question=OWN, guild_id=GROUP, state=State.APPROVED):
        new = NewQuestion(question.id, guild_id, body_of(question), state, clock(), author_id=3)
        async with db.begin() as conn:
            await kept.add(conn, new)
            return await kept.get(conn, guild_id, question.id)

    return made


@pytest.fixture
def notes():
    return Bank([CHOICE])


@pytest.fixture
def questions(db, notes):
    return Questions(db, lambda _: notes)


async def test_group_without_its_own_has_those_of_the_notes(questions, notes):
    assert await questions.bank(GROUP) is notes


async def test_group_s_own_come_after_those_of_the_notes(questions, add):
    await add()
    found = (await questions.bank(GROUP)).all
    assert [one.id for one in found] == [CHOICE.id, OWN.id]
    assert (found[1].origin, found[1].author_id, found[1].prompt) == (Origin.GROUP, 3, OWN.prompt)


@pytest.mark.parametrize("state", [State.SUGGESTED, State.REJECTED, State.RETIRED])
async def test_only_approved_ones_are_asked(questions, add, notes, state):
    await add(state=state)
    assert await questions.bank(GROUP) is notes


async def test_another_group_s_are_not_asked(questions, add, notes):
    await add(guild_id=GROUP + 1)
    assert await questions.bank(GROUP) is notes


async def test_bank_is_built_once_until_something_changes(questions, add, db, clock):
    row = await add()
    first = await questions.bank(GROUP)
    assert await questions.bank(GROUP) is first
    async with db.begin() as conn:
        await kept.change(conn, row, at=clock(), body=body_of(replace(OWN, prompt="New?")))
    assert (await questions.bank(GROUP)).get(OWN.id).prompt == "New?"


async def test_change_by_another_process_is_seen(questions, add, db, notes, clock):
    row = await add()
    await questions.bank(GROUP)
    async with db.begin() as conn:  # not through these services
        await kept.change(conn, row, at=clock(), state=State.RETIRED)
    assert await questions.bank(GROUP) is notes


async def test_author_who_is_forgotten_is_not_remembered(questions, add, db, clock):
    await add()
    assert (await questions.bank(GROUP)).get(OWN.id).author_id == 3
    async with db.begin() as conn:
        await userdata.delete(conn, 3, pseudonym=-1, at=clock())
    assert (await questions.bank(GROUP)).get(OWN.id).author_id is None


async def test_new_notes_are_seen(db, add):
    banks = [Bank([CHOICE])]
    questions = Questions(db, lambda _: banks[-1])
    await add()
    assert len(await questions.bank(GROUP)) == 2
    banks.append(Bank([CHOICE, replace(CHOICE, id="c" * 16)]))
    assert len(await questions.bank(GROUP)) == 3


async def test_row_keeps_a_question_whole(add):
    row = await add()
    assert question_of(row) == replace(OWN, origin=Origin.GROUP, author_id=3)


async def test_id_is_given_once_and_numbers_are_never_reused(add, db, clock):
    first = await add()
    again = NewQuestion(first.id, GROUP, first.body, State.SUGGESTED, clock())
    async with db.begin() as conn:
        assert await kept.add(conn, again) is None
        assert await kept.add(conn, replace(again, id="c" * 16)) == 2
