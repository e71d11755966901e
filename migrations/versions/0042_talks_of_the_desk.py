"""Presentations know that they were made at the desk

Revision ID: 0042
Revises: 0041
Create Date: 2026-12-12 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.String(length=10), nullable=False, server_default=''))
    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.alter_column('source', server_default=None)


def downgrade():
    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.drop_column('source')
