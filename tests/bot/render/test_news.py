from bot.render import limits
from bot.render.news import chosen, told
from bot.render.parts import Buttons, Text
from bot.services.news import News, Told


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


def test_choice_is_confirmed(english):
    assert "<#5>" in text(chosen(5, english))
    assert "no longer" in text(chosen(None, english))
