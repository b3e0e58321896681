"""The local chat: the real bot in a Discord that is made up, shown in the browser. Needs the extra ``try``."""

from bot.trial.chat import Page, serve

__all__ = ["Page", "serve"]
