"""What programmes are checked against, ways between rooms, warnings that were set aside; what releases have changed

Revision ID: 0039
Revises: 0038
Create Date: 2026-12-08 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('schedule_check_policy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('walk_minutes', sa.Integer(), nullable=False),
    sa.Column('disclosing', sa.String(length=20), nullable=False),
    sa.CheckConstraint("disclosing IN ('nobody', 'speaking', 'everybody')", name=op.f('ck_schedule_check_policy_disclosing')),
    sa.CheckConstraint('walk_minutes >= 0', name=op.f('ck_schedule_check_policy_walk_minutes')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_check_policy_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_check_policy')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_schedule_check_policy_meeting_id'))
    )
    op.create_table('schedule_walk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('one_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_schedule_walk_minutes')),
    sa.CheckConstraint('one_id < other_id', name=op.f('ck_schedule_walk_in_order')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_walk_meeting_id_meeting'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['one_id'], ['schedule_room.id'], name=op.f('fk_schedule_walk_one_id_schedule_room'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['schedule_room.id'], name=op.f('fk_schedule_walk_other_id_schedule_room'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_walk')),
    sa.UniqueConstraint('one_id', 'other_id', name=op.f('uq_schedule_walk_one_id_other_id'))
    )
    with op.batch_alter_table('schedule_walk') as batch:
        batch.create_index(batch.f('ix_schedule_walk_meeting_id'), ['meeting_id'])
        batch.create_index(batch.f('ix_schedule_walk_other_id'), ['other_id'])
    op.create_table('schedule_set_aside',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_schedule_set_aside_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_set_aside_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_set_aside')),
    sa.UniqueConstraint('meeting_id', 'key', name=op.f('uq_schedule_set_aside_meeting_id_key'))
    )
    with op.batch_alter_table('schedule_set_aside') as batch:
        batch.create_index(batch.f('ix_schedule_set_aside_by_id'), ['by_id'])
    # Releases of before have no list; the default is for their rows alone.
    with op.batch_alter_table('schedule_release') as batch:
        batch.add_column(sa.Column('news', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('schedule_release') as batch:
        batch.alter_column('news', existing_type=sa.JSON(), existing_nullable=False, server_default=None)


def downgrade():
    with op.batch_alter_table('schedule_release') as batch:
        batch.drop_column('news')
    op.drop_table('schedule_set_aside')
    op.drop_table('schedule_walk')
    op.drop_table('schedule_check_policy')
