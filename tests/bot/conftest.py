"""Texts in each language, sections to render, small notes, and a server in which the real bot answers from them."""

import asyncio
import base64
import random
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.cli import main
from bot.client import Settings, StudyBot
from bot.i18n import Catalogues, Texts
from bot.online import EXTENSIONS
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.services import Services, build
from knowledge.library import Loaded
from knowledge.model import Answer, Block, BlockKind, Section
from knowledge.sources import Folder


@pytest.fixture(scope="session")
def catalogues() -> Catalogues:
    return Catalogues.load()


@pytest.fixture(scope="session")
def english(catalogues) -> Texts:
    return catalogues.texts("en")


@pytest.fixture(scope="session")
def chinese(catalogues) -> Texts:
    return catalogues.texts("zh-CN")


@pytest.fixture
def section() -> Callable[..., Section]:
    """Return a maker of sections; what matters is given, the rest is filled in."""

    def make(*blocks: Block | str, **given: object) -> Section:
        made = [Block(BlockKind.TEXT, one, (2, 3)) if isinstance(one, str) else one for one in blocks]
        values = {"id": "0123456789abcdef", "file": "a/swiglu.md", "headings": ("Activation", "SwiGLU"), "level": 2}
        return Section(**{**values, "lines": (1, 3), "language": "en", "blocks": tuple(made), **given})

    return make


@pytest.fixture
def answer(section) -> Callable[..., Answer]:
    """Return a maker of answers from the blocks of one section."""

    def make(*blocks: Block | str, **given: object) -> Answer:
        made = section(*blocks)
        return Answer(**{"section": made, "blocks": made.blocks, "note_title": "Activation", **given})

    return make


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LONG = "\n\n".join(
    f"Paragraph {number}. " + "Attention weighs every token by every other. " * 8 for number in range(40)
)
ENGLISH = """# Activation functions

What makes a network more than a matrix.

## SwiGLU

SwiGLU is a gated unit that large language models use.

![the formula of SwiGLU](swiglu.png)

It multiplies a gate with a value. <@123> @everyone [bank.com](https://evil.example)

## ReLU

ReLU keeps what is positive.
"""
CHINESE = """# 激活函数

让网络不只是一个矩阵。

## SwiGLU

SwiGLU 是大语言模型常用的门控单元。

## ReLU

ReLU 只保留正数。
"""


