"""The programme on paper: files of a release, made in the background

Revision ID: 0041
Revises: 0040
Create Date: 2026-12-09 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('schedule_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('size', sa.String(length=20), nullable=False),
    sa.Column('is_whole', sa.Boolean(), nullable=False),
    sa.Column('opening', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('missing', sa.JSON(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('etag', sa.String(length=64), nullable=False),
    sa.Column('requested_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f('ck_schedule_paper_state')),
    sa.CheckConstraint('NOT (is_whole AND is_public)', name=op.f('ck_schedule_paper_whole_is_not_public')),
    sa.CheckConstraint('done >= 0 AND total >= 0', name=op.f('ck_schedule_paper_counts')),
    sa.ForeignKeyConstraint(['release_id'], ['schedule_release.id'], name=op.f('fk_schedule_paper_release_id_schedule_release'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['requested_by_id'], ['person.id'], name=op.f('fk_schedule_paper_requested_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_paper')),
    sa.UniqueConstraint('ref', name=op.f('uq_schedule_paper_ref')),
    sa.UniqueConstraint('release_id', 'kind', 'size', 'is_whole', 'opening', 'language', name='uq_schedule_paper_once')
    )
    with op.batch_alter_table('schedule_paper', schema=None) as batch_op:
        batch_op.create_index('ix_schedule_paper_due', ['state', 'lease_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_schedule_paper_requested_by_id'), ['requested_by_id'], unique=False)


def downgrade():
    with op.batch_alter_table('schedule_paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_paper_requested_by_id'))
        batch_op.drop_index('ix_schedule_paper_due')

    op.drop_table('schedule_paper')
