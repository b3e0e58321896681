"""Scores: sums, streak, rank, strong and weak topics with the section to read, and what others may see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.errors import HiddenError, NotesLoadingError
from bot.services.boards import Boards
from bot.services.groups import Who
from bot.services.leavers import Leavers
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.questions import Questions
from bot.services.scores import MOST_TOPICS, Day, Scores, share, summed
from storage import settings
from storage.scores import Sums
from storage.tables import posts, streams
from tests.storage.answering import ANN, BO, GUILD, NOON, QUESTION, answer, answers, correct, name

WHOSE = Who(ANN, GUILD, "ann")


@pytest.fixture
def scores(db, groups, questions, library, clock, bank) -> Scores:
    clock.now = NOON
    bank[:] = [QUESTION, replace(QUESTION, language="zh", topic="网络", file="nets/Activation_cn.md")]
    boards = Boards(db, groups, questions=questions, leavers=Leavers(db, clock=clock), clock=clock)
    return Scores(db, groups, boards=boards, questions=questions, libraries=Libraries(library), clock=clock)


async def of(scores, whose=WHOSE, viewer_id=ANN, language="en"):
    return await scores.of(whose, viewer_id=viewer_id, language=language)


async def post(db, *days, guild_id=GUILD):
    """Let a daily question have been posted so many days before NOON."""
    async with db.begin() as conn:
        stream = {"guild_id": guild_id, "name": "x", "channel_id": 1, "post_at": "09:00", "zone": "UTC", "topics": [],
                  "language": "en", "reveal": "now", "seed": 1, "created_by": 1, "created_at": NOON}  # fmt: skip
        stream_id = (await conn.execute(sa.insert(streams).values(**stream))).inserted_primary_key[0]
        for day in days:
            at = NOON - timedelta(days=day)
            row = {"stream_id": stream_id, "guild_id": guild_id, "day": at.date(), "state": "sent", "due_at": at}
            sent = {"question_id": "a" * 16, "channel_id": 1, "message_id": 5, "nonce": "x", "reveal": "now"}
            await conn.execute(sa.insert(posts).values(**row, **sent))


async def test_everything_is_zero_before_the_first_answer(scores):
    found = await of(scores)
    assert (found.sums, found.week, found.strong, found.weak) == (Sums(), None, (), ())
    assert found.streak.days == 0


async def test_sums_hold_corrections(scores, db):
    round_id = await answer(db, ANN, 0)
    await answers(db, ANN, [10, 15])
    await correct(db, ANN, round_id, 1, 20)
    assert (await of(scores)).sums == Sums(3, 3, 45)


async def test_other_groups_do_not_count_in_a_group(scores, db):
    await answer(db, ANN, 10)
    await answer(db, ANN, 15, guild_id=6)
    assert (await of(scores)).sums.points == 10


async def test_all_groups_count_together_in_direct_messages(scores, db):
    await answer(db, ANN, 10)
    await answer(db, ANN, 15, guild_id=6)
    await answer(db, ANN, 20, guild_id=0, source="quiz")
    found = await of(scores, replace(WHOSE, guild_id=0))
    assert (found.sums.points, found.week) == (45, None)


async def test_topics_of_notes_that_are_not_seen_there_only_count(scores, db, library, clock):
    scores._libraries = Libraries(library, {GUILD: Library(cache=None, clock=clock)})
    await answers(db, ANN, [10] * 5 + [0], topic="Quokkas")
    await answers(db, ANN, [0, 0], topic="Nets")
    await answers(db, ANN, [0], guild_id=6, topic="Nets")
    found = await of(scores, replace(WHOSE, guild_id=0))
    assert (found.sums.answered, found.strong) == (9, ())
    assert [(min(one.subject.names), one.sums.answered) for one in found.weak] == [("Nets", 1)]


async def test_what_is_answered_in_a_test_counts_nowhere(scores, db):
    await answer(db, ANN, 0, source="test")
    found = await of(scores)
    assert (found.sums, found.streak.days, found.weak) == (Sums(), 0, ())


async def test_rank_is_that_of_this_week(scores, db):
    await name(db, ANN, BO)
    await answers(db, ANN, [10, 10])
    await answers(db, BO, [20, 20])
    await answers(db, ANN, [20] * 9, at=NOON - timedelta(days=9))
    assert (await of(scores)).week.rank == 2


async def test_streak_is_of_the_group_s_days(scores, db, groups):
    for hours in (0, 24, 48):
        await answer(db, ANN, 10, at=NOON - timedelta(hours=hours))
    assert (await of(scores)).streak.days == 3


async def test_streak_is_of_the_member_s_own_days(scores, db, groups):
    evening = datetime(2026, 11, 24, 17, tzinfo=UTC)
    await answer(db, ANN, 10, at=evening)
    assert not (await of(scores)).streak.today
    await groups.choose_zone(WHOSE, "Asia/Shanghai")
    assert (await of(scores)).streak.today


async def test_every_day_counts_where_there_is_no_daily_question(scores, db):
    await answer(db, ANN, 10, at=NOON - timedelta(days=2))
    await answer(db, ANN, 10)
    assert (await of(scores)).streak.days == 1


async def test_days_without_a_post_break_no_streak(scores, db):
    await post(db, 0, 2)
    await answer(db, ANN, 10, at=NOON - timedelta(days=2))
    await answer(db, ANN, 10)
    assert (await of(scores)).streak.days == 2


async def test_post_that_was_missed_breaks_it(scores, db):
    await post(db, 0, 1, 2)
    await answer(db, ANN, 10, at=NOON - timedelta(days=2))
    await answer(db, ANN, 10)
    assert (await of(scores)).streak.days == 1


async def test_posts_of_all_known_groups_count_in_direct_messages(scores, db):
    await name(db, ANN)
    await name(db, ANN, guild_id=6)
    await post(db, 1, guild_id=6)
    await post(db, 0, guild_id=7)
    await answer(db, ANN, 10, at=NOON - timedelta(days=2))
    await answer(db, ANN, 10)
    assert (await of(scores, replace(WHOSE, guild_id=0))).streak.days == 1


async def test_weak_topic_leads_to_the_section_of_a_question_answered_wrong(scores, db, library):
    await answers(db, ANN, [0, 10, 10])
    (found,) = (await of(scores)).weak
    assert (found.subject.name("en"), found.sums) == ("Nets", Sums(3, 2, 20))
    assert library.index.section(found.section_id).title == "ReLU"


async def test_reader_reads_on_in_their_language(scores, db, library):
    await answer(db, ANN, 0)
    sections = [(await of(scores, language=language)).weak[0].section_id for language in ("en", "zh")]
    assert [library.index.section(one).language for one in sections] == ["en", "zh"]


async def test_topic_answered_in_two_languages_is_one(scores, db):
    await answer(db, ANN, 0)
    await answer(db, ANN, 10, topic="网络")
    assert [one.sums for one in (await of(scores)).weak] == [Sums(2, 1, 10)]


async def test_question_that_is_gone_leads_where_it_led_then(scores, db, bank, library):
    await answer(db, ANN, 0, question_id="9" * 16)
    bank.clear()
    (found,) = (await of(scores)).weak
    assert library.index.section(found.section_id).title == "ReLU"


async def test_weak_topic_without_a_wrong_answer_leads_nowhere(scores, db):
    round_id = await answer(db, ANN, 0)
    await correct(db, ANN, round_id, 1, 10)
    await correct(db, ANN, await answer(db, ANN, 10), -1, -10, topic="Nets")
    found = await of(scores)
    assert found.sums.right == 1
    assert [one.section_id is not None for one in found.weak] == [True]


async def test_weakest_five_come_with_the_weakest_first(scores, db):
    for number in range(7):
        await answers(db, ANN, [0] * (number + 1) + [10], topic=f"Topic {number}")
    found = (await of(scores)).weak
    assert [next(iter(one.subject.names)) for one in found] == [f"Topic {n}" for n in (6, 5, 4, 3, 2)]
    assert len(found) == MOST_TOPICS


async def test_one_wrong_answer_is_less_weak_than_many(scores, db):
    await answer(db, ANN, 0, topic="Once")
    await answers(db, ANN, [0] * 5 + [10], topic="Often")
    assert [min(one.subject.names) for one in (await of(scores)).weak] == ["Often", "Once"]


async def test_topic_is_strong_from_five_answers_on(scores, db):
    await answers(db, ANN, [10] * 5, topic="Known")
    await answers(db, ANN, [10] * 4, topic="Nearly")
    found = await of(scores)
    assert [min(one.subject.names) for one in found.strong] == ["Known"]
    assert found.weak == ()


async def test_trend_is_of_thirty_and_of_ninety_days(scores, db):
    for days in (1, 29, 31, 89, 91):
        await answer(db, ANN, 10, at=NOON - timedelta(days=days))
    found = await of(scores)
    assert (found.lately.answered, found.before.answered) == (2, 4)


async def test_trend_is_of_whole_days_in_the_member_s_zone_as_the_days_are(scores, db):
    async with db.begin() as conn:
        await settings.set_person(conn, ANN, zone="Asia/Tokyo")  # nine hours ahead: NOON is 21:00 there
    begins = (NOON - timedelta(days=29)).replace(hour=0) - timedelta(hours=9)
    for at in (begins - timedelta(minutes=1), begins, begins + timedelta(hours=1)):
        await answer(db, ANN, 10, at=at)
    found = await of(scores)
    assert (found.lately.answered, found.before.answered) == (2, 3)
    assert sum(one.points for one in found.days if one.day > found.today - timedelta(days=30)) == found.lately.points


async def test_score_of_who_hides_is_their_own(scores, db):
    async with db.begin() as conn:
        await settings.set_person(conn, ANN, hidden=True)
    assert (await of(scores)).whose == WHOSE
    with pytest.raises(HiddenError):
        await of(scores, viewer_id=BO)


async def test_score_works_before_the_notes_are_read(scores, db, groups, clock):
    def loading(_guild_id):
        raise NotesLoadingError

    await answer(db, ANN, 0)
    scores._questions = Questions(db, loading)
    scores._libraries = Libraries(Library(cache=None, clock=clock))
    (found,) = (await of(scores)).weak
    assert found.section_id is None


@pytest.mark.parametrize(("sums", "expected"), [
    (Sums(4, 3, 0), 0.75), (Sums(), 0.0), (Sums(0, 1, 10), 0.0), (Sums(2, 3, 30), 1.0), (Sums(2, -1, 0), 0.0),
])  # fmt: skip
def test_share_is_never_beyond_all_or_below_none(sums, expected):
    assert share(sums) == expected


def test_sums_of_nothing_are_zero():
    assert summed([]) == Sums()
    assert summed([Sums(1, 1, 10), Sums(2, 0, 0)]) == Sums(3, 1, 10)


async def test_days_are_those_of_the_member_s_zone(scores, db):
    async with db.begin() as conn:
        await settings.set_person(conn, ANN, zone="Asia/Kolkata")
    late = NOON.replace(hour=18)
    await answers(db, ANN, [10, 5], at=late + timedelta(minutes=29))
    await answers(db, ANN, [20], at=late + timedelta(minutes=30))  # half an hour after 18:00 it is tomorrow there
    found = await of(scores)
    assert found.days == (Day(NOON.date(), 2, 15), Day(NOON.date() + timedelta(days=1), 1, 20))
    assert found.today == NOON.date()


async def test_days_before_the_last_year_are_left_out(scores, db):
    await answers(db, ANN, [10], at=NOON - timedelta(days=400))
    await answers(db, ANN, [10], at=NOON - timedelta(days=370))
    assert [one.day for one in (await of(scores)).days] == [NOON.date() - timedelta(days=370)]


async def test_correction_moves_points_to_the_day_on_which_it_is_made(scores, db):
    round_id = await answer(db, ANN, 0, at=NOON - timedelta(days=2))
    await correct(db, ANN, round_id, 1, 20)
    assert [(one.answered, one.points) for one in (await of(scores)).days] == [(1, 0), (0, 20)]


async def test_topic_of_answers_that_are_not_graded_is_not_weak(scores, db):
    await answer(db, ANN, 0, answered=0)
    found = await of(scores)
    assert (found.sums, found.weak, found.strong) == (Sums(), (), ())
    assert [day.answered for day in found.days] == [1]
