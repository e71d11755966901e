"""Letters again to many

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23 15:40:31.155268
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('staff_mailing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('entries', sa.JSON(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('written', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('done >= 0 AND done <= total', name=op.f('ck_staff_mailing_done')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_staff_mailing_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_mailing_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_mailing')),
    sa.UniqueConstraint('ref', name=op.f('uq_staff_mailing_ref'))
    )
    with op.batch_alter_table('staff_mailing', schema=None) as batch_op:
        batch_op.create_index('ix_staff_mailing_due', ['finished_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_mailing_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_mailing_person_id'), ['person_id'], unique=False)



def downgrade():
    with op.batch_alter_table('staff_mailing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_mailing_person_id'))
        batch_op.drop_index(batch_op.f('ix_staff_mailing_meeting_id'))
        batch_op.drop_index('ix_staff_mailing_due')

    op.drop_table('staff_mailing')
