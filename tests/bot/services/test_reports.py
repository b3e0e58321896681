"""Reports of questions: once for each person and question, settled by those who manage the server."""

from dataclasses import replace

import pytest

from bot.errors import NotesLoadingError, NotYoursError, RoundGoneError, SettledError
from bot.services.bell import Bell
from bot.services.entries import Editor
from bot.services.groups import Who
from bot.services.questions import Questions, body_of
from bot.services.reports import LONGEST_REASON, Reports
from bot.services.rounds import QUIZ, new_round
from knowledge.questions.model import Origin
from storage import announcements, settings
from storage import questions as kept_questions
from storage import rounds as kept_rounds
from storage.questions import NewQuestion, State
from tests.bot.asking import CHOICE, OPEN, open_round
from tests.bot.services.conftest import ANN, BO, GROUP

CHIEF = Editor(Who(9, GROUP, "chief"), manages=True)
STRANGER = Editor(Who(9, GROUP + 1, "chief"), manages=True)


@pytest.fixture
def reports(db, groups, rounds, questions, clock):
    return Reports(db, groups, taken=rounds, questions=questions, bell=Bell(), clock=clock)


@pytest.fixture
async def round_id(db):
    return (await open_round(db, CHOICE, guild_id=GROUP)).round_id


async def test_report_shows_the_reason_and_the_question_as_it_reads_now(reports, round_id, bank):
    assert await reports.report(ANN, round_id, "B is\nright, too")
    bank[:] = [replace(CHOICE, prompt="Mended?", origin=Origin.NOTES, file="a.md", lines=(3, 5))]
    found = (await reports.at(CHIEF, 0)).reported
    assert (found.report.reason, found.report.user_id, found.entry) == ("B is right, too", ANN.user_id, None)
    assert (found.question.prompt, found.question.lines) == ("Mended?", (3, 5))


async def test_question_is_reported_once_by_each(reports, round_id, db):
    again = (await open_round(db, CHOICE, guild_id=GROUP)).round_id
    assert await reports.report(ANN, round_id, "typo")
    assert not await reports.report(ANN, again, "typo!")
    assert await reports.report(BO, again, "typo")
    assert (await reports.at(CHIEF, 0)).count == 2


async def test_dismissed_report_is_settled_for_good(reports, round_id):
    await reports.report(ANN, round_id, "typo")
    report = (await reports.at(CHIEF, 0)).reported.report
    await reports.dismiss(CHIEF, report.id)
    assert (await reports.at(CHIEF, 0)).reported is None
    assert not await reports.report(ANN, round_id, "again")
    with pytest.raises(SettledError):
        await reports.dismiss(CHIEF, report.id)


async def test_group_s_own_question_can_be_changed_from_its_report(reports, db, clock):
    own = replace(OPEN, id="b" * 16)
    async with db.begin() as conn:
        await kept_questions.add(conn, NewQuestion(own.id, GROUP, body_of(own), State.APPROVED, clock()))
    await reports.report(ANN, (await open_round(db, own, guild_id=GROUP)).round_id, "typo")
    found = (await reports.at(CHIEF, 0)).reported
    assert (found.entry.number, found.entry.editable, found.entry.state) == (1, True, State.APPROVED)


async def test_question_that_is_gone_reads_as_it_was_asked(reports, round_id, bank):
    await reports.report(ANN, round_id, "typo")
    bank.clear()
    assert (await reports.at(CHIEF, 0)).reported.question == CHOICE


async def test_reports_are_there_before_the_notes_are(db, groups, rounds, clock, round_id):
    def loading(_guild_id):
        raise NotesLoadingError

    reports = Reports(db, groups, taken=rounds, questions=Questions(db, loading), bell=Bell(), clock=clock)
    await reports.report(ANN, round_id, "typo")
    assert (await reports.at(CHIEF, 0)).reported.question == CHOICE


async def test_place_beyond_the_last_is_the_last(reports, round_id):
    await reports.report(ANN, round_id, "one")
    await reports.report(BO, round_id, "two")
    found = await reports.at(CHIEF, 999_999)
    assert (found.place, found.reported.report.reason) == (1, "two")


async def test_other_group_s_reports_are_not_there(reports, round_id):
    await reports.report(ANN, round_id, "typo")
    report = (await reports.at(CHIEF, 0)).reported.report
    assert (await reports.at(STRANGER, 0)).reported is None
    with pytest.raises(SettledError):
        await reports.dismiss(STRANGER, report.id)


async def test_rounds_of_others_cannot_be_reported(reports, round_id, db, rng):
    made = new_round(CHOICE, guild_id=GROUP, channel_id=2, source=QUIZ, rng=rng)
    async with db.begin() as conn:
        theirs = await kept_rounds.add(conn, replace(made, host_id=BO.user_id))
    with pytest.raises(NotYoursError):
        await reports.report(ANN, theirs, "typo")
    for who, gone in ((replace(ANN, guild_id=0), round_id), (replace(ANN, guild_id=5), round_id), (ANN, 10**17)):
        with pytest.raises(RoundGoneError):
            await reports.report(who, gone, "typo")


async def test_long_reason_is_cut(reports, round_id):
    await reports.report(ANN, round_id, "<@1> " * 1_000)
    assert len((await reports.at(CHIEF, 0)).reported.report.reason) == LONGEST_REASON


async def test_log_channel_is_told_if_there_is_one(reports, round_id, db, clock):
    async with db.begin() as conn:
        await settings.set_group(conn, GROUP, log_channel_id=66)
    for who in (ANN, ANN):
        await reports.report(who, round_id, "typo")
    async with db.begin() as conn:
        taken = await announcements.take(conn, clock(), until=clock(), limit=9)
    assert [(one.kind, one.channel_id) for one in taken] == [("report", 66)]


async def test_reason_that_no_database_takes_is_kept_without_what_it_refuses(reports, round_id):
    await reports.report(ANN, round_id, "a\0b\ud800c")
    assert (await reports.at(CHIEF, 0)).reported.report.reason == "ab?c"
