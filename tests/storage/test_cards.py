"""Cards and their gradings: of two who change one card, one finds it changed."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import cards
from storage.cards import NewCard, Review, Standing

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANN, BO = 1, 2


@pytest.fixture
def add(db):
    async def made(question_id="a" * 16, user_id=ANN, at=NOON, guild_id=5):
        async with db.begin() as conn:
            await cards.add(conn, NewCard(user_id, guild_id, question_id, "{}", at))
            return (await cards.of_user(conn, user_id, 1))[0]

    return made


def standing(**given):
    return Standing(**{"schedule": "s", "due_at": NOON + HOUR, "lapses": 1, "suspended": False, **given})


async def test_person_has_one_card_of_a_question(db, add):
    await add()
    async with db.begin() as conn:
        assert not await cards.add(conn, NewCard(ANN, 5, "a" * 16, "{}", NOON))
        assert await cards.add(conn, NewCard(BO, 5, "a" * 16, "{}", NOON))


async def test_card_is_its_owner_s(db, add):
    card = await add()
    async with db.reading() as conn:
        assert await cards.get(conn, card.id, ANN) == card
        assert await cards.get(conn, card.id, BO) is None


async def test_of_many_changes_of_one_version_one_is_kept(db, add):
    card = await add()

    async def change():
        async with db.begin() as conn:
            return await cards.change(conn, card, standing())

    assert sorted(await asyncio.gather(*(change() for _ in range(6)))) == [False] * 5 + [True]
    async with db.reading() as conn:
        assert (await cards.get(conn, card.id, ANN)).version == 1


async def test_card_is_graded_once_in_a_version(db, add):
    review = Review((await add()).id, ANN, 0, NOON, 3, "before")
    async with db.begin() as conn:
        assert [await cards.add_review(conn, review) for _ in range(2)] == [True, False]
        assert await cards.review(conn, review.card_id, 0) == review
        assert [await cards.drop_review(conn, review.card_id, 0) for _ in range(2)] == [True, False]


async def test_what_is_due_longest_comes_first_and_suspended_ones_never(db, add):
    later, sooner = await add("a" * 16), await add("b" * 16, at=NOON - HOUR)
    resting = await add("c" * 16, at=NOON - 2 * HOUR)
    async with db.begin() as conn:
        await cards.change(conn, resting, standing(due_at=NOON - 2 * HOUR, suspended=True))
        assert (await cards.first_due(conn, ANN, NOON)).id == sooner.id
        assert (await cards.first_due(conn, ANN, NOON - HOUR)).id == sooner.id
        assert await cards.first_due(conn, ANN, NOON - 2 * HOUR) is None
        assert (await cards.following(conn, ANN, sooner)).id == later.id
        assert await cards.following(conn, ANN, later) is None


async def test_only_cards_graded_since_then_are_looked_at(db, add):
    card, other = await add("a" * 16), await add("b" * 16)
    async with db.begin() as conn:
        await cards.add_review(conn, Review(other.id, ANN, 0, NOON, 1, ""))
        assert (await cards.first_due(conn, ANN, NOON, graded_since=NOON)).id == other.id
        assert await cards.first_due(conn, ANN, NOON, graded_since=NOON + HOUR) is None
        assert [await cards.graded(conn, ANN, NOON), await cards.graded(conn, BO, NOON)] == [1, 0]
    assert card.id != other.id


async def test_counts_tell_how_cards_stand(db, add):
    card = await add("a" * 16)
    await add("b" * 16, at=NOON + HOUR)
    resting = await add("c" * 16)
    async with db.begin() as conn:
        await cards.change(conn, resting, standing(suspended=True))
        assert await cards.counts(conn, ANN, NOON) == cards.Counts(3, 1, 1, NOON + HOUR)
        assert await cards.counts(conn, BO, NOON) == cards.Counts(0, 0, 0, None)
    assert card.due_at == NOON


async def test_suspended_cards_come_back_without_their_lapses(db, add):
    card = await add()
    async with db.begin() as conn:
        await cards.change(conn, card, standing(lapses=8, suspended=True))
        assert [await cards.take_back(conn, one) for one in (BO, ANN, ANN)] == [0, 1, 0]
        assert await cards.get(conn, card.id, ANN) == replace(
            card, schedule="s", due_at=NOON + HOUR, version=2, lapses=0, suspended=False
        )


async def test_home_is_the_group_of_the_newest_card(db, add):
    await add("a" * 16, guild_id=5)
    await add("b" * 16, guild_id=6)
    await add("c" * 16, guild_id=0)
    async with db.reading() as conn:
        assert [await cards.home(conn, ANN), await cards.home(conn, BO)] == [6, 0]


async def test_cards_of_some_groups_can_be_left_out(db, add):
    home, away = await add(), await add("b" * 16, guild_id=6)
    async with db.reading() as conn:
        hidden = {"without": {6}}
        assert (await cards.first_due(conn, ANN, NOON, **hidden)).id == home.id
        assert await cards.following(conn, ANN, home, **hidden) is None
        assert await cards.get(conn, away.id, ANN, **hidden) is None
        assert (await cards.counts(conn, ANN, NOON, **hidden)).all == 1
        assert [one.id for one in await cards.of_user(conn, ANN, 9, **hidden)] == [home.id]
