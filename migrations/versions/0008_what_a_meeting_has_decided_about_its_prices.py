"""What a meeting has decided about its prices

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-23 22:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registration_price_policy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('needs', sa.String(length=12), nullable=False),
    sa.Column('order_counts', sa.Boolean(), nullable=False),
    sa.Column('recheck_on', sa.Date(), nullable=True),
    sa.Column('lapse', sa.String(length=10), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.Column('credit_days', sa.Integer(), nullable=False),
    sa.Column('price_date', sa.String(length=10), nullable=False),
    sa.Column('pay_days', sa.Integer(), nullable=False),
    sa.Column('hard_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("needs IN ('registration', 'start', 'end')", name=op.f('ck_registration_price_policy_needs')),
    sa.CheckConstraint("lapse IN ('honour', 'balance', 'grace')", name=op.f('ck_registration_price_policy_lapse')),
    sa.CheckConstraint("price_date IN ('submit', 'payment', 'grace')", name=op.f('ck_registration_price_policy_price_date')),
    sa.CheckConstraint('grace_days BETWEEN 0 AND 366', name=op.f('ck_registration_price_policy_grace_days')),
    sa.CheckConstraint('credit_days BETWEEN 0 AND 366', name=op.f('ck_registration_price_policy_credit_days')),
    sa.CheckConstraint('pay_days BETWEEN 0 AND 366', name=op.f('ck_registration_price_policy_pay_days')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_price_policy_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_price_policy')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_registration_price_policy_meeting_id'))
    )


def downgrade():
    op.drop_table('registration_price_policy')
