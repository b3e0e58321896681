"""/score and /leaderboard, as members meet them."""

from datetime import timedelta

import pytest

from storage import settings
from tests.bot.conftest import pressable, words
from tests.bot.text_only import TextOnly
from tests.storage import answering


@pytest.fixture
def studio(tmp_path, confined):
    return TextOnly(tmp_path / "drawn", confined)


@pytest.fixture
async def played(chat, db):
    """The server after some answers: bo leads ann by ten points, and the chief has given one."""
    guild_id, now = chat.channel.guild.id, chat.env.now()
    names = {chat.ann.id: "ann", chat.bo.id: "bo", chat.chief.id: "chief"}
    await answering.called(db, names, guild_id=guild_id, at=now)
    for user_id, earned in ((chat.ann.id, [10, 10, 0]), (chat.bo.id, [15, 15]), (chat.chief.id, [20])):
        await answering.answers(db, user_id, earned, guild_id=guild_id, at=now)
    return chat


async def hide(db, user_id):
    async with db.begin() as conn:
        await settings.set_person(conn, user_id, hidden=True)


async def leaderboard(played, member=None, **given):
    return (await (member or played.ann).slash(played.channel, "leaderboard", **given)).response


async def test_leaderboard_is_for_everybody_with_the_askers_line_in_bold(played):
    response = await leaderboard(played)
    assert not response.ephemeral
    assert "🥇 bo · 30 points · 2/2\n**🥈 ann · 20 points · 2/3**" in words(response)
    assert "10 points to the next rank" in words(response)


async def test_who_has_too_few_answers_is_told_how_many_are_missing(played):
    text = words(await leaderboard(played, played.chief))
    assert "-# Ranked from 2 answers on:\n**– chief · 20 points · 1/1**" in text
    assert "1 more answer for a rank" in text


@pytest.mark.parametrize(("period", "title"), [("d", "Today"), ("w", "This week"), ("m", "This month"), ("a", "All")])
async def test_leaderboard_is_of_the_period_asked_for(played, period, title):
    response = await leaderboard(played, period=period)
    assert f"🏆 {title}" in words(response)
    assert "bo · 30 points" in words(response)


async def test_old_answers_count_in_longer_periods_only(chat, db):
    guild_id, before = chat.channel.guild.id, chat.env.now() - timedelta(days=8)
    await answering.called(db, {chat.bo.id: "bo"}, guild_id=guild_id)
    await answering.answers(db, chat.bo.id, [15, 15], guild_id=guild_id, at=before)
    assert "Nobody has answered yet" in words(await leaderboard(chat, period="w"))
    assert "bo · 30 points" in words(await leaderboard(chat, period="a"))


async def test_topic_without_questions_is_refused(played):
    assert words(await leaderboard(played, topic="cooking")) == "There are no questions about “cooking”."
    played.env.errors.clear()


async def test_season_is_refused_where_there_is_none(played):
    assert "There is no such season" in words(await leaderboard(played, period="s"))
    played.env.errors.clear()


async def test_who_hides_sees_the_board_alone_and_is_not_on_it(played, db):
    await hide(db, played.ann.id)
    response = await leaderboard(played)
    assert response.ephemeral
    assert "ann" not in words(response)
    assert "🥇 bo" in words(response)


async def test_score_is_private_and_says_where_somebody_stands(played):
    result = await played.ann.slash(played.channel, "score")
    text = words(result.response)
    assert result.response.ephemeral
    assert "## ann\n**20 points** · 2 of 3 right\n" in text
    assert "🔥 1 day in a row" in text
    assert "🏆 Rank 2 of 3 this week · 10 points to the next rank" in text
    assert "📈 30 days: 3 answers · 90 days: 3 answers\n-# Once a span has 5 answers, it shows" in text


async def test_score_can_be_shared(played):
    response = (await played.ann.slash(played.channel, "score", share=True)).response
    assert not response.ephemeral
    assert "**20 points**" in words(response)


async def test_score_leads_to_the_notes(played):
    response = (await played.ann.slash(played.channel, "score")).response
    result = await played.ann.click(response, label="📖 Read on")
    assert "ReLU keeps what is positive." in words(result.followups[0] if result.followups else result.response)


async def test_somebody_elses_score_is_seen_privately_and_without_buttons(played):
    response = (await played.ann.slash(played.channel, "score", member=played.bo)).response
    assert response.ephemeral
    assert "**30 points** · 2 of 2 right" in words(response)
    assert pressable(response) == {}


async def test_score_of_who_hides_is_refused_to_others_only(played, db):
    await hide(db, played.bo.id)
    refused = (await played.ann.slash(played.channel, "score", member=played.bo)).response
    assert words(refused) == "This member does not show their score."
    assert "**30 points**" in words((await played.bo.slash(played.channel, "score")).response)
    played.env.errors.clear()


async def test_who_has_not_answered_is_told_how_to_begin(chat):
    response = (await chat.ann.slash(chat.channel, "score")).response
    assert "No answers yet. /quiz start" in words(response)


async def test_score_in_direct_messages_is_of_all_groups(played, db):
    await answering.answers(db, played.ann.id, [5], guild_id=99, at=played.env.now())
    response = (await played.ann.user.slash("score")).response
    assert "**25 points** · 3 of 4 right" in words(response)
    assert "this week" not in words(response)


async def test_leaderboard_is_not_for_direct_messages(chat):
    with pytest.raises(Exception, match="leaderboard"):
        await chat.ann.user.slash("leaderboard")


@pytest.mark.language("zh-CN")
async def test_chinese_members_read_chinese(played):
    assert "🏆 本周" in words(await leaderboard(played))
    assert "连续 1 天" in words((await played.ann.slash(played.channel, "score")).response)
