"""The key of the incident that a change of state belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("transitions", sa.Column("incident", sa.String(300), nullable=True))


def downgrade() -> None:
    op.drop_column("transitions", "incident")
