"""What the outbox asks most, built once: that takes longer than SQLite takes to run it."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
    update,
)

from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Why
from bot.alerts.rulings import OPENING, Category
from bot.status.model import ChangeKind
from bot.store.marking import HELD, in_state
from bot.store.rows import HELD_BACK, word
from bot.store.tables import RowId, UtcDateTime, chats, deliveries, incidents, mutes, subscriptions

NOW = bindparam("now", type_=UtcDateTime)
MESSAGE = bindparam("message", type_=RowId)
WINDOW_END = case(
    (
        incidents.c.category == word(Category.PLANNED),
        func.coalesce(incidents.c.ends_at, incidents.c.starts_at),
    )
)
"""When announced work is over: no change tells that. Null for all else."""
SENT = in_state(DeliveryState.SENT)
READY = {
    DeliveryState.PENDING: in_state(DeliveryState.PENDING),
    DeliveryState.UNCERTAIN: and_(
        in_state(DeliveryState.UNCERTAIN), deliveries.c.not_before <= NOW
    ),
}
ORDER = {
    DeliveryState.PENDING: (deliveries.c.priority, deliveries.c.id),
    DeliveryState.UNCERTAIN: (deliveries.c.not_before, deliveries.c.id),
}


def _among(column: ColumnElement[int], name: str, *, shared: bool) -> ColumnElement[bool]:
    """Whether it is one of those given: on PostgreSQL one array, so that one plan serves all."""
    if shared:
        return column == func.any(bindparam(name, type_=ARRAY(BigInteger)))
    return column.in_(bindparam(name, expanding=True))


def _some(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(condition)


MUTED = and_(
    mutes.c.chat_id == deliveries.c.chat_id, mutes.c.incident_id == deliveries.c.incident_id
)


def _row_query() -> Select[tuple[object, ...]]:
    """Rows of the outbox with their incident, and the row that first told of it."""
    opening = deliveries.alias("opening")
    return (
        select(
            deliveries,
            incidents.c.service,
            incidents.c.prefix,
            incidents.c.number,
            incidents.c.state.label("incident_state"),
            incidents.c.source,
            incidents.c.since,
            incidents.c.ended_at,
            incidents.c.announced,
            incidents.c.words,
            incidents.c.emergency_since,
            incidents.c.emergency_route,
            opening.c.state.label("opening_state"),
            opening.c.message_id.label("opening_message_id"),
            _some(MUTED).label("muted"),
        )
        .join(incidents, incidents.c.id == deliveries.c.incident_id)
        .outerjoin(opening, opening.c.id == deliveries.c.follows)
    )


_FLYING = deliveries.alias("flying")
_UNDER_WAY = exists().where(
    _FLYING.c.chat_id == deliveries.c.chat_id, _FLYING.c.state == word(DeliveryState.SENDING)
)


def _heads(
    state: DeliveryState, *conditions: ColumnElement[bool], shared: bool = False
) -> Select[tuple[Any, ...]]:
    return (
        select(deliveries.c.chat_id, deliveries.c.kind, deliveries.c.edits)
        .where(READY[state], ~_among(deliveries.c.chat_id, "busy", shared=shared), *conditions)
        .order_by(*ORDER[state])
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


def _heads_shared(state: DeliveryState) -> Select[tuple[Any, ...]]:
    """Two messages to one chat may be one message, which two processes must not change at once.

    So a chat is taken up by one claim at a time, and by none while it is being written to: what
    another claim took up is committed once this one has the lock, and `ROWS` sees it.
    """
    heads = _heads(state, ~_UNDER_WAY, shared=True).subquery()
    return select(heads).where(func.pg_try_advisory_xact_lock(heads.c.chat_id))


HEADS = {
    False: {state: _heads(state) for state in READY},
    True: {state: _heads_shared(state) for state in READY},
}
"""True: where several processes share the work."""
_SERVICES = select(func.aggregate_strings(subscriptions.c.service, ",")).where(
    subscriptions.c.chat_id == chats.c.chat_id
)
_SOUNDED = select(func.count(deliveries.c.message_id.distinct())).where(
    deliveries.c.chat_id == chats.c.chat_id,
    deliveries.c.sounded,
    deliveries.c.closed_at >= bindparam("today", type_=UtcDateTime),
)
_JUST_SENT = (
    select(deliveries.c.message_id)
    .join(incidents, incidents.c.id == deliveries.c.incident_id)
    .where(
        incidents.c.ended_at.is_(None),
        deliveries.c.chat_id == chats.c.chat_id,
        deliveries.c.kind == word(ChangeKind.ONSET),
        deliveries.c.sounded,  # else news that joined would draw more in, and none be heard
        SENT,
        deliveries.c.closed_at > bindparam("lately", type_=UtcDateTime),
        deliveries.c.closed_at <= NOW,  # not later than now: clocks jump
    )
    .order_by(deliveries.c.closed_at.desc())
    .limit(1)
)
_CHAT = (
    chats.c.chat_id.label("known_chat"),
    chats.c.state.label("chat_state"),
    chats.c.language,
    chats.c.profession,
    chats.c.quiet_start,
    chats.c.quiet_end,
    chats.c.night_off_until,
    chats.c.thread_id,
    _SERVICES.correlate(chats).scalar_subquery().label("services"),
    _SOUNDED.correlate(chats).scalar_subquery().label("sounded_today"),
    _JUST_SENT.correlate(chats).scalar_subquery().label("just_sent"),
)
"""How often it was woken today, too; and the onset message that it got a moment ago."""
ROWS = {
    shared: {
        state: _row_query()
        .add_columns(*_CHAT)
        .outerjoin(chats, chats.c.chat_id == deliveries.c.chat_id)
        .where(_among(deliveries.c.chat_id, "chats", shared=shared), ready, *alone)
        .order_by(deliveries.c.priority, deliveries.c.id)
        .with_for_update(of=deliveries, skip_locked=True)
        for state, ready in READY.items()
    }
    for shared, alone in ((False, ()), (True, (~_UNDER_WAY,)))
}
"""Rows of these chats, each with its chat: one look instead of two."""
TOLD_BY = _row_query().where(
    deliveries.c.chat_id == bindparam("chat"),
    deliveries.c.message_id == bindparam("message"),
    deliveries.c.kind.in_(sorted(OPENING)),
    SENT,
)
TAKE = {
    shared: update(deliveries)
    .where(_among(deliveries.c.id, "rows", shared=shared))
    .values(
        state=DeliveryState.SENDING.value,
        fence=bindparam("held"),
        lease_until=bindparam("until", type_=UtcDateTime),
        started_at=NOW,
        message_id=bindparam("message"),
        reason=case((deliveries.c.reason.in_(HELD_BACK), Why.DIGEST.value)),
    )
    for shared in (False, True)
}
"""Rows of one claim that have the same fence and change the same message, or none.

What waited for the digest does not fall under the day's limit once more, whatever befalls it.
"""
MARK_SENT = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("row"),
        deliveries.c.fence == bindparam("held"),
        deliveries.c.state.in_([word(state) for state in HELD]),
    )
    .values(
        state=DeliveryState.SENT.value,
        message_id=case((deliveries.c.chat_id == bindparam("chat"), MESSAGE)),
        closed_at=bindparam("at", type_=UtcDateTime),
        sounded=bindparam("sound"),
        attempt=deliveries.c.attempt + 1,
    )
)
"""A row that is still ours, as `bot.store.marking.held` says.

Of a group that moved meanwhile, it is a message whose number counts no longer.
"""


RIPE = and_(in_state(DeliveryState.RETRY), deliveries.c.not_before <= NOW)
DUE = select(
    _some(RIPE),
    _some(READY[DeliveryState.PENDING]),
    _some(READY[DeliveryState.UNCERTAIN]),
)
RIPEN = update(deliveries).where(RIPE).values(state=DeliveryState.PENDING.value)
