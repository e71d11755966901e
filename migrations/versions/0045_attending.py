"""Signing up for sessions, evaluations of them, recordings

Revision ID: 0045
Revises: 0044
Create Date: 2026-11-30 07:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('attending_evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=36), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attending_evaluation_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attending_evaluation')),
    sa.UniqueConstraint('meeting_id', 'item', 'seal', name=op.f('uq_attending_evaluation_meeting_id_item_seal'))
    )
    op.create_table('attending_evaluation_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('is_on', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('begins', sa.String(length=10), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("begins IN ('start', 'end')", name=op.f('ck_attending_evaluation_form_begins')),
    sa.CheckConstraint('days >= 0 AND days <= 365', name=op.f('ck_attending_evaluation_form_days')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attending_evaluation_form_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attending_evaluation_form')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_attending_evaluation_form_meeting_id'))
    )
    op.create_table('attending_recording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=36), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('only_for', sa.JSON(), nullable=False),
    sa.Column('for_members', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("substr(url, 1, 8) = 'https://'", name=op.f('ck_attending_recording_https')),
    sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_attending_recording_in_order')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attending_recording_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attending_recording')),
    sa.UniqueConstraint('ref', name=op.f('uq_attending_recording_ref'))
    )
    with op.batch_alter_table('attending_recording', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attending_recording_meeting_id_item'), ['meeting_id', 'item'], unique=False)
    op.create_table('attending_sign_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=36), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('waiting', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('has_list', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('only_for', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_attending_sign_up_in_order')),
    sa.CheckConstraint('taken >= 0 AND taken <= places', name=op.f('ck_attending_sign_up_not_oversold')),
    sa.CheckConstraint('waiting >= 0', name=op.f('ck_attending_sign_up_waiting_not_negative')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attending_sign_up_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attending_sign_up')),
    sa.UniqueConstraint('meeting_id', 'item', name=op.f('uq_attending_sign_up_meeting_id_item'))
    )
    op.create_table('attending_evaluation_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('wording', sa.String(length=300), nullable=False),
    sa.CheckConstraint("kind IN ('mark', 'text')", name=op.f('ck_attending_evaluation_question_kind')),
    sa.ForeignKeyConstraint(['form_id'], ['attending_evaluation_form.id'], name=op.f('fk_attending_evaluation_question_form_id_attending_evaluation_form'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attending_evaluation_question')),
    sa.UniqueConstraint('form_id', 'position', name=op.f('uq_attending_evaluation_question_form_id_position'))
    )
    op.create_table('attending_seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sign_up_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('came_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'waiting') = (turn IS NOT NULL)", name=op.f('ck_attending_seat_turn')),
    sa.CheckConstraint("state IN ('taken', 'waiting')", name=op.f('ck_attending_seat_state')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_attending_seat_registration_id_registration'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sign_up_id'], ['attending_sign_up.id'], name=op.f('fk_attending_seat_sign_up_id_attending_sign_up'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attending_seat')),
    sa.UniqueConstraint('sign_up_id', 'registration_id', name=op.f('uq_attending_seat_sign_up_id_registration_id'))
    )
    with op.batch_alter_table('attending_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attending_seat_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attending_seat_sign_up_id_turn'), ['sign_up_id', 'turn'], unique=False)


def downgrade():
    with op.batch_alter_table('attending_seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attending_seat_sign_up_id_turn'))
        batch_op.drop_index(batch_op.f('ix_attending_seat_registration_id'))
    op.drop_table('attending_seat')
    op.drop_table('attending_evaluation_question')
    op.drop_table('attending_sign_up')
    with op.batch_alter_table('attending_recording', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attending_recording_meeting_id_item'))
    op.drop_table('attending_recording')
    op.drop_table('attending_evaluation_form')
    op.drop_table('attending_evaluation')
