"""Disputes; what Stripe was asked to make; its customers; refunds that wait for the payer or were called off

Revision ID: 0029
Revises: 0028
Create Date: 2026-12-05 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

REFUND_STATES = "'requested', 'pending', 'requires_action', 'succeeded', 'failed', 'canceled'"
REFUND_STATES_BEFORE = "'requested', 'pending', 'succeeded', 'failed'"
KINDS = "'payment', 'sale', 'reversal', 'refund', 'fee', 'goodwill', 'transfer', 'write_off'"
# What SQLite loses when it makes the table anew; as in the migration by which the ledger is only added to.
COLUMNS = 'id, order_id, at, kind, amount_minor, currency, source, why, scope'
GUARD = (
    "CREATE TRIGGER payments_ledger_no_delete BEFORE DELETE ON payments_ledger"
    " BEGIN SELECT RAISE(ABORT, 'payments_ledger is only added to'); END",
    f"CREATE TRIGGER payments_ledger_no_update BEFORE UPDATE OF {COLUMNS} ON payments_ledger"
    " BEGIN SELECT RAISE(ABORT, 'payments_ledger is only added to'); END",
)
DISPUTE_STATES = (
    "'warning_needs_response', 'warning_under_review', 'warning_closed', 'needs_response', 'under_review', 'won', 'lost', 'prevented'"
)


def upgrade():
    op.create_table('payments_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('subject', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('is_spent', sa.Boolean(), nullable=False),
    sa.Column('answer', sa.String(length=255), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('page', 'refund', 'customer')", name=op.f('ck_payments_call_kind')),
    sa.CheckConstraint("state IN ('asked', 'answered', 'unknown', 'refused')", name=op.f('ck_payments_call_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_call')),
    sa.UniqueConstraint('key', name=op.f('uq_payments_call_key'))
    )
    with op.batch_alter_table('payments_call', schema=None) as batch_op:
        batch_op.create_index('ix_payments_call_due', ['state', 'due_at'], unique=False)
        batch_op.create_index('ix_payments_call_subject', ['kind', 'subject'], unique=False)

    op.create_table('payments_customer',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('provider_ref', sa.String(length=255), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('made', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_payments_customer_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_payments_customer')),
    sa.UniqueConstraint('provider_ref', name=op.f('uq_payments_customer_provider_ref'))
    )
    op.create_table('payments_dispute',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('provider_ref', sa.String(length=255), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('blocks_refunds', sa.Boolean(), nullable=False),
    sa.Column('taken_minor', sa.BigInteger(), nullable=False),
    sa.Column('movements', sa.Integer(), nullable=False),
    sa.Column('fee_minor', sa.BigInteger(), nullable=False),
    sa.Column('fee_currency', sa.String(length=3), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('evidence_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('place', sa.String(length=12), nullable=False),
    sa.Column('place_by', sa.Integer(), nullable=True),
    sa.Column('place_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('place_why', sa.Text(), nullable=False),
    sa.CheckConstraint('amount_minor >= 0 AND taken_minor >= 0', name=op.f('ck_payments_dispute_amount')),
    sa.CheckConstraint(f"state IN ({DISPUTE_STATES})", name=op.f('ck_payments_dispute_state')),
    sa.CheckConstraint("place IN ('undecided', 'kept', 'taken_back')", name=op.f('ck_payments_dispute_place')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_dispute_order_id_payments_order')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments_payment.id'], name=op.f('fk_payments_dispute_payment_id_payments_payment')),
    sa.ForeignKeyConstraint(['place_by'], ['person.id'], name=op.f('fk_payments_dispute_place_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_dispute')),
    sa.UniqueConstraint('provider_ref', name=op.f('uq_payments_dispute_provider_ref')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_dispute_ref'))
    )
    with op.batch_alter_table('payments_dispute', schema=None) as batch_op:
        batch_op.create_index('ix_payments_dispute_due', ['closed_at', 'evidence_due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_dispute_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_dispute_payment_id'), ['payment_id'], unique=False)

    with op.batch_alter_table('payments_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('api_version', sa.String(length=80), server_default='', nullable=False))
    with op.batch_alter_table('payments_payment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('taken_minor', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('disputes_open', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_payments_payment_disputed'), 'disputes_open >= 0 AND taken_minor >= 0')
    with op.batch_alter_table('payments_refund', schema=None) as batch_op:
        batch_op.alter_column('state', existing_type=sa.String(length=10), type_=sa.String(length=20), existing_nullable=False)
        batch_op.drop_constraint(batch_op.f('ck_payments_refund_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_payments_refund_state'), f"state IN ({REFUND_STATES})")
    _let_kinds_be(f"{KINDS}, 'dispute'")


def _let_kinds_be(kinds):
    with op.batch_alter_table('payments_ledger', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_payments_ledger_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_payments_ledger_kind'), f"kind IN ({kinds})")
    if op.get_bind().dialect.name == 'sqlite':
        for statement in GUARD:
            op.execute(statement)


def downgrade():
    _let_kinds_be(KINDS)
    with op.batch_alter_table('payments_refund', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_payments_refund_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_payments_refund_state'), f"state IN ({REFUND_STATES_BEFORE})")
        batch_op.alter_column('state', existing_type=sa.String(length=20), type_=sa.String(length=10), existing_nullable=False)
    with op.batch_alter_table('payments_payment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_payments_payment_disputed'), type_='check')
        batch_op.drop_column('disputes_open')
        batch_op.drop_column('taken_minor')
    with op.batch_alter_table('payments_event', schema=None) as batch_op:
        batch_op.drop_column('api_version')
    op.drop_table('payments_dispute')
    op.drop_table('payments_customer')
    op.drop_table('payments_call')
