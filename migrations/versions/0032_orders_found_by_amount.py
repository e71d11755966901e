"""Orders found by their amount, and those that wait for staff, among a hundred thousand

Revision ID: 0032
Revises: 0031
Create Date: 2026-11-29 23:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

_NOTED = sa.text("state = 'parked' OR parked_reason <> ''")


def upgrade():
    op.create_index('ix_payments_order_total', 'payments_order', ['total_minor'])
    op.create_index('ix_payments_order_noted', 'payments_order', ['id'], postgresql_where=_NOTED, sqlite_where=_NOTED)


def downgrade():
    op.drop_index('ix_payments_order_noted', 'payments_order')
    op.drop_index('ix_payments_order_total', 'payments_order')
