"""A talk that was taken back keeps its row and number, without a place in a session

Revision ID: 0048
Revises: 0047
Create Date: 2026-11-30 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None

_HELD = 'ck_schedule_presentation_placed_or_withdrawn'


def upgrade():
    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.alter_column('session_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(op.f(_HELD), 'session_id IS NOT NULL OR withdrawn')


def downgrade():
    op.execute('DELETE FROM schedule_presentation WHERE session_id IS NULL')
    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_HELD), type_='check')
        batch_op.alter_column('session_id', existing_type=sa.Integer(), nullable=False)
