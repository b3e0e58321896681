"""The local chat without a browser: the group that is made up, what it is told, and how the process ends."""

import asyncio
import signal
import socket
import urllib.request
from datetime import UTC, datetime

import pytest

from bot.commands.serving import has_screen
from bot.config import Config
from bot.errors import StudyError
from bot.render import help as help_page
from bot.services.library import MARK, Library
from bot.trial import Page, serve
from bot.trial.chat import invitation, texts_of_page
from bot.trial.group import example, gather, greet
from bot.trial.simulation import connected, describe_commands, keep_time, zone_of
from knowledge.sources import Folder
from tests.bot.conftest import PIXEL, now, pressable, until, words
from tests.bot.trial_process import trying

DOGS = "# Dogs\n\nWhat barks.\n\n## Poodles\n\n![a poodle](poodle.png)\n\nThey are curly.\n\n## Pugs\n\nThey snore.\n"
CATS = "# 猫\n\n会喵喵叫的动物。\n\n## 布偶猫\n\n![一只布偶猫](poodle.png)\n\n它们的毛很长，性格很温顺。\n"


@pytest.fixture
def group(simcord_env, english):
    return gather(simcord_env, english)


@pytest.fixture
def library_of(tmp_path):
    """Return a maker of libraries with the given notes, file -> text."""

    def make(**texts: str) -> Library:
        (tmp_path / "poodle.png").write_bytes(PIXEL)
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(text, "utf-8")
        library = Library(Folder(tmp_path), cache=None, clock=now)
        library.load()
        return library

    return make


def said(group):
    """Return all that was said in the hall, oldest first."""
    backend = group.hall._env.backend
    return list(backend.messages[group.hall.id].values())


def test_group_has_two_channels_and_names_in_both_languages(group):
    assert list(group.hall.guild.channels) == ["study-hall", "interview-prep"]
    names = {member.user.global_name for member in (group.visitor, *group.others)}
    assert {"You", "Ada", "林晓"} <= names
    assert len(names) == 6


def test_group_of_a_chinese_reader_has_chinese_channels(simcord_env, chinese):
    assert gather(simcord_env, chinese).hall.name == "自习室"


async def test_greeting_holds_a_real_answer_with_its_picture(group, library, english):
    await greet(group, library, english)
    question, answer, thanks = said(group)
    assert "SwiGLU" in question.content
    assert "gated unit" in words(answer)
    assert [one["filename"] for one in answer.attachments] == ["picture1.png"]
    assert "Type /" in thanks.content


async def test_buttons_of_the_greeting_obey_the_visitor(group, library, english):
    await greet(group, library, english)
    button = pressable(said(group)[1])["🌐 中文"]
    await group.visitor.click(group.hall.history()[1], custom_id=button)
    assert len(said(group)) == 3
    assert "门控单元" in words(said(group)[1])


async def test_visitor_may_do_what_is_for_those_who_manage(simcord_env, group):
    result = await group.visitor.slash(group.hall, "notes problems")
    assert result.ephemeral
    assert simcord_env.errors == []


def test_example_is_of_these_notes(library_of, english):
    library = library_of(dogs=DOGS)
    asked, called = example(library, english)
    assert called == "Poodles"
    assert library.index.section(asked.removeprefix(MARK)).title == "Poodles"


@pytest.mark.parametrize(("texts", "called"), [("english", "Poodles"), ("chinese", "布偶猫")])
def test_example_is_in_the_language_of_the_chat(library_of, texts, called, request):
    assert example(library_of(dogs=DOGS, cats=CATS), request.getfixturevalue(texts))[1] == called


async def test_group_without_notes_is_greeted_all_the_same(simcord_env, group, library_of, english):
    empty = library_of()
    simcord_env.bot.services.libraries.public.loaded = empty.loaded
    await greet(group, empty, english)
    assert "Not in the notes" in words(said(group)[1])


