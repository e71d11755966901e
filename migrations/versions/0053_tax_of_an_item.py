"""A rate of tax may be for one add-on or type of membership alone

Revision ID: 0053
Revises: 0052
Create Date: 2026-11-30 13:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('payments_tax_rate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('item', sa.String(length=60), nullable=False, server_default=''))
        batch_op.create_check_constraint(op.f('ck_payments_tax_rate_item_of_kind'), "item = '' OR kind <> ''")


def downgrade():
    op.execute("DELETE FROM payments_tax_rate WHERE item <> ''")
    with op.batch_alter_table('payments_tax_rate', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_payments_tax_rate_item_of_kind'), type_='check')
        batch_op.drop_column('item')
