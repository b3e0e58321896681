"""Who may import whom, and which library has which door."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "drawing", "knowledge", "storage")
BELOW_ONLINE = ("bot.config", "bot.errors", "bot.i18n", "bot.services")
ALLOWED = {
    "knowledge": ("knowledge",),
    "storage": ("storage",),
    "drawing": ("drawing", "knowledge.confined"),
    "bot/errors.py": (),
    "bot/i18n.py": (),
    "bot/config": ("bot.config", "bot.errors", "knowledge.documents", "knowledge.errors", "knowledge.git_url"),
    "bot/services": ("bot.services", "bot.errors", "drawing.prints", "drawing.studio", "knowledge", "storage"),
    "bot/render": (
        "bot.render",
        "drawing",
        "bot.services",
        "bot.i18n",
        "bot.errors",
        "knowledge.model",
        "knowledge.errors",
        "knowledge.index",
        "knowledge.git_source",
        "knowledge.loaders.formulas",
        "knowledge.places",
        "knowledge.questions",
    ),
    "bot/publisher.py": ("bot.client", "bot.render", "bot.views"),
    "bot/hosts": ("bot.hosts", "bot.publisher", "bot.client", "bot.render", "bot.services", "bot.i18n", "bot.errors"),
    "bot/client.py": ("bot.services", "bot.errors", "bot.i18n", "knowledge.errors", "storage.errors"),
    "bot/views": (
        "bot.views",
        "bot.client",
        "bot.render",
        "bot.services",
        "bot.errors",
        "drawing.studio",
        "knowledge.model",
    ),
    "bot/cogs": ("bot.client", "bot.views", "bot.render", "bot.services", "bot.errors"),
    "bot/jobs.py": ("bot.services", "knowledge.errors", "storage.errors"),
    "bot/drawing_ahead.py": ("bot.services", "drawing.studio", "knowledge.index", "knowledge.model"),
    "bot/doctor.py": ("bot.config", "bot.errors", "bot.services.collections", "knowledge", "storage"),
    "bot/online.py": (
        *BELOW_ONLINE,
        "bot.client",
        "bot.cogs",
        "bot.drawing_ahead",
        "bot.hosts",
        "bot.jobs",
        "bot.publisher",
        "bot.render.preparing",
        "bot.views",
    ),
    "bot/assembly.py": (*BELOW_ONLINE, "drawing.studio", "knowledge.confined", "storage"),
    "bot/app.py": (*BELOW_ONLINE, "bot.assembly", "bot.online", "knowledge", "storage"),
    "bot/trial": (
        "bot.assembly",
        *BELOW_ONLINE,
        "bot.client",
        "bot.drawing_ahead",
        "bot.jobs",
        "bot.online",
        "bot.render.help",
        "bot.render.preparing",
        "bot.trial",
        "knowledge.model",
    ),
    "bot/commands": (
        *BELOW_ONLINE,
        "bot.app",
        "bot.commands",
        "bot.doctor",
        "bot.render",
        "bot.trial",
        "knowledge",
        "storage",
    ),
    "bot/cli_questions.py": ("bot.commands", "bot.errors"),
    "bot/cli.py": (
        "bot.cli_questions",
        "bot.commands",
        "bot.config",
        "bot.errors",
        "bot.render",
        "knowledge.errors",
        "storage.errors",
    ),
}
DOORS = {
    "discord": ("bot/client.py", "bot/publisher.py", "bot/views", "bot/cogs", "bot/trial"),
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "aiosqlite": ("storage",),
    "asyncpg": ("storage",),
    "sqlite3": ("storage", "bot/render/decks.py"),
    "jieba": ("knowledge/segment.py",),
    "rjieba": ("knowledge/segment.py",),
    "rank_bm25": ("knowledge/bm25.py",),
    "simcord": ("bot/trial",),
    "watchfiles": ("bot/jobs.py",),
    "opencc": ("bot/i18n.py", "knowledge/text.py"),
    "pypinyin": ("knowledge/pinyin.py",),
    "pathspec": ("knowledge/files.py", "knowledge/ignoring.py"),
    "babel": ("bot/i18n.py",),
    "typer": ("bot/cli.py", "bot/cli_questions.py", "bot/commands"),
    "fsrs": ("bot/services/review.py",),
    "genanki": ("bot/render/decks.py",),
    "mathra": ("drawing/engine.py",),
    "resvg_py": ("drawing/raster.py", "knowledge/sample/images/draw.py"),
    "PIL": ("drawing/photos.py",),
    "pypdfium2": ("knowledge/loaders/pdf_reader.py",),
    "fontTools": ("drawing/fonts/build.py",),
}


def files(place: str) -> Iterator[Path]:
    path = ROOT / place
    return iter([path]) if path.suffix == ".py" else path.rglob("*.py")


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module in set(OURS)
            yield from (f"{node.module}.{alias.name}" for alias in node.names) if whole else (node.module,)


def under(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("place", ALLOWED)
def test_layer_imports_only_what_lies_below(place):
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files(place)
        for name in imports(path)
        if under(name, OURS) and not under(name, ALLOWED[place])
    ]
    assert wrong == []


def test_every_file_of_the_bot_has_its_place():
    ruled = {path for place in ALLOWED for path in files(place)}
    assert set(files("bot")) - ruled == {ROOT / "bot" / "__init__.py", ROOT / "bot" / "__main__.py"}


@pytest.mark.parametrize("library", DOORS)
def test_library_is_entered_through_its_door_only(library):
    allowed = tuple(str(ROOT / door) for door in DOORS[library])
    wrong = [
        str(path.relative_to(ROOT))
        for package in OURS
        for path in files(package)
        if any(under(name, (library,)) for name in imports(path)) and not str(path).startswith(allowed)
    ]
    assert wrong == []


def test_cogs_never_import_one_another():
    wrong = [
        f"{path.name}: {name}" for path in files("bot/cogs") for name in imports(path) if under(name, ("bot.cogs",))
    ]
    assert wrong == []


def test_rules_and_renderers_load_without_discord():
    places = ("bot/services", "bot/render", "knowledge", "bot/i18n.py", "bot/errors.py", "bot/config")
    wrong = [str(path) for place in places for path in files(place) if any(map(is_discord, imports(path)))]
    assert wrong == []


def is_discord(name: str) -> bool:
    return under(name, ("discord",))
