"""Windows to fill in. What comes back is found by its custom_id alone, so that a window outlives a restart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import discord

from bot.render import limits
from bot.render.parts import Field, Form, PickField, PlaceField, TextField, TickField
from bot.views import send

_TITLE: Final = 45
_LABEL: Final = 45
_DESCRIPTION: Final = 100
_PLACEHOLDER: Final = 100

Filled = Mapping[str, tuple[str, ...]]
"""What was filled in, by the keys of the fields: the text (one, maybe empty), or the values chosen."""


class FormHandler:
    """Takes what comes back from the windows whose custom_id fits *template*."""

    template: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, template: str) -> None:
        cls.template = re.compile(template)

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Do what the form asks for; what this raises is told to whoever filled it in."""
        raise NotImplementedError

    @classmethod
    async def receive(cls, interaction: send.Interaction, custom_id: str) -> bool:
        """Handle the window if it is one of these; return whether it is."""
        match = cls.template.fullmatch(custom_id)
        if match is None:
            return False
        try:
            await cls.submit(interaction, match, filled(interaction))
        except Exception as error:  # noqa: BLE001 - outermost frame of a form
            await interaction.client.report(interaction, error)
        return True


async def ask(interaction: send.Interaction, form: Form) -> None:
    """Show *form*; this must be the first response to the interaction."""
    window = discord.ui.Modal(title=limits.cut(form.title, _TITLE), custom_id=form.press, timeout=None)
    for field in form.fields:
        label = limits.cut(field.label, _LABEL)
        description = limits.cut(field.description, _DESCRIPTION) or None
        window.add_item(discord.ui.Label(text=label, description=description, component=_component(field)))
    # Finished before it is shown, discord.py does not keep it: see FormHandler.
    window.stop()
    await interaction.response.send_modal(window)


def filled(interaction: send.Interaction) -> Filled:
    """Return what came back."""
    data: Mapping[str, Any] = interaction.data or {}
    return {control["custom_id"]: _values(control) for control in _controls(data.get("components", ()))}


def _controls(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        inner = component.get("component")
        yield from _controls([*component.get("components", ()), *([inner] if inner else ())])
        if "custom_id" in component:
            yield component


def _values(control: Mapping[str, Any]) -> tuple[str, ...]:
    values = control.get("values")
    return tuple(map(str, values)) if values is not None else (str(control.get("value") or ""),)


def _component(field: Field) -> discord.ui.Item[Any]:
    match field:
        case TextField():
            return _text(field)
        case PickField():
            return _pick(field)
        case TickField():
            boxes = [
                discord.CheckboxGroupOption(
                    label=limits.cut(one.label, limits.OPTION_LABEL) or "—",
                    value=one.value,
                    description=limits.cut(one.description, limits.OPTION_LABEL) or None,
                    default=one.value in field.chosen,
                )
                for one in field.options
            ]
            return discord.ui.CheckboxGroup(
                custom_id=field.key, options=boxes, required=field.required, min_values=int(field.required)
            )
        case PlaceField():
            return _place(field)


def _text(field: TextField) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=field.key,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        default=field.value or None,
        placeholder=limits.cut(field.placeholder, _PLACEHOLDER) or None,
        required=field.required,
        max_length=field.most,
    )


def _pick(field: PickField) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=limits.cut(one.label, limits.OPTION_LABEL) or "—",
            value=one.value,
            description=limits.cut(one.description, limits.OPTION_LABEL) or None,
            default=one.value in field.chosen,
        )
        for one in field.options
    ]
    return discord.ui.Select(
        custom_id=field.key,
        options=options,
        required=field.required,
        min_values=int(field.required),
        max_values=min(field.most, len(options)),
    )


def _place(field: PlaceField) -> discord.ui.Item[Any]:
    chosen = field.chosen
    if field.kind == "role":
        roles = [discord.SelectDefaultValue(id=chosen, type=discord.SelectDefaultValueType.role)] if chosen else []
        return discord.ui.RoleSelect(
            custom_id=field.key, required=field.required, min_values=int(field.required), default_values=roles
        )
    channels = [discord.SelectDefaultValue(id=chosen, type=discord.SelectDefaultValueType.channel)] if chosen else []
    return discord.ui.ChannelSelect(
        custom_id=field.key,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        required=field.required,
        min_values=int(field.required),
        default_values=channels,
    )
