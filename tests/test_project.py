"""The project's own files agree with the code and with one another."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer
import yaml
from packaging.requirements import Requirement

from bot import client
from bot.cli import cli
from bot.config import load
from bot.config.schema import NotesEntry, Settings
from bot.i18n import Catalogues

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, object]:
    """Commands by what is typed for them; those of a group behind its name."""
    found: dict[str, object] = {}
    for name, command in typer.main.get_command(cli).commands.items():
        below = getattr(command, "commands", None)
        found.update({f"{name} {inner}": one for inner, one in below.items()} if below else {name: command})
    return found


def options() -> list[tuple[str, str]]:
    found = [("", "--version"), ("", "--help")]
    for name, command in commands().items():
        found += [(name, option) for parameter in command.params for option in parameter.opts if option[0] == "-"]
    return found


def slash_commands() -> set[str]:
    """Names as typed, from the cogs' own declarations."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "cogs").glob("*.py"))
    group = set(re.findall(r'(\w+) = app_commands\.Group\(\s*name=locale_str\("(\w+)"\)', source))
    single = re.findall(r'@app_commands\.command\(\s*name=locale_str\("(\w+)"\)', source)
    below = {
        f"{name} {command}"
        for variable, name in group
        for command in re.findall(rf'@{variable}\.command\(\s*name=locale_str\("(\w+)"\)', source)
    }
    return {*single, *below}


def project_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", sorted(commands()))
def test_readme_names_every_command(readme, name):
    assert f"`studybot {name}" in text(readme)


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("option", sorted({option for _, option in options()}))
def test_readme_names_every_option(readme, option):
    assert re.search(rf"`[^`\n]*{option}(?![\w-])", text(readme))


def test_slash_commands_are_found_in_the_cogs():
    assert {"explain", "topics", "notes status", "help"} <= slash_commands()


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", sorted(slash_commands()))
def test_readme_names_every_slash_command(readme, name):
    assert f"`/{name}`" in text(readme)


def test_chinese_readme_names_every_slash_command_as_its_readers_see_it():
    texts, readme = Catalogues.load().texts("zh-CN"), text("README.zh-CN.md")
    assert [name for name in slash_commands() if f"`/{name}`（`{texts.command(name)}`）" not in readme] == []


@pytest.mark.parametrize("name", [*READMES, "studybot.example.yaml"])
@pytest.mark.parametrize("key", sorted({*Settings.model_fields, *NotesEntry.model_fields}))
def test_every_setting_is_told(name, key):
    assert re.search(rf"(`|^[# -]*){key}(`|:)", text(name), re.MULTILINE)


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_every_environment_variable(readme):
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "config").glob("*.py"))
    names = set(re.findall(r'"((?:STUDYBOT|DISCORD)_[A-Z_]+)"', source))
    assert {"DISCORD_TOKEN", "STUDYBOT_DATA"} <= names
    assert {name for name in names if f"`{name}`" not in text(readme)} == set()


@pytest.mark.parametrize("readme", READMES)
def test_links_between_the_project_s_files_lead_somewhere(readme):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", re.sub(r"`[^`\n]*`", "", text(readme)))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_example_configuration_is_accepted(tmp_path):
    (tmp_path / "studybot.yaml").write_text(text("studybot.example.yaml"), encoding="utf-8")
    assert load({}, tmp_path).notes


def test_example_configuration_is_accepted_with_everything_switched_on(tmp_path):
    lines = re.sub(r"(?m)^( *)# (?=\w+: \S+$|\w+: \[.*\]$)", r"\1", text("studybot.example.yaml"))
    (tmp_path / "studybot.yaml").write_text(lines, encoding="utf-8")
    assert set(yaml.safe_load(lines)) == set(Settings.model_fields)
    assert load({}, tmp_path).notes[0].url == "https://github.com/owner/repo/blob/main"


def test_newest_version_of_the_changelog_is_that_of_the_package():
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == PYPROJECT["project"]["version"]


def test_lock_pins_everything_with_hashes_and_holds_no_address():
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^#.*\n", "", text("requirements.lock")).strip())
    assert len(entries) > 30
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?://|file:|--index|--find-links|/simple", text("requirements.lock"))


def test_lock_holds_every_dependency_of_the_image():
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["fast"], *extras["postgres"]]
    names = {re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0].lower().replace(".", "-") for one in wanted}
    pinned = set(re.findall(r"(?m)^([A-Za-z0-9-]+)(?:\[[^\]]*\])?==", text("requirements.lock")))
    assert names - pinned == set()


def test_lock_pins_versions_that_the_ranges_allow():
    pinned = dict(re.findall(r"(?m)^([A-Za-z0-9-]+)(?:\[[^\]]*\])?==([^\s;]+)", text("requirements.lock")))
    wanted = [Requirement(one) for one in PYPROJECT["project"]["dependencies"]]
    assert [str(one) for one in wanted if pinned[one.name.lower().replace(".", "-")] not in one.specifier] == []


def test_driver_of_the_database_is_one_whose_threads_can_be_told_to_end():
    ranges = {one.name: one.specifier for one in map(Requirement, PYPROJECT["project"]["dependencies"])}
    assert list(ranges["aiosqlite"].filter(["0.20.0", "0.21.0", "0.22.0", "0.22.1"])) == ["0.22.1"]


def test_versions_of_the_tables_are_part_of_what_is_installed():
    # Only folders that are packages are, and of them only the modules.
    folders = {path.parent for path in (ROOT / "storage").rglob("*.py")}
    assert ROOT / "storage" / "migrations" / "versions" in folders
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
    files = [path for path in project_files() if path.is_relative_to(ROOT / "storage")]
    assert [path for path in files if path.suffix != ".py"] == []


def test_image_and_its_neighbours_agree_on_folders():
    assert "STUDYBOT_DATA=/data" in text("Dockerfile")
    service = yaml.safe_load(text("compose.yaml"))["services"]["studybot"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert {volume.rsplit(":")[1] for volume in service["volumes"] if volume == "data:/data"} == {"/data"}


def test_no_file_holds_a_path_of_somebody_s_machine_or_a_registry():
    found = re.compile(
        r"/(?:home|Users)/(?!(?:ada|me)\b)\w+/|/root/\.|/" + r"work/|pypi\." + r"org/simple|files\.python" + "hosted"
    )
    suffixes = {".py", ".md", ".toml", ".yaml", ".yml", ".lock", ".po", ".sh", ".jsonl", ""}
    files = [path for path in project_files() if path.suffix in suffixes]
    assert [str(path) for path in files if found.search(path.read_text(encoding="utf-8", errors="replace"))] == []


def test_targets_that_the_readme_names_are_in_the_makefile():
    targets = set(re.findall(r"^([a-z]+):.*##", text("Makefile"), re.MULTILINE))
    assert {"try", "test", "bench", "lint", "lock", "help"} <= targets
    assert set(re.findall(r"`?make (\w+)", text("README.md"))) <= targets


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("README.md", "{commands} commands and {presses} presses of buttons and menus in any {seconds} seconds"),
        ("README.zh-CN.md", "任意 {seconds} 秒内最多用 {commands} 次命令、按 {presses} 次按钮或菜单"),
    ],
)
def test_readme_tells_how_often_somebody_may_act(name, told):
    limits = {"commands": client.COMMANDS, "presses": client.PRESSES, "seconds": int(client.PACE.total_seconds())}
    assert told.format(**limits) in text(name)
