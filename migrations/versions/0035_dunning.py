"""Dunning: what is sent when, how far it has come with an order, what was sent; until when a bank account is known

Revision ID: 0035
Revises: 0034
Create Date: 2026-11-29 22:40:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

STEPS = "('friendly', 'first', 'second', 'last')"


def upgrade():
    op.create_table('checkout_dunning_policy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('is_default', sa.Boolean(), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('release', sa.String(length=10), nullable=False),
    sa.Column('days_to_pay', sa.Integer(), nullable=False),
    sa.Column('bank_days', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("release IN ('itself', 'staff')", name=op.f('ck_checkout_dunning_policy_release')),
    sa.CheckConstraint('days_to_pay BETWEEN 1 AND 90 AND bank_days BETWEEN 0 AND 30', name=op.f('ck_checkout_dunning_policy_days')),
    sa.CheckConstraint('is_default = (meeting_id IS NULL)', name=op.f('ck_checkout_dunning_policy_default')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_checkout_dunning_policy_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checkout_dunning_policy')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_checkout_dunning_policy_meeting_id'))
    )
    with op.batch_alter_table('checkout_dunning_policy', schema=None) as batch_op:
        batch_op.create_index('uq_checkout_dunning_policy_default', ['is_default'], unique=True,
                              sqlite_where=sa.text('meeting_id IS NULL'), postgresql_where=sa.text('meeting_id IS NULL'))
    op.create_table('checkout_dunning_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('policy_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=10), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint(f'step IN {STEPS}', name=op.f('ck_checkout_dunning_step_step')),
    sa.CheckConstraint('days BETWEEN 1 AND 90', name=op.f('ck_checkout_dunning_step_days')),
    sa.ForeignKeyConstraint(['policy_id'], ['checkout_dunning_policy.id'], name=op.f('fk_checkout_dunning_step_policy_id_checkout_dunning_policy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checkout_dunning_step')),
    sa.UniqueConstraint('policy_id', 'step', name=op.f('uq_checkout_dunning_step_policy_id_step'))
    )
    op.create_table('checkout_dunning_case',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('next_step', sa.String(length=10), nullable=True),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('pause_reason', sa.Text(), nullable=False),
    sa.CheckConstraint(f'next_step IN {STEPS}', name=op.f('ck_checkout_dunning_case_next_step')),
    sa.CheckConstraint('(next_step IS NULL) = (next_on IS NULL)', name=op.f('ck_checkout_dunning_case_next')),
    sa.CheckConstraint("(paused_until IS NULL) = (pause_reason = '')", name=op.f('ck_checkout_dunning_case_paused')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_checkout_dunning_case_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_checkout_dunning_case_order_id_payments_order')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_checkout_dunning_case'))
    )
    with op.batch_alter_table('checkout_dunning_case', schema=None) as batch_op:
        batch_op.create_index('ix_checkout_dunning_case_next_on', ['next_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_checkout_dunning_case_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_checkout_dunning_case_meeting_id'), ['meeting_id'], unique=False)
    op.create_table('checkout_dunning_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=10), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('missing_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.CheckConstraint(f'step IN {STEPS}', name=op.f('ck_checkout_dunning_letter_step')),
    sa.CheckConstraint('missing_minor > 0', name=op.f('ck_checkout_dunning_letter_missing')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_checkout_dunning_letter_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checkout_dunning_letter')),
    sa.UniqueConstraint('order_id', 'sent_on', name=op.f('uq_checkout_dunning_letter_order_id_sent_on')),
    sa.UniqueConstraint('order_id', 'step', name=op.f('uq_checkout_dunning_letter_order_id_step'))
    )
    with op.batch_alter_table('payments_bank_account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('complete_until', sa.Date(), nullable=True))


def downgrade():
    with op.batch_alter_table('payments_bank_account', schema=None) as batch_op:
        batch_op.drop_column('complete_until')
    op.drop_table('checkout_dunning_letter')
    op.drop_table('checkout_dunning_case')
    op.drop_table('checkout_dunning_step')
    op.drop_table('checkout_dunning_policy')
