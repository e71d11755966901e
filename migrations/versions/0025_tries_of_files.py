"""How often work on a file of registrations broke, so that one that never works is given up

Revision ID: 0025
Revises: 0024
Create Date: 2026-12-03 09:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('staff_upload', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tries', sa.Integer(), server_default='0', nullable=False))


def downgrade():
    with op.batch_alter_table('staff_upload', schema=None) as batch_op:
        batch_op.drop_column('tries')
