"""Alembic migrations, run from the code: an installed wheel needs no alembic.ini."""

HEAD = "0005"
"""The newest revision: a database stamped with it opens without loading Alembic."""
