"""Seats of groups: declined by their own person; when those who miss something were last reminded; what statements say of the society

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-24 09:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('society', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tax_id', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('bank_details', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('registration_group', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('registration_group_seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_registration_group_seat_email', ['email'], unique=False)


def downgrade():
    with op.batch_alter_table('registration_group_seat', schema=None) as batch_op:
        batch_op.drop_index('ix_registration_group_seat_email')
        batch_op.drop_column('declined_at')

    with op.batch_alter_table('registration_group', schema=None) as batch_op:
        batch_op.drop_column('reminded_at')

    with op.batch_alter_table('society', schema=None) as batch_op:
        batch_op.drop_column('bank_details')
        batch_op.drop_column('tax_id')