def write_notes(root: Path) -> Path:
    """Write small bilingual notes of our own below *root*."""
    files = {
        "nets/Activation_en.md": ENGLISH,
        "nets/Activation_cn.md": CHINESE,
        "nets/attention.md": f"# Attention\n\nIn short.\n\n## Long story\n\n{LONG}\n",
        "interview.md": "# Interview questions\n\nWhy layer normalization? It does not depend on the batch.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "nets" / "swiglu.png").write_bytes(PIXEL)
    return root


def now() -> datetime:
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def notes(tmp_path_factory) -> Path:
    return write_notes(tmp_path_factory.mktemp("notes"))


@pytest.fixture(scope="session")
def loaded(notes) -> Loaded:
    return Library(Folder(notes), cache=None, clock=now).load()


@pytest.fixture
def library(notes, loaded) -> Library:
    """Return a library whose notes are loaded, with counters of its own."""
    made = Library(Folder(notes), cache=None, clock=now)
    made.loaded = loaded
    return made


@pytest.fixture
def edited(tmp_path, loaded) -> Library:
    """Return a library over notes that the test may edit; the words of the others spare it a second."""
    made = Library(Folder(write_notes(tmp_path / "notes")), cache=tmp_path / "cache", clock=now)
    made.loaded = loaded
    made.load()
    return made


@pytest.fixture
async def services(db, library, studio) -> Services:
    """Return every service, over a database and small notes of its own; the clock is the one that simcord moves."""
    return await build(db, Libraries(library), studio=studio, clock=discord.utils.utcnow, rng=random.Random(7))


@pytest.fixture
def make_bot(services, catalogues, tmp_path) -> Callable[..., StudyBot]:
    """Return a maker of bots over the same data folder, as a restart would make them."""

    def make(language: str | None = None, library: Library | None = None, **settings: object) -> StudyBot:
        made = Settings(tmp_path / "data", "1.2.3", language=language, offline=True, **settings)
        rules = replace(services, libraries=Libraries(library)) if library else services
        return StudyBot(rules, made, catalogues=catalogues, extensions=EXTENSIONS)

    return make


@pytest.fixture
def simcord_bot(make_bot, request) -> StudyBot:
    """Return the bot of simcord_env; ``@pytest.mark.language("zh-CN")`` lets it answer in that language."""
    marker = request.node.get_closest_marker("language")
    return make_bot(marker.args[0] if marker else None)


@dataclass(frozen=True, slots=True)
class Chat:
    """A server with a channel and two members."""

    env: simcord.Env
    channel: ChannelHandle
    ann: MemberActor
    bo: MemberActor
    chief: MemberActor


@pytest.fixture
def chat(simcord_env) -> Chat:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("study")
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    ann, bo = (guild.add_member(simcord_env.create_user(name)) for name in ("ann", "bo"))
    return Chat(simcord_env, channel, ann, bo, guild.add_member(simcord_env.create_user("chief"), roles=[managers]))


def shown(components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield all components of a message, nested ones included."""
    for component in components:
        yield component
        yield from shown(component.get("components", ()))


def words(message: Any) -> str:
    """Return all that can be read in a message."""
    return "\n".join([message.content, *(one["content"] for one in shown(message.components) if "content" in one)])


def pressable(message: Any) -> dict[str, str]:
    """Return the label or placeholder of everything that can be pressed -> its custom_id."""
    found = [one for one in shown(message.components) if "custom_id" in one and not one.get("disabled")]
    return {one.get("label") or one.get("placeholder") or "": one["custom_id"] for one in found}


async def until(claim: Callable[[], bool]) -> None:
    """Wait for *claim*, which a thread, a watcher or a signal makes true; never is a failure by the time limit."""
    async with asyncio.timeout(30):
        while not claim():  # noqa: ASYNC110 - what is waited for knows no event of ours
            await asyncio.sleep(0.02)


GLU = "# 激活函数\n\n## SwiGLU\n\nSwiGLU 是门控线性单元的一种变体。\n\n## ReLU\n\nReLU 把负数变成零。\n"


@pytest.fixture
def folder(tmp_path):
    """Return a small folder of notes that a test may change, and that commands really load."""
    path = tmp_path / "own"
    path.mkdir()
    (path / "glu.md").write_text(GLU, encoding="utf-8")
    return path


@pytest.fixture
def studybot(tmp_path, monkeypatch, capsys):
    """Run a command line in an empty folder; return the exit code and what stdout and stderr hold."""
    for name in ("LC_ALL", "LC_MESSAGES", "DISCORD_TOKEN", "STUDYBOT_CONFIG", "STUDYBOT_NOTES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("STUDYBOT_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def studybot(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return studybot


def on_which_threads(studio, monkeypatch) -> list[str]:
    """Return a list that is told the name of the thread of each picture that is drawn from now on."""
    threads, draw = [], studio.draw

    def watched(order):
        threads.append(threading.current_thread().name)
        return draw(order)

    monkeypatch.setattr(studio, "draw", watched)
    return threads


@pytest.fixture
def drawn(monkeypatch):
    """Return a watcher of a renderer's function, which returns a list that is told the threads in which it runs."""

    def watch(renderer, name):
        threads, draw = [], getattr(renderer, name)

        def watched(*args, **kwargs):
            threads.append(threading.current_thread())
            return draw(*args, **kwargs)

        monkeypatch.setattr(renderer, name, watched)
        return threads

    return watch
