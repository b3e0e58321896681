from datetime import UTC, datetime

import pytest

from bot.render import limits
from bot.render.news import Announced, line, panel, told
from bot.render.parts import Buttons, Text
from bot.render.settings import Finding
from bot.services.news import Channel, News, Told
from bot.services.overview import Purpose, Use

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def of(*titles: str, more: int = 0) -> Told:
    return Told(
        1, 2, 3, tuple(News(f"{number:016x}", title, new=number % 2 == 0) for number, title in enumerate(titles)), more
    )


def text(message) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(message):
    return [button for part in message.parts if isinstance(part, Buttons) for button in part.buttons]


def test_topics_are_named_and_open_for_whoever_presses(english):
    message = told(of("SwiGLU", "ReLU"), english)
    assert "- **SwiGLU** · new\n- **ReLU** · changed" in text(message)
    assert [(one.label, one.press) for one in buttons(message)] == [
        ("SwiGLU", f"read1:{0:016x}"),
        ("ReLU", f"read1:{1:016x}"),
    ]


def test_what_is_not_named_is_counted(english):
    assert "and 12 more" in text(told(of("a", more=12), english))
    assert "more" not in text(told(of("a"), english))


def test_post_is_told_in_chinese(chinese):
    said = text(told(of("SwiGLU", "ReLU", more=3), chinese))
    assert "笔记有更新" in said
    assert "**SwiGLU** · 新增" in said
    assert "**ReLU** · 有改动" in said


def test_hostile_titles_are_plain_text_within_the_limits(chinese):
    message = told(of(*["**x** <@1> @everyone [a](https://evil.example) " + "标题" * 100] * 10, more=5), chinese)
    said = text(message)
    assert "<@1>" not in said
    assert "@everyone" not in said
    assert limits.characters(said) <= limits.LAYOUT_CHARACTERS
    assert limits.size_bytes(said) + limits.DISPLAY_BYTES <= limits.LAYOUT_BYTES
    assert all(1 <= limits.characters(one.label) <= limits.BUTTON_LABEL for one in buttons(message))
    assert all(len(part.buttons) <= limits.ROW_BUTTONS for part in message.parts if isinstance(part, Buttons))


def test_title_without_a_word_has_a_label(english):
    assert buttons(told(of("\u200b"), english))[0].label


@pytest.fixture
def announced():
    def make(since=NOON, missing=()) -> Announced:
        return Announced(Channel(2, 5, "0" * 16, None, since), Finding(Use(5, Purpose.NEWS), missing))

    return make


def test_panel_says_where_since_when_and_what_comes(announced, english, chinese):
    message = panel(announced(), english, said="It is on.")
    assert "✅ It is on." in text(message)
    assert f"posted in <#5>, since <t:{int(NOON.timestamp())}:D>" in text(message)
    assert "up to 10 of them" in text(message)
    assert [(one.label, one.press) for one in buttons(message)] == [("Stop announcing", "newsstop1:5")]
    assert f"自 <t:{int(NOON.timestamp())}:D> 起，笔记更新会发到 <#5>。" in text(panel(announced(), chinese))


def test_panel_says_how_to_switch_it_on(english, chinese):
    message = panel(None, english)
    assert "posted nowhere" in text(message)
    assert "`/notes announce` with a channel switches it on." in text(message)
    assert buttons(message) == []
    assert "用 `/笔记 通知` 选一个频道就能开启。" in text(panel(None, chinese))


def test_channel_of_which_nobody_noted_since_when_is_named_without(announced, english):
    assert "posted in <#5>." in text(panel(announced(since=None), english))


@pytest.mark.parametrize(("missing", "said"), [(None, "the channel is gone"), (("send_messages",), "Send Messages")])
def test_channel_that_cannot_be_told_is_said(announced, english, missing, said):
    for shown in (text(panel(announced(missing=missing), english)), line(announced(missing=missing), english)):
        assert "❌ <#5>" in shown
        assert said in shown


def test_line_is_short(announced, english):
    assert line(announced(), english).startswith("📣 What is new is posted in <#5>")
    assert line(None, english) == "📣 What is new is posted nowhere. · `/notes announce`"
