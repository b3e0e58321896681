"""What studybot is told to do: ``studybot.yaml`` and the environment, checked, as one frozen value."""

from bot.config.errors import ConfigError, Fault
from bot.config.load import find, load
from bot.config.model import Config, Notes, NotesFolder, NotesRepository

__all__ = ["Config", "ConfigError", "Fault", "Notes", "NotesFolder", "NotesRepository", "find", "load"]
