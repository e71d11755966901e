"""What add-ons cost a category in a window, and what they ask

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-24 02:35:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

_ADD_ON = 'registration_add_on'


def upgrade():
    op.create_table('registration_add_on_price',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('add_on_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('window_id', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount_minor >= 0', name=op.f('ck_registration_add_on_price_amount')),
    sa.ForeignKeyConstraint(['add_on_id'], ['registration_add_on.id'], name=op.f('fk_registration_add_on_price_add_on_id_registration_add_on')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_add_on_price_category_id_registration_category'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['window_id'], ['meeting_window.id'], name=op.f('fk_registration_add_on_price_window_id_meeting_window')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_add_on_price')),
    sa.UniqueConstraint('add_on_id', 'category_id', 'window_id', name=op.f('uq_registration_add_on_price_add_on_id_category_id_window_id'))
    )
    op.create_index(op.f('ix_registration_add_on_price_window_id'), 'registration_add_on_price', ['window_id'], unique=False)
    with op.batch_alter_table(_ADD_ON) as table:
        table.add_column(sa.Column('sold_from', sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column('sold_until', sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column('only_for', sa.JSON(), nullable=False, server_default='[]'))
        table.add_column(sa.Column('needs', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table(_ADD_ON) as table:
        table.alter_column('only_for', server_default=None)
        table.alter_column('needs', server_default=None)


def downgrade():
    with op.batch_alter_table(_ADD_ON) as table:
        for name in ('needs', 'only_for', 'sold_until', 'sold_from'):
            table.drop_column(name)
    op.drop_index(op.f('ix_registration_add_on_price_window_id'), table_name='registration_add_on_price')
    op.drop_table('registration_add_on_price')
