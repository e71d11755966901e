"""Changes of registrations

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-23 22:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    _kinds("kind IN ('payment', 'sale', 'reversal', 'refund', 'fee', 'goodwill', 'transfer')")
    op.create_table('registration_change_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('minimum_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("kind IN ('switch', 'add', 'drop', 'substitute', 'cancel')", name=op.f('ck_registration_change_step_kind')),
    sa.CheckConstraint('amount_minor >= 0 AND minimum_minor >= 0', name=op.f('ck_registration_change_step_amounts')),
    sa.CheckConstraint('percent BETWEEN 0 AND 100', name=op.f('ck_registration_change_step_percent')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_change_step_category_id_registration_category')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_change_step_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_change_step'))
    )
    with op.batch_alter_table('registration_change_step') as batch_op:
        batch_op.create_index('ix_registration_change_step_meeting', ['meeting_id', 'kind', 'until'], unique=False)

    op.create_table('registration_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('heir_id', sa.Integer(), nullable=True),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=6), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('ends', sa.JSON(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('refund_minor', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('switch', 'add', 'drop', 'substitute', 'cancel', 'reprice')", name=op.f('ck_registration_change_kind')),
    sa.CheckConstraint("state IN ('open', 'done', 'lapsed')", name=op.f('ck_registration_change_state')),
    sa.CheckConstraint('refund_minor >= 0', name=op.f('ck_registration_change_refund')),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_registration_change_asked_by_person')),
    sa.ForeignKeyConstraint(['heir_id'], ['registration.id'], name=op.f('fk_registration_change_heir_id_registration')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_registration_change_order_id_payments_order')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_change_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_change')),
    sa.UniqueConstraint('order_id', name=op.f('uq_registration_change_order_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_change_ref'))
    )
    with op.batch_alter_table('registration_change') as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_change_heir_id'), ['heir_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_change_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index('uq_registration_change_open', ['registration_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))



def downgrade():
    _kinds("kind IN ('payment', 'sale', 'reversal', 'refund', 'fee', 'goodwill')")
    with op.batch_alter_table('registration_change') as batch_op:
        batch_op.drop_index('uq_registration_change_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index(batch_op.f('ix_registration_change_registration_id'))
        batch_op.drop_index(batch_op.f('ix_registration_change_heir_id'))

    op.drop_table('registration_change')
    with op.batch_alter_table('registration_change_step') as batch_op:
        batch_op.drop_index('ix_registration_change_step_meeting')

    op.drop_table('registration_change_step')


def _kinds(rule):
    """The kinds of ledger entries."""
    with op.batch_alter_table('payments_ledger') as batch_op:
        batch_op.drop_constraint(op.f('ck_payments_ledger_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_payments_ledger_kind'), rule)
