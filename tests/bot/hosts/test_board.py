"""The board of a week is posted once when it is over, whatever fails, and who has left is told as having left."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.hosts.board import BoardHost
from bot.render.scores_presses import board as board_press
from storage import settings, weekly
from storage.tables import guilds, members
from tests.bot.conftest import words
from tests.bot.text_only import TextOnly
from tests.storage import answering

MESSAGES = "/channels/*/messages"
SOON_S = 90


@pytest.fixture
def studio(tmp_path, confined):
    return TextOnly(tmp_path / "drawn", confined)


@pytest.fixture
async def due(chat, db):
    """A server in which two have answered, and whose week is over in a minute and a half."""
    guild_id, now = chat.channel.guild.id, chat.env.now()
    await answering.called(db, {chat.ann.id: "ann", chat.bo.id: "bo"}, guild_id=guild_id, at=now)
    for user_id, earned in ((chat.ann.id, [10, 10]), (chat.bo.id, [15, 15])):
        await answering.answers(db, user_id, earned, guild_id=guild_id, at=now - timedelta(minutes=1))
    await plan(chat, db, now + timedelta(seconds=SOON_S))
    return chat


async def plan(chat, db, at):
    async with db.begin() as conn:
        await weekly.plan(conn, chat.channel.guild.id, chat.channel.id, at)


async def row(chat, db):
    async with db.reading() as conn:
        return await weekly.of_guild(conn, chat.channel.guild.id)


def said(message):
    """Return all that can be read in a message of a channel's history."""
    return "\n".join(part.content for part in parts(message.components) if hasattr(part, "content"))


def parts(components):
    for one in components:
        yield one
        yield from parts(getattr(one, "children", ()))


def posted(chat):
    return [said(message) for message in chat.channel.history() if "board of the week" in said(message)]


async def test_board_is_posted_when_the_week_is_over(due):
    assert posted(due) == []
    await due.env.advance_time(SOON_S + 5)
    (text,) = posted(due)
    assert "🥇 bo · 30 points · 2/2\n🥈 ann · 20 points · 2/2" in text


async def test_next_board_is_due_when_the_next_week_is_over(due, db):
    await due.env.advance_time(SOON_S + 5)
    found = await row(due, db)
    assert found.due_at == found.next_at > due.env.now()
    assert (found.due_at.weekday(), found.tries, found.problem) == (0, 0, None)
    assert found.message_id == due.channel.last_message.id


async def test_board_is_posted_once(due):
    await due.env.advance_time(SOON_S + 600)
    assert len(posted(due)) == 1


async def test_restart_before_the_end_of_the_week_loses_nothing(due, make_bot):
    await due.env.restart_bot(make_bot())
    await due.env.advance_time(SOON_S + 5)
    assert len(posted(due)) == 1


async def test_bot_that_was_away_at_the_end_of_the_week_posts_it_later(due, db):
    await plan(due, db, due.env.now() - timedelta(hours=5))
    await answering.answers(db, due.ann.id, [10], guild_id=due.channel.guild.id, at=due.env.now() - timedelta(days=1))
    await due.env.advance_time(65)
    assert len(posted(due)) == 1


async def test_board_that_is_days_late_is_left_out(due, db):
    await plan(due, db, due.env.now() - timedelta(days=3))
    await due.env.advance_time(65)
    assert posted(due) == []
    assert (await row(due, db)).due_at > due.env.now()


async def test_week_without_answers_is_left_out(due, db):
    await plan(due, db, due.env.now() - timedelta(hours=1))
    await due.env.advance_time(65)
    assert posted(due) == []
    assert (await row(due, db)).due_at > due.env.now()


async def test_two_processes_post_it_once(due, db, services):
    hosts = [BoardHost(due.env.bot) for _ in range(2)]
    await plan(due, db, due.env.now())
    (found,) = await services.weekly.due()
    for host in hosts:
        await host._look_at(found)
    await due.env.settle()
    assert len(posted(due)) == 1


async def test_process_that_dies_after_posting_does_not_post_again(due, db, services):
    await plan(due, db, due.env.now())
    (found,) = await services.weekly.due()
    post = await services.weekly.claim(found)
    await BoardHost(due.env.bot)._posted(post)
    await due.env.advance_time(200)
    assert len(posted(due)) == 1
    assert (await row(due, db)).due_at > due.env.now()


