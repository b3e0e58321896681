import pytest

from tests.bot.conftest import now, words


async def run(chat, who, name):
    return (await who.slash(chat.channel, f"notes {name}")).response


@pytest.fixture
def library(edited):
    """Let the bot answer from notes that the test may change."""
    return edited


async def test_status_is_for_everybody_and_for_the_asker_alone(chat):
    response = await run(chat, chat.ann, "status")
    assert response.ephemeral
    assert "4 notes (1 in Chinese, 3 in English)" in words(response)
    assert f"Read <t:{int(now().timestamp())}:R>" in words(response)


async def test_status_does_not_tell_where_the_notes_are(chat, tmp_path):
    assert str(tmp_path) not in words(await run(chat, chat.ann, "status"))


async def test_failure_does_not_tell_where_the_notes_are(chat, library, tmp_path):
    library.source.root.rename(tmp_path / "moved")
    said = [words(await run(chat, who, name)) for who, name in ((chat.chief, "reload"), (chat.ann, "status"))]
    assert all("The notes folder notes does not exist" in one.replace("\\", "") for one in said)
    assert str(tmp_path) not in "".join(said)
    assert len(chat.env.errors) == 1


@pytest.mark.parametrize("name", ["reload", "problems"])
async def test_only_managers_may(chat, name):
    response = await run(chat, chat.ann, name)
    assert response.ephemeral
    assert "Manage Server" in words(response)
    assert len(chat.env.errors) == 1


async def test_reload_tells_what_changed(chat, library):
    (library.source.root / "new.md").write_text("# Dropout\n\nDrops units at random.\n")
    said = words(await run(chat, chat.chief, "reload"))
    assert "1 note added: `new.md`" in said
    assert library.search("dropout").found


async def test_reload_without_a_change_says_so(chat):
    assert "Nothing has changed." in words(await run(chat, chat.chief, "reload"))


async def test_reloads_are_few(chat):
    for _ in range(2):
        await run(chat, chat.chief, "reload")
    assert "Too many requests" in words(await run(chat, chat.chief, "reload"))
    assert len(chat.env.errors) == 1


async def test_failed_reload_is_told_and_the_old_notes_stay(chat, library):
    library.source.root.rename(library.source.root.parent / "moved")
    said = words(await run(chat, chat.chief, "reload"))
    assert said
    assert library.search("swiglu").found
    assert "failed" in words(await run(chat, chat.ann, "status"))
    assert len(chat.env.errors) == 1


async def test_problems_show_what_was_asked_for_in_vain(chat, library):
    await library.explain("红烧肉怎么做")
    said = words(await run(chat, chat.chief, "problems"))
    assert "红烧肉怎么做 · 1 time" in said


async def test_status_before_the_notes_are_read_says_so(chat, library):
    library.loaded = library._loaded_at = None
    assert "still being read" in words(await run(chat, chat.ann, "status"))
