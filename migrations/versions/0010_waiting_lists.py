"""Waiting lists: who waits for a place, what is offered to them, for how long

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-23 22:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_LIVE = sa.text("state IN ('waiting', 'offered', 'accepted')")
_STATES = "'waiting', 'offered', 'accepted', 'done', 'declined', 'lapsed', 'left', 'removed', 'closed'"


def upgrade():
    op.create_table('registration_wait',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('add_on_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.CheckConstraint(f'state IN ({_STATES})', name=op.f('ck_registration_wait_state')),
    sa.CheckConstraint('(category_id IS NULL) <> (add_on_id IS NULL)', name=op.f('ck_registration_wait_for_one_thing')),
    sa.CheckConstraint("state <> 'offered' OR ends_at IS NOT NULL", name=op.f('ck_registration_wait_offers_end')),
    sa.ForeignKeyConstraint(['add_on_id'], ['registration_add_on.id'], name=op.f('fk_registration_wait_add_on_id_registration_add_on')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_wait_category_id_registration_category')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_wait_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['pool_id'], ['registration_pool.id'], name=op.f('fk_registration_wait_pool_id_registration_pool')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_wait_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_wait')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_wait_ref'))
    )
    op.create_index(op.f('ix_registration_wait_meeting_id'), 'registration_wait', ['meeting_id'], unique=False)
    op.create_index('ix_registration_wait_line', 'registration_wait', ['pool_id', 'state', 'position'], unique=False)
    op.create_index('uq_registration_wait_live', 'registration_wait', ['registration_id', 'pool_id'], unique=True,
                    sqlite_where=_LIVE, postgresql_where=_LIVE)
    op.create_table('registration_wait_pace',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('hours_month', sa.Integer(), nullable=False),
    sa.Column('hours_week', sa.Integer(), nullable=False),
    sa.Column('hours_end', sa.Integer(), nullable=False),
    sa.CheckConstraint('hours > 0 AND hours_month > 0 AND hours_week > 0 AND hours_end > 0', name=op.f('ck_registration_wait_pace_hours')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_wait_pace_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_wait_pace')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_registration_wait_pace_meeting_id'))
    )
    # Nobody waits yet; a process of the former release goes on to write rows without these columns until it is started anew.
    with op.batch_alter_table('registration_pool') as batch_op:
        batch_op.add_column(sa.Column('waiting', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('is_paused', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(op.f('ck_registration_pool_waiting_not_negative'), 'waiting >= 0')
    with op.batch_alter_table('registration_place') as batch_op:
        batch_op.alter_column('state', existing_type=sa.String(length=4), type_=sa.String(length=7), existing_nullable=False)
        batch_op.drop_constraint(op.f('ck_registration_place_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_registration_place_state'), "state IN ('offered', 'held', 'kept')")


def downgrade():
    # What was offered is free again: the former release knows no offers.
    op.execute(
        "UPDATE registration_pool SET taken = taken - (SELECT count(*) FROM registration_place"
        " WHERE pool_id = registration_pool.id AND state = 'offered')"
    )
    op.execute("DELETE FROM registration_place WHERE state = 'offered'")
    with op.batch_alter_table('registration_place') as batch_op:
        batch_op.drop_constraint(op.f('ck_registration_place_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_registration_place_state'), "state IN ('held', 'kept')")
        batch_op.alter_column('state', existing_type=sa.String(length=7), type_=sa.String(length=4), existing_nullable=False)
    with op.batch_alter_table('registration_pool') as batch_op:
        batch_op.drop_constraint(op.f('ck_registration_pool_waiting_not_negative'), type_='check')
        batch_op.drop_column('is_paused')
        batch_op.drop_column('waiting')
    op.drop_table('registration_wait_pace')
    op.drop_index('uq_registration_wait_live', table_name='registration_wait')
    op.drop_index('ix_registration_wait_line', table_name='registration_wait')
    op.drop_index(op.f('ix_registration_wait_meeting_id'), table_name='registration_wait')
    op.drop_table('registration_wait')
