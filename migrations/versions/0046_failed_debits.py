"""Bank debits that did not clear are kept by themselves, not asked of letters

Revision ID: 0046
Revises: 0045
Create Date: 2026-11-30 08:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None

KNOWN = """
INSERT INTO payments_failed_debit (order_id, intent, failed_at)
SELECT sold.id, substr(letter.cause, length(sold.ref) + 2), letter.created_at
FROM mail_letter AS letter
JOIN payments_order AS sold ON letter.cause LIKE sold.ref || ':%'
WHERE letter.kind = 'not_paid'
"""


def upgrade():
    op.create_table(
        'payments_failed_debit',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('order_id', sa.Integer(), nullable=False),
        sa.Column('intent', sa.String(length=255), nullable=False),
        sa.Column('failed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_failed_debit_order_id_payments_order')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_failed_debit')),
        sa.UniqueConstraint('order_id', 'intent', name=op.f('uq_payments_failed_debit_order_id_intent')),
    )
    op.execute(KNOWN)


def downgrade():
    op.drop_table('payments_failed_debit')
