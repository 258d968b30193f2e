"""The one transaction of a change: history, incident, event and a row for each chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.graph import Audience
from bot.alerts.model import DeliveryState
from bot.alerts.plans import OPENING, Notice, OpenIncident, Plan, Ruling, To
from bot.alerts.ports import Recorded
from bot.preferences import ALL_SERVICES
from bot.status.model import Change, State
from bot.store.database import Database
from bot.store.rows import open_incident, words_of
from bot.store.tables import (
    RowId,
    UtcDateTime,
    chats,
    deliveries,
    events,
    incidents,
    mutes,
    subscriptions,
)

RECENT = timedelta(minutes=30)
SPREAD = 1000
"""Places within one urgency, so that the same chats are not always the last."""
STEP = 4 * SPREAD
WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)
REACHED = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN)


@dataclass(frozen=True)
class _Entry:
    """One event to write: a notice of a ruling, under its version of the incident."""

    ruling: Ruling
    notice: Notice
    incident_id: int
    version: int


async def record_changes(
    database: Database, connection: AsyncConnection, plan: Plan, at: datetime
) -> Recorded:
    """Carries out the plan's rulings; policy decides in here, on what is open now."""
    rulings = plan(await open_incidents(connection))
    rows, codes = 0, []
    for ruling in rulings:
        incident_id, version, code = await _incident(connection, ruling, at)
        await _replace(connection, ruling, incident_id, at)
        for step, notice in enumerate(ruling.notices, start=1):
            entry = _Entry(ruling, notice, incident_id, version + step)
            await _event(connection, entry)
            rows += await _fan_out(database, connection, entry)
        codes.append(code)
    return Recorded(rows, tuple(codes))


async def open_incidents(connection: AsyncConnection) -> tuple[OpenIncident, ...]:
    """Those that have not ended, oldest first."""
    query = select(incidents).where(incidents.c.ended_at.is_(None)).order_by(incidents.c.id)
    return tuple(open_incident(row) for row in (await connection.execute(query)).mappings())


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
    last = select(func.coalesce(func.max(incidents.c.number), 0))
    last = last.where(incidents.c.prefix == ruling.prefix)
    number = (await connection.execute(last)).scalar_one() + 1
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
    row = await connection.execute(insert(incidents).values(values).returning(incidents.c.id))
    return row.scalar_one(), 0, f"{ruling.prefix}-{number:04d}-1"


async def _revise(
    connection: AsyncConnection, ruling: Ruling, incident_id: int, at: datetime
) -> tuple[int, int, str]:
    query = select(incidents).where(incidents.c.id == incident_id)
    row = (await connection.execute(query)).mappings().one()
    worst = max(State(row["worst"]), ruling.change.current, key=lambda state: state.severity)
    values = _told_of(ruling.change) | {
        "version": row["version"] + len(ruling.notices),
        "worst": worst.value,
        "inhibited": ruling.inhibited,
        "unstable": ruling.unstable,
    }
    if ruling.resounds:
        values["resounded_at"] = at
    if ruling.closes:
        values["ended_at"] = _end(ruling.change, row["since"])
    await connection.execute(update(incidents).where(incidents.c.id == incident_id).values(values))
    code = f"{row['prefix']}-{row['number']:04d}-{values['version']}"
    return incident_id, row["version"], code


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
    waiting = and_(deliveries.c.state.in_(WAITING), deliveries.c.uncertain == 0)
    closed = {"state": DeliveryState.SUPERSEDED.value, "reason": ruling.reason, "closed_at": at}
    targets = []
    if ruling.replaces and incident_id:
        kinds = sorted(ruling.replaces)
        targets.append((deliveries.c.incident_id == incident_id) & deliveries.c.kind.in_(kinds))
    if ruling.absorbs:
        opening = deliveries.c.kind.in_(sorted(OPENING))
        targets.append(deliveries.c.incident_id.in_(sorted(ruling.absorbs)) & opening)
    if targets:
        await connection.execute(update(deliveries).where(or_(*targets), waiting).values(closed))


async def _event(connection: AsyncConnection, entry: _Entry) -> None:
    await connection.execute(
        insert(events).values(
            incident_id=entry.incident_id,
            kind=entry.notice.kind.value,
            version=entry.version,
            at=entry.ruling.change.at,
            state=entry.ruling.change.current.value,
            reason=entry.ruling.reason.value,
        )
    )


