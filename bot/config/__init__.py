"""What studybot is told to do: ``studybot.yaml`` and the environment, checked, as one frozen value."""

from bot.config.errors import ConfigError, Fault
from bot.config.load import find, load
from bot.config.model import Config, NotesFolder

__all__ = ["Config", "ConfigError", "Fault", "NotesFolder", "find", "load"]
