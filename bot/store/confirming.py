"""Last confirmed states, and the history of how they changed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.status.model import Confirmed
from bot.store.database import Database
from bot.store.tables import service_states, transitions

BEFORE = select(service_states.c.service, service_states.c.state)


async def keep_confirmed(
    database: Database, connection: AsyncConnection, confirmed: tuple[Confirmed, ...], at: datetime
) -> None:
    """Keeps each state, and writes down each that differs from the one kept before."""
    if not confirmed:
        return
    before = {service: state for service, state in await connection.execute(BEFORE)}  # noqa: C416
    await connection.execute(_keep(database.insert), [_row(one) for one in confirmed])
    changed = [
        {
            "service": one.service,
            "previous": before.get(one.service),
            "current": one.state.value,
            "at": at,
            "since": one.since,
            "source": one.source,
        }
        for one in confirmed
        if before.get(one.service) != one.state.value
    ]
    if changed:
        await connection.execute(insert(transitions), changed)


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
