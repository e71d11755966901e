"""Saved cards, what their owners agreed to, charges of them, and dues that renew by themselves

Revision ID: 0033
Revises: 0032
Create Date: 2026-12-06 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

KINDS_BEFORE = "'page', 'refund', 'customer'"


def upgrade():
    _let_kinds_be(f"{KINDS_BEFORE}, 'card', 'detach', 'charge'")
    op.create_table('payments_card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('session_id', sa.String(length=255), nullable=True),
    sa.Column('customer_ref', sa.String(length=255), nullable=False),
    sa.Column('method_ref', sa.String(length=255), nullable=True),
    sa.Column('brand', sa.String(length=30), nullable=False),
    sa.Column('last4', sa.String(length=4), nullable=False),
    sa.Column('exp_month', sa.Integer(), nullable=False),
    sa.Column('exp_year', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('asked', 'saved', 'removing', 'removed', 'abandoned')", name=op.f('ck_payments_card_state')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_payments_card_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_card')),
    sa.UniqueConstraint('method_ref', name=op.f('uq_payments_card_method_ref')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_card_ref')),
    sa.UniqueConstraint('session_id', name=op.f('uq_payments_card_session_id'))
    )
    with op.batch_alter_table('payments_card', schema=None) as batch_op:
        batch_op.create_index('ix_payments_card_due', ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_card_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_payments_card_saved', ['person_id'], unique=True, sqlite_where=sa.text("state = 'saved'"), postgresql_where=sa.text("state = 'saved'"))

    op.create_table('payments_card_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('use', sa.String(length=10), nullable=False),
    sa.Column('is_given', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("use IN ('keep', 'dues')", name=op.f('ck_payments_card_agreement_use')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_payments_card_agreement_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_card_agreement'))
    )
    with op.batch_alter_table('payments_card_agreement', schema=None) as batch_op:
        batch_op.create_index('ix_payments_card_agreement_person', ['person_id', 'use'], unique=False)

    op.create_table('checkout_renewal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('notices', sa.Integer(), nullable=False),
    sa.Column('charge_on', sa.Date(), nullable=True),
    sa.Column('try_on', sa.Date(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('planned', 'told', 'trying', 'paid', 'to_pay', 'given_up', 'stopped', 'moot')", name=op.f('ck_checkout_renewal_state')),
    sa.CheckConstraint('tries >= 0 AND notices >= 0', name=op.f('ck_checkout_renewal_counts')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_checkout_renewal_order_id_payments_order')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_checkout_renewal_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checkout_renewal')),
    sa.UniqueConstraint('order_id', name=op.f('uq_checkout_renewal_order_id')),
    sa.UniqueConstraint('person_id', 'ends', name=op.f('uq_checkout_renewal_person_id_ends'))
    )
    with op.batch_alter_table('checkout_renewal', schema=None) as batch_op:
        batch_op.create_index('ix_checkout_renewal_state', ['state'], unique=False)

    op.create_table('payments_charge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('provider_ref', sa.String(length=255), nullable=True),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('promised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('requested', 'succeeded', 'declined', 'authentication', 'called_off')", name=op.f('ck_payments_charge_state')),
    sa.CheckConstraint('amount_minor > 0 AND number > 0', name=op.f('ck_payments_charge_amount')),
    sa.ForeignKeyConstraint(['card_id'], ['payments_card.id'], name=op.f('fk_payments_charge_card_id_payments_card')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_charge_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_charge')),
    sa.UniqueConstraint('order_id', 'number', name=op.f('uq_payments_charge_order_id_number')),
    sa.UniqueConstraint('provider_ref', name=op.f('uq_payments_charge_provider_ref')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_charge_ref'))
    )
    with op.batch_alter_table('payments_charge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_charge_card_id'), ['card_id'], unique=False)
        batch_op.create_index('ix_payments_charge_due', ['state', 'due_at'], unique=False)
        batch_op.create_index('uq_payments_charge_under_way', ['order_id'], unique=True, sqlite_where=sa.text("state = 'requested'"), postgresql_where=sa.text("state = 'requested'"))


def _let_kinds_be(kinds):
    with op.batch_alter_table('payments_call', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_payments_call_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_payments_call_kind'), f"kind IN ({kinds})")


def downgrade():
    op.execute("DELETE FROM payments_call WHERE kind IN ('card', 'detach', 'charge')")
    _let_kinds_be(KINDS_BEFORE)
    op.drop_table('payments_charge')
    op.drop_table('checkout_renewal')
    op.drop_table('payments_card_agreement')
    op.drop_table('payments_card')
