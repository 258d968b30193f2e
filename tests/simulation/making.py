"""How the parts of the process are made, so that a test may break one on purpose."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.alerts.limiter import Limiter
from bot.alerts.ports import Outbox
from bot.store.chats import SqlChats
from bot.store.database import Database
from bot.store.outbox import SqlOutbox


@dataclass(frozen=True)
class Makers:
    """The real ones, unless another is given."""

    outbox: Callable[[Database, timedelta], Outbox] = lambda database, group: SqlOutbox(
        database, group=group
    )
    limiter: type[Limiter] = Limiter
    chats: type[SqlChats] = SqlChats
