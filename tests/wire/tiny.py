"""The smallest bot of discord.py that can try the stand-in out."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

Interaction = discord.Interaction[Any]


class Again(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"again:(?P<count>\d+)"):
    """A button that counts its presses in its own custom_id."""

    def __init__(self, count: int) -> None:
        super().__init__(discord.ui.Button(label="again", custom_id=f"again:{count}"))
        self.count = count

    @classmethod
    async def from_custom_id(cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: Any, /) -> Again:
        return cls(int(match["count"]))

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content=f"{self.count}", view=row(Again(self.count + 1)))


class Choose(discord.ui.DynamicItem[discord.ui.Select[Any]], template="choose"):
    """A select that says what was chosen."""

    def __init__(self) -> None:
        options = [discord.SelectOption(label=each, value=each) for each in ("a", "b")]
        super().__init__(discord.ui.Select(custom_id="choose", options=options))

    @classmethod
    async def from_custom_id(cls, *_: Any) -> Choose:
        return cls()

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.send_message(self.item.values[0], ephemeral=True)


def row(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """Return a view of *items* that never times out."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


class TinyBot(commands.AutoShardedBot):
    """The smallest bot that says something to everything."""

    def __init__(self) -> None:
        super().__init__((), intents=discord.Intents(guilds=True), guild_ready_timeout=0.01)
        self.tree.add_command(say)
        self.tree.add_command(later)
        self.tree.add_command(show)
        self.tree.add_command(repeat)
        self.tree.add_command(ask)

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait the 5 s that Discord wants between two IDENTIFYs."""

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Again, Choose)
        await self.tree.sync()


@app_commands.command()
async def say(interaction: Interaction, text: str) -> None:
    """Say it back at once."""
    await interaction.response.send_message(text, view=row(Again(1), Choose()))


@say.autocomplete("text")
async def _texts(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed} {interaction.locale}", value=typed)]


@app_commands.command()
async def later(interaction: Interaction, text: str) -> None:
    """Say it back after a promise to."""
    await interaction.response.defer(thinking=True, ephemeral=True)
    await interaction.edit_original_response(content=text)


@app_commands.command()
async def show(interaction: Interaction) -> None:
    """Show a picture in a layout."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("look")))
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://dot.png", description="a dot")))
    await interaction.response.send_message(
        view=view, file=discord.File(io.BytesIO(b"dot"), "dot.png", description="a dot")
    )


@app_commands.context_menu(name="Repeat")
async def repeat(interaction: Interaction, message: discord.Message) -> None:
    """Say what the message says."""
    await interaction.response.send_message(message.content)


class Question(discord.ui.Modal, title="Question"):
    """A window with a line to type."""

    line: discord.ui.Label[Any] = discord.ui.Label(text="Line", component=discord.ui.TextInput(custom_id="line"))

    async def on_submit(self, interaction: Interaction, /) -> None:
        assert isinstance(self.line.component, discord.ui.TextInput)
        await interaction.response.send_message(self.line.component.value)


@app_commands.command()
async def ask(interaction: Interaction) -> None:
    """Show a window."""
    await interaction.response.send_modal(Question(timeout=60))
