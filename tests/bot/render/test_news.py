from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.render import limits
from bot.render.news import Announced, line, panel, told
from bot.render.parts import Buttons, Text
from bot.render.settings import Finding
from bot.services.news import Batch, Channel, Contents, News
from bot.services.overview import Purpose, Use

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def topic(title="SwiGLU", note="", file="", above="", number=0) -> News:
    return News(f"{number:016x}", title, new=number % 2 == 0, note=note, file=file, above=above)


def of(*topics: News | str, more: int = 0) -> Contents:
    """Return what a post says of one collection."""
    given = [replace(topic(one), section_id=f"{n:016x}", new=n % 2 == 0) if isinstance(one, str) else one
             for n, one in enumerate(topics)]  # fmt: skip
    return Contents((Batch("", tuple(given), more),))


def text(message) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(message):
    return [button for part in message.parts if isinstance(part, Buttons) for button in part.buttons]


def test_topic_is_told_with_its_note(english):
    said = text(told(of(topic("ReLU", "Activation *functions*", "nets/act.md")), english))
    assert "- **ReLU** · new · Activation \\*functions\\*" in said


def test_note_that_is_new_as_a_whole_is_told_with_its_file(english):
    said = text(told(of(topic("Optimizers", "Optimizers", "nets/optimizers.md")), english))
    assert "- **Optimizers** · new · `nets/optimizers.md`" in said


def test_notes_of_the_same_title_are_told_apart_by_their_files(english):
    topics = (topic("ReLU", "Notes", "a/notes.md", number=0), topic("Adam", "Notes", "b/notes.md", number=2))
    assert "- **ReLU** · new · `a/notes.md`\n- **Adam** · new · `b/notes.md`" in text(told(of(*topics), english))


def test_of_a_long_path_the_name_is_told(english):
    said = text(told(of(topic("A", "A", "folder/" * 20 + "optimizers.md")), english))
    assert "`…/optimizers.md`" in said


def test_buttons_of_the_same_title_are_told_apart(english):
    topics = (topic("Summary", "Nets", "nets.md", number=0), topic("Summary", "Optimizers", "opt.md", number=2))
    assert [one.label for one in buttons(told(of(*topics), english))] == ["Summary · Nets", "Summary · Optimizers"]


def test_headings_of_the_same_title_in_a_note_are_told_by_those_above(english):
    topics = [topic("Pros", "Nets", "nets.md", above, number) for number, above in ((0, "Adam"), (2, "SGD"))]
    message = told(of(*topics), english)
    assert "- **Pros** · new · Nets › Adam\n- **Pros** · new · Nets › SGD" in text(message)
    assert [one.label for one in buttons(message)] == ["Pros · Nets › Adam", "Pros · Nets › SGD"]


def test_topics_of_several_collections_stand_below_their_names(english):
    first, second = Batch("Open", (topic("A"),), 0), Batch("<@1> *Board*", (topic("B", number=2),), 7)
    said = text(told(Contents((first, second), more=4, new=9, changed=4), english))
    assert said == (
        "## 📚 New in the notes\n-# 9 new topics · 4 changed topics\n### Open\n- **A** · new\n"
        "### \\<\\@1\\> \\*Board\\*\n- **B** · new\n-# and 7 more\n-# and 4 more"
    )


def test_post_that_names_everything_counts_nothing(english, chinese):
    assert "new topic" not in text(told(Contents(of("A", "B").batches, new=1, changed=1), english))
    assert "新增 9 个主题\n" in text(told(Contents(of("A").batches, new=9), chinese))


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


@pytest.mark.parametrize("hostile", ["*" * 600, "名" * 600, "🎉" * 600, "@everyone <@1> " * 50])
def test_ten_hostile_collections_hold_the_limits(chinese, hostile):
    batches = [Batch(hostile, (topic(hostile, f"{n}{hostile}", f"{hostile}/{n}", hostile, n),), 9) for n in range(10)]
    message = told(Contents(tuple(batches), 9, 90, 9), chinese)
    said = [part.text for part in message.parts if isinstance(part, Text)]
    assert sum(map(limits.characters, said)) <= limits.LAYOUT_CHARACTERS
    assert sum(limits.size_bytes(one) + limits.DISPLAY_BYTES for one in said) <= limits.LAYOUT_BYTES
    rows = [part.buttons for part in message.parts if isinstance(part, Buttons)]
    assert 1 + len(message.parts) + sum(map(len, rows)) <= limits.COMPONENTS
    assert all(limits.characters(one.label) <= limits.BUTTON_LABEL for one in buttons(message))
    assert not any("@everyone" in one or "<@1>" in one for one in said)


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
    assert "News about the notes is not posted anywhere." in text(message)
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
    assert line(announced(), english).startswith("📣 News about the notes is posted in <#5>")
    assert line(None, english).startswith(
        "📣 News about the notes is not posted anywhere.\n-# `/notes announce` with a channel"
    )
