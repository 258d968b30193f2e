"""The channels that the settings list; validators of sources are not kept over a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "listed_channels",
        sa.Column("chat_id", ROW_ID, nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.chat_id"], name="fk_listed_channels_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", name="pk_listed_channels"),
    )
    op.drop_column("source_state", "etag")
    op.drop_column("source_state", "last_modified")


def downgrade() -> None:
    op.add_column("source_state", sa.Column("etag", sa.String(length=500), nullable=True))
    op.add_column("source_state", sa.Column("last_modified", sa.String(length=100), nullable=True))
    op.drop_table("listed_channels")
