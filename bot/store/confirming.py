"""Last confirmed states, and the history of how they changed."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.status.model import Confirmed
from bot.store.database import Database
from bot.store.tables import service_states, transitions


async def keep_confirmed(
    database: Database, connection: AsyncConnection, confirmed: tuple[Confirmed, ...], at: datetime
) -> None:
    """Keeps each state, and writes down each that differs from the one kept before."""
    if not confirmed:
        return
    query = select(service_states.c.service, service_states.c.state)
    before = {service: state for service, state in await connection.execute(query)}  # noqa: C416
    for one in confirmed:
        await _keep(database, connection, one)
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


async def _keep(database: Database, connection: AsyncConnection, one: Confirmed) -> None:
    values = {
        "state": one.state.value,
        "since": one.since,
        "source": one.source,
        "key": one.key,
        "unstable": one.unstable,
        "emergency_since": one.emergency.since if one.emergency else None,
        "emergency_route": one.emergency.route if one.emergency else None,
    }
    statement = database.insert(service_states).values(service=one.service, **values)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["service"], set_=values)
    )
