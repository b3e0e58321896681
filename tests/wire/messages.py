"""The messages that the stand-in keeps, as Discord would send them back, and what a test reads off them."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from tests.wire import components as tree
from tests.wire import limits, payloads

Json = dict[str, Any]

IS_EPHEMERAL = 1 << 6
IS_LOADING = 1 << 7
MADE = "2026-11-01T12:00:00.000000+00:00"
SAFE_NAME = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True, slots=True)
class Upload:
    """The body of a request: its JSON, and its files by the number in their part's name."""

    body: Json
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)


class Message:
    """One message; what was in the newest request for it is in *sent*."""

    def __init__(self, message_id: int, channel_id: int, *, flags: int = 0) -> None:
        self.files: dict[str, bytes] = {}
        self.sent: Json = {}
        self.data: Json = {
            "id": str(message_id),
            "channel_id": str(channel_id),
            "type": 0,
            "author": payloads.bot_user(),
            "application_id": str(payloads.APPLICATION_ID),
            "webhook_id": str(payloads.APPLICATION_ID),
            "content": "",
            "embeds": [],
            "attachments": [],
            "components": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "timestamp": MADE,
            "edited_timestamp": None,
            "flags": flags,
        }

    @property
    def id(self) -> int:
        """The message's id."""
        return int(self.data["id"])

    @property
    def ephemeral(self) -> bool:
        """Only the asker sees it."""
        return bool(self.data["flags"] & IS_EPHEMERAL)

    @property
    def text(self) -> str:
        """All that can be read in it: content, text displays, labels of what can be pressed or chosen."""
        shown = [self.data["content"], *tree.texts(self.data["components"])]
        for component in tree.walk(self.data["components"]):
            shown.append(component.get("label") or component.get("placeholder") or "")
            shown.extend(option["label"] for option in component.get("options", []))
        return "\n".join(line for line in shown if line)

    @property
    def controls(self) -> dict[str, Json]:
        """Everything that can be used now, by custom_id, in order: buttons and selects that are not disabled."""
        return {
            component["custom_id"]: component
            for component in tree.walk(self.data["components"])
            if component.get("custom_id") and not component.get("disabled")
        }

    @property
    def buttons(self) -> dict[str, str]:
        """The custom_id by label (or emoji) of every button that can be pressed."""
        return {
            control.get("label") or control["emoji"]["name"]: custom_id
            for custom_id, control in self.controls.items()
            if control["type"] == tree.BUTTON
        }

    def control(self, kind: str) -> str:
        """Return the custom_id of the first control whose custom_id begins with *kind*."""
        found = [custom_id for custom_id in self.controls if custom_id.startswith(kind)]
        assert found, f"no {kind!r} in {list(self.controls)} of: {self.text}"
        return found[0]

    @property
    def pictures(self) -> list[str]:
        """Names of the attachments that the message shows in its galleries and thumbnails, in order."""
        return [item["url"].rpartition("/")[2] for item in tree.media(self.data["components"])]

    def write(self, upload: Upload, fresh_id: int) -> None:
        """Change the message as *upload* asks; what it does not name stays.

        Raises:
            Refusal: Discord would not take it; the message is then as before.
        """
        data, files = copy.deepcopy(self.data), dict(self.files)
        body = upload.body
        for key in ("content", "embeds", "components"):
            if key in body:
                data[key] = copy.deepcopy(body[key] or type(data[key])())
        kept = data["flags"] & (limits.IS_LAYOUT | IS_EPHEMERAL)
        data["flags"] = kept | body.get("flags", 0) & limits.IS_LAYOUT  # ephemeral is settled by the first response
        data["attachments"], files = _attach(data, files, upload, fresh_id)
        limits.check_attachments(data["attachments"])
        limits.check_message(data)
        _settle(data)
        self.data, self.files, self.sent = data, files, body


def _attach(data: Json, files: dict[str, bytes], upload: Upload, fresh_id: int) -> tuple[list[Json], dict[str, bytes]]:
    """Return the attachments that stand after the request, and the bytes of each."""
    named = upload.body.get("attachments")
    told = {str(each["id"]): each for each in named or []}
    kept = [each | told.get(each["id"], {}) for each in data["attachments"] if named is None or each["id"] in told]
    held = {each["filename"]: files[each["filename"]] for each in kept}
    for index, (name, content) in upload.files.items():
        safe = SAFE_NAME.sub("_", name)
        description = told.get(str(index), {}).get("description")
        kept.append({"id": str(fresh_id + index), "filename": safe, "size": len(content), "description": description})
        held[safe] = content
    return kept, held


def _settle(data: Json) -> None:
    """Give attachments and components the addresses and ids that Discord gives them."""
    addresses = {}
    for attachment in data["attachments"]:
        address = f"http://127.0.0.1:9/attachments/{data['channel_id']}/{attachment['id']}/{attachment['filename']}"
        attachment |= {"url": address, "proxy_url": address}
        addresses[f"attachment://{attachment['filename']}"] = address
    for item in tree.media(data["components"]):
        item["url"] = item["proxy_url"] = addresses.get(item["url"], item["url"])
    for number, component in enumerate(tree.walk(data["components"]), start=1):
        component.setdefault("id", number)
