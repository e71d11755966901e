"""Letters for visas

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-24 02:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registration_visa_policy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('is_offered', sa.Boolean(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('members_only', sa.Boolean(), nullable=False),
    sa.Column('review', sa.String(length=10), nullable=False),
    sa.Column('countries', sa.JSON(), nullable=False),
    sa.Column('keep_days', sa.Integer(), nullable=False),
    sa.Column('refund_rule', sa.String(length=10), nullable=False),
    sa.Column('fee_minor', sa.BigInteger(), nullable=False),
    sa.Column('refund_until', sa.Date(), nullable=True),
    sa.Column('needs_refusal', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("refund_rule IN ('nothing', 'full', 'less_fee')", name=op.f('ck_registration_visa_policy_refund_rule')),
    sa.CheckConstraint("review IN ('always', 'listed', 'unlisted')", name=op.f('ck_registration_visa_policy_review')),
    sa.CheckConstraint('fee_minor >= 0', name=op.f('ck_registration_visa_policy_fee')),
    sa.CheckConstraint('keep_days BETWEEN 0 AND 366', name=op.f('ck_registration_visa_policy_keep_days')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_visa_policy_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_visa_policy')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_registration_visa_policy_meeting_id'))
    )
    op.create_table('registration_visa_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('signatory', sa.String(length=300), nullable=False),
    sa.Column('office', sa.String(length=300), nullable=False),
    sa.Column('is_used', sa.Boolean(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author', sa.String(length=620), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_visa_text_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_visa_text')),
    sa.UniqueConstraint('meeting_id', 'language', 'version', name=op.f('uq_registration_visa_text_meeting_id_language_version'))
    )
    op.create_table('registration_visa_refusal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('note', sa.String(length=600), nullable=False),
    sa.Column('rule', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=600), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name=op.f('ck_registration_visa_refusal_state')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_registration_visa_refusal_decided_by_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_visa_refusal_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_visa_refusal_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_visa_refusal')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_visa_refusal_ref'))
    )
    with op.batch_alter_table('registration_visa_refusal', schema=None) as batch_op:
        batch_op.create_index('ix_registration_visa_refusal_queue', ['meeting_id', 'state', 'asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_visa_refusal_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index('uq_registration_visa_refusal_waiting', ['registration_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('registration_visa_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('nationality', sa.String(length=2), nullable=False),
    sa.Column('passport', sa.Text(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=600), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=True),
    sa.Column('text_id', sa.Integer(), nullable=True),
    sa.Column('letter', sa.Text(), nullable=True),
    sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'issued', 'declined', 'replaced', 'withdrawn', 'voided')", name=op.f('ck_registration_visa_request_state')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_registration_visa_request_decided_by_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_visa_request_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_visa_request_registration_id_registration')),
    sa.ForeignKeyConstraint(['text_id'], ['registration_visa_text.id'], name=op.f('fk_registration_visa_request_text_id_registration_visa_text')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_visa_request')),
    sa.UniqueConstraint('code', name=op.f('uq_registration_visa_request_code')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_visa_request_ref'))
    )
    with op.batch_alter_table('registration_visa_request', schema=None) as batch_op:
        batch_op.create_index('ix_registration_visa_request_queue', ['meeting_id', 'state', 'asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_visa_request_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index('uq_registration_visa_request_live', ['registration_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'issued')"), postgresql_where=sa.text("state IN ('waiting', 'issued')"))


def downgrade():
    with op.batch_alter_table('registration_visa_request', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_visa_request_live', sqlite_where=sa.text("state IN ('waiting', 'issued')"), postgresql_where=sa.text("state IN ('waiting', 'issued')"))
        batch_op.drop_index(batch_op.f('ix_registration_visa_request_registration_id'))
        batch_op.drop_index('ix_registration_visa_request_queue')

    op.drop_table('registration_visa_request')
    with op.batch_alter_table('registration_visa_refusal', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_visa_refusal_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_registration_visa_refusal_registration_id'))
        batch_op.drop_index('ix_registration_visa_refusal_queue')

    op.drop_table('registration_visa_refusal')
    op.drop_table('registration_visa_text')
    op.drop_table('registration_visa_policy')
