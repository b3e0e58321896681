"""When groups are told what is new in their notes, and what."""

import pytest
import sqlalchemy as sa

from bot.errors import NotesLoadingError, NotesMissingError
from bot.services.groups import Who
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.news import SHOWN, NotesNews
from storage.tables import audit
from tests.bot.collections import SECRETS, libraries_of

HOME, AWAY = 77, 78
CHIEF, STRANGER = Who(1, HOME, "chief"), Who(2, AWAY, "stranger")
CHANNEL = 5


@pytest.fixture
async def libraries(tmp_path, loaded) -> Libraries:
    made = libraries_of(tmp_path, loaded, HOME)
    (tmp_path / "closed" / "glossary.yaml").unlink()  # whose words take a second
    await made.refresh()
    return made


@pytest.fixture
def news(db, libraries, clock) -> NotesNews:
    return NotesNews(db, libraries, clock=clock)


@pytest.fixture
def edit(libraries, tmp_path, clock):
    """Return what writes a note and reads it."""

    async def edit(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, "utf-8")
        await libraries.refresh()

    return edit


async def told(news, clock, minutes=3):
    """Return what is told when the notes were left alone for a while."""
    await news.look()
    clock.turn(minutes=minutes)
    await news.look()
    return await news.due()


async def changes(db) -> list[str]:
    """Return which channels were chosen, as it is remembered."""
    async with db.reading() as conn:
        return list(await conn.scalars(sa.select(audit.c.subject).order_by(audit.c.id)))


async def test_nobody_is_told_by_themselves(news, clock, edit):
    await edit("open/new.md", "# Adam\n\nAdaptive.\n")
    assert await told(news, clock) == ()


async def test_nothing_is_told_of_what_was_there_before(news, clock):
    await news.choose(CHIEF, CHANNEL)
    assert await told(news, clock) == ()


