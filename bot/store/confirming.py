"""Last confirmed states, and the history of how they changed."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.status.model import Confirmed
from bot.store.database import Database
from bot.store.tables import service_states, transitions

WRITE_TRANSITION = insert(transitions)
BEFORE = select(service_states.c.service, service_states.c.state, service_states.c.key)


async def keep_confirmed(
    database: Database, connection: AsyncConnection, confirmed: tuple[Confirmed, ...], at: datetime
) -> None:
    """Keeps each state, and writes down each that differs from the one kept before."""
    if not confirmed:
        return
    before = {row.service: row for row in await connection.execute(BEFORE)}
    await connection.execute(_keep(database.insert), [_row(one) for one in confirmed])
    rows = [_transition(one, before.get(one.service), at) for one in confirmed]
    changed = [row for row in rows if row["previous"] != row["current"]]
    if changed:
        await connection.execute(WRITE_TRANSITION, changed)


def _transition(one: Confirmed, before: Any, at: datetime) -> dict[str, Any]:
    """The end of an incident belongs to it too, though its key is kept no longer."""
    return {
        "service": one.service,
        "previous": before.state if before else None,
        "current": one.state.value,
        "at": at,
        "since": one.since,
        "source": one.source,
        "incident": one.key or (before.key if before else None),
    }


@cache
def _keep(insert_into: Callable[[Table], Any]) -> Any:
    statement = insert_into(service_states)
    others = {column.name: statement.excluded[column.name] for column in service_states.c}
    del others["service"]
    return statement.on_conflict_do_update(index_elements=["service"], set_=others)


def _row(one: Confirmed) -> dict[str, object]:
    return {
        "service": one.service,
        "state": one.state.value,
        "since": one.since,
        "source": one.source,
        "key": one.key,
        "unstable": one.unstable,
        "emergency_since": one.emergency.since if one.emergency else None,
        "emergency_route": one.emergency.route if one.emergency else None,
    }
