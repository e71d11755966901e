"""Views of the desk

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-23 22:25:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('staff_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('is_usual', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_staff_view_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_view_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_view')),
    sa.UniqueConstraint('ref', name=op.f('uq_staff_view_ref'))
    )
    op.create_index(op.f('ix_staff_view_meeting_id'), 'staff_view', ['meeting_id'], unique=False)
    op.create_index(op.f('ix_staff_view_person_id'), 'staff_view', ['person_id'], unique=False)
    op.create_index('uq_staff_view_usual', 'staff_view', ['meeting_id', 'person_id'], unique=True, sqlite_where=sa.text('is_usual'), postgresql_where=sa.text('is_usual'))


def downgrade():
    op.drop_index('uq_staff_view_usual', table_name='staff_view', sqlite_where=sa.text('is_usual'), postgresql_where=sa.text('is_usual'))
    op.drop_index(op.f('ix_staff_view_person_id'), table_name='staff_view')
    op.drop_index(op.f('ix_staff_view_meeting_id'), table_name='staff_view')
    op.drop_table('staff_view')
