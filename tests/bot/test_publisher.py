"""Writing in channels: what arrives, and what is said where it does not."""

import pytest

from bot.publisher import LockedOutError, Place, Publisher, PublishError, Trouble
from bot.render.parts import Attachment, Button, Buttons, Message, Picture, Text
from drawing.formulas import draw
from drawing.studio import Order

HELLO = Message((Text("Hello"), Buttons((Button("Press", "idle1:x", style="main"),))))


@pytest.fixture
def place(chat) -> Place:
    return Place(chat.channel.guild.id, chat.channel.id)


@pytest.fixture
def publisher(chat) -> Publisher:
    return Publisher(chat.env.bot)


async def test_message_is_posted_and_edited(chat, publisher, place):
    message_id = await publisher.post(place, HELLO, nonce="a")
    await publisher.edit(place, message_id, Message((Text("Changed"),)))
    assert [message.id for message in chat.channel.history()] == [message_id]
    assert chat.channel.last_message.components[0].children[0].content == "Changed"


async def test_file_is_sent_along(chat, publisher, place):
    await publisher.post(place, Message((Text("x"), Attachment("a.txt", b"content"))), nonce="a")
    assert [one.filename for one in chat.channel.last_message.attachments] == ["a.txt"]


async def test_own_message_is_found_by_its_button(chat, publisher, place):
    before = chat.env.now()
    await publisher.post(place, Message((Text("other"),)), nonce="a")
    message_id = await publisher.post(place, HELLO, nonce="b")
    assert await publisher.find(place, "idle1:x", since=before) == message_id
    assert await publisher.find(place, "idle1:y", since=before) is None


async def test_thread_is_opened_once(chat, publisher, place):
    message_id = await publisher.post(place, HELLO, nonce="a")
    first = await publisher.open_thread(place, message_id, "Talk")
    assert await publisher.open_thread(place, message_id, "Talk") == first


@pytest.mark.parametrize(("status", "code", "trouble"), [
    (404, 10003, Trouble.GONE), (403, 50013, Trouble.FORBIDDEN), (400, 50035, Trouble.REFUSED), (503, 0, Trouble.AWAY),
])  # fmt: skip
async def test_refusal_is_told_by_its_kind(status, code, trouble, chat, publisher, place):
    chat.env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=1)
    with pytest.raises(PublishError) as raised:
        await publisher.post(place, HELLO, nonce="a")
    assert raised.value.trouble is trouble


async def test_unknown_token_is_no_channel_s_refusal(chat, publisher, place):
    chat.env.inject_error("POST", "/channels/*/messages", status=401, times=1)
    with pytest.raises(LockedOutError) as raised:
        await publisher.post(place, HELLO, nonce="a")
    assert raised.value.trouble is Trouble.AWAY


async def test_channel_that_never_was_is_gone(publisher, place):
    with pytest.raises(PublishError) as raised:
        await publisher.post(Place(place.guild_id, 99), HELLO, nonce="a")
    assert raised.value.trouble is Trouble.GONE


async def test_nothing_is_missing_where_everybody_may_write(publisher, place):
    assert publisher.missing(place, thread=True) == ()


def test_what_cannot_be_known_is_not_called_missing(publisher):
    assert publisher.missing(Place(1, 2)) == ()


def test_group_that_is_not_there_cannot_be_reached(publisher, place):
    assert publisher.reachable(place.guild_id)
    assert not publisher.reachable(1)


async def test_message_is_deleted_and_one_that_is_gone_is_no_trouble(chat, publisher, place):
    message_id = await publisher.post(place, HELLO, nonce="a")
    for _ in range(2):
        await publisher.delete(place, message_id)
    assert chat.channel.history() == []


async def test_message_that_may_not_be_deleted_is_trouble(chat, publisher, place):
    message_id = await publisher.post(place, HELLO, nonce="a")
    chat.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=50013, times=1)
    with pytest.raises(PublishError):
        await publisher.delete(place, message_id)


async def test_channel_whose_history_is_hidden_is_not_taken_for_empty(chat, publisher, place):
    channel = chat.env.bot.get_channel(place.channel_id)
    await channel.set_permissions(channel.guild.me, read_message_history=False)
    await chat.env.settle()
    with pytest.raises(PublishError) as raised:
        await publisher.find(place, "idle1:x", since=chat.env.now())
    assert raised.value.trouble is Trouble.FORBIDDEN


async def test_whether_somebody_is_a_member_is_asked(chat, publisher, place):
    assert await publisher.is_member(place.guild_id, chat.bo.id)
    chat.channel.guild.remove_member(chat.bo)
    assert not await publisher.is_member(place.guild_id, chat.bo.id)


async def test_group_that_is_not_there_says_nothing_about_its_members(chat, publisher):
    with pytest.raises(PublishError):
        await publisher.is_member(1, chat.bo.id)


def drawn(studio, instead=None):
    name = studio.draw(Order(draw, (["x^2"],))).name
    return Message((Text("x"), Picture(name, "x²", drawn=True, instead=instead)))


async def test_picture_is_sent_along_with_its_words(chat, publisher, place, studio):
    await publisher.post(place, drawn(studio), nonce="a")
    (file,) = chat.channel.last_message.attachments
    assert (file.filename, file.description) == ("picture1.png", "x²")


async def test_where_no_files_may_be_sent_the_picture_s_text_is(chat, publisher, place, studio):
    channel = chat.env.bot.get_channel(place.channel_id)
    await channel.set_permissions(channel.guild.me, attach_files=False)
    await publisher.post(place, drawn(studio, "x squared"), nonce="a")
    message = chat.channel.last_message
    assert message.attachments == []
    assert [one.content for one in message.components[0].children] == ["x", "x squared"]


async def test_picture_that_is_gone_leaves_its_text(chat, publisher, place):
    gone = Picture("gone.png", "x", drawn=True, instead="x squared")
    await publisher.post(place, Message((gone,)), nonce="a")
    assert chat.channel.last_message.components[0].children[0].content == "x squared"
