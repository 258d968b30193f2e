"""The rows of a chat are looked for by their state: else all that are pending are read."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.drop_index("ix_deliveries_chat_id", table_name="deliveries")
    op.create_index("ix_deliveries_chat_id_state", "deliveries", ["chat_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_deliveries_chat_id_state", table_name="deliveries")
    op.create_index("ix_deliveries_chat_id", "deliveries", ["chat_id"])
