"""Opening the database for a process; what stands in the way is told with its mend."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.faults import AlreadyRunningError, NewerStoreError, OperatorError, StoreUnavailableError
from bot.settings import Settings
from bot.store.database import Database, open_database


def _mend(settings: Settings) -> str:
    """What to look at when the database cannot be used; never its address, which has a password."""
    if settings.database_url is None:
        return (
            f"Look whether the disk of DATA_DIR ({settings.data_dir}) is full or only read; if "
            "bis.sqlite3 there is damaged, put back its last copy or move it away to begin anew."
        )
    return (
        "Look whether it runs, and whether DATABASE_URL is right, such as "
        "postgresql+asyncpg://user:password@host/name."
    )


@asynccontextmanager
async def opened_store(settings: Settings, *, exclusive: bool = True) -> AsyncIterator[Database]:
    """The database, migrated and ours alone (SQLite)."""
    try:
        database = await open_database(settings.database(), settings.data_dir, exclusive=exclusive)
    except AlreadyRunningError as error:
        raise OperatorError(str(error)) from None
    except NewerStoreError:
        raise OperatorError(
            "The database was made by a newer version of Bis, and nothing in it was changed. "
            "Install that version again, or put back the copy from before it."
        ) from None
    except OSError as error:
        raise OperatorError(
            f"DATA_DIR ({settings.data_dir}) cannot be written: {error.strerror}. Make it a folder "
            "that the bot's user can write to, or set DATA_DIR to another one."
        ) from None
    except StoreUnavailableError as error:
        raise OperatorError(f"The database cannot be used: {error}. {_mend(settings)}") from None
    try:
        yield database
    finally:
        await database.close()
