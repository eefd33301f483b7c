"""When clocks and channels are due, as columns."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

UTC_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cancellations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clock_due_at", UTC_TIME, nullable=True))
        batch_op.add_column(sa.Column("reminded_at", UTC_TIME, nullable=True))
        batch_op.add_column(sa.Column("escalated_at", UTC_TIME, nullable=True))
        batch_op.create_index(batch_op.f("ix_cancellations_clock_due_at"), ["clock_due_at"], unique=False)

    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_step_at", UTC_TIME, nullable=True))
        batch_op.add_column(sa.Column("alarmed_at", UTC_TIME, nullable=True))
        batch_op.add_column(sa.Column("late_at", UTC_TIME, nullable=True))
        batch_op.add_column(sa.Column("gave_up_at", UTC_TIME, nullable=True))
        batch_op.add_column(
            sa.Column("told_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_notices_deadline_at"), ["deadline_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_next_step_at"), ["next_step_at"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_notices_told_by_id"), "staff", ["told_by_id"], ["id"])

    # What waits already gets its clock; what is old raises no alarm now.
    op.execute("UPDATE cancellations SET clock_due_at = requested_at WHERE status = 'requested'")
    op.execute(
        "UPDATE notices SET alarmed_at = deadline_at, late_at = deadline_at WHERE deadline_at IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notices_told_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_notices_next_step_at"))
        batch_op.drop_index(batch_op.f("ix_notices_deadline_at"))
        batch_op.drop_column("told_by_id")
        batch_op.drop_column("gave_up_at")
        batch_op.drop_column("late_at")
        batch_op.drop_column("alarmed_at")
        batch_op.drop_column("next_step_at")

    with op.batch_alter_table("cancellations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cancellations_clock_due_at"))
        batch_op.drop_column("escalated_at")
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("clock_due_at")
