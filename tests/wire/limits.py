"""What Discord refuses, as far as a study bot can run into it. Numbers: Discord's documentation, August 2026."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.wire import components as tree

Json = dict[str, Any]

IS_LAYOUT = 1 << 15
CONTENT_CHARS = 2000
LAYOUT_COMPONENTS = 40
LAYOUT_CHARS = 4000
LAYOUT_BYTES = 10_170
EMBED_CHARS = {"title": 256, "description": 4096}
EMBEDS_CHARS = 6000
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
ALT_CHARS = 1024
MODAL_FIELDS = 5
MODAL_LABEL_CHARS = 45
CHOICES = 25
CHOICE_CHARS = 100


class Refusal(Exception):  # noqa: N818 - what Discord says, not a fault of the stand-in
    """An answer other than 2xx."""

    def __init__(self, message: str, *, status: int = 400, code: int = 50035) -> None:
        self.status, self.code, self.message = status, code, message
        super().__init__(f"{status} {code}: {message}")


def require(holds: object, message: str) -> None:
    """Refuse with *message* unless *holds*."""
    if not holds:
        raise Refusal(message)


def check_message(message: Json) -> None:
    """Refuse a message that Discord would not keep.

    Args:
        message: as it would stand after the request: content, embeds, components, attachments, flags.

    Raises:
        Refusal: 400, or 500 for a layout that is too heavy in bytes.
    """
    components = message["components"]
    _check_ids(components)
    for component in tree.walk(components):
        _check_component(component)
    _check_media(components, message["attachments"])
    if message["flags"] & IS_LAYOUT:
        _check_layout(message)
    else:
        _check_plain(message)


def _check_layout(message: Json) -> None:
    components = message["components"]
    require(not message["content"] and not message["embeds"], "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
    require(components, "a layout without components")
    require(len(list(tree.walk(components))) <= LAYOUT_COMPONENTS, "more than 40 components")
    require(sum(map(len, tree.texts(components))) <= LAYOUT_CHARS, "COMPONENT_LAYOUT_TEXT_LENGTH: over 4000 characters")
    if tree.weight_bytes(components) > LAYOUT_BYTES:
        raise Refusal("500: Internal Server Error", status=500, code=0)


def _check_plain(message: Json) -> None:
    components, embeds = message["components"], message["embeds"]
    require(len(message["content"]) <= CONTENT_CHARS, "Must be 2000 or fewer in length.")
    require(len(components) <= 5, "more than 5 rows")
    require(all(c["type"] not in tree.LAYOUT for c in tree.walk(components)), "layout components without their flag")
    for embed in embeds:
        for key, most in EMBED_CHARS.items():
            require(len(embed.get(key) or "") <= most, f"embed {key}: {most} or fewer")
    require(sum(len(embed.get(key) or "") for embed in embeds for key in EMBED_CHARS) <= EMBEDS_CHARS, "embeds: 6000")
    if not (message["content"] or embeds or components or message["attachments"]):
        raise Refusal("Cannot send an empty message", code=50006)


def _check_ids(components: list[Json]) -> None:
    ids = [component["custom_id"] for component in tree.walk(components) if component.get("custom_id") is not None]
    twice = [custom_id for custom_id, count in Counter(ids).items() if count > 1]
    require(not twice, f"COMPONENT_CUSTOM_ID_DUPLICATED: {twice}")
    require(all(1 <= len(custom_id) <= 100 for custom_id in ids), "custom_id: 1 to 100 characters")


def _check_component(component: Json) -> None:
    kind = component["type"]
    if kind == tree.ROW:
        children = component["components"]
        wide = any(child["type"] in tree.SELECTS for child in children)
        require(1 <= len(children) <= (1 if wide else 5), "a row holds 1 to 5 buttons or one select")
    elif kind == tree.BUTTON:
        _check_button(component)
    elif kind == tree.STRING_SELECT:
        _check_select(component)
    elif kind == tree.TEXT:
        require(component["content"], "a text display without text")
    elif kind == tree.GALLERY:
        require(1 <= len(component["items"]) <= 10, "a gallery shows 1 to 10 media")
        require(all(len(item.get("description") or "") <= ALT_CHARS for item in component["items"]), "alt text: 1024")
    elif kind == tree.SECTION:
        require(1 <= len(component["components"]) <= 3 and component.get("accessory"), "1 to 3 texts and an accessory")


def _check_button(button: Json) -> None:
    require(len(button.get("label") or "") <= 80, "button label: 80 or fewer")
    require(button.get("label") or button.get("emoji"), "a button without label and emoji")
    key = "url" if button["style"] == tree.LINK_STYLE else "custom_id"
    require(button.get(key), f"a button without {key}")


def _check_select(select: Json) -> None:
    options = select["options"]
    require(1 <= len(options) <= 25, "select: 1 to 25 options")
    require(len({option["value"] for option in options}) == len(options), "SELECT_OPTION_VALUE_DUPLICATED")
    require(len(select.get("placeholder") or "") <= 150, "placeholder: 150 or fewer")
    for option in options:
        for key, least in (("label", 1), ("value", 1), ("description", 0)):
            require(least <= len(option.get(key) or "") <= 100, f"option {key}: {least} to 100 characters")


def _check_media(components: list[Json], attachments: list[Json]) -> None:
    names = {attachment["filename"] for attachment in attachments}
    for item in tree.media(components):
        scheme, _, name = item["url"].partition("://")
        require(scheme in ("http", "https", "attachment"), f"no such scheme: {item['url']}")
        require(scheme != "attachment" or name in names, f"UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND: {name}")


def check_attachments(attachments: list[Json]) -> None:
    """Refuse too many or too big files, two of one name, and too long alt texts."""
    names = [attachment["filename"] for attachment in attachments]
    require(len(names) <= FILES, "more than 10 files")
    require(len(set(names)) == len(names), "two attachments of one name")
    for attachment in attachments:
        require(len(attachment.get("description") or "") <= ALT_CHARS, "alt text: 1024 or fewer")
        if attachment["size"] > FILE_BYTES:
            raise Refusal("Request entity too large", status=413, code=40005)


def check_modal(modal: Json) -> None:
    """Refuse a window that the client could not show."""
    labels = modal["components"]
    require(1 <= len(labels) <= MODAL_FIELDS, "a modal has 1 to 5 fields")
    require(1 <= len(modal["title"]) <= MODAL_LABEL_CHARS, "modal title: 45 or fewer")
    require(1 <= len(modal["custom_id"]) <= 100, "custom_id: 1 to 100 characters")
    for label in labels:
        require(label["type"] == tree.LABEL, "a field of a modal stands in a label")
        require(1 <= len(label["label"]) <= MODAL_LABEL_CHARS, "label: 45 or fewer")
        require(len(label.get("description") or "") <= 100, "label description: 100 or fewer")


def check_choices(choices: list[Json]) -> None:
    """Refuse the answer to an autocomplete that the client could not show."""
    require(len(choices) <= CHOICES, "more than 25 choices")
    for choice in choices:
        require(1 <= len(choice["name"]) <= CHOICE_CHARS, f"choice name: {choice['name']!r}")
        require(len(str(choice["value"])) <= CHOICE_CHARS, f"choice value: {choice['value']!r}")
