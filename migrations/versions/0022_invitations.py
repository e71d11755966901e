"""Invitations: kinds with limits and reminders, each person's own, the lists that were sent, codes that are bound to a person

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-24 09:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

_STANDS = sa.text("state = 'standing'")


def upgrade():
    with op.batch_alter_table('registration_discount_code', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('also', sa.JSON(), server_default='[]', nullable=False))
        batch_op.create_foreign_key(batch_op.f('fk_registration_discount_code_person_id_person'), 'person', ['person_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_registration_discount_code_person_id'), ['person_id'], unique=False)

    op.create_table('registration_invitation_kind',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('inviter', sa.String(length=200), nullable=False),
    sa.Column('effect', sa.String(length=10), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('add_ons', sa.JSON(), nullable=False),
    sa.Column('budget_code', sa.String(length=40), nullable=False),
    sa.Column('ribbon', sa.String(length=30), nullable=False),
    sa.Column('asks_eligibility', sa.Boolean(), nullable=False),
    sa.Column('keeps_places', sa.Boolean(), nullable=False),
    sa.Column('kept_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('most', sa.Integer(), nullable=True),
    sa.Column('invited', sa.Integer(), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("effect <> 'amount' OR amount_minor > 0", name=op.f('ck_registration_invitation_kind_amount')),
    sa.CheckConstraint("effect <> 'percent' OR percent BETWEEN 1 AND 100", name=op.f('ck_registration_invitation_kind_percent')),
    sa.CheckConstraint("effect IN ('percent', 'amount', 'comp')", name=op.f('ck_registration_invitation_kind_effect')),
    sa.CheckConstraint('invited >= 0', name=op.f('ck_registration_invitation_kind_not_negative')),
    sa.CheckConstraint('most IS NULL OR invited <= most', name=op.f('ck_registration_invitation_kind_not_too_many')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_invitation_kind_category_id_registration_category')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_invitation_kind_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_invitation_kind')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_registration_invitation_kind_meeting_id_code'))
    )
    op.create_table('registration_invitation_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['kind_id'], ['registration_invitation_kind.id'], name=op.f('fk_registration_invitation_reminder_kind_id_registration_invitation_kind'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_invitation_reminder')),
    sa.UniqueConstraint('kind_id', 'at', name=op.f('uq_registration_invitation_reminder_kind_id_at'))
    )
    op.create_table('registration_invitation_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("source IN ('hand', 'file', 'programme')", name=op.f('ck_registration_invitation_list_source')),
    sa.ForeignKeyConstraint(['kind_id'], ['registration_invitation_kind.id'], name=op.f('fk_registration_invitation_list_kind_id_registration_invitation_kind')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_registration_invitation_list_made_by_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_invitation_list_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_invitation_list')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_invitation_list_ref'))
    )
    with op.batch_alter_table('registration_invitation_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_invitation_list_kind_id'), ['kind_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_invitation_list_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_invitation_list_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('registration_invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('code_id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=True),
    sa.Column('pool_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('kept_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end_note', sa.String(length=300), nullable=False),
    sa.CheckConstraint("state IN ('standing', 'declined', 'lapsed', 'withdrawn')", name=op.f('ck_registration_invitation_state')),
    sa.CheckConstraint('pool_id IS NULL OR kept_until IS NOT NULL', name=op.f('ck_registration_invitation_kept_until_a_day')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_invitation_category_id_registration_category')),
    sa.ForeignKeyConstraint(['code_id'], ['registration_discount_code.id'], name=op.f('fk_registration_invitation_code_id_registration_discount_code')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_registration_invitation_invited_by_id_person')),
    sa.ForeignKeyConstraint(['kind_id'], ['registration_invitation_kind.id'], name=op.f('fk_registration_invitation_kind_id_registration_invitation_kind')),
    sa.ForeignKeyConstraint(['list_id'], ['registration_invitation_list.id'], name=op.f('fk_registration_invitation_list_id_registration_invitation_list')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_invitation_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_invitation_person_id_person')),
    sa.ForeignKeyConstraint(['pool_id'], ['registration_pool.id'], name=op.f('fk_registration_invitation_pool_id_registration_pool')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_invitation')),
    sa.UniqueConstraint('code_id', name=op.f('uq_registration_invitation_code_id')),
    sa.UniqueConstraint('key', name=op.f('uq_registration_invitation_key')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_invitation_ref'))
    )
    with op.batch_alter_table('registration_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_invitation_invited_by_id'), ['invited_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_invitation_kind_id'), ['kind_id'], unique=False)
        batch_op.create_index('ix_registration_invitation_filter', ['meeting_id', 'kind_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_invitation_list_id'), ['list_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_invitation_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_invitation_pool_id'), ['pool_id'], unique=False)
        batch_op.create_index('uq_registration_invitation_standing', ['meeting_id', 'person_id'], unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)

    op.create_table('registration_invitation_reminded',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('invitation_id', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['registration_invitation.id'], name=op.f('fk_registration_invitation_reminded_invitation_id_registration_invitation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_invitation_reminded')),
    sa.UniqueConstraint('invitation_id', 'due_at', name=op.f('uq_registration_invitation_reminded_invitation_id_due_at'))
    )


def downgrade():
    op.drop_table('registration_invitation_reminded')
    with op.batch_alter_table('registration_invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_invitation_standing', sqlite_where=_STANDS, postgresql_where=_STANDS)
        batch_op.drop_index(batch_op.f('ix_registration_invitation_pool_id'))
        batch_op.drop_index(batch_op.f('ix_registration_invitation_person_id'))
        batch_op.drop_index(batch_op.f('ix_registration_invitation_list_id'))
        batch_op.drop_index('ix_registration_invitation_filter')
        batch_op.drop_index(batch_op.f('ix_registration_invitation_kind_id'))
        batch_op.drop_index(batch_op.f('ix_registration_invitation_invited_by_id'))

    op.drop_table('registration_invitation')
    with op.batch_alter_table('registration_invitation_list', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_invitation_list_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_registration_invitation_list_made_by_id'))
        batch_op.drop_index(batch_op.f('ix_registration_invitation_list_kind_id'))

    op.drop_table('registration_invitation_list')
    op.drop_table('registration_invitation_reminder')
    op.drop_table('registration_invitation_kind')
    with op.batch_alter_table('registration_discount_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_discount_code_person_id'))
        batch_op.drop_constraint(batch_op.f('fk_registration_discount_code_person_id_person'), type_='foreignkey')
        batch_op.drop_column('also')
        batch_op.drop_column('person_id')
