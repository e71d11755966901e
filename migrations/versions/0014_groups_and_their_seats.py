"""Groups: one payer for many attendees

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-23 23:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registration_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('coordinator_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('bill_to', sa.Text(), nullable=False),
    sa.Column('tax_id', sa.String(length=40), nullable=False),
    sa.Column('po_number', sa.String(length=80), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('join_ref', sa.String(length=32), nullable=True),
    sa.Column('join_most', sa.Integer(), nullable=False),
    sa.Column('joined', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('joined >= 0 AND joined <= join_most', name=op.f('ck_registration_group_joined')),
    sa.ForeignKeyConstraint(['coordinator_id'], ['person.id'], name=op.f('fk_registration_group_coordinator_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_group_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_group')),
    sa.UniqueConstraint('join_ref', name=op.f('uq_registration_group_join_ref')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_group_ref'))
    )
    with op.batch_alter_table('registration_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_group_coordinator_id'), ['coordinator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_group_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('registration_group_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['registration_group.id'], name=op.f('fk_registration_group_order_group_id_registration_group')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_registration_group_order_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_group_order')),
    sa.UniqueConstraint('order_id', name=op.f('uq_registration_group_order_order_id'))
    )
    with op.batch_alter_table('registration_group_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_group_order_group_id'), ['group_id'], unique=False)

    op.create_table('registration_group_roster',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['registration_group.id'], name=op.f('fk_registration_group_roster_group_id_registration_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_group_roster')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_group_roster_ref'))
    )
    with op.batch_alter_table('registration_group_roster', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_group_roster_group_id'), ['group_id'], unique=False)

    op.create_table('registration_group_seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('given_name', sa.String(length=300), nullable=False),
    sa.Column('family_name', sa.String(length=300), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('span', sa.String(length=10), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('grant_code', sa.String(length=80), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('registration_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("mode IN ('in_person', 'virtual')", name=op.f('ck_registration_group_seat_mode')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_group_seat_category_id_registration_category')),
    sa.ForeignKeyConstraint(['group_id'], ['registration_group.id'], name=op.f('fk_registration_group_seat_group_id_registration_group')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_registration_group_seat_order_id_payments_order')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_group_seat_registration_id_registration')),
    sa.ForeignKeyConstraint(['roster_id'], ['registration_group_roster.id'], name=op.f('fk_registration_group_seat_roster_id_registration_group_roster')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_group_seat')),
    sa.UniqueConstraint('group_id', 'email', name=op.f('uq_registration_group_seat_group_id_email'))
    )
    with op.batch_alter_table('registration_group_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_group_seat_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_group_seat_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_group_seat_roster_id'), ['roster_id'], unique=False)



def downgrade():
    with op.batch_alter_table('registration_group_seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_group_seat_roster_id'))
        batch_op.drop_index(batch_op.f('ix_registration_group_seat_registration_id'))
        batch_op.drop_index(batch_op.f('ix_registration_group_seat_order_id'))

    op.drop_table('registration_group_seat')
    with op.batch_alter_table('registration_group_roster', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_group_roster_group_id'))

    op.drop_table('registration_group_roster')
    with op.batch_alter_table('registration_group_order', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_group_order_group_id'))

    op.drop_table('registration_group_order')
    with op.batch_alter_table('registration_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_group_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_registration_group_coordinator_id'))

    op.drop_table('registration_group')
