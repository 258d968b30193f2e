"""Database rows <-> the plain values of the other rooms."""

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, RowMapping, literal_column

from bot.alerts.codes import written
from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Item, Opening, Recipient, Told, Why
from bot.alerts.rulings import Category, OpenIncident
from bot.preferences import QuietHours
from bot.status.model import ChangeKind, Confirmed, Emergency, Incident, State
from bot.store.chat_state import ChatState

INCIDENT_WORDS = TypeAdapter(Incident)
HELD_BACK = (Why.DAY_FULL.value, Why.DIGEST.value)
"""Of a row that leaves out of the digest, or could not leave when it came."""


def word(value: str) -> ColumnElement[str]:
    """A state or kind written into the SQL: partial indexes are not used for parameters."""
    return literal_column(f"'{value}'")


def words_of(incident: Incident | None) -> Any:
    """The source's incident as JSON, or None."""
    return None if incident is None else INCIDENT_WORDS.dump_python(incident, mode="json")


def incident_words(kept: Any) -> Incident | None:
    """The source's incident out of its JSON."""
    return None if kept is None else INCIDENT_WORDS.validate_python(kept)


def incident_code(row: RowMapping, version: int) -> str:
    """The code that its messages carry, such as REC-0124-1."""
    return written(row["prefix"], row["number"], version)


def quiet_hours(row: RowMapping) -> QuietHours | None:
    """The chat's quiet hours."""
    if row["quiet_start"] is None or row["quiet_end"] is None:
        return None
    return QuietHours(row["quiet_start"], row["quiet_end"])


def emergency(row: RowMapping) -> Emergency | None:
    """The order to switch to the emergency route, if there is one."""
    if row["emergency_since"] is None:
        return None
    return Emergency(row["emergency_since"], row["emergency_route"])


def open_incident(row: RowMapping) -> OpenIncident:
    """An incident as policy looks at it."""
    return OpenIncident(
        id=row["id"],
        service=row["service"],
        category=Category(row["category"]),
        key=row["key"],
        state=State(row["state"]),
        since=row["since"],
        source=row["source"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        resounded_at=row["resounded_at"],
        inhibited=row["inhibited"],
        unstable=row["unstable"],
        felt=(row["words"] or {}).get("impact") != State.OPERATIONAL.value,
    )


def told(row: RowMapping, version: int) -> Told:
    """An incident as a message tells it."""
    return Told(
        id=row["incident_id"],
        service=row["service"],
        code=incident_code(row, version),
        state=State(row["incident_state"]),
        source=row["source"],
        since=row["since"],
        ended_at=row["ended_at"],
        announced=row["announced"],
        words=incident_words(row["words"]),
        emergency=emergency(row),
    )


def item(row: RowMapping, *, fence: int) -> Item:
    """A row of the outbox, claimed under this fence."""
    opening = None
    if row["opening_state"] is not None:
        opening = Opening(DeliveryState(row["opening_state"]), row["opening_message_id"])
    return Item(
        id=row["id"],
        fence=fence,
        kind=ChangeKind(row["kind"]),
        incident=told(row, row["version"]),
        edits=row["edits"],
        expires_at=row["expires_at"],
        attempt=row["attempt"],
        uncertain=row["uncertain"],
        refusals=row["refusals"],
        opening=opening,
        muted=row["muted"],
        held_back=row["reason"] in HELD_BACK,
    )


def recipient(row: RowMapping) -> Recipient:
    """A chat as judgement looks at it."""
    return Recipient(
        chat_id=row["chat_id"],
        language=row["language"],
        profession=row["profession"],
        services=frozenset(filter(None, (row["services"] or "").split(","))),
        quiet=quiet_hours(row),
        night_off_until=row["night_off_until"],
        reachable=row["chat_state"] == ChatState.ACTIVE,
        sounded_today=row["sounded_today"],
        thread_id=row["thread_id"],
    )


def confirmed(row: RowMapping) -> Confirmed:
    """A service's last confirmed state."""
    return Confirmed(
        service=row["service"],
        state=State(row["state"]),
        since=row["since"],
        source=row["source"],
        key=row["key"],
        unstable=row["unstable"],
        emergency=emergency(row),
    )
