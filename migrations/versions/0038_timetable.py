"""Sessions in the pool remember how long they are and when they began

Revision ID: 0038
Revises: 0037
Create Date: 2026-12-09 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('schedule_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pool_minutes', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('pool_from', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f('ck_schedule_session_pool_minutes'), 'pool_minutes >= 0')
    with op.batch_alter_table('schedule_session', schema=None) as batch_op:
        batch_op.alter_column('pool_minutes', server_default=None)


def downgrade():
    with op.batch_alter_table('schedule_session', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_schedule_session_pool_minutes'), type_='check')
        batch_op.drop_column('pool_from')
        batch_op.drop_column('pool_minutes')
