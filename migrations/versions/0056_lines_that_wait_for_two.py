"""A large line of a bank statement waits for a second person, as an order that is marked as paid does

Revision ID: 0056
Revises: 0055
Create Date: 2026-11-30 19:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0056'
down_revision = '0055'
branch_labels = None
depends_on = None

WAYS = ('transfer', 'cheque', 'cash', 'terminal', 'hand')


def upgrade():
    with op.batch_alter_table('payments_mark', schema=None) as batch_op:
        batch_op.add_column(sa.Column('line_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_payments_mark_line_id_payments_bank_line'), 'payments_bank_line', ['line_id'], ['id'])
        batch_op.create_index(op.f('ix_payments_mark_line_id'), ['line_id'])
        batch_op.drop_constraint(op.f('ck_payments_mark_provider'), type_='check')
        batch_op.create_check_constraint(op.f('ck_payments_mark_provider'), f"provider IN ({', '.join(map(repr, (*WAYS, 'bank')))})")
        batch_op.create_check_constraint(op.f('ck_payments_mark_line_of_bank'), "(line_id IS NOT NULL) = (provider = 'bank')")


def downgrade():
    op.execute("DELETE FROM payments_mark WHERE provider = 'bank'")
    with op.batch_alter_table('payments_mark', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_payments_mark_line_of_bank'), type_='check')
        batch_op.drop_constraint(op.f('ck_payments_mark_provider'), type_='check')
        batch_op.create_check_constraint(op.f('ck_payments_mark_provider'), f"provider IN ({', '.join(map(repr, WAYS))})")
        batch_op.drop_index(op.f('ix_payments_mark_line_id'))
        batch_op.drop_constraint(op.f('fk_payments_mark_line_id_payments_bank_line'), type_='foreignkey')
        batch_op.drop_column('line_id')
