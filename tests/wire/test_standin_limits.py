"""The stand-in refuses what Discord refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire import limits
from tests.wire.exchanges import AUTOCOMPLETE, CHOICES, COMMAND, EDIT, SAY, SAY_LATER, Exchange
from tests.wire.limits import Refusal
from tests.wire.messages import Message, Upload
from tests.wire.payloads import Asker, interaction

Json = dict[str, Any]


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def button(custom_id: str, label: str = "go") -> Json:
    return {"type": 2, "style": 1, "custom_id": custom_id, "label": label}


def row(*children: Json) -> Json:
    return {"type": 1, "components": list(children)}


def gallery(*names: str, alt: str = "") -> Json:
    items = [{"media": {"url": f"attachment://{name}"}, "description": alt} for name in names]
    return {"type": 12, "items": items}


def container(*children: Json) -> Json:
    return {"type": 17, "components": list(children)}


def layout(*components: Json, **more: Any) -> Json:
    return {"flags": limits.IS_LAYOUT, "components": list(components)} | more


def write(body: Json, **files: bytes) -> Message:
    message = Message(1, 2)
    named = {number: (name, content) for number, (name, content) in enumerate(files.items())}
    message.write(Upload(body, named), 3)
    return message


REFUSED: dict[str, Json] = {
    "2000 or fewer": {"content": "x" * 2001},
    "empty message": {"content": ""},
    "DUPLICATED": {"content": "x", "components": [row(button("a"), button("a"))]},
    "1 to 100": {"content": "x", "components": [row(button("a" * 101))]},
    "label: 80": {"content": "x", "components": [row(button("a", "x" * 81))]},
    "without custom_id": {"content": "x", "components": [row({"type": 2, "style": 1, "label": "x"})]},
    "5 buttons": {"content": "x", "components": [row(*(button(str(n)) for n in range(6)))]},
    "more than 5 rows": {"content": "x", "components": [row(button(str(n))) for n in range(6)]},
    "1 to 25 options": {"content": "x", "components": [row({"type": 3, "custom_id": "s", "options": []})]},
    "without their flag": {"content": "x", "components": [text("x")]},
    "LEGACY_FIELDS": layout(text("x"), content="x"),
    "more than 40": layout(container(*(text("x") for _ in range(40)))),
    "over 4000": layout(text("x" * 2001), text("x" * 2000)),
    "without text": layout(text("")),
    "NOT_FOUND": layout(gallery("gone.png")),
    "1 to 10 media": layout(gallery()),
    "alt text": layout(gallery("a.png", alt="x" * 1025)),
    "embed description": {"embeds": [{"description": "x" * 4097}]},
}


@pytest.mark.parametrize("reason", REFUSED)
def test_message_over_a_limit_is_refused(reason: str) -> None:
    with pytest.raises(Refusal, match=f"400 .*{reason}"):
        write(REFUSED[reason])


def test_layout_at_its_limits_is_taken() -> None:
    message = write(layout(container(*(text("x" * 100) for _ in range(39)))))
    assert len(message.data["components"][0]["components"]) == 39


def test_layout_too_heavy_in_bytes_is_a_server_error() -> None:
    assert write(layout(text("字" * 3386))).text
    with pytest.raises(Refusal, match="500"):
        write(layout(text("字" * 3387)))


def test_refused_edit_leaves_the_message_as_it_was() -> None:
    message = write({"content": "before"})
    with pytest.raises(Refusal):
        message.write(Upload({"content": "x" * 2001}), 4)
    assert message.data["content"] == "before"


def test_layout_cannot_become_plain_again() -> None:
    message = write(layout(text("x")))
    with pytest.raises(Refusal, match="LEGACY_FIELDS"):
        message.write(Upload({"content": "x", "components": []}), 4)


def test_edit_without_attachments_keeps_the_files() -> None:
    message = write({"content": "x", "attachments": [{"id": 0}]}, dot=b"1")
    message.write(Upload({"content": "y"}), 4)
    assert message.files == {"dot": b"1"}


def test_edit_that_names_no_attachment_takes_the_files_off() -> None:
    message = write({"content": "x", "attachments": [{"id": 0}]}, dot=b"1")
    message.write(Upload({"attachments": []}), 4)
    assert message.files == {}


def test_picture_named_in_chinese_is_renamed_and_so_not_found() -> None:
    with pytest.raises(Refusal, match="NOT_FOUND"):
        write(layout(gallery("图.png")), **{"图.png": b"1"})


def test_too_big_a_file_is_refused() -> None:
    with pytest.raises(Refusal, match="413"):
        write({"content": "x"}, big=bytes(limits.FILE_BYTES + 1))


def exchange(kind: int, asker: Asker | None = None) -> Exchange:
    return Exchange(interaction(kind, {}, asker or Asker(), fresh_id=1))


def said(content: str, kind: int = SAY) -> Upload:
    return Upload({"type": kind, "data": {"content": content}})


def test_interaction_is_answered_once() -> None:
    one = exchange(COMMAND)
    one.begin(said("x"), 2)
    with pytest.raises(Refusal, match="40060"):
        one.begin(said("x"), 2)


def test_refused_answer_can_be_given_again() -> None:
    one = exchange(COMMAND)
    with pytest.raises(Refusal):
        one.begin(said("x" * 2001), 2)
    one.begin(said("x"), 2)
    assert one.answered


def test_command_has_no_message_to_edit() -> None:
    with pytest.raises(Refusal, match="does not fit"):
        exchange(COMMAND).begin(said("x", EDIT), 2)


def test_nothing_is_edited_before_the_first_answer() -> None:
    with pytest.raises(Refusal, match="10015"):
        exchange(COMMAND).edit(Upload({"content": "x"}), 2)


def test_first_follow_up_keeps_the_promise_to_answer() -> None:
    one = exchange(COMMAND)
    one.begin(Upload({"type": SAY_LATER}), 2)
    assert not one.answered
    assert one.follow_up(Upload({"content": "x"}), 3) is one.original
    assert one.answered


def test_user_installed_bot_has_five_follow_ups() -> None:
    one = exchange(COMMAND, Asker(place="private"))
    one.begin(said("x"), 2)
    for number in range(5):
        one.follow_up(Upload({"content": "x"}), 3 + number)
    with pytest.raises(Refusal, match="40094"):
        one.follow_up(Upload({"content": "x"}), 9)


@pytest.mark.parametrize(
    "choices",
    [
        [{"name": str(n), "value": "x"} for n in range(26)],
        [{"name": "x" * 101, "value": "x"}],
        [{"name": "", "value": "x"}],
    ],
)
def test_choices_over_a_limit_are_refused(choices: list[Json]) -> None:
    with pytest.raises(Refusal):
        exchange(AUTOCOMPLETE).begin(Upload({"type": CHOICES, "data": {"choices": choices}}), 2)
