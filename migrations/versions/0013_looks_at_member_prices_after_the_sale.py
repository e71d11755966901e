"""Looks at member prices after the sale

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-23 22:57:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registration_price_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('credit', 'lapse')", name=op.f('ck_registration_price_case_kind')),
    sa.CheckConstraint("state IN ('kept', 'warned', 'asked', 'credited')", name=op.f('ck_registration_price_case_state')),
    sa.ForeignKeyConstraint(['line_id'], ['payments_line.id'], name=op.f('fk_registration_price_case_line_id_payments_line')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_price_case_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_price_case')),
    sa.UniqueConstraint('line_id', 'kind', name=op.f('uq_registration_price_case_line_id_kind'))
    )
    op.create_index('ix_registration_price_case_due', 'registration_price_case', ['state', 'due_at'], unique=False)
    op.create_index(op.f('ix_registration_price_case_registration_id'), 'registration_price_case', ['registration_id'], unique=False)


def downgrade():
    op.drop_index(op.f('ix_registration_price_case_registration_id'), table_name='registration_price_case')
    op.drop_index('ix_registration_price_case_due', table_name='registration_price_case')
    op.drop_table('registration_price_case')
