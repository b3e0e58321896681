"""Two collections of notes, of which one is for a single group."""

from pathlib import Path

from bot.services.collections import About, Collection
from bot.services.libraries import Libraries
from bot.services.library import Library
from knowledge.files import Folder
from knowledge.library import Loaded
from tests.bot.conftest import PIXEL, now

OPEN = """# Optimizers

## Momentum

Momentum remembers the gradients before. See also [there](../closed/merger.md).

![curve](curve.png)
"""
CLOSED = """# Merger

## Zebrafish plan

The zebrafish plan is confidential: project quokka begins in May.

![chart](chart.png)

## Momentum of quokka

Momentum matters to quokka, too.
"""
CLOSED_ZH = """# 合并

## 斑马鱼计划

斑马鱼计划是保密的。动量 momentum 也有用。
"""
QUESTIONS = """language: en
topic: Quokka
questions:
  - {id: quokka1, kind: truth, question: Does quokka begin in May?, answer: true, source: "merger.md#Zebrafish plan"}
"""
GLOSSARY = "- {en: [quokka plan], zh: [短尾矮袋鼠]}\n"
SECRETS = (
    "quokka",
    "zebrafish",
    "Merger",
    "merger",
    "合并",
    "斑马鱼",
    "短尾矮袋鼠",
    "closed",
    "chart.png",
    "broken.md",
)


def write_collections(root: Path) -> tuple[Path, Path]:
    """Write both below *root*, and return the open one and the closed one."""
    texts = {
        "open/optimizers.md": OPEN,
        "closed/merger.md": CLOSED,
        "closed/merger_zh.md": CLOSED_ZH,
        "closed/merger.questions.yaml": QUESTIONS,
        "closed/glossary.yaml": GLOSSARY,
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "open" / "curve.png").write_bytes(PIXEL)
    (root / "closed" / "chart.png").write_bytes(PIXEL)
    (root / "closed" / "broken.md").write_bytes(bytes(range(128, 256)) * 9)
    return root / "open", root / "closed"


def libraries_of(root: Path, loaded: Loaded, *guilds: int) -> Libraries:
    """Return libraries over both; the closed one is seen by *guilds*. The words of *loaded* spare a second each."""
    folders = write_collections(root)
    first = Collection(Folder(folders[0]), About("open", "open/"), clock=now)
    second = Collection(Folder(folders[1]), About("closed", "closed/", guilds=frozenset(guilds)), clock=now)
    inside = Library(first, second, cache=None, clock=now)
    outside = Library(first, cache=None, clock=now)
    for one in (inside, outside):
        one.loaded = loaded
    return Libraries(outside, dict.fromkeys(guilds, inside))
