"""Whole stories: the bot as a real process, a fake Telegram, status sites on loopback."""
