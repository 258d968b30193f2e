"""Brings a database up to the newest revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.faults import NewerStoreError


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, with the connection that env.py shall use."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Runs what is missing, inside the caller's transaction.

    Raises:
        NewerStoreError: its revision is none of ours.
    """
    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError as error:
        raise NewerStoreError(str(error)) from error
