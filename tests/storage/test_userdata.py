"""What is kept about a person and a group: all of it is known, handed out, and goes."""

import json
import re

import pytest
import sqlalchemy as sa

from storage import userdata
from storage.tables import (
    appeals,
    audit,
    cards,
    events,
    games,
    guilds,
    members,
    metadata,
    open_answers,
    posts,
    questions,
    rounds,
    votes,
)
from storage.types import Snowflake
from storage.userdata import PERSONAL, Fate
from tests.storage.filling import NOON, fill, rows

ANN, BO = 111_111_111_111_111_111, 222_222_222_222_222_222
GROUP, OTHER = 333_333_333_333_333_333, 444_444_444_444_444_444
NOT_PEOPLE = re.compile(r"(guild|(\w+_)?channel|(\w+_)?message|thread|role)_id")


@pytest.fixture
async def filled(db):
    async with db.begin() as conn:
        for user_id in (ANN, BO):
            for guild_id in (GROUP, OTHER, 0):
                await fill(conn, user_id=user_id, guild_id=guild_id)
    return db


async def delete(db, user_id=ANN, pseudonym=-5):
    async with db.begin() as conn:
        await userdata.delete(conn, user_id, pseudonym=pseudonym, at=NOON)


def test_every_column_that_may_hold_somebody_s_id_is_known():
    found = {
        column
        for table in metadata.sorted_tables
        for column in table.c
        if (column.type is Snowflake and not NOT_PEOPLE.fullmatch(column.name))
        or re.fullmatch(r"(user|host|author|owner|member)_id|\w+_by", column.name)
    }
    assert found == {held.column for held in PERSONAL}


def test_every_table_belongs_to_a_group_or_hangs_on_one_that_does_or_is_known_not_to():
    def goes(table: sa.Table) -> bool:
        above = [key.column.table for key in table.foreign_keys if key.ondelete == "CASCADE"]
        return "guild_id" in table.c or any(map(goes, above))

    assert {table.name for table in metadata.sorted_tables if not goes(table)} == userdata.OF_NO_GROUP


async def test_export_holds_a_row_of_every_kind_and_is_json(filled):
    async with filled.reading() as conn:
        found = await userdata.export(conn, ANN)
    assert set(found) == {held.name for held in PERSONAL}
    assert [name for name, held in found.items() if not held] == []
    json.dumps(found)
    answer = found["answers"][0]
    assert (answer["user_id"], answer["at"], answer["day"]) == (str(ANN), "2026-11-25T12:00:00+00:00", "2026-11-25")


async def test_export_holds_nothing_of_others(filled):
    async with filled.reading() as conn:
        assert str(BO) not in json.dumps(await userdata.export(conn, ANN))


async def test_deleted_person_s_id_is_nowhere(filled):
    await delete(filled)
    async with filled.reading() as conn:
        for table in metadata.sorted_tables:
            found = [row for row in await conn.execute(sa.select(table)) if str(ANN) in str(row)]
            assert found == []
        assert not any((await userdata.export(conn, ANN)).values())


async def test_deletion_leaves_others_alone(filled):
    async with filled.reading() as conn:
        before = await userdata.export(conn, BO)
    await delete(filled)
    async with filled.reading() as conn:
        assert await userdata.export(conn, BO) == before


@pytest.mark.parametrize(
    "held", [held for held in PERSONAL if held.name not in {"votes", "appeals_decided"}], ids=lambda held: held.name
)
async def test_deletion_does_with_each_row_what_is_declared(filled, held):
    async with filled.reading() as conn:
        before = len(await rows(conn, held.column, ANN))
        without = (await conn.execute(sa.select(sa.func.count()).where(held.column.is_(None)))).scalar_one()
    await delete(filled)
    async with filled.reading() as conn:
        assert len(await rows(conn, held.column, -5)) == (before if held.fate is Fate.PSEUDONYM else 0)
        left = (await conn.execute(sa.select(sa.func.count()).where(held.column.is_(None)))).scalar_one()
        assert left - without == (before if held.fate is Fate.EMPTIED else 0)


async def test_totals_of_a_group_and_the_people_of_a_round_stay(filled):
    totals = sa.select(
        events.c.guild_id, events.c.round_id, sa.func.sum(events.c.points), sa.func.count(events.c.user_id.distinct())
    ).group_by(events.c.guild_id, events.c.round_id).order_by(events.c.round_id)  # fmt: skip
    async with filled.reading() as conn:
        before = (await conn.execute(totals)).all()
    await delete(filled)
    async with filled.reading() as conn:
        assert (await conn.execute(totals)).all() == before
        assert {row.given for row in await rows(conn, events.c.user_id, -5)} == {""}


async def test_votes_on_a_deleted_text_go_with_it_and_a_deleted_person_s_votes_still_count(filled):
    async with filled.begin() as conn:
        (text, *_), (other, *_) = [await rows(conn, open_answers.c.user_id, one) for one in (ANN, BO)]
        for answer_id, user_id in ((text.id, BO), (other.id, ANN)):
            vote = {"answer_id": answer_id, "user_id": user_id, "guild_id": text.guild_id, "at": NOON}
            await conn.execute(sa.insert(votes).values(vote))
    await delete(filled)
    async with filled.reading() as conn:
        assert await rows(conn, votes.c.answer_id, text.id) == []
        assert {row.user_id for row in await rows(conn, votes.c.answer_id, other.id)} == {BO, -5}


async def test_decision_on_somebody_else_s_appeal_stays_without_who_decided(filled):
    async with filled.begin() as conn:
        await conn.execute(sa.update(appeals).where(appeals.c.user_id == BO).values(decided_by=ANN))
    await delete(filled)
    async with filled.reading() as conn:
        assert {row.decided_by for row in await rows(conn, appeals.c.user_id, BO)} == {None}


