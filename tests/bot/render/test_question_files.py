"""What an import would do, has done, or cannot do."""

from collections import Counter

from bot.render import question_files
from bot.render.parts import Attachment, Buttons, Text
from bot.services.importing import Effect, Preview
from knowledge.errors import Problem

EFFECTS = Counter({Effect.NEW: 2, Effect.CHANGED: 1, Effect.SAME: 4, Effect.RETIRED: 1})


def text_of(message):
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def buttons(message):
    return {one.label: one.press for part in message.parts if isinstance(part, Buttons) for one in part.buttons}


def test_dry_run_counts_and_offers_what_it_would_change(english):
    message = question_files.preview(Preview("q.yaml", (), EFFECTS, 5), english)
    for line in ("2 new questions", "1 changed question", "4 questions as they are", "1 retired question stays so"):
        assert f"- {line}" in text_of(message)
    assert buttons(message) == {"Import 3 questions": "qimport1:5"}


def test_file_that_changes_nothing_has_no_button(english):
    message = question_files.preview(Preview("q.yaml", (), Counter({Effect.SAME: 4}), 5), english)
    assert buttons(message) == {}


def test_dry_run_speaks_chinese(chinese):
    assert "新增 2 道题" in text_of(question_files.preview(Preview("q.yaml", (), EFFECTS, 5), chinese))


def problems(count, text="x"):
    return tuple(Problem("{key}: {reason}", "q.yaml", n + 1, (("key", "a"), ("reason", text))) for n in range(count))


def test_mistakes_are_listed_with_their_lines(english):
    message = question_files.preview(Preview("q.yaml", problems(2), Counter()), english)
    assert "2 problems:\n- `q.yaml:1` a: x\n- `q.yaml:2` a: x" in text_of(message)


def test_mistakes_that_do_not_fit_are_all_in_a_file(chinese):
    message = question_files.preview(Preview("q.yaml", problems(100, "门" * 90), Counter()), chinese)
    assert len(text_of(message)) <= 4_000
    file = next(part for part in message.parts if isinstance(part, Attachment))
    assert len(file.content.decode().splitlines()) == 100


def test_hostile_name_and_mistake_are_shown_as_they_are(english):
    found = Preview("`<@1>`.yaml", problems(1, "**x** @everyone <@1>"), Counter())
    said = text_of(question_files.preview(found, english))
    assert "\\*\\*x\\*\\*" in said
    assert "@everyone" not in said
    assert "``" not in said


def test_what_was_imported_is_told(english):
    assert "✅ Imported `q.yaml`." in text_of(question_files.imported(Preview("q.yaml", (), EFFECTS), english))


def test_exported_file_is_counted(english):
    message = question_files.exported(1, "questions.csv", b"x", english)
    assert text_of(message).startswith("1 question\n")
    assert message.parts[-1] == Attachment("questions.csv", b"x")
