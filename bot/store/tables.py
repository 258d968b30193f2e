"""The tables. No column holds a name or a text that a user typed; times are kept in UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Time,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

RowId = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on both engines; on SQLite only INTEGER is the row's own number."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite has no zones, so its text is UTC by agreement."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be kept")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


chats = Table(
    "chats",
    metadata,
    Column("chat_id", RowId, primary_key=True, autoincrement=False),
    Column("language", String(2)),
    Column("profession", String(60)),
    Column("quiet_start", Time),
    Column("quiet_end", Time),
    Column("night_off_until", UtcDateTime),
    Column("last_procedure", String(60)),
    Column("last_asked_at", UtcDateTime),
    Column("state", String(10), nullable=False, server_default="active"),  # a `ChatState`
    Column("blocked_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("thread_id", BigInteger),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("chat_id", RowId, ForeignKey("chats.chat_id", ondelete="CASCADE"), primary_key=True),
    Column("service", String(60), primary_key=True),
)

listed_channels = Table(
    "listed_channels",
    metadata,
    Column("chat_id", RowId, ForeignKey("chats.chat_id", ondelete="CASCADE"), primary_key=True),
    Column("service", String(60), nullable=False),
)

service_states = Table(
    "service_states",
    metadata,
    Column("service", String(60), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("source", String(60), nullable=False),
    Column("key", String(300)),
    Column("unstable", Boolean, nullable=False, server_default=false()),
    Column("emergency_since", UtcDateTime),
    Column("emergency_route", String(253)),
)

transitions = Table(
    "transitions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("service", String(60), nullable=False),
    Column("previous", String(20)),
    Column("current", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("source", String(60), nullable=False),
    Column("incident", String(300)),
    Index("ix_transitions_service_at", "service", "at"),
    Index("ix_transitions_at", "at"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("service", String(60), nullable=False),
    Column("category", String(10), nullable=False),
    Column("key", String(300), nullable=False),
    Column("prefix", String(3), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("worst", String(20), nullable=False),
    Column("source", String(60), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("starts_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    Column("resounded_at", UtcDateTime),
    Column("inhibited", Boolean, nullable=False),
    Column("unstable", Boolean, nullable=False),
    Column("announced", Boolean, nullable=False),
    Column("words", JSON(none_as_null=True)),
    Column("emergency_since", UtcDateTime),
    Column("emergency_route", String(253)),
    UniqueConstraint("prefix", "number"),
    Index("ix_incidents_opened_at", "opened_at"),
    Index("ix_incidents_ended_at", "ended_at"),
)

mutes = Table(
    "mutes",
    metadata,
    Column("chat_id", RowId, ForeignKey("chats.chat_id", ondelete="CASCADE"), primary_key=True),
    Column("incident_id", RowId, ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
)

events = Table(
    "events",
    metadata,
    Column(
        "incident_id",
        RowId,
        ForeignKey("incidents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("kind", String(20), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(30), nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("incident_id", RowId, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("chat_id", RowId, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", String(30)),
    Column("edits", Boolean, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("uncertain", Integer, nullable=False, server_default="0"),
    Column("refusals", Integer, nullable=False, server_default="0"),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("lease_until", UtcDateTime),
    Column("started_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("sounded", Boolean, nullable=False, server_default=false()),
    Column("follows", RowId),
    UniqueConstraint("incident_id", "chat_id", "kind", "version"),
    Index("ix_deliveries_chat_id_state", "chat_id", "state"),
)


def _only(state: str) -> dict[str, Any]:
    """An index of the rows in one state: small, however many rows are kept.

    The migrations make it so on PostgreSQL too; to say it here would load that dialect everywhere.
    """
    return {"sqlite_where": deliveries.c.state == state}


Index("ix_deliveries_due", deliveries.c.priority, deliveries.c.id, **_only("pending"))
Index("ix_deliveries_waiting", deliveries.c.not_before, **_only("retry"))
Index("ix_deliveries_uncertain", deliveries.c.not_before, **_only("uncertain"))
Index("ix_deliveries_sending", deliveries.c.lease_until, **_only("sending"))

tallies = Table(
    "tallies",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("state", String(12), primary_key=True),
    Column("count", Integer, nullable=False),
)

source_state = Table(
    "source_state",
    metadata,
    Column("source", String(60), primary_key=True),
    Column("read_at", UtcDateTime),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("holder", String(60), nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

admin_acts = Table(
    "admin_acts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("admin_id", BigInteger, nullable=False),
    Column("act", String(20), nullable=False),
    Column("code", String(20)),
    Column("told", Integer, nullable=False),
)
