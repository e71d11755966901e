"""My schedule: up to which release somebody has looked, and links by which others read it

Revision ID: 0044
Revises: 0043
Create Date: 2026-11-30 06:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('schedule_look',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('itinerary_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('release', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['itinerary_id'], ['schedule_itinerary.id'], name=op.f('fk_schedule_look_itinerary_id_schedule_itinerary'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_look_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_look')),
    sa.UniqueConstraint('itinerary_id', 'meeting_id', name=op.f('uq_schedule_look_itinerary_id_meeting_id'))
    )
    with op.batch_alter_table('schedule_look', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_look_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('schedule_share',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('itinerary_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('with_name', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['itinerary_id'], ['schedule_itinerary.id'], name=op.f('fk_schedule_share_itinerary_id_schedule_itinerary'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_share_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_share')),
    sa.UniqueConstraint('itinerary_id', 'meeting_id', name=op.f('uq_schedule_share_itinerary_id_meeting_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_schedule_share_ref'))
    )
    with op.batch_alter_table('schedule_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_share_meeting_id'), ['meeting_id'], unique=False)


def downgrade():
    with op.batch_alter_table('schedule_share', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_share_meeting_id'))

    op.drop_table('schedule_share')
    with op.batch_alter_table('schedule_look', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_look_meeting_id'))

    op.drop_table('schedule_look')
