"""What the bot says that is not an answer: nothing found, status, problems, help, about."""

from __future__ import annotations

from bot.i18n import Texts
from bot.render import limits, presses
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.maths import flat
from bot.render.parts import Button, Buttons, Message, Text
from knowledge.model import Results


def not_found(results: Results, texts: Texts) -> Message:
    """Return that the notes do not have it, with the nearest headings as buttons."""
    query = escape(limits.cut(clean(results.query), limits.QUERY)) or "—"
    lines = [texts.gettext("**Not in the notes:** {query}", query=query)]
    nearest = {suggestion.section_id: suggestion for suggestion in results.suggestions}
    if not nearest:
        lines.append(texts.gettext("Nothing comes close. /topics shows what the notes hold."))
        return Message((Text("\n".join(lines)),))
    lines.append(texts.gettext("The nearest headings:"))
    buttons = tuple(
        Button(limits.cut(flat(clean(suggestion.text)), limits.BUTTON_LABEL) or "—", presses.suggest(section_id))
        for section_id, suggestion in list(nearest.items())[: limits.ROW_BUTTONS]
    )
    return Message((Text("\n".join(lines)), Buttons(buttons)))


def about(version: str, texts: Texts) -> Message:
    """Return who this is, what it keeps, and whose the notes are."""
    lines = (
        f"## studybot {version}",
        texts.gettext("I answer from this group's notes, word for word, and say where the answer stands."),
        texts.gettext(
            "**Privacy:** I keep your answers and scores, the cards you repeat, what you suggest or report, the name "
            "by which the group knows you, and your settings; nothing else. `/mydata` hands it to you, deletes it, or "
            "takes you off the boards. I cannot read the messages of this server. What was asked and is not in the "
            "notes is counted without a name, in memory only."
        ),
        texts.gettext("**Licence:** studybot is free software (MIT). The notes belong to those who wrote them."),
    )
    return Message((Text("\n".join(lines)),))