async def test_invitation_says_where_and_what_to_type(simcord_env, chinese):
    lines = invitation("http://127.0.0.1:1/#x", simcord_env.bot, chinese).split("\n")
    assert "http://127.0.0.1:1/#x" in lines[0]
    typed = {line.strip().partition("  ")[0] for line in lines if line.startswith("  /")}
    assert {"/explain swiglu", "/topics", "/notes status", "/settings language language:", "/help"} <= typed
    assert any(line.endswith("在笔记里查一个词或一个问题") for line in lines)


def test_chinese_chat_calls_commands_as_its_page_shows_them():
    texts = texts_of_page().texts("zh-CN")
    assert "「/topics」" in texts.gettext("Nothing comes close. /topics shows what the notes hold.")
    assert "`/quiz start`" in str(help_page.overview(texts, manager=False))


async def test_commands_are_described_in_the_language_of_the_chat(simcord_env):
    describe_commands(simcord_env, "zh-CN")
    described = {name: command["description"] for (name, _), command in simcord_env.backend.commands[None].items()}
    assert described["explain"] == "在笔记里查一个词或一个问题"


async def test_choices_are_named_in_the_language_of_the_chat(simcord_env):
    describe_commands(simcord_env, "zh-CN")
    review = next(one for (name, _), one in simcord_env.backend.commands[None].items() if name == "review")
    (export,) = review["options"]
    assert [choice["name"] for choice in export["choices"]] == ["Anki 牌组（.apkg）", "可导入 Anki 的文本（.tsv）"]


async def test_commands_of_an_english_chat_stay_as_they_are(simcord_env):
    describe_commands(simcord_env, "en")
    described = {name: command["description"] for (name, _), command in simcord_env.backend.commands[None].items()}
    assert described["explain"] == "Look something up in the notes"


async def test_bot_is_named_and_the_clock_goes_for_its_page_too(make_bot, english):
    bot = make_bot()
    async with connected(bot) as env:
        began = env.now()
        assert abs(datetime.now(UTC) - began).days == 0
        assert bot.user.name == "studybot"
        group = gather(env, english)
        preview = env.preview(group.hall, viewers=[group.visitor])
        task = asyncio.ensure_future(keep_time(env, preview))
        await until(lambda: env.now() > began)
        assert preview.capture_time == env.now()
        task.cancel()


async def test_page_does_not_hold_on_to_a_command_that_was_refused(make_bot, english):
    async with connected(make_bot()) as env:
        group = gather(env, english)
        refused = await group.others[0].slash(group.hall, "notes problems")
        assert "Manage Server" in refused.response.content
        assert env.errors == []


@pytest.mark.parametrize(
    ("target", "zone"),
    [("/usr/share/zoneinfo/Asia/Shanghai", "Asia/Shanghai"), ("/nowhere", "UTC"), ("/zoneinfo/No/Such", "UTC")],
)
def test_zone_is_that_of_the_machine(tmp_path, target, zone):
    link = tmp_path / "localtime"
    link.symlink_to(target)
    assert zone_of(link) == zone


def test_taken_port_is_said(tmp_path, library):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        page = Page("en", port, open_browser=False)
        with pytest.raises(StudyError, match=rf"Port {port} is taken\."):
            serve(Config(tmp_path), library, page, say=print)


@pytest.mark.parametrize(("environ", "found"), [({}, False), ({"DISPLAY": ":0"}, True), ({"BROWSER": "firefox"}, True)])
def test_browser_is_for_machines_with_a_screen(monkeypatch, environ, found):
    monkeypatch.setattr("sys.platform", "linux")
    assert has_screen(environ) is found


async def test_browser_is_shown_the_page(tmp_path):
    (tmp_path / "dogs.md").write_text(DOGS, "utf-8")
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" >{opened}.part && mv {opened}.part {opened}\n', "utf-8")
    browser.chmod(0o755)
    with trying(tmp_path, "--notes", tmp_path, browser=browser) as trial:
        await until(opened.exists)
        assert opened.read_text("utf-8").strip() == trial.address


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_the_chat_cleanly(tmp_path, number):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "dogs.md").write_text(DOGS, "utf-8")
    with trying(tmp_path, "--notes", tmp_path / "notes") as trial:
        with urllib.request.urlopen(trial.address) as page:  # noqa: S310
            assert page.status == 200
        assert trial.end(number) == (0, "")
