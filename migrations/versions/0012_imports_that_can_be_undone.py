"""Imports that can be undone

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-23 22:57:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    # Files that were imported before have no `done`: they cannot be undone, and their page does not offer it.
    with op.batch_alter_table('staff_upload') as batch_op:
        batch_op.add_column(sa.Column('doing', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('failure', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('done', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('kept', sa.JSON(), nullable=True))


def downgrade():
    with op.batch_alter_table('staff_upload') as batch_op:
        for name in ('kept', 'undone_at', 'done', 'failure', 'doing'):
            batch_op.drop_column(name)
