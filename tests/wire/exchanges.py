"""One interaction and all that the bot did with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.wire.limits import Refusal, check_choices, check_modal
from tests.wire.messages import IS_EPHEMERAL, IS_LOADING, Message, Upload

Json = dict[str, Any]

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
SAY, SAY_LATER, EDIT_LATER, EDIT, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
FITTING = {
    COMMAND: {SAY, SAY_LATER, MODAL},
    COMPONENT: {SAY, SAY_LATER, EDIT_LATER, EDIT, MODAL},
    AUTOCOMPLETE: {CHOICES},
    SUBMIT: {SAY, SAY_LATER, EDIT_LATER, EDIT},
}
FOLLOW_UPS_WHERE_USER_INSTALLED = 5


@dataclass(slots=True)
class Exchange:
    """An interaction as it stands.

    Attributes:
        kind: COMMAND, COMPONENT, AUTOCOMPLETE or SUBMIT.
        first: the type of the accepted callback (SAY ...); None before it.
        original: what ``@original`` means: the reply, or of a component that is edited its message.
        choices: of an autocomplete.
        modal: of a reply that is one.
        edits: how often the original was edited after the callback.
    """

    payload: Json
    pressed: Message | None = None
    first: int | None = None
    original: Message | None = None
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    edits: int = 0
    followups: list[Message] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The interaction's id."""
        return int(self.payload["id"])

    @property
    def kind(self) -> int:
        """The interaction's type."""
        return int(self.payload["type"])

    @property
    def user_installed(self) -> bool:
        """Only the asker has the bot here."""
        return "0" not in self.payload["authorizing_integration_owners"]

    @property
    def answered(self) -> bool:
        """The person has seen a result: a promise to answer later is none."""
        if self.first in (SAY_LATER, EDIT_LATER):
            return bool(self.edits or self.followups)
        return self.first is not None

    @property
    def reply(self) -> Message:
        """The newest message of this exchange."""
        message = self.followups[-1] if self.followups else self.original
        assert message is not None, f"interaction {self.id} has no message: callback type {self.first}"
        return message

    def begin(self, upload: Upload, fresh_id: int) -> None:
        """Take the callback.

        Raises:
            Refusal: it is not the first one, does not fit the interaction, or breaks a limit.
        """
        kind, data = upload.body["type"], upload.body.get("data") or {}
        if self.first is not None:
            raise Refusal("Interaction has already been acknowledged.", code=40060)
        if kind not in FITTING[self.kind]:
            raise Refusal(f"callback type {kind} does not fit interaction type {self.kind}")
        inner = Upload(data, upload.files)
        if kind in (SAY, SAY_LATER):
            self._say(inner, later=kind == SAY_LATER, fresh_id=fresh_id)
        elif kind in (EDIT, EDIT_LATER):
            self.original = self.pressed
            if kind == EDIT:
                self.reply.write(inner, fresh_id)
        elif kind == CHOICES:
            check_choices(data["choices"])
            self.choices = data["choices"]
        else:
            check_modal(data)
            self.modal = data
        self.first = kind

    def _say(self, upload: Upload, *, later: bool, fresh_id: int) -> None:
        message = self._message(upload, fresh_id)
        if later:
            message.data["flags"] |= IS_LOADING
        else:
            message.write(upload, fresh_id)
        self.original = message

    def edit(self, upload: Upload, fresh_id: int) -> Message:
        """Edit the original.

        Raises:
            Refusal: there is none yet, or the edit breaks a limit.
        """
        if self.original is None:
            raise Refusal("Unknown Webhook", status=404, code=10015)
        self.original.write(upload, fresh_id)
        self.edits += 1
        return self.original

    def follow_up(self, upload: Upload, fresh_id: int) -> Message:
        """Add a message; the first one after a promise to answer keeps that promise.

        Raises:
            Refusal: nothing was said yet, or it breaks a limit.
        """
        if self.first is None:
            raise Refusal("Unknown Webhook", status=404, code=10015)
        if self.first == SAY_LATER and self.original and self.original.data["flags"] & IS_LOADING:
            return self.edit(upload, fresh_id)
        if self.user_installed and len(self.followups) >= FOLLOW_UPS_WHERE_USER_INSTALLED:
            raise Refusal("Maximum number of follow up messages reached.", code=40094)
        message = self._message(upload, fresh_id)
        message.write(upload, fresh_id)
        self.followups.append(message)
        return message

    def _message(self, upload: Upload, fresh_id: int) -> Message:
        """Return a new message that tells, as Discord's do, who asked for it."""
        payload = self.payload
        flags = upload.body.get("flags", 0) & IS_EPHEMERAL
        message = Message(fresh_id, int(payload["channel_id"]), flags=flags)
        user = payload["user"] if "user" in payload else payload["member"]["user"]
        told = {key: payload[key] for key in ("id", "type", "authorizing_integration_owners")}
        message.data["interaction_metadata"] = told | {"user": user}
        return message