async def test_private_quiz_ends_and_direct_messages_are_not_remembered(filled):
    await delete(filled)
    async with filled.reading() as conn:
        own = await rows(conn, games.c.host_id, -5)
        assert {(game.state, game.ending) for game in own} == {("ended", "stopped")}
        (direct,) = [game for game in own if game.guild_id == 0]
        (asked,) = [one for one in await rows(conn, rounds.c.host_id, -5) if one.game_id == direct.id]
        assert (direct.channel_id, direct.message_id, asked.channel_id, asked.message_id) == (0, None, 0, None)
        assert asked.closed_at == NOON


async def test_what_was_changed_about_a_person_names_them_no_more(filled):
    async with filled.begin() as conn:
        await conn.execute(sa.insert(audit).values(guild_id=GROUP, user_id=BO, at=NOON, action="a", subject=str(ANN)))
    await delete(filled)
    async with filled.reading() as conn:
        assert str(ANN) not in {row.subject for row in await rows(conn, audit.c.user_id, BO)}


async def test_second_deletion_changes_nothing_more(filled):
    await delete(filled)
    await delete(filled, pseudonym=-6)
    async with filled.reading() as conn:
        assert await rows(conn, events.c.user_id, -6) == []


async def test_purge_takes_everything_of_the_group_and_nothing_else(filled):
    async with filled.begin() as conn:
        assert not await userdata.purge_guild(conn, GROUP)
    async with filled.reading() as conn:
        for table in metadata.sorted_tables:
            if "guild_id" in table.c:
                found = set((await conn.execute(sa.select(table.c.guild_id))).scalars())
                assert found == {OTHER, 0}, table.name
        assert len((await conn.execute(sa.select(cards))).all()) == 4


async def test_large_purge_takes_several_turns_and_the_group_s_own_row_goes_last(filled):
    async with filled.begin() as conn:
        assert await userdata.purge_guild(conn, GROUP, at_once=1)
        assert await rows(conn, guilds.c.guild_id, GROUP)
        turns = 1
        while await userdata.purge_guild(conn, GROUP, at_once=1):
            turns += 1
        assert turns > 10
        assert await rows(conn, guilds.c.guild_id, GROUP) == []
        assert await rows(conn, members.c.guild_id, GROUP) == []


async def test_author_is_forgotten_where_their_question_was_asked_and_another_s_id_stays_whole(db):
    longer = int(f"{ANN}5")
    texts = {"a": f'{{"id":"a","author_id":{ANN}}}', "b": f'{{"author_id":{longer},"x":1}}'}
    async with db.begin() as conn:
        for key, author in (("a", ANN), ("b", longer)):
            own = {"id": key * 16, "guild_id": GROUP, "number": ord(key), "state": "approved", "author_id": author}
            await conn.execute(questions.insert(), {**own, "body": "{}", "created_at": NOON, "changed_at": NOON})
            asked = {"guild_id": GROUP, "channel_id": 2, "source": "quiz", "question_id": key * 16}
            await conn.execute(rounds.insert(), {**asked, "question": texts[key]})
    await delete(db)
    async with db.reading() as conn:
        kept = (await conn.execute(sa.select(rounds.c.question).order_by(rounds.c.id))).scalars().all()
    assert kept == ['{"id":"a","author_id":null}', texts["b"]]


async def test_export_does_not_tell_the_answer_to_what_is_not_answered_yet(filled):
    async with filled.begin() as conn:
        quiz = {"guild_id": GROUP, "channel_id": 2, "source": "quiz", "question_id": "q", "host_id": ANN}
        await conn.execute(rounds.insert().values({**quiz, "question": "with its answer"}))
        found = (await userdata.export(conn, ANN))["rounds"]
    assert found[-1]["question"] == ""
    assert all(one["question"] for one in found[:-1])


CARD = {"user_id": ANN, "guild_id": GROUP, "question_id": "q", "schedule": "", "due_at": NOON, "made_at": NOON}


async def test_export_does_not_tell_the_answer_to_a_daily_question_before_all_are_shown_it(filled):
    async with filled.begin() as conn:
        await conn.execute(posts.update().values(state="sent", question_id="q"))
        await conn.execute(cards.insert().values({**CARD, "question": "with its answer"}))
        before = (await userdata.export(conn, ANN))["cards"][-1]["question"]
        await conn.execute(posts.update().values(state="revealed"))
        after = (await userdata.export(conn, ANN))["cards"][-1]["question"]
    assert (before, after) == ("", "with its answer")


@pytest.mark.parametrize(("asked", "told"), [({}, ""), ({"guild_id": OTHER}, "with its answer")])
async def test_export_does_not_tell_the_answer_to_what_a_race_of_the_group_asks_now(filled, asked, told):
    async with filled.begin() as conn:
        await conn.execute(cards.insert().values({**CARD, "question": "with its answer"}))
        race = {"kind": "race", "guild_id": GROUP, "channel_id": 3, "host_id": BO, "language": "en", "state": "running"}
        one = await conn.execute(
            games.insert().values({**race, "topic": "", "difficulty": 0, "started_at": NOON, **asked})
        )
        shown = {"guild_id": GROUP, "channel_id": 3, "source": "race", "question_id": "q", "opened_at": NOON, **asked}
        round_of = {**shown, "game_id": one.inserted_primary_key[0], "question": "with its answer"}
        await conn.execute(rounds.insert().values(round_of))
        during = (await userdata.export(conn, ANN))["cards"][-1]["question"]
        await conn.execute(rounds.update().values(closed_at=NOON))
        after = (await userdata.export(conn, ANN))["cards"][-1]["question"]
    assert (during, after) == (told, "with its answer")
