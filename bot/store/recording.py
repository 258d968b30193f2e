"""The one transaction of a change: history, incident, event and a row for each chat."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    String,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.codes import written
from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Why
from bot.alerts.ports import Hand, Recorded
from bot.alerts.rulings import OPENING, Notice, OpenIncident, Plan, Ruling
from bot.status.model import Change, State
from bot.store.recipients import FAN_OUT, told_in_order
from bot.store.rows import incident_code, open_incident, words_of
from bot.store.tables import (
    RowId,
    UtcDateTime,
    admin_acts,
    deliveries,
    events,
    incidents,
)

WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)
# Built once: that takes longer than SQLite takes to run them.
STILL_OPEN = select(incidents).where(incidents.c.ended_at.is_(None)).order_by(incidents.c.id)
LAST_NUMBER = select(func.coalesce(func.max(incidents.c.number), 0)).where(
    incidents.c.prefix == bindparam("of_prefix")
)
ONE = incidents.c.id == bindparam("incident")
FOUND, REVISE = select(incidents).where(ONE), update(incidents).where(ONE)
OPEN = insert(incidents).returning(incidents.c.id)
WRITE_EVENT = insert(events)
REPLACE = (
    update(deliveries)
    .where(
        deliveries.c.state.in_(WAITING),
        deliveries.c.uncertain == 0,
        or_(
            and_(
                deliveries.c.incident_id == bindparam("of", type_=RowId),
                deliveries.c.kind.in_(bindparam("kinds", type_=String, expanding=True)),
            ),
            and_(
                deliveries.c.incident_id.in_(bindparam("absorbed", type_=RowId, expanding=True)),
                deliveries.c.kind.in_(sorted(OPENING)),
            ),
        ),
    )
    .values(
        state=DeliveryState.SUPERSEDED.value,
        reason=bindparam("why", type_=String),
        closed_at=bindparam("closed", type_=UtcDateTime),
    )
)
LOOK_ANEW = (
    update(deliveries)
    .where(
        deliveries.c.incident_id == bindparam("of", type_=RowId),
        deliveries.c.state.in_((DeliveryState.RETRY, DeliveryState.UNCERTAIN)),
        deliveries.c.reason == Why.DAY_FULL.value,
    )
    .values(not_before=bindparam("due", type_=UtcDateTime), reason=None)
)
"""What the day had no room for may have become so bad that it is told all the same."""


@dataclass(frozen=True)
class _Entry:
    """One event to write: a notice of a ruling, under its version of the incident."""

    ruling: Ruling
    notice: Notice
    incident_id: int
    version: int


async def record_changes(connection: AsyncConnection, plan: Plan, at: datetime) -> Recorded:
    """Carries out the plan's rulings; policy decides in here, on what is open now."""
    rulings = plan(await open_incidents(connection))
    rows, codes = 0, []
    for ruling in rulings:
        incident_id, version, code = await _incident(connection, ruling, at)
        await _replace(connection, ruling, incident_id, at)
        await connection.execute(LOOK_ANEW, {"of": incident_id, "due": at})
        for step, notice in enumerate(ruling.notices, start=1):
            entry = _Entry(ruling, notice, incident_id, version + step)
            await _event(connection, entry)
            rows += await _fan_out(connection, entry)
        codes.append(code)
    return Recorded(rows, tuple(codes))


async def keep_act(
    connection: AsyncConnection, recorded: Recorded, by: Hand | None, at: datetime
) -> None:
    """Keeps who of the team did it, if anyone: in the same transaction as what it caused."""
    if by is None:
        return
    told = by.told if recorded.rows else 0
    code = recorded.codes[0] if recorded.codes else None
    row = {"at": at, "admin_id": by.admin_id, "act": by.act, "code": code, "told": told}
    await connection.execute(insert(admin_acts).values(row))


async def open_incidents(connection: AsyncConnection) -> tuple[OpenIncident, ...]:
    """Those that have not ended, oldest first."""
    return tuple(open_incident(row) for row in (await connection.execute(STILL_OPEN)).mappings())


