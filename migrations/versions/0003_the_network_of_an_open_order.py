"""The network of an open order

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-23 15:50:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column('payments_order', sa.Column('network', sa.String(length=64), nullable=True))
    op.create_index('ix_payments_order_network', 'payments_order', ['network'], unique=False)


def downgrade():
    op.drop_index('ix_payments_order_network', table_name='payments_order')
    op.drop_column('payments_order', 'network')