async def _fan_out(database: Database, connection: AsyncConnection, entry: _Entry) -> int:
    notice, at = entry.notice, entry.ruling.change.at
    state = DeliveryState.RETRY if notice.due > at else DeliveryState.PENDING
    constants: dict[str, BindParameter[Any]] = {
        "incident_id": literal(entry.incident_id, RowId),
        "kind": literal(notice.kind.value, String),
        "version": literal(entry.version),
        "state": literal(state.value, String),
        "edits": literal(notice.edits),
        "not_before": literal(notice.due, UtcDateTime),
        "expires_at": literal(notice.expires, UtcDateTime),
        "created_at": literal(at, UtcDateTime),
    }
    chosen = _chosen(entry.ruling, notice, entry.incident_id).add_columns(*constants.values())
    statement = database.insert(deliveries).from_select(
        ["chat_id", "follows", "priority", *constants], chosen
    )
    return int((await connection.execute(statement.on_conflict_do_nothing())).rowcount)


def _chosen(ruling: Ruling, notice: Notice, incident_id: int) -> Select[Any]:
    if notice.to is To.TOLD:
        return _told_chats(notice, incident_id)
    if ruling.audience is None:
        raise ValueError("a notice to followers needs an audience")
    chosen = _followers(ruling.audience, notice, ruling.change.at, incident_id)
    if notice.to is To.UNTOLD:
        reached = _reached(incident_id).where(deliveries.c.chat_id == chats.c.chat_id)
        chosen = chosen.where(~exists(reached))
    return chosen


def _reached(incident_id: int) -> Select[Any]:
    return select(deliveries.c.id).where(
        deliveries.c.incident_id == incident_id,
        deliveries.c.kind.in_(sorted(OPENING)),
        deliveries.c.state.in_(REACHED),
    )


def _told_chats(notice: Notice, incident_id: int) -> Select[Any]:
    latest = func.max(deliveries.c.id)
    priority = notice.order * STEP + _place(deliveries.c.chat_id, incident_id)
    reached = _reached(incident_id).group_by(deliveries.c.chat_id)
    return reached.with_only_columns(deliveries.c.chat_id, latest, priority)


def _followers(audience: Audience, notice: Notice, at: datetime, incident_id: int) -> Select[Any]:
    muted = exists().where(mutes.c.chat_id == chats.c.chat_id, mutes.c.incident_id == incident_id)
    nobody = literal(None, RowId)
    return select(chats.c.chat_id, nobody, _priority(audience, notice, at, incident_id)).where(
        chats.c.state == "active", subscribed(audience), ~muted
    )


def subscribed(audience: Audience) -> ColumnElement[bool]:
    """Whether a chat follows any of the services, by name or as part of its profession."""
    by_name = subscriptions.c.service.in_(sorted(audience.services))
    by_profession = subscriptions.c.service == ALL_SERVICES
    if audience.professions is not None:
        of_those = chats.c.profession.in_(sorted(audience.professions))
        by_profession = and_(by_profession, or_(chats.c.profession.is_(None), of_those))
    return exists().where(subscriptions.c.chat_id == chats.c.chat_id, or_(by_name, by_profession))


def _priority(
    audience: Audience, notice: Notice, at: datetime, incident_id: int
) -> ColumnElement[int]:
    """Urgency, then who asked just now, then whom it blocks, then chance that changes each time."""
    recent = chats.c.last_asked_at >= literal(at - RECENT, UtcDateTime)
    blocked = _among(audience.first)
    late = case((recent, 0), else_=2 * SPREAD) + case((blocked, 0), else_=SPREAD)
    return notice.order * STEP + late + _place(chats.c.chat_id, incident_id)


def _among(professions: Iterable[str]) -> ColumnElement[bool]:
    named = sorted(professions)
    return chats.c.profession.in_(named) if named else false()


def _place(chat_id: ColumnElement[Any], incident_id: int) -> ColumnElement[int]:
    # Small factors: SQLite would turn a product beyond 64 bits into an inexact fraction.
    factor = 7919 + 104729 * (incident_id % 97)
    return ((func.abs(chat_id) % 1_000_003) * factor) % SPREAD