async def _incident(
    connection: AsyncConnection, ruling: Ruling, at: datetime
) -> tuple[int, int, str]:
    """Opens or revises it. Returns its id, the version before this ruling, and its code."""
    if ruling.incident is not None:
        return await _revise(connection, ruling, ruling.incident, at)
    if ruling.opens:
        return await _open(connection, ruling, at)
    return 0, 0, ""


async def _open(connection: AsyncConnection, ruling: Ruling, at: datetime) -> tuple[int, int, str]:
    change = ruling.change
    last = await connection.execute(LAST_NUMBER, {"of_prefix": ruling.prefix})
    number = last.scalar_one() + 1
    values = _told_of(change) | {
        "service": change.service,
        "category": ruling.category.value,
        "key": change.key,
        "prefix": ruling.prefix,
        "number": number,
        "version": len(ruling.notices),
        "worst": change.current.value,
        "source": change.source,
        "since": change.since,
        "opened_at": at,
        "inhibited": ruling.inhibited,
        "unstable": ruling.unstable,
        "announced": ruling.announced,
    }
    row = await connection.execute(OPEN, values)
    return row.scalar_one(), 0, written(ruling.prefix, number, 1)


async def _revise(
    connection: AsyncConnection, ruling: Ruling, incident_id: int, at: datetime
) -> tuple[int, int, str]:
    one = {"incident": incident_id}
    row = (await connection.execute(FOUND, one)).mappings().one()
    worst = max(State(row["worst"]), ruling.change.current, key=lambda state: state.severity)
    values = _told_of(ruling.change) | {
        "version": row["version"] + len(ruling.notices),
        "worst": worst.value,
        "inhibited": ruling.inhibited,
        "unstable": ruling.unstable,
    }
    if ruling.announced:
        values["announced"] = True
    if ruling.resounds:
        values["resounded_at"] = at
    if ruling.closes:
        values["ended_at"] = _end(ruling.change, row["since"])
    await connection.execute(REVISE, values | one)
    return incident_id, row["version"], incident_code(row, values["version"])


def _told_of(change: Change) -> dict[str, Any]:
    """What a change says of its incident; what it does not say stays as it was."""
    values: dict[str, Any] = {"state": change.current.value}
    if change.incident is not None:
        values |= {
            "words": words_of(change.incident),
            "starts_at": change.incident.starts_at,
            "ends_at": change.incident.ends_at,
        }
    if change.emergency is not None:
        values |= {
            "emergency_since": change.emergency.since,
            "emergency_route": change.emergency.route,
        }
    return values


def _end(change: Change, began: datetime) -> datetime:
    """When it was over: as the source says, if that lies between its beginning and now."""
    return change.since if began < change.since <= change.at else change.at


async def _replace(
    connection: AsyncConnection, ruling: Ruling, incident_id: int, at: datetime
) -> None:
    """Closes what still waits and is no longer worth telling; what may have arrived stays."""
    replaces = sorted(ruling.replaces) if incident_id else []
    if not replaces and not ruling.absorbs:
        return
    which = {"of": incident_id, "kinds": replaces, "absorbed": sorted(ruling.absorbs)}
    why = {"why": ruling.reason.value, "closed": at}
    await connection.execute(REPLACE, which | why)


async def _event(connection: AsyncConnection, entry: _Entry) -> None:
    row = {
        "incident_id": entry.incident_id,
        "kind": entry.notice.kind.value,
        "version": entry.version,
        "at": entry.ruling.change.at,
        "state": entry.ruling.change.current.value,
        "reason": entry.ruling.reason.value,
    }
    await connection.execute(WRITE_EVENT, row)


async def _fan_out(connection: AsyncConnection, entry: _Entry) -> int:
    notice, at = entry.notice, entry.ruling.change.at
    state = DeliveryState.RETRY if notice.due > at else DeliveryState.PENDING
    values = {
        "its_incident": entry.incident_id,
        "its_kind": notice.kind.value,
        "its_version": entry.version,
        "its_state": state.value,
        "its_edits": notice.edits,
        "its_due": notice.due,
        "its_end": notice.expires,
        "its_moment": at,
    }
    whom = told_in_order(entry.ruling, notice, entry.incident_id)
    return int((await connection.execute(FAN_OUT[notice.to], values | whom)).rowcount)
