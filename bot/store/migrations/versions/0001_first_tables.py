"""All tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "admin_acts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("admin_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_admin_acts"),
    )
    op.create_table(
        "chats",
        sa.Column("chat_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("profession", sa.String(length=60), nullable=True),
        sa.Column("quiet_start", sa.Time(), nullable=True),
        sa.Column("quiet_end", sa.Time(), nullable=True),
        sa.Column("night_off_until", MOMENT, nullable=True),
        sa.Column("last_procedure", sa.String(length=60), nullable=True),
        sa.Column("last_asked_at", MOMENT, nullable=True),
        sa.Column("state", sa.String(length=10), server_default="active", nullable=False),
        sa.Column("blocked_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chats"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("incident_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("edits", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("uncertain", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refusals", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sounded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("follows", ROW_ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint(
            "incident_id", "chat_id", "kind", "version", name="uq_deliveries_incident_id"
        ),
    )
    op.create_index("ix_deliveries_chat_id", "deliveries", ["chat_id"], unique=False)
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["priority", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_deliveries_sending",
        "deliveries",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_deliveries_uncertain",
        "deliveries",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'uncertain'"),
        postgresql_where=sa.text("state = 'uncertain'"),
    )
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'retry'"),
        postgresql_where=sa.text("state = 'retry'"),
    )
    op.create_table(
        "incidents",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("prefix", sa.String(length=3), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("worst", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("starts_at", MOMENT, nullable=True),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("resounded_at", MOMENT, nullable=True),
        sa.Column("inhibited", sa.Boolean(), nullable=False),
        sa.Column("unstable", sa.Boolean(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("emergency_since", MOMENT, nullable=True),
        sa.Column("emergency_route", sa.String(length=253), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
        sa.UniqueConstraint("prefix", "number", name="uq_incidents_prefix"),
    )
    op.create_index("ix_incidents_ended_at", "incidents", ["ended_at"], unique=False)
    op.create_index("ix_incidents_opened_at", "incidents", ["opened_at"], unique=False)
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "service_states",
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=True),
        sa.Column("unstable", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("emergency_since", MOMENT, nullable=True),
        sa.Column("emergency_route", sa.String(length=253), nullable=True),
        sa.PrimaryKeyConstraint("service", name="pk_service_states"),
    )
    op.create_table(
        "source_state",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("etag", sa.String(length=500), nullable=True),
        sa.Column("last_modified", sa.String(length=100), nullable=True),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("source", name="pk_source_state"),
    )
    op.create_table(
        "tallies",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", "state", name="pk_tallies"),
    )
    op.create_table(
        "transitions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("previous", sa.String(length=20), nullable=True),
        sa.Column("current", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transitions"),
    )
    op.create_index("ix_transitions_at", "transitions", ["at"], unique=False)
    op.create_index("ix_transitions_service_at", "transitions", ["service", "at"], unique=False)
    op.create_table(
        "events",
        sa.Column("incident_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_events_incident_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident_id", "kind", "version", name="pk_events"),
    )
    op.create_table(
        "mutes",
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("incident_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.chat_id"], name="fk_mutes_chat_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_mutes_incident_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "incident_id", name="pk_mutes"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.chat_id"], name="fk_subscriptions_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "service", name="pk_subscriptions"),
    )


def downgrade() -> None:
    op.drop_table("subscriptions")
    op.drop_table("mutes")
    op.drop_table("events")
    op.drop_table("transitions")
    op.drop_table("tallies")
    op.drop_table("source_state")
    op.drop_table("service_states")
    op.drop_table("leases")
    op.drop_table("incidents")
    op.drop_table("deliveries")
    op.drop_table("chats")
    op.drop_table("admin_acts")