async def test_process_that_dies_before_posting_is_followed_by_another(due, db, services):
    await plan(due, db, due.env.now())
    await services.weekly.claim((await services.weekly.due())[0])
    await due.env.advance_time(60)
    assert posted(due) == []
    await due.env.advance_time(140)
    assert len(posted(due)) == 1


@pytest.mark.parametrize("times", [1, 2, 4])
async def test_discord_that_fails_is_tried_again(due, times):
    due.env.inject_error("POST", MESSAGES, status=503, code=0, times=times)
    await due.env.advance_time(SOON_S + 600)
    assert len(posted(due)) == 1


@pytest.mark.parametrize(("status", "code", "problem"), [(403, 50001, "forbidden"), (404, 10003, "gone")])
async def test_refusal_is_told_once_and_leaves_the_plan_for_the_next_week(due, db, status, code, problem):
    log_channel = await tell_in(due, db)
    for _ in range(2):
        due.env.inject_error("POST", f"/channels/{due.channel.id}/messages", status=status, code=code, times=1)
        await due.env.advance_time(SOON_S + 10)
        assert (await row(due, db)).problem == problem
        await plan_again(due, db)
    assert posted(due) == []
    assert len(log_channel.history()) == 1
    assert "could not be posted in" in said(log_channel.last_message)


async def test_board_that_can_be_posted_again_clears_the_problem(due, db):
    async with db.begin() as conn:
        await settings.set_group(conn, due.channel.guild.id, board_problem="forbidden")
    await due.env.advance_time(SOON_S + 5)
    assert (await row(due, db)).problem is None


async def test_new_board_takes_the_place_of_the_last(due, db):
    await due.env.advance_time(SOON_S + 5)
    await plan_again(due, db)
    await due.env.advance_time(SOON_S + 65)
    assert len(posted(due)) == 1
    assert (await row(due, db)).message_id == due.channel.last_message.id


async def test_last_board_that_was_deleted_is_no_trouble(due, db):
    await due.env.advance_time(SOON_S + 5)
    await due.env.bot.get_partial_messageable(due.channel.id).get_partial_message(due.channel.last_message.id).delete()
    await plan_again(due, db)
    await due.env.advance_time(SOON_S + 65)
    assert len(posted(due)) == 1


async def test_one_group_s_failure_does_not_stop_another_s_board(due, db):
    other = due.env.create_guild().create_text_channel("theirs")
    await answering.called(db, {due.bo.id: "bo"}, guild_id=other.guild.id)
    await answering.answers(db, due.bo.id, [15, 15], guild_id=other.guild.id, at=due.env.now())
    async with db.begin() as conn:
        await weekly.plan(conn, other.guild.id, other.id, due.env.now() + timedelta(seconds=SOON_S))
    due.env.inject_error("POST", f"/channels/{due.channel.id}/messages", status=403, code=50013, times=9)
    await due.env.advance_time(SOON_S + 10)
    assert len(other.history()) == 1


async def test_group_that_discord_does_not_show_stays_due(due, db, services):
    async with db.begin() as conn:
        await weekly.plan(conn, 77, 78, due.env.now())
    await due.env.advance_time(65)
    async with db.reading() as conn:
        found = await weekly.of_guild(conn, 77)
    assert (found.tries, found.due_at < due.env.now() < found.next_at) == (0, True)


async def test_group_that_was_left_is_not_looked_at(due, db, services):
    await plan(due, db, due.env.now())
    async with db.begin() as conn:
        await conn.execute(sa.update(guilds).values(left_at=due.env.now()))
    assert await services.weekly.due() == ()


async def test_whole_board_is_one_press_away_for_everybody(due, make_bot):
    await due.env.advance_time(SOON_S + 5)
    await due.env.restart_bot(make_bot())
    result = await due.ann.click(due.channel.last_message, label="The whole board, and my place")
    assert result.response.ephemeral
    text = words(result.followups[0]) if result.followups else words(result.response)
    assert "**🥈 ann · 20 points · 2/2**" in text


async def test_board_is_found_by_its_button(due, db):
    ends = (await row(due, db)).due_at
    await due.env.advance_time(SOON_S + 5)
    presses = [one.custom_id for one in parts(due.channel.last_message.components) if hasattr(one, "custom_id")]
    assert presses == [board_press("w", int(ends.timestamp()))]


