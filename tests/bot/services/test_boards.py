"""Boards as they are asked for: periods, pages, topics, seasons, and the viewer's own place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NoSeasonError, NotesLoadingError, SubjectUnknownError
from bot.services.boards import LEAST, ROWS, Boards, View
from bot.services.groups import Who
from bot.services.leavers import Leavers
from bot.services.library import MARK
from bot.services.periods import Period
from bot.services.questions import Questions
from bot.services.subjects import key_of
from knowledge.questions.bank import Bank
from storage import seasons, settings
from tests.storage.answering import ANN, BO, CY, GUILD, NOON, QUESTION, answer, answers, called, name

VIEWER = Who(ANN, GUILD, "ann")
EVER = View(Period.EVER)


@pytest.fixture
def leavers(db, clock) -> Leavers:
    return Leavers(db, clock=clock)


@pytest.fixture
def boards(db, groups, questions, leavers, clock, bank) -> Boards:
    clock.now = NOON
    bank[:] = [QUESTION, replace(QUESTION, language="zh", topic="网络"), replace(QUESTION, id="b" * 16, topic="Trees")]
    return Boards(db, groups, questions=questions, leavers=leavers, clock=clock)


async def rows(boards, view=EVER, who=VIEWER):
    return [(one.name, one.points) for one in (await boards.board(who, view)).rows]


async def crowd(db, size):
    await called(db, {1_000 + number: f"member{number}" for number in range(size)})
    for number in range(size):
        await answers(db, 1_000 + number, [100 - number])


@pytest.mark.parametrize(("period", "days", "counts"), [
    (Period.TODAY, 0, True), (Period.TODAY, 1, False), (Period.WEEK, 2, True), (Period.WEEK, 3, False),
    (Period.MONTH, 24, True), (Period.MONTH, 25, False), (Period.EVER, 999, True),
])  # fmt: skip
async def test_period_counts_what_is_in_it(boards, db, period, days, counts):
    await name(db, ANN)
    await answer(db, ANN, 10, at=NOON - timedelta(days=days))
    assert bool(await rows(boards, View(period))) is counts


async def test_period_is_that_of_the_group_s_zone_and_week(boards, db, groups):
    await name(db, ANN)
    await answer(db, ANN, 10, at=datetime(2026, 11, 24, 17, tzinfo=UTC))
    assert await rows(boards, View(Period.TODAY)) == []
    async with db.begin() as conn:
        await settings.set_group(conn, GUILD, zone="Asia/Shanghai", week_start=2)
    groups.changed(GUILD)
    assert await rows(boards, View(Period.TODAY)) == await rows(boards, View(Period.WEEK)) == [("ann", 10)]


async def test_week_that_is_over_can_be_asked_for(boards, db):
    await name(db, ANN)
    await answers(db, ANN, [10, 10], at=NOON - timedelta(days=7))
    ends = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())
    assert await rows(boards, View(Period.WEEK)) == []
    assert await rows(boards, View(Period.WEEK, ends)) == [("ann", 20)]


@pytest.mark.parametrize("which", [1, 2**40, 10**18 - 1])
async def test_week_of_any_number_is_some_week(boards, which):
    assert await rows(boards, View(Period.WEEK, which)) == []


async def test_page_has_ten_rows_and_the_last_one_the_rest(boards, db):
    await crowd(db, 13)
    first, second = [await boards.board(VIEWER, replace(EVER, page=page)) for page in (0, 1)]
    assert (len(first.rows), len(second.rows), first.pages, first.listed) == (ROWS, 3, 2, 13)


async def test_page_that_is_too_big_is_the_last(boards, db):
    await crowd(db, 13)
    found = await boards.board(VIEWER, replace(EVER, page=9_999))
    assert (found.view.page, [one.name for one in found.rows]) == (1, ["member10", "member11", "member12"])


async def test_page_too_big_of_an_empty_board_is_the_first(boards):
    found = await boards.board(VIEWER, replace(EVER, page=7))
    assert (found.view.page, found.pages, found.rows, found.listed) == (0, 1, (), 0)


@pytest.mark.parametrize("page", [0, 1, 9])
async def test_own_place_comes_with_every_page(boards, db, page):
    await crowd(db, 13)
    await name(db, ANN)
    await answer(db, ANN, 1)
    found = await boards.board(VIEWER, replace(EVER, page=page))
    assert (found.mine.name, found.mine.place, found.shown) == ("ann", 14, True)


async def test_who_has_not_answered_has_no_place(boards, db):
    await crowd(db, 2)
    found = await boards.board(VIEWER, EVER)
    assert (found.mine, found.shown) == (None, True)


async def test_who_hides_has_no_place_and_is_known_to_hide(boards, db):
    await name(db, ANN)
    await answer(db, ANN, 10)
    async with db.begin() as conn:
        await settings.set_person(conn, ANN, hidden=True)
    found = await boards.board(VIEWER, EVER)
    assert (found.mine, found.shown, found.rows) == (None, False, ())
    assert not await boards.is_shown(VIEWER)


@pytest.mark.parametrize("period", [Period.WEEK, Period.EVER])
async def test_rank_takes_a_few_answers(boards, db, period):
    await name(db, ANN)
    await answers(db, ANN, [10] * (LEAST[period] - 1))
    assert not (await boards.board(VIEWER, View(period))).mine.ranked
    await answer(db, ANN, 10)
    assert (await boards.board(VIEWER, View(period))).mine.ranked


@pytest.mark.parametrize("topic", ["Nets", "nets", "网络", "net", MARK + key_of("Nets"), MARK + key_of("网络")])
async def test_topic_is_known_by_any_of_its_names(boards, db, topic):
    await name(db, ANN)
    for called_so in ("Nets", "网络", "Trees"):
        await answer(db, ANN, 10, topic=called_so)
    assert await rows(boards, replace(EVER, topic=topic)) == [("ann", 20)]


@pytest.mark.parametrize("topic", ["cooking", MARK + "f" * 16, MARK, "#x"])
async def test_topic_without_questions_is_refused(boards, topic):
    with pytest.raises(SubjectUnknownError):
        await boards.board(VIEWER, replace(EVER, topic=topic))


async def test_season_counts_from_its_first_instant_to_its_last(boards, db):
    await name(db, ANN)
    for days in (1, 3, 5):
        await answer(db, ANN, days, at=NOON - timedelta(days=days))
    async with db.begin() as conn:
        await seasons.start(conn, GUILD, "Past", NOON - timedelta(days=4))
        await seasons.end(conn, GUILD, NOON - timedelta(days=2))
        await seasons.start(conn, GUILD, "New", NOON - timedelta(days=2))
    newest = await boards.board(VIEWER, View(Period.SEASON))
    past = await boards.board(VIEWER, View(Period.SEASON, newest.seasons[1].id))
    assert [(one.season.name, one.rows[0].points) for one in (newest, past)] == [("New", 1), ("Past", 3)]


async def test_season_that_is_over_is_shown_where_none_runs(boards, db):
    async with db.begin() as conn:
        await seasons.start(conn, GUILD, "Past", NOON - timedelta(days=4))
        await seasons.end(conn, GUILD, NOON)
    assert (await boards.board(VIEWER, View(Period.SEASON))).season.name == "Past"


async def test_season_of_another_group_is_refused(boards, db):
    async with db.begin() as conn:
        await seasons.start(conn, 6, "Theirs", NOON)
    for which in (0, 1):
        with pytest.raises(NoSeasonError):
            await boards.board(VIEWER, View(Period.SEASON, which))


async def test_place_of_this_week_is_found_alone(boards, db):
    await name(db, ANN, BO)
    await answers(db, ANN, [10, 10])
    await answers(db, BO, [20, 20])
    found = await boards.of_this_week(GUILD, ANN)
    assert (found.rank, found.listed, found.ahead) == (2, 2, 40)
    assert await boards.of_this_week(GUILD, CY) is None


async def test_subjects_are_those_of_now(boards, bank, questions):
    first = await boards.subjects(GUILD)
    assert [one.name("en") for one in first.all] == ["Nets", "Trees"]
    bank.pop()
    assert [one.name("en") for one in (await boards.subjects(GUILD)).all] == ["Nets"]


async def test_subjects_are_arranged_once(db, groups, clock, leavers):
    kept = Bank([QUESTION])
    made = Boards(db, groups, questions=Questions(db, lambda _: kept), leavers=leavers, clock=clock)
    assert await made.subjects(GUILD) is await made.subjects(GUILD)


async def test_board_works_before_the_notes_are_read(db, groups, clock, leavers):
    def loading(_guild_id):
        raise NotesLoadingError

    early = Boards(db, groups, questions=Questions(db, loading), leavers=leavers, clock=clock)
    assert await rows(early) == []
    with pytest.raises(SubjectUnknownError):
        await early.board(VIEWER, View(topic="Nets"))


async def test_those_whom_nobody_has_seen_for_long_are_asked_about(boards, db, leavers):
    await name(db, ANN, at=NOON)
    await name(db, BO, at=NOON - timedelta(days=8))
    await answer(db, ANN, 10)
    await answer(db, BO, 10)
    await boards.board(VIEWER, EVER)
    assert (leavers.next().user_id, leavers.next()) == (BO, None)
