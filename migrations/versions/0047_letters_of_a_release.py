"""A release knows since when, by whom and in which language its letters are being written

Revision ID: 0047
Revises: 0046
Create Date: 2026-11-30 09:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None

_BY = 'fk_schedule_release_telling_by_id_person'


def upgrade():
    with op.batch_alter_table('schedule_release', schema=None) as batch_op:
        batch_op.add_column(sa.Column('telling_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('telling_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('telling_language', sa.String(length=20), nullable=False, server_default=''))
        batch_op.create_foreign_key(_BY, 'person', ['telling_by_id'], ['id'], ondelete='SET NULL')
        batch_op.create_index('ix_schedule_release_telling_by_id', ['telling_by_id'])
    with op.batch_alter_table('schedule_release', schema=None) as batch_op:
        batch_op.alter_column('telling_language', server_default=None)


def downgrade():
    with op.batch_alter_table('schedule_release', schema=None) as batch_op:
        batch_op.drop_index('ix_schedule_release_telling_by_id')
        batch_op.drop_constraint(_BY, type_='foreignkey')
        batch_op.drop_column('telling_language')
        batch_op.drop_column('telling_by_id')
        batch_op.drop_column('telling_since')
