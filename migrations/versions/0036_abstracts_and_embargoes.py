"""Abstracts that are presented, embargoes, kinds of presentations, parts of sessions, sessions without a time

Revision ID: 0036
Revises: 0035
Create Date: 2026-12-07 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

# Columns that rows of before get a value for; it is no default afterwards.
NEW = {
    'schedule_affiliation': ('ror',),
    'schedule_author': ('corresponding',),
    'schedule_presentation': ('hall', 'late_breaking'),
    'schedule_release': ('openings',),
    'schedule_release_file': ('opening',),
    'schedule_session': ('capacity', 'depth', 'version'),
}


def upgrade():
    op.create_table('schedule_abstract',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('guid', sa.String(length=36), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('late_breaking', sa.Boolean(), nullable=False),
    sa.Column('award', sa.String(length=100), nullable=False),
    sa.Column('sections', sa.JSON(), nullable=False),
    sa.Column('topics', sa.JSON(), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('listing_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('text_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('files_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('award_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('submitted', 'accepted', 'rejected', 'withdrawn')", name=op.f('ck_schedule_abstract_status')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_abstract_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_abstract')),
    sa.UniqueConstraint('meeting_id', 'guid', name=op.f('uq_schedule_abstract_meeting_id_guid')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_schedule_abstract_meeting_id_number'))
    )
    op.create_table('schedule_embargo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('anchor', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=100), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('clock', sa.Time(), nullable=True),
    sa.CheckConstraint("(at IS NOT NULL) = (anchor = 'instant')", name=op.f('ck_schedule_embargo_instant')),
    sa.CheckConstraint("(clock IS NOT NULL) = (anchor IN ('day', 'meeting'))", name=op.f('ck_schedule_embargo_clock')),
    sa.CheckConstraint("anchor IN ('instant', 'session', 'day', 'meeting')", name=op.f('ck_schedule_embargo_anchor')),
    sa.CheckConstraint("part IN ('listing', 'text', 'files', 'award')", name=op.f('ck_schedule_embargo_part')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_embargo_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_embargo')),
    sa.UniqueConstraint('meeting_id', 'part', 'kind', name=op.f('uq_schedule_embargo_meeting_id_part_kind'))
    )
    op.create_table('schedule_kind',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_schedule_kind_minutes')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_kind_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_kind')),
    sa.UniqueConstraint('meeting_id', 'name', name=op.f('uq_schedule_kind_meeting_id_name'))
    )
    with op.batch_alter_table('schedule_affiliation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ror', sa.String(length=9), nullable=False, server_default=''))

    with op.batch_alter_table('schedule_author', schema=None) as batch_op:
        batch_op.add_column(sa.Column('abstract_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('corresponding', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.alter_column('presentation_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_unique_constraint(batch_op.f('uq_schedule_author_abstract_id_position'), ['abstract_id', 'position'])
        batch_op.create_foreign_key(batch_op.f('fk_schedule_author_abstract_id_schedule_abstract'), 'schedule_abstract', ['abstract_id'], ['id'], ondelete='CASCADE')
        batch_op.create_check_constraint(op.f('ck_schedule_author_one_paper'), '(presentation_id IS NULL) <> (abstract_id IS NULL)')

    with op.batch_alter_table('schedule_contributor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('disclosure', sa.Text(), nullable=True))

    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('abstract_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('hall', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('late_breaking', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_schedule_presentation_abstract_id'), ['abstract_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_schedule_presentation_abstract_id_schedule_abstract'), 'schedule_abstract', ['abstract_id'], ['id'], ondelete='RESTRICT')

    with op.batch_alter_table('schedule_release', schema=None) as batch_op:
        batch_op.add_column(sa.Column('openings', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('schedule_release_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opening', sa.Integer(), nullable=False, server_default='0'))
        batch_op.drop_constraint(batch_op.f('uq_schedule_release_file_release_id_format'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_schedule_release_file_release_id_format_opening'), ['release_id', 'format', 'opening'])

    with op.batch_alter_table('schedule_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('capacity', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('parent_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('parent_depth', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('depth', sa.Integer(), nullable=False, server_default='0'))
        batch_op.alter_column('day',
               existing_type=sa.DATE(),
               nullable=True)
        batch_op.alter_column('starts_at',
               existing_type=sa.DATETIME(),
               nullable=True)
        batch_op.alter_column('ends_at',
               existing_type=sa.DATETIME(),
               nullable=True)
        batch_op.create_index(batch_op.f('ix_schedule_session_parent_id'), ['parent_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_schedule_session_id_depth'), ['id', 'depth'])
        batch_op.create_foreign_key(batch_op.f('fk_schedule_session_parent_id_parent_depth_schedule_session'), 'schedule_session', ['parent_id', 'parent_depth'], ['id', 'depth'])
        batch_op.create_check_constraint(
            op.f('ck_schedule_session_all_or_no_time'),
            '(starts_at IS NULL) = (ends_at IS NULL) AND (starts_at IS NULL) = (day IS NULL)',
        )
        batch_op.create_check_constraint(op.f('ck_schedule_session_capacity'), 'capacity >= 0')
        batch_op.create_check_constraint(
            op.f('ck_schedule_session_one_level'),
            '(parent_id IS NULL AND parent_depth IS NULL AND depth = 0)'
            ' OR (parent_id IS NOT NULL AND parent_depth = 0 AND depth = 1)',
        )
    for table, columns in NEW.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade():
    # What an older version has no place for: abstracts with their authors, sessions without a time, exports of later moments.
    op.execute('DELETE FROM schedule_affiliation WHERE author_id IN (SELECT id FROM schedule_author WHERE abstract_id IS NOT NULL)')
    op.execute('DELETE FROM schedule_author WHERE abstract_id IS NOT NULL')
    op.execute('UPDATE schedule_presentation SET title = (SELECT title FROM schedule_abstract WHERE id = abstract_id) WHERE abstract_id IS NOT NULL')
    op.execute('UPDATE schedule_presentation SET abstract_id = NULL')
    op.execute('UPDATE schedule_session SET parent_id = NULL, parent_depth = NULL, depth = 0')
    op.execute('DELETE FROM schedule_session WHERE starts_at IS NULL')
    op.execute('DELETE FROM schedule_release_file WHERE opening > 0')
    with op.batch_alter_table('schedule_session', schema=None) as batch_op:
        for name in ('one_level', 'capacity', 'all_or_no_time'):
            batch_op.drop_constraint(op.f(f'ck_schedule_session_{name}'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_schedule_session_parent_id_parent_depth_schedule_session'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_schedule_session_id_depth'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_schedule_session_parent_id'))
        batch_op.alter_column('ends_at',
               existing_type=sa.DATETIME(),
               nullable=False)
        batch_op.alter_column('starts_at',
               existing_type=sa.DATETIME(),
               nullable=False)
        batch_op.alter_column('day',
               existing_type=sa.DATE(),
               nullable=False)
        batch_op.drop_column('depth')
        batch_op.drop_column('parent_depth')
        batch_op.drop_column('parent_id')
        batch_op.drop_column('version')
        batch_op.drop_column('capacity')

    with op.batch_alter_table('schedule_release_file', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_schedule_release_file_release_id_format_opening'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_schedule_release_file_release_id_format'), ['release_id', 'format'])
        batch_op.drop_column('opening')

    with op.batch_alter_table('schedule_release', schema=None) as batch_op:
        batch_op.drop_column('openings')

    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_schedule_presentation_abstract_id_schedule_abstract'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_schedule_presentation_abstract_id'))
        batch_op.drop_column('late_breaking')
        batch_op.drop_column('hall')
        batch_op.drop_column('abstract_id')

    with op.batch_alter_table('schedule_contributor', schema=None) as batch_op:
        batch_op.drop_column('disclosure')

    with op.batch_alter_table('schedule_author', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_schedule_author_one_paper'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_schedule_author_abstract_id_schedule_abstract'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_schedule_author_abstract_id_position'), type_='unique')
        batch_op.alter_column('presentation_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('corresponding')
        batch_op.drop_column('abstract_id')

    with op.batch_alter_table('schedule_affiliation', schema=None) as batch_op:
        batch_op.drop_column('ror')

    op.drop_table('schedule_kind')
    op.drop_table('schedule_embargo')
    op.drop_table('schedule_abstract')
