"""Pictures of the notes as they arrive in a channel, whatever their files are."""

import discord
import pytest

from bot.services.library import Library
from knowledge.sources import Folder
from tests.bot.conftest import now, on_which_threads, shown, words, write_notes
from tests.drawing.files import PHONE, animation, exif, noise, opened, photo, promising, saved, svg

FILES = {
    "phone.jpg": saved(photo(), "JPEG", quality=100, exif=exif(6)),
    "scan.png": saved(photo(), "TIFF"),
    "tree.svg": svg('<circle cx="50" cy="25" r="20" fill="red"/>'),
    "steps.gif": animation(),
    "plain.png": saved(photo(), "PNG"),
    "bomb.png": promising(30_000, 30_000),
    "broken.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "large.png": saved(noise(500, 400), "PNG"),
    "film.gif": animation(side=200, frames=12),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, loaded):
    """Return a library of notes with a section for each picture."""
    root = write_notes(tmp_path_factory.mktemp("pictures"))
    sections = (f"## Zz{name.partition('.')[0]}\n\n![the {name}]({name})\n" for name in FILES)
    (root / "shelf.md").write_text("# Shelf\n\n" + "\n".join(sections), "utf-8")
    for name, data in FILES.items():
        (root / name).write_bytes(data)
    made = Library(Folder(root), cache=None, clock=now)
    made.loaded = loaded
    made.load()
    return made


@pytest.fixture
def library(shelf):
    return shelf


@pytest.fixture
def small_place(monkeypatch):
    """Let Discord say that no more than 100,000 bytes can be sent."""
    limit = property(lambda _interaction: 100_000, lambda _interaction, _said: None)
    monkeypatch.setattr(discord.Interaction, "filesize_limit", limit)


async def ask(chat, name):
    return (await chat.ann.slash(chat.channel, "explain", topic=f"Zz{name}")).response


def alt(response):
    return next(one for one in shown(response.components) if one["type"] == 12)["items"][0]["description"]


@pytest.mark.parametrize(
    ("name", "filename"),
    [
        ("phone", "picture1.jpg"),
        ("scan", "picture1.png"),
        ("tree", "picture1.png"),
        ("steps", "picture1.gif"),
        ("plain", "picture1.png"),
    ],
)
async def test_picture_arrives_under_the_name_of_what_it_is(chat, name, filename):
    (file,) = (await ask(chat, name)).attachments
    assert file.filename == filename
    assert opened(await file.read()).size in {(60, 40), (40, 60), (40, 40), (200, 100)}


async def test_photo_arrives_upright_and_tells_nothing_of_the_phone(chat):
    (file,) = (await ask(chat, "phone")).attachments
    content = await file.read()
    assert PHONE.encode() in FILES["phone.jpg"]
    assert PHONE.encode() not in content
    assert opened(content).size == (40, 60)


@pytest.mark.parametrize("name", ["plain.png", "steps.gif"])
async def test_file_without_a_fault_arrives_as_it_is(chat, name):
    (file,) = (await ask(chat, name.partition(".")[0])).attachments
    assert await file.read() == FILES[name]


@pytest.mark.parametrize("name", ["bomb", "broken"])
async def test_picture_that_cannot_be_shown_is_a_line(chat, name):
    response = await ask(chat, name)
    assert response.attachments == []
    assert f"the {name}.png: cannot be shown here" in words(response)


@pytest.mark.usefixtures("small_place")
async def test_picture_is_made_small_enough_for_the_place(chat):
    (file,) = (await ask(chat, "large")).attachments
    assert len(FILES["large.png"]) > 100_000
    assert file.size <= 100_000
    assert alt(await ask(chat, "large")) == "the large.png"


@pytest.mark.usefixtures("small_place")
async def test_animation_that_is_too_large_says_that_it_stands_still(chat):
    response = await ask(chat, "film")
    assert response.attachments[0].filename in {"picture1.png", "picture1.jpg"}
    assert alt(response) == "the film.gif (first frame of an animation)"


@pytest.mark.language("zh-CN")
@pytest.mark.usefixtures("small_place")
async def test_that_it_stands_still_is_said_in_chinese(chat):
    assert alt(await ask(chat, "film")) == "the film.gif (动图的第一帧)"


async def test_pictures_are_waited_for_on_threads_of_the_studio(chat, studio, monkeypatch):
    threads = on_which_threads(studio, monkeypatch)
    await ask(chat, "phone")
    assert {one.partition("_")[0] for one in threads} == {"draw"}
