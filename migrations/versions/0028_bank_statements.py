"""Bank statements line by line and which orders they pay; transfers that were promised, payments that wait for a second person

Revision ID: 0028
Revises: 0027
Create Date: 2026-11-29 18:16:25.161628
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


WAYS = "'stripe', 'bank', 'hand', 'transfer', 'cheque', 'cash', 'terminal'"


def upgrade():
    _ways(WAYS)
    op.create_table('payments_bank_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('holder', sa.String(length=200), nullable=False),
    sa.Column('iban', sa.String(length=34), nullable=False),
    sa.Column('bic', sa.String(length=11), nullable=False),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('books_exact', sa.Boolean(), nullable=False),
    sa.Column('is_closed', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_bank_account')),
    sa.UniqueConstraint('name', name=op.f('uq_payments_bank_account_name')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_bank_account_ref'))
    )
    op.create_table('payments_bank_statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opening_minor', sa.BigInteger(), nullable=True),
    sa.Column('closing_minor', sa.BigInteger(), nullable=True),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('doing', sa.String(length=10), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['payments_bank_account.id'], name=op.f('fk_payments_bank_statement_account_id_payments_bank_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_payments_bank_statement_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_bank_statement')),
    sa.UniqueConstraint('account_id', 'sha256', name=op.f('uq_payments_bank_statement_account_id_sha256')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_bank_statement_ref'))
    )
    with op.batch_alter_table('payments_bank_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_bank_statement_person_id'), ['person_id'], unique=False)

    op.create_table('payments_bank_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('occurrence', sa.Integer(), nullable=False),
    sa.Column('booked_on', sa.Date(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('iban', sa.String(length=40), nullable=False),
    sa.Column('bank_ref', sa.String(length=200), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('is_reversal', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('matched_minor', sa.BigInteger(), nullable=False),
    sa.Column('returned_minor', sa.BigInteger(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reverses_id', sa.Integer(), nullable=True),
    sa.Column('suggested_id', sa.Integer(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=10), nullable=False),
    sa.Column('is_sure', sa.Boolean(), nullable=False),
    sa.CheckConstraint("state <> 'matched' OR matched_minor + returned_minor = amount_minor", name=op.f('ck_payments_bank_line_matched_wholly')),
    sa.CheckConstraint("state <> 'reversed' OR matched_minor = 0", name=op.f('ck_payments_bank_line_reversed_pays_nothing')),
    sa.CheckConstraint("state IN ('open', 'matched', 'ignored', 'reversed', 'out')", name=op.f('ck_payments_bank_line_state')),
    sa.CheckConstraint('matched_minor >= 0 AND returned_minor >= 0 AND (amount_minor > 0 AND matched_minor + returned_minor <= amount_minor OR amount_minor <= 0 AND matched_minor + returned_minor = 0)', name=op.f('ck_payments_bank_line_not_over_matched')),
    sa.ForeignKeyConstraint(['account_id'], ['payments_bank_account.id'], name=op.f('fk_payments_bank_line_account_id_payments_bank_account')),
    sa.ForeignKeyConstraint(['reverses_id'], ['payments_bank_line.id'], name=op.f('fk_payments_bank_line_reverses_id_payments_bank_line')),
    sa.ForeignKeyConstraint(['statement_id'], ['payments_bank_statement.id'], name=op.f('fk_payments_bank_line_statement_id_payments_bank_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_bank_line')),
    sa.UniqueConstraint('account_id', 'fingerprint', 'occurrence', name=op.f('uq_payments_bank_line_account_id_fingerprint_occurrence')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_bank_line_ref')),
    sa.UniqueConstraint('reverses_id', name=op.f('uq_payments_bank_line_reverses_id'))
    )
    with op.batch_alter_table('payments_bank_line', schema=None) as batch_op:
        batch_op.create_index('ix_payments_bank_line_state', ['account_id', 'state', 'booked_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_bank_line_statement_id'), ['statement_id'], unique=False)
        batch_op.create_index('ix_payments_bank_line_sure', ['is_sure', 'state'], unique=False)

    op.create_table('payments_bank_match',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_payments_bank_match_amount')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_payments_bank_match_ended_by_id_person')),
    sa.ForeignKeyConstraint(['line_id'], ['payments_bank_line.id'], name=op.f('fk_payments_bank_match_line_id_payments_bank_line')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_payments_bank_match_made_by_id_person')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_bank_match_order_id_payments_order')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments_payment.id'], name=op.f('fk_payments_bank_match_payment_id_payments_payment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_bank_match')),
    sa.UniqueConstraint('payment_id', name=op.f('uq_payments_bank_match_payment_id'))
    )
    with op.batch_alter_table('payments_bank_match', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_bank_match_line_id'), ['line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_bank_match_order_id'), ['order_id'], unique=False)
        batch_op.create_index('uq_payments_bank_match_stands', ['line_id', 'order_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('checkout_transfer_terms',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('whom', sa.String(length=10), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('days_before', sa.Integer(), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("whom IN ('nobody', 'groups', 'all')", name=op.f('ck_checkout_transfer_terms_whom')),
    sa.CheckConstraint('days BETWEEN 1 AND 60 AND days_before BETWEEN 0 AND 365 AND grace_days BETWEEN 0 AND 14', name=op.f('ck_checkout_transfer_terms_days')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_checkout_transfer_terms_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_checkout_transfer_terms'))
    )
    op.create_table('payments_bank_promise',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('po_number', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['payments_bank_account.id'], name=op.f('fk_payments_bank_promise_account_id_payments_bank_account')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_bank_promise_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_bank_promise')),
    sa.UniqueConstraint('order_id', name=op.f('uq_payments_bank_promise_order_id'))
    )
    op.create_table('payments_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('provider', sa.String(length=10), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint("(state = 'waiting') = (decided_by_id IS NULL)", name=op.f('ck_payments_mark_decided_by_somebody')),
    sa.CheckConstraint("provider IN ('transfer', 'cheque', 'cash', 'terminal', 'hand')", name=op.f('ck_payments_mark_provider')),
    sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name=op.f('ck_payments_mark_state')),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_payments_mark_amount')),
    sa.CheckConstraint('decided_by_id <> asked_by_id', name=op.f('ck_payments_mark_two_people')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_payments_mark_asked_by_id_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_payments_mark_decided_by_id_person')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_mark_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_mark')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_mark_ref'))
    )
    with op.batch_alter_table('payments_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_mark_order_id'), ['order_id'], unique=False)
        batch_op.create_index('uq_payments_mark_waiting', ['order_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    with op.batch_alter_table('society', schema=None) as batch_op:
        batch_op.add_column(sa.Column('second_person_from_minor', sa.BigInteger(), nullable=True))



def downgrade():
    _ways("'stripe', 'hand'")
    with op.batch_alter_table('society', schema=None) as batch_op:
        batch_op.drop_column('second_person_from_minor')
    op.drop_table('payments_mark')
    op.drop_table('payments_bank_promise')
    op.drop_table('checkout_transfer_terms')
    with op.batch_alter_table('payments_bank_match', schema=None) as batch_op:
        batch_op.drop_index('uq_payments_bank_match_stands', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_payments_bank_match_order_id'))
        batch_op.drop_index(batch_op.f('ix_payments_bank_match_line_id'))

    op.drop_table('payments_bank_match')
    with op.batch_alter_table('payments_bank_line', schema=None) as batch_op:
        batch_op.drop_index('ix_payments_bank_line_sure')
        batch_op.drop_index(batch_op.f('ix_payments_bank_line_statement_id'))
        batch_op.drop_index('ix_payments_bank_line_state')

    op.drop_table('payments_bank_line')
    with op.batch_alter_table('payments_bank_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_bank_statement_person_id'))

    op.drop_table('payments_bank_statement')
    op.drop_table('payments_bank_account')


def _ways(values):
    with op.batch_alter_table('payments_payment', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_payments_payment_provider'), type_='check')
        batch_op.create_check_constraint(op.f('ck_payments_payment_provider'), f"provider IN ({values})")
