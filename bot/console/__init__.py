"""The same chat in a terminal, as a transport of python-telegram-bot."""

from bot.console.session import TOKEN, run_console

__all__ = ["TOKEN", "run_console"]
