"""Codes that take something off

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-23 20:10:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registration_discount_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('effect', sa.String(length=10), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('scope', sa.String(length=12), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('add_on_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('most_uses', sa.Integer(), nullable=True),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('budget_code', sa.String(length=40), nullable=False),
    sa.Column('is_on_offer', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("effect IN ('percent', 'amount', 'comp')", name=op.f('ck_registration_discount_code_effect')),
    sa.CheckConstraint("scope IN ('registration', 'add_on', 'all')", name=op.f('ck_registration_discount_code_scope')),
    sa.CheckConstraint("effect <> 'percent' OR percent BETWEEN 1 AND 100", name=op.f('ck_registration_discount_code_percent')),
    sa.CheckConstraint("effect <> 'amount' OR amount_minor > 0", name=op.f('ck_registration_discount_code_amount')),
    sa.CheckConstraint('used >= 0', name=op.f('ck_registration_discount_code_not_negative')),
    sa.CheckConstraint('most_uses IS NULL OR used <= most_uses', name=op.f('ck_registration_discount_code_not_overused')),
    sa.ForeignKeyConstraint(['add_on_id'], ['registration_add_on.id'], name=op.f('fk_registration_discount_code_add_on_id_registration_add_on')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_discount_code_category_id_registration_category')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_discount_code_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_discount_code')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_registration_discount_code_meeting_id_code'))
    )
    op.create_table('registration_code_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=4), nullable=False),
    sa.Column('off_minor', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('held', 'kept')", name=op.f('ck_registration_code_use_state')),
    sa.ForeignKeyConstraint(['code_id'], ['registration_discount_code.id'], name=op.f('fk_registration_code_use_code_id_registration_discount_code')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_code_use_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_code_use')),
    sa.UniqueConstraint('registration_id', name=op.f('uq_registration_code_use_registration_id'))
    )
    op.create_index(op.f('ix_registration_code_use_code_id'), 'registration_code_use', ['code_id'], unique=False)
    # Drafts that exist have no code, nor have those that a process of the former release begins until it is started anew.
    with op.batch_alter_table('registration') as batch_op:
        batch_op.add_column(sa.Column('discount_code', sa.String(length=40), nullable=False, server_default=''))


def downgrade():
    with op.batch_alter_table('registration') as batch_op:
        batch_op.drop_column('discount_code')
    op.drop_index(op.f('ix_registration_code_use_code_id'), table_name='registration_code_use')
    op.drop_table('registration_code_use')
    op.drop_table('registration_discount_code')
