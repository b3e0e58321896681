"""What channels are told about questions, whatever Discord does meanwhile: once, later, or never."""

import pytest

from bot.render import question_news
from storage import announcements
from tests.bot.conftest import until, words

MESSAGES = "/channels/*/messages"


@pytest.fixture
def tell(chat, db):
    """Return a maker of announcements for the channel of the chat."""

    async def add(kind="report", guild_id=None, channel_id=None):
        announcing = chat.env.bot.services.editing.announcing
        async with db.begin() as conn:
            await announcements.add(
                conn,
                kind,
                guild_id=guild_id or chat.channel.guild.id,
                channel_id=channel_id or chat.channel.id,
                question_id="f" * 16,
                at=announcing._clock(),
            )
        announcing.bell.ring()
        await chat.env.settle()

    return add


def told(chat):
    return [words(chat.env.backend.get_message(chat.channel.id, one.id)) for one in chat.channel.history()]


async def left(db):
    async with db.reading() as conn:
        return await announcements.next_at(conn)


async def test_channel_is_told_at_once_and_once(chat, db, tell):
    await tell()
    await until(lambda: len(told(chat)) == 1)
    assert "Somebody has reported a question." in told(chat)[0]
    await chat.env.advance_time(600)
    assert (len(told(chat)), await left(db)) == (1, None)


async def test_channel_is_told_again_after_a_failure_of_discord(chat, db, tell):
    chat.env.inject_error("POST", MESSAGES, status=503, times=1)
    await tell()
    assert told(chat) == []
    await chat.env.advance_time(180)
    await until(lambda: len(told(chat)) == 1)
    assert await left(db) is None


@pytest.mark.parametrize("status", [403, 404])
async def test_channel_that_refuses_is_not_tried_again(chat, db, tell, status):
    chat.env.inject_error("POST", MESSAGES, status=status, times=9)
    await tell()
    await chat.env.advance_time(180)
    assert (told(chat), await left(db)) == ([], None)


async def test_unknown_token_uses_up_no_try(chat, db, tell):
    chat.env.inject_error("POST", MESSAGES, status=401, times=9)
    await tell()
    for _ in range(12):
        await chat.env.advance_time(180)
    await until(lambda: len(told(chat)) == 1)
    assert await left(db) is None


async def test_announcement_that_cannot_be_written_holds_up_no_other(chat, tell, monkeypatch):
    written = question_news.announcement

    def broken(news, texts):
        if news.announcement.kind == "appeal":
            raise RuntimeError
        return written(news, texts)

    monkeypatch.setattr(question_news, "announcement", broken)
    await tell("appeal")
    await tell()
    await until(lambda: len(told(chat)) == 1)


async def test_one_channel_s_refusal_is_not_another_s(chat, tell):
    other = chat.channel.guild.create_text_channel("other")
    chat.env.inject_error("POST", f"/channels/{other.id}/messages", status=403, times=9)
    await tell(channel_id=other.id)
    await tell()
    await until(lambda: len(told(chat)) == 1)


async def test_group_that_is_away_is_told_later_or_not_at_all(chat, db, tell):
    await tell(guild_id=5)
    assert (told(chat), await left(db) is not None) == ([], True)
    for _ in range(9):
        await chat.env.advance_time(180)
    assert (told(chat), await left(db)) == ([], None)


async def test_what_was_to_be_told_is_told_after_a_restart(chat, db, tell, make_bot):
    chat.env.inject_error("POST", MESSAGES, status=503, times=1)
    await tell()
    await chat.env.restart_bot(make_bot())
    await chat.env.advance_time(180)
    await until(lambda: len(told(chat)) == 1)


@pytest.mark.language("zh-CN")
async def test_channel_is_told_in_the_group_s_language(chat, tell):
    await tell("appeal")
    await until(lambda: len(told(chat)) == 1)
    assert "有人认为自己的答案是对的。" in told(chat)[0]