async def test_new_and_changed_topics_are_told_once(news, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await edit("open/new.md", "# Adam\n\nAdaptive.\n")
    (one,) = await told(news, clock)
    assert (one.guild_id, one.channel_id) == (HOME, CHANNEL)
    (batch,) = one.contents.batches
    assert [(batch.collection, topic.title, topic.new, topic.file) for topic in batch.topics] == [
        ("open", "Adam", True, "new.md")
    ]
    await news.settle(one)
    assert await told(news, clock, minutes=120) == ()


async def test_notes_that_are_being_written_are_left_alone(news, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    for number in range(4):
        await edit("open/new.md", f"# Adam\n\nDraft {number}.\n")
        await news.look()
        clock.turn(minutes=1)
    await news.look()
    assert await news.due() == ()
    clock.turn(minutes=2)
    await news.look()
    assert len(await news.due()) == 1


async def test_news_of_an_hour_are_gathered(news, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await edit("open/a.md", "# Adam\n\nAdaptive.\n")
    (first,) = await told(news, clock)
    await news.settle(first)
    for name in ("b", "c"):
        await edit(f"open/{name}.md", f"# Note {name}\n\nText.\n")
        assert await told(news, clock, minutes=10) == ()
    clock.turn(minutes=60)
    await news.look()
    (second,) = await news.due()
    assert [topic.title for batch in second.contents.batches for topic in batch.topics] == ["Note b", "Note c"]


async def test_restart_says_nothing_twice_and_forgets_nothing(db, news, libraries, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await edit("open/a.md", "# Adam\n\nAdaptive.\n")
    later = NotesNews(db, libraries, clock=clock)
    (one,) = await told(later, clock)
    await later.settle(one)
    assert await told(NotesNews(db, libraries, clock=clock), clock, minutes=120) == ()


async def test_two_processes_say_it_once(db, news, libraries, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await edit("open/a.md", "# Adam\n\nAdaptive.\n")
    other = NotesNews(db, libraries, clock=clock)
    for one in (news, other):
        await one.look()
    clock.turn(minutes=3)
    for one in (news, other):
        await one.look()
    assert len((*await news.due(), *await other.due())) == 1


async def test_what_was_not_heard_to_arrive_is_tried_again_and_given_up(news, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await edit("open/a.md", "# Adam\n\nAdaptive.\n")
    tries = [len(await told(news, clock)) for _ in range(8)]
    assert tries == [1] * 5 + [0] * 3


async def test_what_was_held_has_not_been_tried(news, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await edit("open/a.md", "# Adam\n\nAdaptive.\n")
    for _ in range(8):
        (one,) = await told(news, clock)
        await news.hold(one)
        assert await news.due() == ()


async def test_many_topics_are_counted(news, clock, edit, tmp_path):
    await news.choose(CHIEF, CHANNEL)
    for number in range(SHOWN + 11):
        (tmp_path / "open" / f"n{number:02}.md").write_text(f"# Note {number}\n\nText {number}.\n")
    await edit("open/last.md", "# Last\n\nText.\n")
    (one,) = await told(news, clock)
    (batch,) = one.contents.batches
    assert (len(batch.topics), batch.more, one.contents.new) == (SHOWN, 12, SHOWN + 12)


async def test_deletion_alone_is_not_told(news, clock, libraries, tmp_path):
    await news.choose(CHIEF, CHANNEL)
    (tmp_path / "closed" / "merger_zh.md").unlink()
    await libraries.refresh()
    assert await told(news, clock) == ()
    assert await told(news, clock, minutes=120) == ()


async def test_group_is_told_of_what_it_sees_alone(news, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await news.choose(STRANGER, 6)
    await edit("closed/new.md", "# Quokka again\n\nConfidential.\n")
    (one,) = await told(news, clock)
    assert one.guild_id == HOME
    await edit("open/new.md", "# Adam\n\nAdaptive.\n")
    found = {one.guild_id: one for one in await told(news, clock, minutes=90)}
    assert not [secret for secret in SECRETS if secret in repr(found[AWAY]).casefold()]


async def test_where_only_one_collection_is_seen_it_has_no_name(news, clock, edit):
    await news.choose(STRANGER, 6)
    await edit("open/new.md", "# Adam\n\nAdaptive.\n")
    (one,) = await told(news, clock)
    assert [(batch.collection, batch.topics[0].file) for batch in one.contents.batches] == [("", "new.md")]


async def test_collection_that_is_not_there_yet_is_no_news_when_it_comes(db, news, libraries, clock, tmp_path):
    await news.choose(CHIEF, CHANNEL)
    part, libraries.collections[1].part = libraries.collections[1].part, None
    await libraries.of(HOME).rebuild()
    assert await told(news, clock) == ()
    libraries.collections[1].part = part
    await libraries.of(HOME).rebuild()
    assert await told(news, clock) == ()


async def test_nothing_more_is_told_once_it_was_switched_off(news, clock, edit):
    began = clock()
    await news.choose(CHIEF, CHANNEL)
    found = await news.channel(HOME)
    assert (found.channel_id, found.since_at) == (CHANNEL, began)
    await edit("open/new.md", "# Adam\n\nAdaptive.\n")
    assert await news.stop(CHIEF, CHANNEL) is None
    assert await told(news, clock) == ()
    assert await news.channel(HOME) is None


async def test_other_channel_is_told_what_was_not_told_yet(news, clock, edit):
    await news.choose(CHIEF, CHANNEL)
    await edit("open/new.md", "# Adam\n\nAdaptive.\n")
    clock.turn(minutes=1)
    moved = clock()
    assert (await news.choose(CHIEF, 9)).since_at == moved
    (one,) = await told(news, clock)
    assert (one.channel_id, (await news.channel(HOME)).since_at) == (9, moved)


async def test_same_channel_again_changes_nothing(db, news, clock, edit):
    first = await news.choose(CHIEF, CHANNEL)
    await edit("open/new.md", "# Adam\n\nAdaptive.\n")
    clock.turn(hours=1)
    assert await news.choose(CHIEF, CHANNEL) == first
    assert len(await told(news, clock)) == 1
    assert await changes(db) == [str(CHANNEL)]


async def test_only_the_channel_that_was_meant_is_switched_off(db, news):
    moved = [await news.choose(CHIEF, one) for one in (CHANNEL, 9)][-1]
    assert await news.stop(CHIEF, CHANNEL) == moved
    assert await news.stop(STRANGER, 9) is None
    assert await news.channel(HOME) == moved
    for _ in range(2):
        assert await news.stop(CHIEF, 9) is None
    assert await changes(db) == [str(CHANNEL), "9", ""]


async def test_collection_that_never_could_be_read_is_named(news, libraries, tmp_path):
    closed = libraries.collections[1]
    closed.part = None
    (tmp_path / "closed").rename(tmp_path / "moved")
    await libraries.refresh()
    with pytest.raises(NotesMissingError, match="before closed was read"):
        await news.choose(CHIEF, CHANNEL)
    assert (await news.choose(STRANGER, 6)).channel_id == 6


async def test_before_the_notes_are_read_nobody_can_be_told(db, clock):
    early = NotesNews(db, Libraries(Library(cache=None, clock=clock)), clock=clock)
    with pytest.raises(NotesLoadingError):
        await early.choose(CHIEF, CHANNEL)
