"""Who may register as what, and proofs

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-23 22:49:37.042716
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registration_tier_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_tier_list')),
    sa.UniqueConstraint('valid_from', name=op.f('uq_registration_tier_list_valid_from'))
    )
    op.create_table('registration_proof_policy',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('until_cleared', sa.String(length=20), nullable=False),
    sa.Column('hand_in_days', sa.Integer(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('pay_days', sa.Integer(), nullable=False),
    sa.Column('keep_days', sa.Integer(), nullable=False),
    sa.CheckConstraint("until_cleared IN ('higher_then_credit', 'lower_with_deadline', 'cleared_first')", name=op.f('ck_registration_proof_policy_until_cleared')),
    sa.CheckConstraint('hand_in_days BETWEEN 0 AND 365', name=op.f('ck_registration_proof_policy_hand_in_days')),
    sa.CheckConstraint('keep_days BETWEEN 0 AND 365', name=op.f('ck_registration_proof_policy_keep_days')),
    sa.CheckConstraint('pay_days BETWEEN 1 AND 90', name=op.f('ck_registration_proof_policy_pay_days')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_proof_policy_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_registration_proof_policy'))
    )
    op.create_table('registration_tier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('tier', sa.String(length=20), nullable=False),
    sa.CheckConstraint("tier IN ('low', 'lower_middle', 'upper_middle', 'high')", name=op.f('ck_registration_tier_tier')),
    sa.ForeignKeyConstraint(['list_id'], ['registration_tier_list.id'], name=op.f('fk_registration_tier_list_id_registration_tier_list'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_tier')),
    sa.UniqueConstraint('list_id', 'country', name=op.f('uq_registration_tier_list_id_country'))
    )
    op.create_table('registration_proof',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=600), nullable=False),
    sa.Column('good_until', sa.Date(), nullable=True),
    sa.Column('followed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('purge_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('letter', 'press', 'licence', 'other')", name=op.f('ck_registration_proof_kind')),
    sa.CheckConstraint("state IN ('waiting', 'cleared', 'declined', 'asked', 'replaced')", name=op.f('ck_registration_proof_state')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_proof_category_id_registration_category')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_registration_proof_decided_by_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_proof_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_proof_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_proof')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_proof_ref'))
    )
    with op.batch_alter_table('registration_proof', schema=None) as batch_op:
        batch_op.create_index('ix_registration_proof_person', ['person_id', 'kind'], unique=False)
        batch_op.create_index('ix_registration_proof_queue', ['meeting_id', 'state', 'handed_in_at'], unique=False)
        batch_op.create_index('uq_registration_proof_waiting', ['person_id', 'kind'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('registration_requirement',
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('members_only', sa.Boolean(), nullable=False),
    sa.Column('stages', sa.JSON(), nullable=False),
    sa.Column('tiers', sa.JSON(), nullable=False),
    sa.Column('proof', sa.String(length=20), nullable=False),
    sa.Column('proof_words', sa.String(length=600), nullable=False),
    sa.Column('fallback_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("proof IN ('', 'letter', 'press', 'licence', 'other')", name=op.f('ck_registration_requirement_proof')),
    sa.CheckConstraint('fallback_id <> category_id', name=op.f('ck_registration_requirement_another')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_requirement_category_id_registration_category')),
    sa.ForeignKeyConstraint(['fallback_id'], ['registration_category.id'], name=op.f('fk_registration_requirement_fallback_id_registration_category')),
    sa.PrimaryKeyConstraint('category_id', name=op.f('pk_registration_requirement'))
    )
    op.create_table('registration_proof_file',
    sa.Column('proof_id', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['proof_id'], ['registration_proof.id'], name=op.f('fk_registration_proof_file_proof_id_registration_proof'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('proof_id', name=op.f('pk_registration_proof_file'))
    )
    op.create_table('registration_provision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('policy', sa.String(length=20), nullable=False),
    sa.Column('other_minor', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pay_days', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('trouble', sa.String(length=600), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("policy IN ('higher_then_credit', 'lower_with_deadline', 'cleared_first')", name=op.f('ck_registration_provision_policy')),
    sa.CheckConstraint("state IN ('open', 'kept', 'credited', 'asked', 'paid', 'unpaid', 'waived', 'moot')", name=op.f('ck_registration_provision_state')),
    sa.CheckConstraint('other_minor >= 0', name=op.f('ck_registration_provision_other_minor')),
    sa.ForeignKeyConstraint(['line_id'], ['payments_line.id'], name=op.f('fk_registration_provision_line_id_payments_line')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_registration_provision_order_id_payments_order')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_provision_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_provision')),
    sa.UniqueConstraint('line_id', name=op.f('uq_registration_provision_line_id'))
    )
    with op.batch_alter_table('registration_provision', schema=None) as batch_op:
        batch_op.create_index('ix_registration_provision_due', ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_provision_registration_id'), ['registration_id'], unique=False)

    # People who exist have told no stage, nor have those whom a process of the former release enters.
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('career_stage', sa.String(length=20), server_default='', nullable=False))
        batch_op.add_column(sa.Column('stage_since', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('stage_until', sa.Date(), nullable=True))



def downgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('stage_until')
        batch_op.drop_column('stage_since')
        batch_op.drop_column('career_stage')

    with op.batch_alter_table('registration_provision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_provision_registration_id'))
        batch_op.drop_index('ix_registration_provision_due')

    op.drop_table('registration_provision')
    op.drop_table('registration_proof_file')
    op.drop_table('registration_requirement')
    with op.batch_alter_table('registration_proof', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_proof_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_registration_proof_queue')
        batch_op.drop_index('ix_registration_proof_person')

    op.drop_table('registration_proof')
    op.drop_table('registration_tier')
    op.drop_table('registration_proof_policy')
    op.drop_table('registration_tier_list')