async def test_board_is_in_the_group_s_language(due, db):
    async with db.begin() as conn:
        await settings.set_group(conn, due.channel.guild.id, language="zh-CN")
    due.env.bot.services.groups.changed(due.channel.guild.id)
    await due.env.advance_time(SOON_S + 5)
    assert "🏆 每周排行榜" in said(due.channel.last_message)


async def test_where_nobody_can_look_the_board_is_given_up_and_told(due, db):
    log_channel = await tell_in(due, db)
    channel = due.env.bot.get_channel(due.channel.id)
    await channel.set_permissions(channel.guild.me, read_message_history=False)
    await tried_before(due, db)
    await due.env.advance_time(65)
    assert (await row(due, db)).problem == "uncertain"
    assert posted(due) == []
    assert "I cannot see whether it arrived" in said(log_channel.last_message)


async def test_where_discord_fails_to_show_the_channel_it_is_looked_at_again(due, db):
    await tried_before(due, db)
    due.env.inject_error("GET", MESSAGES, status=503, code=0, times=1)
    await due.env.advance_time(65)
    assert posted(due) == []
    await due.env.advance_time(120)
    assert len(posted(due)) == 1


async def test_who_left_is_told_as_having_left(due, db):
    due.channel.guild.remove_member(due.bo)
    await long_unseen(db)
    before = (await due.ann.slash(due.channel, "leaderboard")).response
    assert "has left" not in words(before)
    await due.env.advance_time(65)
    after = (await due.ann.slash(due.channel, "leaderboard")).response
    assert "-# 🥇 bo · 30 points · 2/2 · has left" in words(after)
    assert "**🥈 ann" in words(after)


async def test_who_is_there_is_not_asked_about_again_for_days(due, db):
    await long_unseen(db)
    await due.ann.slash(due.channel, "leaderboard")
    await due.env.advance_time(65)
    due.env.inject_error("GET", "/guilds/*/members/*", status=404, code=10007, times=1)
    await due.ann.slash(due.channel, "leaderboard")
    await due.env.advance_time(65)
    assert "has left" not in words((await due.ann.slash(due.channel, "leaderboard")).response)


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (503, 0), (404, 10004)])
async def test_failure_is_no_proof_that_somebody_left(due, db, status, code):
    await long_unseen(db)
    due.env.inject_error("GET", "/guilds/*/members/*", status=status, code=code, times=2)
    await due.ann.slash(due.channel, "leaderboard")
    await due.env.advance_time(65)
    async with db.reading() as conn:
        assert not (await conn.execute(sa.select(members.c.gone))).scalars().all().count(True)


async def test_who_left_and_answers_again_is_back(due, db, services):
    async with db.begin() as conn:
        await conn.execute(sa.update(members).values(gone=True))
    await answering.called(db, {due.bo.id: "bo"}, guild_id=due.channel.guild.id, at=due.env.now())
    assert "🥇 bo · 30 points · 2/2\n" in words((await due.ann.slash(due.channel, "leaderboard")).response)


async def tried_before(chat, db):
    """Let somebody have tried to post the board half an hour ago, and nobody know what became of it."""
    due_at = chat.env.now() - timedelta(minutes=30)
    await plan(chat, db, due_at)
    await answering.answers(db, chat.bo.id, [9, 9], guild_id=chat.channel.guild.id, at=due_at - timedelta(days=1))
    async with db.begin() as conn:
        await settings.set_group(conn, chat.channel.guild.id, board_tries=1)


async def long_unseen(db):
    async with db.begin() as conn:
        await conn.execute(sa.update(members).values(seen_at=answering.NOON - timedelta(days=999)))


async def plan_again(chat, db):
    """Let this week end once more, as the message and the problem of the last stand."""
    at = chat.env.now() + timedelta(seconds=SOON_S)
    async with db.begin() as conn:
        await settings.set_group(conn, chat.channel.guild.id, board_due_at=at, board_next_at=at)


async def tell_in(chat, db):
    log_channel = chat.channel.guild.create_text_channel("staff")
    async with db.begin() as conn:
        await settings.set_group(conn, chat.channel.guild.id, log_channel_id=log_channel.id)
    chat.env.bot.services.groups.changed(chat.channel.guild.id)
    return log_channel
