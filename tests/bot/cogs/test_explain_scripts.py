"""The server takes every page of notes that are long, full of pictures, and in any script."""

import pytest

from bot.services.library import Library
from knowledge.sources import Folder
from tests.bot.conftest import PIXEL, now, pressable, shown, words

SCRIPTS = ("א ב", "अ आ", "가나 다", "𐌰𐌱 𐌲", "😀👩‍👩‍👧‍👦 ✨", "中文，字。", "e\u0301x ")
NOTE = (
    "# Zebra\n\n"
    + "\n\n".join(f"- **{one}** " + one * 400 for one in SCRIPTS)
    + "\n\n"
    + "\n\n".join(f"![p{number}](p{number}.png)\n\ntext {number}\n\n$$x_{number}$$" for number in range(12))
    + "\n\n| a | b | c | d |\n|---|---|---|---|\n"
    + "| $P(a|b)$ | `x|y` | **好** | long words of a cell |\n" * 20
    + "\n```python\n"
    + "print('好' * 20)\n" * 300
    + "```\n\n> [!warning]\n> "
    + "注意。" * 900
    + "\n"
)


@pytest.fixture
def library(tmp_path, loaded) -> Library:
    root = tmp_path / "notes"
    root.mkdir()
    (root / "zebra.md").write_text(NOTE, "utf-8")
    for number in range(12):
        (root / f"p{number}.png").write_bytes(PIXEL)
    made = Library(Folder(root), cache=None, clock=now)
    made.loaded = loaded
    made.load()
    return made


async def turned(chat, response):
    """Yield what can be read on the page and on all that follow it, and how many pictures they have."""
    while True:
        yield words(response), sum(part["type"] == 12 for part in shown(response.components))
        if "Next ▶" not in pressable(response):
            return
        await chat.ann.click(response, label="Next ▶")


async def test_every_page_is_accepted_and_all_is_on_one_of_them(chat):
    response = (await chat.ann.slash(chat.channel, "explain", topic="zebra")).response
    pages = [page async for page in turned(chat, response)]
    said = "".join(text for text, _ in pages)
    assert len(pages) > 5
    assert all(one.split()[0] in said for one in SCRIPTS)
    assert said.count("print(") == 300
    assert said.count("注意") >= 900
    assert max(pictures for _, pictures in pages) == 10
