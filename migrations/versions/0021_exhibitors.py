"""Exhibitors, their booths and allotments

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-29 11:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registration_exhibitor_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done', sa.JSON(), nullable=True),
    sa.Column('kept', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_exhibitor_file_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_exhibitor_file')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_exhibitor_file_ref'))
    )
    with op.batch_alter_table('registration_exhibitor_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_exhibitor_file_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('registration_booth_kind',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('basis', sa.String(length=10), nullable=False),
    sa.Column('badges', sa.Integer(), nullable=False),
    sa.Column('per_area', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=3), nullable=False),
    sa.Column('rounding', sa.String(length=10), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('maximum', sa.Integer(), nullable=True),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('company_most', sa.Integer(), nullable=True),
    sa.Column('names_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late', sa.String(length=10), nullable=False),
    sa.Column('late_fee_minor', sa.BigInteger(), nullable=False),
    sa.Column('remind_days', sa.Integer(), nullable=True),
    sa.Column('with_add_ons', sa.Boolean(), nullable=False),
    sa.Column('budget_code', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("basis <> 'per_area' OR per_area > 0", name=op.f('ck_registration_booth_kind_per_area')),
    sa.CheckConstraint("basis IN ('per_booth', 'per_area')", name=op.f('ck_registration_booth_kind_basis')),
    sa.CheckConstraint("late IN ('no_more', 'late_fee')", name=op.f('ck_registration_booth_kind_late')),
    sa.CheckConstraint("rounding IN ('complete', 'begun', 'in_share')", name=op.f('ck_registration_booth_kind_rounding')),
    sa.CheckConstraint("unit IN ('m2', 'ft2')", name=op.f('ck_registration_booth_kind_unit')),
    sa.CheckConstraint('badges >= 0 AND minimum >= 0 AND (maximum IS NULL OR maximum >= minimum)', name=op.f('ck_registration_booth_kind_badges')),
    sa.CheckConstraint('company_most IS NULL OR company_most >= 0', name=op.f('ck_registration_booth_kind_company_most')),
    sa.CheckConstraint('late_fee_minor >= 0', name=op.f('ck_registration_booth_kind_late_fee')),
    sa.CheckConstraint('remind_days IS NULL OR remind_days BETWEEN 1 AND 180', name=op.f('ck_registration_booth_kind_remind_days')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_booth_kind_category_id_registration_category')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_booth_kind_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_booth_kind')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_registration_booth_kind_meeting_id_code'))
    )
    op.create_table('registration_allotment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('allotted', sa.Integer(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.CheckConstraint('used <= allotted', name=op.f('ck_registration_allotment_not_overused')),
    sa.CheckConstraint('used >= 0', name=op.f('ck_registration_allotment_not_negative')),
    sa.ForeignKeyConstraint(['group_id'], ['registration_group.id'], name=op.f('fk_registration_allotment_group_id_registration_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_allotment')),
    sa.UniqueConstraint('group_id', name=op.f('uq_registration_allotment_group_id'))
    )
    op.create_table('registration_exhibitor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('company', sa.String(length=300), nullable=False),
    sa.Column('key', sa.String(length=600), nullable=False),
    sa.Column('booths', sa.String(length=200), nullable=False),
    sa.Column('booth_count', sa.Integer(), nullable=False),
    sa.Column('area', sa.Integer(), nullable=True),
    sa.Column('override', sa.Integer(), nullable=True),
    sa.Column('override_reason', sa.String(length=300), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("override IS NULL OR (override >= 0 AND override_reason <> '')", name=op.f('ck_registration_exhibitor_override')),
    sa.CheckConstraint('area IS NULL OR area >= 0', name=op.f('ck_registration_exhibitor_area')),
    sa.CheckConstraint('booth_count >= 1', name=op.f('ck_registration_exhibitor_booth_count')),
    sa.ForeignKeyConstraint(['file_id'], ['registration_exhibitor_file.id'], name=op.f('fk_registration_exhibitor_file_id_registration_exhibitor_file')),
    sa.ForeignKeyConstraint(['group_id'], ['registration_group.id'], name=op.f('fk_registration_exhibitor_group_id_registration_group')),
    sa.ForeignKeyConstraint(['kind_id'], ['registration_booth_kind.id'], name=op.f('fk_registration_exhibitor_kind_id_registration_booth_kind')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_exhibitor_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_exhibitor')),
    sa.UniqueConstraint('group_id', name=op.f('uq_registration_exhibitor_group_id')),
    sa.UniqueConstraint('meeting_id', 'key', name=op.f('uq_registration_exhibitor_meeting_id_key')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_exhibitor_ref'))
    )
    with op.batch_alter_table('registration_exhibitor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_exhibitor_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_exhibitor_kind_id'), ['kind_id'], unique=False)

    op.create_table('registration_allotment_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('allotment_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=4), nullable=False),
    sa.Column('list_minor', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('held', 'kept')", name=op.f('ck_registration_allotment_use_state')),
    sa.CheckConstraint('list_minor >= 0', name=op.f('ck_registration_allotment_use_list')),
    sa.ForeignKeyConstraint(['allotment_id'], ['registration_allotment.id'], name=op.f('fk_registration_allotment_use_allotment_id_registration_allotment')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_allotment_use_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_allotment_use')),
    sa.UniqueConstraint('registration_id', name=op.f('uq_registration_allotment_use_registration_id'))
    )
    with op.batch_alter_table('registration_allotment_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_allotment_use_allotment_id'), ['allotment_id'], unique=False)

    op.create_table('registration_exhibitor_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('exhibitor_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('due_for', sa.DateTime(timezone=True), nullable=False),
    sa.Column('to_email', sa.String(length=320), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('invitation', 'reminder')", name=op.f('ck_registration_exhibitor_letter_kind')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['registration_exhibitor.id'], name=op.f('fk_registration_exhibitor_letter_exhibitor_id_registration_exhibitor'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_exhibitor_letter')),
    sa.UniqueConstraint('exhibitor_id', 'kind', 'due_for', 'to_email', name=op.f('uq_registration_exhibitor_letter_exhibitor_id_kind_due_for_to_email'))
    )
    with op.batch_alter_table('registration_group', schema=None) as batch_op:
        batch_op.add_column(sa.Column('category_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('with_add_ons', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('unnamed_most', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('unnamed', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_index(batch_op.f('ix_registration_group_category_id'), ['category_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_registration_group_category_id_registration_category'), 'registration_category', ['category_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_registration_group_unnamed'), 'unnamed >= 0 AND unnamed <= unnamed_most')

    with op.batch_alter_table('registration_group_seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('institution', sa.String(length=300), server_default='', nullable=False))
        batch_op.alter_column('email',
               existing_type=sa.String(length=320),
               nullable=True)
        batch_op.create_check_constraint(batch_op.f('ck_registration_group_seat_whose'), "email IS NOT NULL OR institution <> ''")


def downgrade():
    # An address to which nothing is ever delivered (RFC 2606), one for each seat that has none.
    op.execute("UPDATE registration_group_seat SET email = 'seat-' || id || '@unknown.invalid' WHERE email IS NULL")
    with op.batch_alter_table('registration_group_seat', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_registration_group_seat_whose'), type_='check')
        batch_op.alter_column('email',
               existing_type=sa.String(length=320),
               nullable=False)
        batch_op.drop_column('institution')

    with op.batch_alter_table('registration_group', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_registration_group_unnamed'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_registration_group_category_id_registration_category'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_registration_group_category_id'))
        batch_op.drop_column('unnamed')
        batch_op.drop_column('unnamed_most')
        batch_op.drop_column('closes_at')
        batch_op.drop_column('with_add_ons')
        batch_op.drop_column('category_id')

    op.drop_table('registration_exhibitor_letter')
    with op.batch_alter_table('registration_allotment_use', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_allotment_use_allotment_id'))

    op.drop_table('registration_allotment_use')
    with op.batch_alter_table('registration_exhibitor', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_exhibitor_kind_id'))
        batch_op.drop_index(batch_op.f('ix_registration_exhibitor_file_id'))

    op.drop_table('registration_exhibitor')
    op.drop_table('registration_allotment')
    op.drop_table('registration_booth_kind')
    with op.batch_alter_table('registration_exhibitor_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_exhibitor_file_meeting_id'))

    op.drop_table('registration_exhibitor_file')
