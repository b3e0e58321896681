"""Suggesting, changing and deciding about a group's own questions."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import QuestionGoneError
from bot.services import editing
from bot.services.authoring import MOST_WAITING
from bot.services.entries import Blank, Editor, Entry, Filling, Refused, State
from bot.services.groups import Who
from bot.services.question_errors import (
    DraftGoneError,
    FormTooSmallError,
    NotYourQuestionError,
    QuestionMovedError,
    TooManySuggestionsError,
)
from knowledge.questions.forms import Sheet
from knowledge.questions.model import Difficulty, Kind, Origin
from storage import announcements, questions, reports
from storage.tables import audit, drafts
from tests.bot.services.conftest import ANN, BO, GROUP

SHEET = Sheet("Which gate?", "*Swish\nReLU", explanation="So.", topic="Nets")
BLANK = Blank(Kind.CHOICE, Difficulty.HARD)
MEMBER, OTHER = Editor(ANN, manages=False), Editor(BO, manages=False)
CHIEF = Editor(Who(9, GROUP, "chief"), manages=True)
STRANGER = Editor(Who(9, GROUP + 1, "chief"), manages=True)


@pytest.fixture
def services(db, groups, questions, rounds, clock, rng):
    return editing.build(editing.Needs(db, groups, questions, rounds, clock, rng))


@pytest.fixture
def authoring(services):
    return services.authoring


@pytest.fixture
def lookup(services):
    return services.lookup


async def suggest(authoring, editor=MEMBER, **given) -> Entry:
    found = await authoring.suggest(editor, Filling(BLANK, replace(SHEET, **given)), 55)
    assert isinstance(found, Entry)
    return found


async def changed(authoring, editor, entry, **given):
    blank = Blank(Kind.CHOICE, entry.question.difficulty, entry.id, entry.version)
    return await authoring.change(editor, Filling(blank, replace(SHEET, **given)))


async def news(db, clock):
    async with db.begin() as conn:
        return await announcements.take(conn, clock(), until=clock() + timedelta(days=1), limit=9)


async def test_suggestion_waits_and_is_not_asked(authoring, questions):
    entry = await suggest(authoring)
    assert (entry.number, entry.state, entry.editable) == (1, State.SUGGESTED, True)
    assert entry.question.difficulty is Difficulty.HARD
    assert (await questions.bank(GROUP)).get(entry.id) is None


async def test_approved_question_is_asked_with_its_author(authoring, questions):
    entry = await suggest(authoring)
    assert (await authoring.approve(CHIEF, entry.id, entry.version)).state is State.APPROVED
    found = (await questions.bank(GROUP)).get(entry.id)
    assert (found.prompt, found.origin, found.author_id) == ("Which gate?", Origin.GROUP, ANN.user_id)
    assert len(await questions.bank(GROUP)) == len(await questions.bank(GROUP + 1)) + 1


async def test_author_stands_in_the_row_alone(authoring, db):
    entry = await suggest(authoring)
    async with db.reading() as conn:
        row = await questions.get(conn, GROUP, entry.id)
    assert row.author_id == ANN.user_id
    assert '"author_id":null' in row.body


async def test_numbers_are_the_group_s_own(authoring):
    first, second = await suggest(authoring), await suggest(authoring)
    elsewhere = await suggest(authoring, Editor(replace(ANN, guild_id=GROUP + 1), manages=False))
    assert (first.number, second.number, elsewhere.number) == (1, 2, 1)


async def test_numbers_differ_though_many_suggest_at_once(authoring):
    made = await asyncio.gather(*(suggest(authoring) for _ in range(8)))
    assert sorted(one.number for one in made) == list(range(1, 9))


async def test_mistakes_are_told_and_the_draft_kept(authoring):
    sheet = replace(SHEET, answers="one\none")
    found = await authoring.suggest(MEMBER, Filling(BLANK, sheet), 55)
    assert isinstance(found, Refused)
    assert len(found.problems) == 2
    assert await authoring.draft(MEMBER, found.draft_id) == Filling(BLANK, sheet)
    assert (await authoring.form(MEMBER, Kind.CHOICE, Difficulty.EASY)).sheet == sheet


async def test_draft_is_kept_for_a_quarter_of_an_hour(authoring, clock):
    found = await authoring.suggest(MEMBER, Filling(BLANK, Sheet("Why?")), 55)
    clock.turn(minutes=15)
    with pytest.raises(DraftGoneError):
        await authoring.draft(MEMBER, found.draft_id)
    assert (await authoring.form(MEMBER, Kind.CHOICE, Difficulty.EASY)).sheet == Sheet()


async def test_draft_is_for_its_author_alone(authoring):
    found = await authoring.suggest(MEMBER, Filling(BLANK, Sheet("Why?")), 55)
    for editor in (OTHER, CHIEF, STRANGER):
        with pytest.raises(DraftGoneError):
            await authoring.draft(editor, found.draft_id)


async def test_draft_goes_when_the_question_is_in(authoring, db):
    await authoring.suggest(MEMBER, Filling(BLANK, Sheet("Why?")), 55)
    await suggest(authoring)
    assert (await authoring.form(MEMBER, Kind.CHOICE, Difficulty.EASY)).sheet == Sheet()
    async with db.reading() as conn:
        assert (await conn.execute(drafts.select())).all() == []


async def test_draft_of_one_kind_is_no_draft_of_another(authoring):
    await authoring.suggest(MEMBER, Filling(BLANK, Sheet("Why?")), 55)
    assert (await authoring.form(MEMBER, Kind.OPEN, Difficulty.EASY)).sheet == Sheet()


async def test_suggestions_of_one_person_are_bounded(authoring):
    for _ in range(MOST_WAITING):
        await suggest(authoring)
    with pytest.raises(TooManySuggestionsError):
        await suggest(authoring)
    await suggest(authoring, OTHER)


async def test_author_may_change_a_question_until_it_is_approved(authoring):
    entry = await suggest(authoring)
    entry = await changed(authoring, MEMBER, entry, prompt="Which one gates?")
    assert (entry.question.prompt, entry.state, entry.version) == ("Which one gates?", State.SUGGESTED, 2)
    await authoring.approve(CHIEF, entry.id, entry.version)
    with pytest.raises(NotYourQuestionError):
        await authoring.form_of(MEMBER, entry.id)


async def test_rejected_question_that_is_changed_waits_again(authoring):
    entry = await suggest(authoring)
    entry = await authoring.reject(CHIEF, entry.id, entry.version, "Too  easy\n")
    assert (entry.state, entry.reason) == (State.REJECTED, "Too easy")
    entry = await changed(authoring, MEMBER, entry, prompt="Which one gates?")
    assert (entry.state, entry.reason) == (State.SUGGESTED, "")


async def test_change_by_those_who_manage_leaves_it_approved_and_its_id(authoring, questions):
    entry = await suggest(authoring)
    approved = await authoring.approve(CHIEF, entry.id, entry.version)
    edited = await changed(authoring, CHIEF, approved, prompt="Which one gates?")
    assert (edited.state, edited.id) == (State.APPROVED, entry.id)
    found = (await questions.bank(GROUP)).get(entry.id)
    assert (found.prompt, found.author_id) == ("Which one gates?", ANN.user_id)


async def test_retired_question_is_not_asked_and_can_come_back(authoring, questions):
    entry = await suggest(authoring)
    approved = await authoring.approve(CHIEF, entry.id, entry.version)
    retired = await authoring.retire(CHIEF, entry.id, approved.version)
    assert (await questions.bank(GROUP)).get(entry.id) is None
    await authoring.approve(CHIEF, entry.id, retired.version)
    assert (await questions.bank(GROUP)).get(entry.id) is not None


async def test_decision_is_about_what_was_seen(authoring):
    entry = await suggest(authoring)
    await changed(authoring, MEMBER, entry, prompt="Something else?")
    with pytest.raises(QuestionMovedError):
        await authoring.approve(CHIEF, entry.id, entry.version)
    with pytest.raises(QuestionMovedError):
        await changed(authoring, CHIEF, entry, prompt="Third?")


async def test_same_decision_twice_is_one(authoring, db, clock):
    entry = await suggest(authoring)
    for _ in range(2):
        assert (await authoring.approve(CHIEF, entry.id, entry.version)).version == 2
    assert len(await news(db, clock)) == 1


async def test_of_two_who_decide_differently_one_is_told(authoring):
    entry = await suggest(authoring)
    decisions = (
        authoring.approve(CHIEF, entry.id, entry.version),
        authoring.reject(CHIEF, entry.id, entry.version, "no"),
    )
    found = await asyncio.gather(*decisions, return_exceptions=True)
    assert [type(one) for one in found].count(QuestionMovedError) == 1


async def test_author_is_told_where_they_asked(authoring, db, clock):
    first, second = await suggest(authoring), await suggest(authoring)
    await authoring.approve(CHIEF, first.id, first.version)
    await authoring.reject(CHIEF, second.id, second.version, "no")
    assert [(one.kind, one.channel_id, one.question_id) for one in await news(db, clock)] == [
        ("approved", 55, first.id), ("rejected", 55, second.id),
    ]  # fmt: skip


async def test_nobody_is_told_of_what_they_decided_themselves_or_of_a_retirement(authoring, db, clock):
    own = await suggest(authoring, CHIEF)
    approved = await authoring.approve(CHIEF, own.id, own.version)
    await authoring.retire(CHIEF, own.id, approved.version)
    assert await news(db, clock) == []


async def test_change_and_decision_close_reports(authoring, db, clock):
    entry = await suggest(authoring)
    approved = await authoring.approve(CHIEF, entry.id, entry.version)
    for act in (lambda: changed(authoring, CHIEF, approved), lambda: authoring.retire(CHIEF, entry.id, 3)):
        async with db.begin() as conn:
            await conn.execute(reports.reports.delete())
            await reports.add(conn, reports.NewReport(GROUP, 1, entry.id, 1, "typo", clock()))
        await act()
        async with db.reading() as conn:
            assert await reports.count(conn, GROUP) == 0


async def test_decisions_are_written_down(authoring, db):
    entry = await suggest(authoring)
    approved = await authoring.approve(CHIEF, entry.id, entry.version)
    await changed(authoring, CHIEF, approved)
    async with db.reading() as conn:
        rows = (await conn.execute(audit.select())).all()
    assert [(row.action, row.subject, row.user_id) for row in rows] == [
        ("question approved", "#1", 9), ("change question", "#1", 9),
    ]  # fmt: skip


async def test_another_group_s_question_is_not_there(authoring, lookup):
    entry = await suggest(authoring)
    for act in (
        authoring.approve(STRANGER, entry.id, entry.version),
        authoring.retire(STRANGER, entry.id, entry.version),
        authoring.reject(STRANGER, entry.id, entry.version, "no"),
        authoring.form_of(STRANGER, entry.id),
        lookup.entry(STRANGER, entry.id),
        lookup.numbered(STRANGER, entry.number),
        changed(authoring, STRANGER, entry),
    ):
        with pytest.raises(QuestionGoneError):
            await act


async def test_nobody_sees_another_s_question_with_its_answer(authoring, lookup):
    entry = await suggest(authoring)
    for act in (lookup.entry(OTHER, entry.id), lookup.numbered(OTHER, 1), authoring.form_of(OTHER, entry.id)):
        with pytest.raises(QuestionGoneError):
            await act
    assert (await lookup.entry(CHIEF, entry.id)).editable


async def test_form_holds_the_question(authoring):
    entry = await suggest(authoring)
    filling = await authoring.form_of(MEMBER, entry.id)
    assert filling == Filling(Blank(Kind.CHOICE, Difficulty.HARD, entry.id, 1), SHEET)
    assert (await authoring.form_of(MEMBER, entry.id, Difficulty.EASY)).blank.difficulty is Difficulty.EASY


async def test_form_of_a_change_holds_what_was_refused(authoring):
    entry = await suggest(authoring)
    assert isinstance(await changed(authoring, MEMBER, entry, answers="one"), Refused)
    assert (await authoring.form_of(MEMBER, entry.id)).sheet.answers == "one"
    await changed(authoring, MEMBER, entry, prompt="New?")
    assert (await authoring.form_of(MEMBER, entry.id)).sheet.prompt == "New?"


async def test_question_that_no_form_takes_is_said_to_be_too_long(authoring, db, clock):
    entry = await suggest(authoring)
    async with db.begin() as conn:
        row = await questions.get(conn, GROUP, entry.id)
        await questions.change(conn, row, at=clock(), body=row.body.replace("So.", "x" * 5_000))
    with pytest.raises(FormTooSmallError):
        await authoring.form_of(MEMBER, entry.id)


async def test_list_is_one_s_own_unless_one_manages(authoring, lookup):
    await suggest(authoring)
    await suggest(authoring, OTHER)
    mine = await lookup.listed(MEMBER, state=None, everybody=True)
    assert ([one.number for one in mine.entries], mine.everybody) == ([1], False)
    everybody = await lookup.listed(CHIEF, state=None, everybody=True)
    assert [one.number for one in everybody.entries] == [2, 1]
    assert (await lookup.listed(CHIEF, state=None, everybody=False)).count == 0


async def test_list_has_pages_and_states(authoring, lookup):
    made = [await suggest(authoring) for _ in range(12)]
    await authoring.approve(CHIEF, made[0].id, 1)
    page = await lookup.listed(MEMBER, state=None, everybody=False, page=99)
    assert ([one.number for one in page.entries], page.page, page.pages, page.count) == ([2, 1], 1, 2, 12)
    approved = await lookup.listed(MEMBER, state=State.APPROVED, everybody=False)
    assert [one.number for one in approved.entries] == [1]


async def test_queue_goes_round(authoring, lookup):
    made = [await suggest(authoring) for _ in range(3)]
    assert (await lookup.queue(CHIEF)).entry.number == 1
    assert (await lookup.queue(CHIEF, 1)).entry.number == 2
    assert (await lookup.queue(CHIEF, 3)).entry.number == 1
    for one in made:
        await authoring.approve(CHIEF, one.id, 1)
    assert (await lookup.queue(CHIEF)).entry is None


async def test_offered_are_the_questions_that_one_may_change(authoring, lookup):
    await suggest(authoring)
    await suggest(authoring, prompt="Something about <b>RoPE</b>?")
    await suggest(authoring, OTHER)
    await authoring.approve(CHIEF, (await lookup.numbered(CHIEF, 1)).id, 1)
    assert [one.number for one in await lookup.changeable(MEMBER, "")] == [2]
    assert [one.number for one in await lookup.changeable(CHIEF, "rope")] == [2]
    assert [one.number for one in await lookup.changeable(CHIEF, "#3")] == [3]


async def test_what_is_offered_follows_every_change(authoring, lookup):
    first = await suggest(authoring)
    assert len(await lookup.changeable(MEMBER, "")) == 1
    await suggest(authoring, prompt="Why RoPE?")
    assert [one.prompt for one in await lookup.changeable(MEMBER, "rope")] == ["Why RoPE?"]
    await authoring.approve(CHIEF, first.id, 1)
    assert [one.number for one in await lookup.changeable(MEMBER, "")] == [2]


async def test_questions_are_read_once_for_many_keystrokes(authoring, lookup, monkeypatch):
    await suggest(authoring)
    reads = []
    listed = questions.listed

    async def counted(*args, **given):
        reads.append(args)
        return await listed(*args, **given)

    monkeypatch.setattr(questions, "listed", counted)
    for typed in ("", "w", "wh"):
        await lookup.changeable(MEMBER, typed)
    assert len(reads) == 1


@pytest.mark.parametrize("text", ["a\0b", "\u202e<script>", "🧑‍🔬" * 50])
async def test_text_that_no_database_takes_is_kept_without_what_it_refuses(authoring, lookup, text):
    entry = await suggest(authoring, prompt=f"Why {text}?")
    assert (await lookup.entry(MEMBER, entry.id)).question.prompt.startswith("Why ")
    assert (await authoring.reject(CHIEF, entry.id, 1, text)).reason
    found = await authoring.suggest(MEMBER, Filling(BLANK, Sheet(text)), 55)
    assert (await authoring.draft(MEMBER, found.draft_id)).sheet.prompt == text


async def test_halves_of_characters_are_refused_and_kept(authoring):
    found = await authoring.suggest(MEMBER, Filling(BLANK, replace(SHEET, prompt="a\ud800b")), 55)
    assert isinstance(found, Refused)
    assert (await authoring.draft(MEMBER, found.draft_id)).sheet.prompt == "a\ud800b"
