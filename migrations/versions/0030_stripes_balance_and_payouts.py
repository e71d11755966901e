"""Stripe's balance row by row, and its payouts to the bank

Revision ID: 0030
Revises: 0029
Create Date: 2026-12-04 13:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

# What Stripe says of a row is never changed; only to what of ours it belongs is found out later.
COLUMNS = (
    'id, row_id, kind, category, source, intent, amount_minor, fee_minor, net_minor, currency, source_minor,'
    ' source_currency, created_at, description, tie'
)
_GUARD = {
    'sqlite': (
        "CREATE TRIGGER payments_balance_row_no_delete BEFORE DELETE ON payments_balance_row"
        " BEGIN SELECT RAISE(ABORT, 'payments_balance_row is only added to'); END",
        f"CREATE TRIGGER payments_balance_row_no_update BEFORE UPDATE OF {COLUMNS} ON payments_balance_row"
        " BEGIN SELECT RAISE(ABORT, 'payments_balance_row is only added to'); END",
    ),
    'postgresql': (
        "CREATE TRIGGER payments_balance_row_no_delete BEFORE DELETE ON payments_balance_row"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        f"CREATE TRIGGER payments_balance_row_no_update BEFORE UPDATE OF {COLUMNS} ON payments_balance_row"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    ),
}


def upgrade():
    op.create_table('payments_payout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('payout_id', sa.String(length=255), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('is_automatic', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('arrives_on', sa.Date(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('itemised_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_payout')),
    sa.UniqueConstraint('payout_id', name=op.f('uq_payments_payout_payout_id'))
    )
    with op.batch_alter_table('payments_payout', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_payout_arrives_on'), ['arrives_on'], unique=False)

    op.create_table('payments_balance_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('row_id', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('category', sa.String(length=60), nullable=False),
    sa.Column('source', sa.String(length=255), nullable=False),
    sa.Column('intent', sa.String(length=255), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('fee_minor', sa.BigInteger(), nullable=False),
    sa.Column('net_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('source_minor', sa.BigInteger(), nullable=False),
    sa.Column('source_currency', sa.String(length=3), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('tie', sa.String(length=10), nullable=False),
    sa.Column('payout_key', sa.Integer(), nullable=True),
    sa.Column('payment_key', sa.Integer(), nullable=True),
    sa.Column('refund_key', sa.Integer(), nullable=True),
    sa.Column('tied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('trouble', sa.Text(), nullable=False),
    sa.Column('explained_by', sa.Integer(), nullable=True),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.CheckConstraint("tie IN ('payment', 'refund', 'dispute', 'cost', 'payout', 'staff')", name=op.f('ck_payments_balance_row_tie')),
    sa.ForeignKeyConstraint(['explained_by'], ['person.id'], name=op.f('fk_payments_balance_row_explained_by_person')),
    sa.ForeignKeyConstraint(['payment_key'], ['payments_payment.id'], name=op.f('fk_payments_balance_row_payment_key_payments_payment')),
    sa.ForeignKeyConstraint(['payout_key'], ['payments_payout.id'], name=op.f('fk_payments_balance_row_payout_key_payments_payout')),
    sa.ForeignKeyConstraint(['refund_key'], ['payments_refund.id'], name=op.f('fk_payments_balance_row_refund_key_payments_refund')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_balance_row')),
    sa.UniqueConstraint('row_id', name=op.f('uq_payments_balance_row_row_id'))
    )
    for statement in _GUARD[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table('payments_balance_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_balance_row_created_at'), ['created_at'], unique=False)
        batch_op.create_index('ix_payments_balance_row_open', ['tied_at', 'tie'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_balance_row_payment_key'), ['payment_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_balance_row_payout_key'), ['payout_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_balance_row_refund_key'), ['refund_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_balance_row_source'), ['source'], unique=False)



def downgrade():
    with op.batch_alter_table('payments_balance_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_balance_row_source'))
        batch_op.drop_index(batch_op.f('ix_payments_balance_row_refund_key'))
        batch_op.drop_index(batch_op.f('ix_payments_balance_row_payout_key'))
        batch_op.drop_index(batch_op.f('ix_payments_balance_row_payment_key'))
        batch_op.drop_index('ix_payments_balance_row_open')
        batch_op.drop_index(batch_op.f('ix_payments_balance_row_created_at'))

    op.drop_table('payments_balance_row')
    with op.batch_alter_table('payments_payout', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_payout_arrives_on'))

    op.drop_table('payments_payout')
