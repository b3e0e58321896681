"""/score and /leaderboard show cards: the same in words, nobody who hides, and text where no picture can be sent."""

from datetime import timedelta

import pytest

from bot.hosts.board import BoardHost
from storage import settings, weekly
from tests.bot.conftest import on_which_threads, shown, words
from tests.storage import answering

GALLERY = 12
PNG = b"\x89PNG"


@pytest.fixture
async def played(chat, db):
    """The server after some answers: bo leads ann by ten points."""
    guild_id, now = chat.channel.guild.id, chat.env.now() - timedelta(minutes=1)
    await answering.called(db, {chat.ann.id: "ann", chat.bo.id: "bo"}, guild_id=guild_id, at=now)
    for user_id, earned in ((chat.ann.id, [10, 10, 0]), (chat.bo.id, [15, 15])):
        await answering.answers(db, user_id, earned, guild_id=guild_id, at=now)
    return chat


@pytest.fixture
async def earlier(played, db):
    """Ann answered on the day before, too."""
    at = played.env.now() - timedelta(days=2)
    await answering.answers(db, played.ann.id, [5], guild_id=played.channel.guild.id, at=at)


def cards(message):
    """Return the words for those who do not see the pictures of a message, in order."""
    return [one["items"][0]["description"] for one in shown(message.components) if one["type"] == GALLERY]


async def leaderboard(played, member=None):
    return (await (member or played.ann).slash(played.channel, "leaderboard")).response


async def test_leaderboard_is_a_picture_with_its_words(played):
    response = await leaderboard(played)
    assert cards(response) == ["This week: 1 bo, 30 points, 2/2; 2 ann, 20 points, 2/3"]
    (file,) = response.attachments
    assert (await file.read()).startswith(PNG)
    assert file.description == cards(response)[0]
    assert "🥇" not in words(response)


async def test_own_place_stays_as_text(played):
    assert "10 points to the next rank" in words(await leaderboard(played))


async def test_page_that_is_turned_brings_its_own_picture(played):
    response = await leaderboard(played)
    await played.ann.click(response, label="All time")
    assert cards(response)[0].startswith("All time: ")
    assert len(response.attachments) == 1


@pytest.mark.usefixtures("earlier")
async def test_score_is_two_pictures_with_their_words(played):
    response = (await played.ann.slash(played.channel, "score")).response
    assert [one.partition(":")[0] for one in cards(response)] == [
        "Points of the last 30 days", "2 days in a row; Answered on 2 days of the last year",
    ]  # fmt: skip
    assert len(response.attachments) == 2
    assert "**25 points** · 3 of 4 right" in words(response)


@pytest.mark.parametrize("count", [0, 1, 2])
async def test_score_of_no_or_one_day_is_told_in_words_and_what_comes_next(chat, db, count):
    for _ in range(count):
        await answering.answer(db, chat.ann.id, 10, guild_id=chat.channel.guild.id, at=chat.env.now())
    response = (await chat.ann.slash(chat.channel, "score")).response
    assert response.attachments == []
    assert ("Answer on another day" if count else "/daily show has today's question") in words(response)


async def test_five_answers_of_one_day_on_one_topic_are_a_picture_of_its_bar(chat, db):
    await answering.answers(db, chat.ann.id, [10] * 5, guild_id=chat.channel.guild.id, at=chat.env.now())
    (told,) = cards((await chat.ann.slash(chat.channel, "score")).response)
    assert told.endswith(": 100% (5 answers)")


async def test_who_hides_is_on_no_picture(played, db):
    await leaderboard(played)
    async with db.begin() as conn:
        await settings.set_person(conn, played.bo.id, hidden=True)
    assert cards(await leaderboard(played)) == ["This week: 1 ann, 20 points, 2/3"]


@pytest.mark.usefixtures("earlier")
async def test_nothing_of_people_is_kept_in_the_folder(played, tmp_path):
    await leaderboard(played)
    await played.ann.slash(played.channel, "score")
    assert not list(tmp_path.rglob("*.png"))


async def test_who_deletes_their_data_is_on_no_picture_that_is_kept(played, services):
    await leaderboard(played)
    await services.privacy.delete(played.bo.id)
    assert not services.studio._at_hand._kept


async def test_who_hides_is_on_no_picture_that_is_kept(played, services):
    await leaderboard(played)
    await services.privacy.toggle_hidden(played.bo.id)
    assert not services.studio._at_hand._kept


async def test_where_pictures_are_refused_the_text_is_shown(played):
    played.env.inject_error("POST", "/interactions/**", status=413, code=40005, times=1)
    response = await leaderboard(played)
    assert "🥇 bo · 30 points · 2/2" in words(response)
    assert response.attachments == []


async def test_board_of_the_week_is_posted_as_a_picture(played, db, services):
    async with db.begin() as conn:
        await weekly.plan(conn, played.channel.guild.id, played.channel.id, played.env.now())
    for row in await services.weekly.due():
        await BoardHost(played.env.bot)._look_at(row)
    await played.env.settle()
    message = played.channel.last_message
    (file,) = message.attachments
    assert file.description == "The board of the week: 1 bo, 30 points, 2/2; 2 ann, 20 points, 2/3"


async def test_board_of_the_week_is_text_where_no_files_may_be_sent(played, db, services):
    channel = played.env.bot.get_channel(played.channel.id)
    await channel.set_permissions(channel.guild.me, attach_files=False)
    async with db.begin() as conn:
        await weekly.plan(conn, played.channel.guild.id, played.channel.id, played.env.now())
    for row in await services.weekly.due():
        await BoardHost(played.env.bot)._look_at(row)
    await played.env.settle()
    message = played.channel.last_message
    assert message.attachments == []
    assert "🥇 bo" in message.components[0].children[1].content


@pytest.mark.language("zh-CN")
async def test_chinese_members_get_chinese_cards(played):
    assert cards(await leaderboard(played)) == ["本周：1 bo，30 分，2/2；2 ann，20 分，2/3"]


@pytest.mark.usefixtures("earlier")
@pytest.mark.parametrize("command", ["leaderboard", "score"])
async def test_cards_are_waited_for_on_threads_of_the_studio(played, studio, monkeypatch, command):
    threads = on_which_threads(studio, monkeypatch)
    await played.ann.slash(played.channel, command)
    assert {one.partition("_")[0] for one in threads} == {"draw"}
