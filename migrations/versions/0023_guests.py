"""Guests, with categories of their own

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-24 04:40:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("registration_category") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), server_default="attendee", nullable=False))
        batch_op.add_column(sa.Column("admits_to_sessions", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.create_check_constraint(op.f("ck_registration_category_kind"), "kind IN ('attendee', 'guest')")
    with op.batch_alter_table("registration") as batch_op:
        batch_op.add_column(sa.Column("host_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_registration_host_id_registration"), "registration", ["host_id"], ["id"])
        batch_op.create_check_constraint(op.f("ck_registration_host"), "host_id <> id")
        batch_op.create_index(op.f("ix_registration_host_id"), ["host_id"], unique=False)
    op.create_table(
        "registration_guest_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("hosts", sa.JSON(), nullable=False),
        sa.CheckConstraint("most BETWEEN 0 AND 10", name=op.f("ck_registration_guest_policy_most")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_registration_guest_policy_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_guest_policy")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_registration_guest_policy_meeting_id")),
    )


def downgrade():
    op.drop_table("registration_guest_policy")
    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_index(op.f("ix_registration_host_id"))
        batch_op.drop_constraint(op.f("ck_registration_host"), type_="check")
        batch_op.drop_constraint(op.f("fk_registration_host_id_registration"), type_="foreignkey")
        batch_op.drop_column("host_id")
    with op.batch_alter_table("registration_category") as batch_op:
        batch_op.drop_constraint(op.f("ck_registration_category_kind"), type_="check")
        batch_op.drop_column("admits_to_sessions")
        batch_op.drop_column("kind")
