"""/question: the group's own questions. Members suggest, report and appeal; those who manage the server decide."""

from __future__ import annotations

import logging

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import limits, question_entries
from bot.services.entries import Difficulty, Kind, State
from bot.views import question_entries as views
from bot.views import question_files, question_items, send
from bot.views.editors import editor, manager

log = logging.getLogger(__name__)

_KINDS = [
    app_commands.Choice(name=locale_str("one right choice"), value=Kind.CHOICE.value),
    app_commands.Choice(name=locale_str("several right choices"), value=Kind.SEVERAL.value),
    app_commands.Choice(name=locale_str("true or false"), value=Kind.TRUTH.value),
    app_commands.Choice(name=locale_str("a word or a number"), value=Kind.TYPED.value),
    app_commands.Choice(name=locale_str("putting in order"), value=Kind.ORDER.value),
    app_commands.Choice(name=locale_str("in one's own words"), value=Kind.OPEN.value),
]
_DIFFICULTIES = [
    app_commands.Choice(name=locale_str("easy"), value=Difficulty.EASY.value),
    app_commands.Choice(name=locale_str("medium"), value=Difficulty.MEDIUM.value),
    app_commands.Choice(name=locale_str("hard"), value=Difficulty.HARD.value),
]
_STATES = [
    app_commands.Choice(name=locale_str("waits for a decision"), value=question_entries.LETTERS[State.SUGGESTED]),
    app_commands.Choice(name=locale_str("approved"), value=question_entries.LETTERS[State.APPROVED]),
    app_commands.Choice(name=locale_str("not taken"), value=question_entries.LETTERS[State.REJECTED]),
    app_commands.Choice(name=locale_str("retired"), value=question_entries.LETTERS[State.RETIRED]),
]
_FORMS = [app_commands.Choice(name="YAML", value="yaml"), app_commands.Choice(name="CSV", value="csv")]
_Number = app_commands.Range[int, 1, 999_999_999]


class QuestionsCog(commands.Cog):
    """The group's own questions."""

    question = app_commands.Group(
        name=locale_str("question"),
        description=locale_str("The group's own questions"),
        guild_only=True,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @question.command(name=locale_str("suggest"), description=locale_str("Suggest a question for the group"))
    @app_commands.rename(kind=locale_str("kind"), difficulty=locale_str("difficulty"))
    @app_commands.describe(kind=locale_str("How it is answered"), difficulty=locale_str("How hard it is"))
    @app_commands.choices(kind=_KINDS)
    @app_commands.choices(difficulty=_DIFFICULTIES)
    async def suggest(
        self,
        interaction: send.Interaction,
        kind: app_commands.Choice[str],
        difficulty: app_commands.Choice[int] | None = None,
    ) -> None:
        """Show the window in which a question is typed."""
        level = Difficulty(difficulty.value) if difficulty else Difficulty.MEDIUM
        filling = await self.bot.services.editing.authoring.form(editor(interaction), Kind(kind.value), level)
        await views.ask(interaction, filling)

    @question.command(name=locale_str("list"), description=locale_str("See your questions and what became of them"))
    @app_commands.rename(state=locale_str("state"), everybody=locale_str("everybody"))
    @app_commands.describe(
        state=locale_str("Only those that stand so"),
        everybody=locale_str("Those of everybody (Manage Server)"),
    )
    @app_commands.choices(state=_STATES)
    async def listed(
        self, interaction: send.Interaction, state: app_commands.Choice[str] | None = None, everybody: bool = False
    ) -> None:
        """Show a list of questions."""
        await views.show_list(interaction, state.value if state else question_entries.ANY, everybody=everybody)

    @question.command(
        name=locale_str("approve"), description=locale_str("Decide about suggested questions (Manage Server)")
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def approve(self, interaction: send.Interaction) -> None:
        """Show the first suggestion that waits."""
        await views.show_queue(interaction)

    @question.command(name=locale_str("edit"), description=locale_str("Change a question"))
    @app_commands.rename(number=locale_str("number"), difficulty=locale_str("difficulty"))
    @app_commands.describe(number=locale_str("The number of the question"), difficulty=locale_str("How hard it is"))
    @app_commands.choices(difficulty=_DIFFICULTIES)
    async def edit(
        self, interaction: send.Interaction, number: _Number, difficulty: app_commands.Choice[int] | None = None
    ) -> None:
        """Show the window that changes a question."""
        who, editing = editor(interaction), self.bot.services.editing
        found = await editing.lookup.numbered(who, number)
        level = Difficulty(difficulty.value) if difficulty else None
        await views.ask(interaction, await editing.authoring.form_of(who, found.id, level))

    @question.command(
        name=locale_str("retire"), description=locale_str("Stop asking a question of the group's own (Manage Server)")
    )
    @app_commands.rename(number=locale_str("number"))
    @app_commands.describe(number=locale_str("The number of the question"))
    @app_commands.checks.has_permissions(manage_guild=True)
    async def retire(self, interaction: send.Interaction, number: _Number) -> None:
        """Retire a question."""
        who, editing = manager(interaction), self.bot.services.editing
        found = await editing.lookup.numbered(who, number)
        await views.show_next(interaction, await editing.authoring.retire(who, found.id, found.version), "d")

    @question.command(
        name=locale_str("import"), description=locale_str("Import questions from a YAML or CSV file (Manage Server)")
    )
    @app_commands.rename(file=locale_str("file"))
    @app_commands.describe(file=locale_str("At most 1 MB; you see what would happen before anything does"))
    @app_commands.checks.has_permissions(manage_guild=True)
    async def import_(self, interaction: send.Interaction, file: discord.Attachment) -> None:
        """Show what importing a file would do."""
        await question_files.look(interaction, file)

    @question.command(
        name=locale_str("export"), description=locale_str("Get the group's own questions as a file (Manage Server)")
    )
    @app_commands.rename(form=locale_str("form"))
    @app_commands.describe(form=locale_str("YAML unless you choose CSV"))
    @app_commands.choices(form=_FORMS)
    @app_commands.checks.has_permissions(manage_guild=True)
    async def export(self, interaction: send.Interaction, form: app_commands.Choice[str] | None = None) -> None:
        """Send the questions as a file."""
        await question_files.export(interaction, form.value if form else "yaml")

    @question.command(
        name=locale_str("reports"), description=locale_str("See what members reported about questions (Manage Server)")
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def reports(self, interaction: send.Interaction) -> None:
        """Show the first open report."""
        await views.show_reports(interaction)

    @question.command(
        name=locale_str("appeals"), description=locale_str("Decide about typed answers marked wrong (Manage Server)")
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def appeals(self, interaction: send.Interaction) -> None:
        """Show the first open appeal."""
        await question_items.show_appeals(interaction)

    @edit.autocomplete("number")
    @retire.autocomplete("number")
    async def numbers(self, interaction: send.Interaction, typed: str) -> list[app_commands.Choice[int]]:
        """Offer the questions that the one who types may change, the newest first."""
        try:
            found = await self.bot.services.editing.lookup.changeable(editor(interaction), typed)
        except Exception:  # noqa: BLE001 - outermost frame of an autocompletion
            log.info("No questions to offer")
            return []
        names = (f"#{one.number} {one.prompt}" for one in found)
        return [
            app_commands.Choice(name=limits.cut(name, limits.CHOICE), value=one.number)
            for name, one in zip(names, found, strict=True)
        ]
