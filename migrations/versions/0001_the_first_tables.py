"""The first tables

Revision ID: 0001
Revises: 
Create Date: 2026-11-23 14:11:30.631673
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('account_throttle',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('window_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_account_throttle_count')),
    sa.PrimaryKeyConstraint('key', 'window_start', name=op.f('pk_account_throttle'))
    )
    with op.batch_alter_table('account_throttle', schema=None) as batch_op:
        batch_op.create_index('ix_account_throttle_start', ['window_start'], unique=False)

    op.create_table('consent_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('first_used_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_wording')),
    sa.UniqueConstraint('version', 'language', 'sha256', name=op.f('uq_consent_wording_version_language_sha256'))
    )
    op.create_table('jobs_heartbeat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_jobs_heartbeat_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs_heartbeat'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('summary', sa.String(length=600), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('venue', sa.String(length=300), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('city', sa.String(length=300), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('starts <= ends', name=op.f('ck_meeting_in_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('code', name=op.f('uq_meeting_code'))
    )
    op.create_table('membership_counter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_membership_counter_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership_counter'))
    )
    op.create_table('membership_type',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('summary', sa.String(length=600), nullable=False),
    sa.Column('benefits', sa.Text(), nullable=False),
    sa.Column('eligibility', sa.String(length=600), nullable=False),
    sa.Column('price_minor', sa.Integer(), nullable=False),
    sa.Column('renewal_price_minor', sa.Integer(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('period_kind', sa.String(length=10), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('rollover_month', sa.Integer(), nullable=False),
    sa.Column('rollover_day', sa.Integer(), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.Column('min_years', sa.Integer(), nullable=False),
    sa.Column('is_on_offer', sa.Boolean(), nullable=False),
    sa.Column('may_vote', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("period_kind IN ('rolling', 'calendar', 'lifetime')", name=op.f('ck_membership_type_period_kind')),
    sa.CheckConstraint('grace_days BETWEEN 0 AND 366', name=op.f('ck_membership_type_grace')),
    sa.CheckConstraint('months BETWEEN 1 AND 120', name=op.f('ck_membership_type_months')),
    sa.CheckConstraint('price_minor >= 0 AND (renewal_price_minor IS NULL OR renewal_price_minor >= 0)', name=op.f('ck_membership_type_prices')),
    sa.CheckConstraint('rollover_month BETWEEN 1 AND 12 AND rollover_day BETWEEN 1 AND 31', name=op.f('ck_membership_type_rollover')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership_type')),
    sa.UniqueConstraint('code', name=op.f('uq_membership_type_code'))
    )
    op.create_table('payments_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.String(length=255), nullable=False),
    sa.Column('type', sa.String(length=80), nullable=False),
    sa.Column('object_id', sa.String(length=255), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_event')),
    sa.UniqueConstraint('event_id', name=op.f('uq_payments_event_event_id'))
    )
    with op.batch_alter_table('payments_event', schema=None) as batch_op:
        batch_op.create_index('ix_payments_event_due', ['done_at', 'due_at'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('given_name', sa.String(length=300), nullable=False),
    sa.Column('family_name', sa.String(length=300), nullable=False),
    sa.Column('badge_name', sa.String(length=300), nullable=False),
    sa.Column('degrees', sa.String(length=300), nullable=False),
    sa.Column('institution', sa.String(length=300), nullable=False),
    sa.Column('city', sa.String(length=300), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('orcid', sa.String(length=19), nullable=False),
    sa.Column('interests', sa.JSON(), nullable=False),
    sa.Column('folded', sa.String(length=1500), nullable=False),
    sa.Column('folded_name', sa.String(length=1500), nullable=False),
    sa.Column('folded_institution', sa.String(length=1500), nullable=False),
    sa.Column('is_fictional', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("given_name <> '' OR family_name <> '' OR email <> ''", name=op.f('ck_person_has_a_name')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email')),
    sa.UniqueConstraint('ref', name=op.f('uq_person_ref'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_family_name'), ['family_name'], unique=False)

    op.create_table('person_interest',
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_retired', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_person_interest'))
    )
    op.create_table('society',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('short_name', sa.String(length=40), nullable=False),
    sa.Column('tagline', sa.String(length=300), nullable=False),
    sa.Column('welcome', sa.Text(), nullable=False),
    sa.Column('accent', sa.String(length=7), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('is_fictional', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('stamp', sa.String(length=32), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_society_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society'))
    )
    op.create_table('society_page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('summary', sa.String(length=600), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('section', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_page')),
    sa.UniqueConstraint('slug', name=op.f('uq_society_page_slug'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('password_hash', sa.String(length=300), nullable=True),
    sa.Column('password_set_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('person_id', name=op.f('uq_account_person_id'))
    )
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=620), nullable=False),
    sa.Column('verb', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_audit_entry_actor_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_audit_entry_subject', ['subject', 'subject_id'], unique=False)

    op.create_table('badges_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('missing', sa.JSON(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('requested_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f('ck_badges_run_state')),
    sa.CheckConstraint('done >= 0 AND total >= 0', name=op.f('ck_badges_run_counts')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_badges_run_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['requested_by_id'], ['person.id'], name=op.f('fk_badges_run_requested_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badges_run')),
    sa.UniqueConstraint('ref', name=op.f('uq_badges_run_ref'))
    )
    with op.batch_alter_table('badges_run', schema=None) as batch_op:
        batch_op.create_index('ix_badges_run_due', ['state', 'lease_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_badges_run_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('consent_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('consent_id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('despite_signal', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text_sha256', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('surface', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_answer_person_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_answer'))
    )
    with op.batch_alter_table('consent_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_answer_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_answer_consent_id'), ['consent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_answer_person_id'), ['person_id'], unique=False)

    op.create_table('mail_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('cause', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('to_email', sa.String(length=320), nullable=False),
    sa.Column('to_name', sa.String(length=620), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('is_secret', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed')", name=op.f('ck_mail_letter_state')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_letter_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_letter')),
    sa.UniqueConstraint('kind', 'cause', 'to_email', name=op.f('uq_mail_letter_kind_cause_to_email')),
    sa.UniqueConstraint('ref', name=op.f('uq_mail_letter_ref'))
    )
    with op.batch_alter_table('mail_letter', schema=None) as batch_op:
        batch_op.create_index('ix_mail_letter_due', ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_letter_person_id'), ['person_id'], unique=False)

    op.create_table('meeting_deadline',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_deadline_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_deadline'))
    )
    with op.batch_alter_table('meeting_deadline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_deadline_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting_window',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_window_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_window')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_meeting_window_meeting_id_code')),
    sa.UniqueConstraint('meeting_id', 'ends_at', name=op.f('uq_meeting_window_meeting_id_ends_at'))
    )
    op.create_table('membership_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('member_number', sa.Integer(), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('listed_for', sa.String(length=10), nullable=False),
    sa.Column('institution_for', sa.String(length=10), nullable=False),
    sa.Column('country_for', sa.String(length=10), nullable=False),
    sa.Column('interests_for', sa.String(length=10), nullable=False),
    sa.Column('email_for', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("country_for IN ('nobody', 'members', 'public')", name=op.f('ck_membership_member_country_for')),
    sa.CheckConstraint("email_for IN ('nobody', 'members', 'public')", name=op.f('ck_membership_member_email_for')),
    sa.CheckConstraint("institution_for IN ('nobody', 'members', 'public')", name=op.f('ck_membership_member_institution_for')),
    sa.CheckConstraint("interests_for IN ('nobody', 'members', 'public')", name=op.f('ck_membership_member_interests_for')),
    sa.CheckConstraint("listed_for IN ('nobody', 'members', 'public')", name=op.f('ck_membership_member_listed_for')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_member_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership_member')),
    sa.UniqueConstraint('member_number', name=op.f('uq_membership_member_member_number')),
    sa.UniqueConstraint('person_id', name=op.f('uq_membership_member_person_id'))
    )
    with op.batch_alter_table('membership_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_member_listed_for'), ['listed_for'], unique=False)

    op.create_table('payments_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('total_minor', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.String(length=255), nullable=True),
    sa.Column('session_url', sa.Text(), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('parked_reason', sa.Text(), nullable=False),
    sa.CheckConstraint("state IN ('open', 'ongoing', 'paid', 'lapsed', 'returned', 'parked')", name=op.f('ck_payments_order_state')),
    sa.CheckConstraint('total_minor >= 0', name=op.f('ck_payments_order_total')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_payments_order_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_order')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_order_ref')),
    sa.UniqueConstraint('session_id', name=op.f('uq_payments_order_session_id'))
    )
    with op.batch_alter_table('payments_order', schema=None) as batch_op:
        batch_op.create_index('ix_payments_order_due', ['state', 'expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_order_person_id'), ['person_id'], unique=False)

    op.create_table('registration_conduct_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_conduct_code_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_conduct_code')),
    sa.UniqueConstraint('meeting_id', 'version', name=op.f('uq_registration_conduct_code_meeting_id_version'))
    )
    op.create_table('registration_pool',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.CheckConstraint('places IS NULL OR taken <= places', name=op.f('ck_registration_pool_not_oversold')),
    sa.CheckConstraint('taken >= 0', name=op.f('ck_registration_pool_not_negative')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_pool_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_pool'))
    )
    with op.batch_alter_table('registration_pool', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_pool_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('registration_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=300), nullable=False),
    sa.Column('hint', sa.String(length=600), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('depends_on', sa.String(length=40), nullable=False),
    sa.Column('depends_value', sa.String(length=300), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_asked', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind IN ('text', 'long', 'choice', 'number', 'date', 'yes_no')", name=op.f('ck_registration_question_kind')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_question_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_question')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_registration_question_meeting_id_code'))
    )
    op.create_table('schedule_contributor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('guid', sa.String(length=36), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('given', sa.String(length=300), nullable=False),
    sa.Column('middle', sa.String(length=300), nullable=False),
    sa.Column('family', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_contributor_meeting_id_meeting'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_schedule_contributor_person_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_contributor')),
    sa.UniqueConstraint('meeting_id', 'guid', name=op.f('uq_schedule_contributor_meeting_id_guid')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_schedule_contributor_meeting_id_number'))
    )
    with op.batch_alter_table('schedule_contributor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_contributor_person_id'), ['person_id'], unique=False)

    op.create_table('schedule_itinerary',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visitor', sa.String(length=64), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('feed', sa.String(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(visitor IS NULL) <> (person_id IS NULL)', name=op.f('ck_schedule_itinerary_one_owner')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_schedule_itinerary_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_itinerary')),
    sa.UniqueConstraint('feed', name=op.f('uq_schedule_itinerary_feed')),
    sa.UniqueConstraint('person_id', name=op.f('uq_schedule_itinerary_person_id')),
    sa.UniqueConstraint('visitor', name=op.f('uq_schedule_itinerary_visitor'))
    )
    op.create_table('schedule_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=600), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('sessions', sa.Integer(), nullable=False),
    sa.Column('presentations', sa.Integer(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('revisions', sa.JSON(), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_schedule_release_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_release_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_release')),
    sa.UniqueConstraint('key', name=op.f('uq_schedule_release_key')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_schedule_release_meeting_id_number'))
    )
    with op.batch_alter_table('schedule_release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_release_by_id'), ['by_id'], unique=False)

    op.create_table('schedule_room',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_room_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_room')),
    sa.UniqueConstraint('meeting_id', 'name', name=op.f('uq_schedule_room_meeting_id_name'))
    )
    op.create_table('schedule_track',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('colour', sa.String(length=7), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_track_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_track')),
    sa.UniqueConstraint('meeting_id', 'name', name=op.f('uq_schedule_track_meeting_id_name'))
    )
    op.create_table('schedule_upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_schedule_upload_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_upload_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_upload')),
    sa.UniqueConstraint('ref', name=op.f('uq_schedule_upload_ref'))
    )
    with op.batch_alter_table('schedule_upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_upload_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_schedule_upload_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('society_download',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('page_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['page_id'], ['society_page.id'], name=op.f('fk_society_download_page_id_society_page'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_download')),
    sa.UniqueConstraint('slug', name=op.f('uq_society_download_slug'))
    )
    with op.batch_alter_table('society_download', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_society_download_page_id'), ['page_id'], unique=False)

    op.create_table('society_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('summary', sa.String(length=600), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('section', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['page_id'], ['society_page.id'], name=op.f('fk_society_revision_page_id_society_page'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_revision')),
    sa.UniqueConstraint('page_id', 'version', name=op.f('uq_society_revision_page_id_version'))
    )
    op.create_table('staff_upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_staff_upload_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_upload_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_upload')),
    sa.UniqueConstraint('ref', name=op.f('uq_staff_upload_ref'))
    )
    with op.batch_alter_table('staff_upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_upload_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_upload_person_id'), ['person_id'], unique=False)

    op.create_table('account_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("purpose IN ('sign-in', 'confirm', 'new-address', 'link')", name=op.f('ck_account_code_purpose')),
    sa.CheckConstraint('tries BETWEEN 0 AND 5', name=op.f('ck_account_code_tries')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_code_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_code')),
    sa.UniqueConstraint('digest', name=op.f('uq_account_code_digest')),
    sa.UniqueConstraint('ref', name=op.f('uq_account_code_ref'))
    )
    with op.batch_alter_table('account_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_code_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_code_expires_at'), ['expires_at'], unique=False)

    op.create_table('account_role',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('registration', 'programme', 'finance', 'door', 'administrator')", name=op.f('ck_account_role_role')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_role_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'role', name=op.f('pk_account_role'))
    )
    op.create_table('account_sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('browser', sa.String(length=40), nullable=False),
    sa.Column('system', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("way IN ('code', 'password', 'link')", name=op.f('ck_account_sign_in_way')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_sign_in_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_sign_in')),
    sa.UniqueConstraint('ref', name=op.f('uq_account_sign_in_ref')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_account_sign_in_token_digest'))
    )
    with op.batch_alter_table('account_sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_sign_in_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_account_sign_in_seen', ['seen_at'], unique=False)

    op.create_table('mail_enclosure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['mail_letter.id'], name=op.f('fk_mail_enclosure_letter_id_mail_letter'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_enclosure'))
    )
    with op.batch_alter_table('mail_enclosure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_enclosure_letter_id'), ['letter_id'], unique=False)

    op.create_table('membership_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('type_id', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('order_line_ref', sa.String(length=64), nullable=True),
    sa.Column('paid_minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('note', sa.String(length=600), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('void_note', sa.String(length=600), nullable=False),
    sa.CheckConstraint('ends IS NULL OR starts <= ends', name=op.f('ck_membership_term_in_order')),
    sa.ForeignKeyConstraint(['member_id'], ['membership_member.id'], name=op.f('fk_membership_term_member_id_membership_member')),
    sa.ForeignKeyConstraint(['type_id'], ['membership_type.id'], name=op.f('fk_membership_term_type_id_membership_type')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership_term')),
    sa.UniqueConstraint('order_line_ref', name=op.f('uq_membership_term_order_line_ref'))
    )
    with op.batch_alter_table('membership_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_term_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_term_type_id'), ['type_id'], unique=False)
        batch_op.create_index('uq_membership_term_ends', ['member_id', 'ends'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.create_index('uq_membership_term_starts', ['member_id', 'starts'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('payments_ledger',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_ledger_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_ledger')),
    sa.UniqueConstraint('source', name=op.f('uq_payments_ledger_source'))
    )
    with op.batch_alter_table('payments_ledger', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_ledger_order_id'), ['order_id'], unique=False)

    op.create_table('payments_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('reference', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=600), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('why', sa.JSON(), nullable=False),
    sa.Column('rule', sa.JSON(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_line_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_line'))
    )
    with op.batch_alter_table('payments_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_line_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_payments_line_reference', ['kind', 'reference'], unique=False)

    op.create_table('payments_payment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('provider', sa.String(length=10), nullable=False),
    sa.Column('provider_ref', sa.String(length=255), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('refunded_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('refunded_minor >= 0 AND refunded_minor <= amount_minor', name=op.f('ck_payments_payment_not_over_refunded')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_payment_order_id_payments_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_payment')),
    sa.UniqueConstraint('provider_ref', name=op.f('uq_payments_payment_provider_ref'))
    )
    with op.batch_alter_table('payments_payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_payment_order_id'), ['order_id'], unique=False)

    op.create_table('registration_add_on',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('summary', sa.String(length=600), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_on_offer', sa.Boolean(), nullable=False),
    sa.CheckConstraint('amount_minor >= 0', name=op.f('ck_registration_add_on_amount')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_add_on_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['pool_id'], ['registration_pool.id'], name=op.f('fk_registration_add_on_pool_id_registration_pool')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_add_on')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_registration_add_on_meeting_id_code'))
    )
    op.create_table('registration_category',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.String(length=600), nullable=False),
    sa.Column('band', sa.String(length=7), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_on_offer', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_category_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['pool_id'], ['registration_pool.id'], name=op.f('fk_registration_category_pool_id_registration_pool')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_category')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_registration_category_meeting_id_code'))
    )
    op.create_table('schedule_release_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('format', sa.String(length=10), nullable=False),
    sa.Column('etag', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['schedule_release.id'], name=op.f('fk_schedule_release_file_release_id_schedule_release'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_release_file')),
    sa.UniqueConstraint('release_id', 'format', name=op.f('uq_schedule_release_file_release_id_format'))
    )
    op.create_table('schedule_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=True),
    sa.Column('track_id', sa.Integer(), nullable=True),
    sa.Column('guid', sa.String(length=36), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('subtitle', sa.String(length=500), nullable=False),
    sa.Column('kind', sa.String(length=100), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('abstract', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('origin_url', sa.Text(), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_schedule_session_in_order')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_session_meeting_id_meeting'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['room_id'], ['schedule_room.id'], name=op.f('fk_schedule_session_room_id_schedule_room'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['track_id'], ['schedule_track.id'], name=op.f('fk_schedule_session_track_id_schedule_track'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_session')),
    sa.UniqueConstraint('meeting_id', 'guid', name=op.f('uq_schedule_session_meeting_id_guid')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_schedule_session_meeting_id_number'))
    )
    with op.batch_alter_table('schedule_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_session_meeting_id_starts_at'), ['meeting_id', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_schedule_session_room_id'), ['room_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_schedule_session_track_id'), ['track_id'], unique=False)

    op.create_table('schedule_star',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('itinerary_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['itinerary_id'], ['schedule_itinerary.id'], name=op.f('fk_schedule_star_itinerary_id_schedule_itinerary'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_star_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_star')),
    sa.UniqueConstraint('itinerary_id', 'meeting_id', 'item', name=op.f('uq_schedule_star_itinerary_id_meeting_id_item'))
    )
    with op.batch_alter_table('schedule_star', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_star_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('payments_refund',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('requested_by', sa.Integer(), nullable=True),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('provider_ref', sa.String(length=255), nullable=True),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('requested', 'pending', 'succeeded', 'failed')", name=op.f('ck_payments_refund_state')),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_payments_refund_amount')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_refund_order_id_payments_order')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments_payment.id'], name=op.f('fk_payments_refund_payment_id_payments_payment')),
    sa.ForeignKeyConstraint(['requested_by'], ['person.id'], name=op.f('fk_payments_refund_requested_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_refund')),
    sa.UniqueConstraint('provider_ref', name=op.f('uq_payments_refund_provider_ref')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_refund_ref'))
    )
    with op.batch_alter_table('payments_refund', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_refund_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_refund_payment_id'), ['payment_id'], unique=False)
        batch_op.create_index('ix_payments_refund_state', ['state', 'due_at'], unique=False)

    op.create_table('registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('span', sa.String(length=10), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('dues_code', sa.String(length=40), nullable=False),
    sa.Column('conduct_code_id', sa.Integer(), nullable=True),
    sa.Column('conduct_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('questions_done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('badge_code', sa.String(length=12), nullable=False),
    sa.Column('ribbons', sa.JSON(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'held', 'confirmed', 'cancelled')", name=op.f('ck_registration_state')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_category_id_registration_category')),
    sa.ForeignKeyConstraint(['conduct_code_id'], ['registration_conduct_code.id'], name=op.f('fk_registration_conduct_code_id_registration_conduct_code')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
    sa.UniqueConstraint('badge_code', name=op.f('uq_registration_badge_code')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_registration_meeting_id_person_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_ref'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_category_id'), ['category_id'], unique=False)
        batch_op.create_index('ix_registration_list', ['meeting_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_person_id'), ['person_id'], unique=False)

    op.create_table('registration_price',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('window_id', sa.Integer(), nullable=False),
    sa.Column('member', sa.Boolean(), nullable=False),
    sa.Column('span', sa.String(length=10), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("mode IN ('in_person', 'virtual')", name=op.f('ck_registration_price_mode')),
    sa.CheckConstraint('amount_minor >= 0', name=op.f('ck_registration_price_amount')),
    sa.ForeignKeyConstraint(['category_id'], ['registration_category.id'], name=op.f('fk_registration_price_category_id_registration_category'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['window_id'], ['meeting_window.id'], name=op.f('fk_registration_price_window_id_meeting_window')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_price')),
    sa.UniqueConstraint('category_id', 'window_id', 'member', 'span', 'mode', name=op.f('uq_registration_price_category_id_window_id_member_span_mode'))
    )
    op.create_table('schedule_presentation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('track_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('guid', sa.String(length=36), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('kind', sa.String(length=100), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('award', sa.String(length=100), nullable=False),
    sa.Column('board', sa.String(length=40), nullable=False),
    sa.Column('abstract', sa.Text(), nullable=False),
    sa.Column('keywords', sa.JSON(), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_schedule_presentation_minutes')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_schedule_presentation_meeting_id_meeting'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['schedule_session.id'], name=op.f('fk_schedule_presentation_session_id_schedule_session'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['track_id'], ['schedule_track.id'], name=op.f('fk_schedule_presentation_track_id_schedule_track'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_presentation')),
    sa.UniqueConstraint('meeting_id', 'guid', name=op.f('uq_schedule_presentation_meeting_id_guid')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_schedule_presentation_meeting_id_number'))
    )
    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_presentation_session_id_position'), ['session_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_schedule_presentation_track_id'), ['track_id'], unique=False)

    op.create_table('schedule_session_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('contributor_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['contributor_id'], ['schedule_contributor.id'], name=op.f('fk_schedule_session_person_contributor_id_schedule_contributor'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['schedule_session.id'], name=op.f('fk_schedule_session_person_session_id_schedule_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_session_person')),
    sa.UniqueConstraint('session_id', 'position', name=op.f('uq_schedule_session_person_session_id_position'))
    )
    with op.batch_alter_table('schedule_session_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_session_person_contributor_id'), ['contributor_id'], unique=False)

    op.create_table('badges_snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('face', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_badges_snapshot_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badges_snapshot')),
    sa.UniqueConstraint('registration_id', 'version', name=op.f('uq_badges_snapshot_registration_id_version'))
    )
    op.create_table('door_check_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("way IN ('scan', 'search')", name=op.f('ck_door_check_in_way')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_door_check_in_by_id_person')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_door_check_in_registration_id_registration')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['person.id'], name=op.f('fk_door_check_in_undone_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_door_check_in'))
    )
    with op.batch_alter_table('door_check_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_door_check_in_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_door_check_in_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index('uq_door_check_in_standing', ['registration_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('registration_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['registration_question.id'], name=op.f('fk_registration_answer_question_id_registration_question')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_answer_registration_id_registration'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_answer')),
    sa.UniqueConstraint('registration_id', 'question_id', name=op.f('uq_registration_answer_registration_id_question_id'))
    )
    with op.batch_alter_table('registration_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_answer_question_id'), ['question_id'], unique=False)

    op.create_table('registration_booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('add_on_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.CheckConstraint("state IN ('held', 'confirmed', 'cancelled')", name=op.f('ck_registration_booking_state')),
    sa.ForeignKeyConstraint(['add_on_id'], ['registration_add_on.id'], name=op.f('fk_registration_booking_add_on_id_registration_add_on')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_booking_registration_id_registration'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_booking')),
    sa.UniqueConstraint('registration_id', 'add_on_id', name=op.f('uq_registration_booking_registration_id_add_on_id'))
    )
    with op.batch_alter_table('registration_booking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_booking_add_on_id'), ['add_on_id'], unique=False)

    op.create_table('registration_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=4), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('held', 'kept')", name=op.f('ck_registration_place_state')),
    sa.ForeignKeyConstraint(['pool_id'], ['registration_pool.id'], name=op.f('fk_registration_place_pool_id_registration_pool')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_place_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_place')),
    sa.UniqueConstraint('registration_id', 'pool_id', name=op.f('uq_registration_place_registration_id_pool_id'))
    )
    with op.batch_alter_table('registration_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_place_pool_id'), ['pool_id'], unique=False)

    op.create_table('schedule_author',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('presentation_id', sa.Integer(), nullable=False),
    sa.Column('contributor_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('presenting', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['contributor_id'], ['schedule_contributor.id'], name=op.f('fk_schedule_author_contributor_id_schedule_contributor'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['presentation_id'], ['schedule_presentation.id'], name=op.f('fk_schedule_author_presentation_id_schedule_presentation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_author')),
    sa.UniqueConstraint('presentation_id', 'position', name=op.f('uq_schedule_author_presentation_id_position'))
    )
    with op.batch_alter_table('schedule_author', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_author_contributor_id'), ['contributor_id'], unique=False)

    op.create_table('badges_print',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_badges_print_by_id_person')),
    sa.ForeignKeyConstraint(['run_id'], ['badges_run.id'], name=op.f('fk_badges_print_run_id_badges_run')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['badges_snapshot.id'], name=op.f('fk_badges_print_snapshot_id_badges_snapshot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badges_print'))
    )
    with op.batch_alter_table('badges_print', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_badges_print_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_badges_print_snapshot_id'), ['snapshot_id'], unique=False)

    op.create_table('schedule_affiliation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('institution', sa.String(length=300), nullable=False),
    sa.Column('department', sa.String(length=300), nullable=False),
    sa.Column('city', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=300), nullable=False),
    sa.Column('country', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['schedule_author.id'], name=op.f('fk_schedule_affiliation_author_id_schedule_author'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_affiliation')),
    sa.UniqueConstraint('author_id', 'position', name=op.f('uq_schedule_affiliation_author_id_position'))
    )


def downgrade():
    op.drop_table('schedule_affiliation')
    with op.batch_alter_table('badges_print', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_badges_print_snapshot_id'))
        batch_op.drop_index(batch_op.f('ix_badges_print_run_id'))

    op.drop_table('badges_print')
    with op.batch_alter_table('schedule_author', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_author_contributor_id'))

    op.drop_table('schedule_author')
    with op.batch_alter_table('registration_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_place_pool_id'))

    op.drop_table('registration_place')
    with op.batch_alter_table('registration_booking', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_booking_add_on_id'))

    op.drop_table('registration_booking')
    with op.batch_alter_table('registration_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_answer_question_id'))

    op.drop_table('registration_answer')
    with op.batch_alter_table('door_check_in', schema=None) as batch_op:
        batch_op.drop_index('uq_door_check_in_standing', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_door_check_in_registration_id'))
        batch_op.drop_index(batch_op.f('ix_door_check_in_at'))

    op.drop_table('door_check_in')
    op.drop_table('badges_snapshot')
    with op.batch_alter_table('schedule_session_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_session_person_contributor_id'))

    op.drop_table('schedule_session_person')
    with op.batch_alter_table('schedule_presentation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_presentation_track_id'))
        batch_op.drop_index(batch_op.f('ix_schedule_presentation_session_id_position'))

    op.drop_table('schedule_presentation')
    op.drop_table('registration_price')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_person_id'))
        batch_op.drop_index('ix_registration_list')
        batch_op.drop_index(batch_op.f('ix_registration_category_id'))

    op.drop_table('registration')
    with op.batch_alter_table('payments_refund', schema=None) as batch_op:
        batch_op.drop_index('ix_payments_refund_state')
        batch_op.drop_index(batch_op.f('ix_payments_refund_payment_id'))
        batch_op.drop_index(batch_op.f('ix_payments_refund_order_id'))

    op.drop_table('payments_refund')
    with op.batch_alter_table('schedule_star', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_star_meeting_id'))

    op.drop_table('schedule_star')
    with op.batch_alter_table('schedule_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_session_track_id'))
        batch_op.drop_index(batch_op.f('ix_schedule_session_room_id'))
        batch_op.drop_index(batch_op.f('ix_schedule_session_meeting_id_starts_at'))

    op.drop_table('schedule_session')
    op.drop_table('schedule_release_file')
    op.drop_table('registration_category')
    op.drop_table('registration_add_on')
    with op.batch_alter_table('payments_payment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_payment_order_id'))

    op.drop_table('payments_payment')
    with op.batch_alter_table('payments_line', schema=None) as batch_op:
        batch_op.drop_index('ix_payments_line_reference')
        batch_op.drop_index(batch_op.f('ix_payments_line_order_id'))

    op.drop_table('payments_line')
    with op.batch_alter_table('payments_ledger', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_ledger_order_id'))

    op.drop_table('payments_ledger')
    with op.batch_alter_table('membership_term', schema=None) as batch_op:
        batch_op.drop_index('uq_membership_term_starts', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index('uq_membership_term_ends', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_membership_term_type_id'))
        batch_op.drop_index(batch_op.f('ix_membership_term_member_id'))

    op.drop_table('membership_term')
    with op.batch_alter_table('mail_enclosure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_enclosure_letter_id'))

    op.drop_table('mail_enclosure')
    with op.batch_alter_table('account_sign_in', schema=None) as batch_op:
        batch_op.drop_index('ix_account_sign_in_seen')
        batch_op.drop_index(batch_op.f('ix_account_sign_in_account_id'))

    op.drop_table('account_sign_in')
    op.drop_table('account_role')
    with op.batch_alter_table('account_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_code_expires_at'))
        batch_op.drop_index(batch_op.f('ix_account_code_account_id'))

    op.drop_table('account_code')
    with op.batch_alter_table('staff_upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_upload_person_id'))
        batch_op.drop_index(batch_op.f('ix_staff_upload_meeting_id'))

    op.drop_table('staff_upload')
    op.drop_table('society_revision')
    with op.batch_alter_table('society_download', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_society_download_page_id'))

    op.drop_table('society_download')
    with op.batch_alter_table('schedule_upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_upload_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_schedule_upload_by_id'))

    op.drop_table('schedule_upload')
    op.drop_table('schedule_track')
    op.drop_table('schedule_room')
    with op.batch_alter_table('schedule_release', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_release_by_id'))

    op.drop_table('schedule_release')
    op.drop_table('schedule_itinerary')
    with op.batch_alter_table('schedule_contributor', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_contributor_person_id'))

    op.drop_table('schedule_contributor')
    op.drop_table('registration_question')
    with op.batch_alter_table('registration_pool', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_pool_meeting_id'))

    op.drop_table('registration_pool')
    op.drop_table('registration_conduct_code')
    with op.batch_alter_table('payments_order', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_order_person_id'))
        batch_op.drop_index('ix_payments_order_due')

    op.drop_table('payments_order')
    with op.batch_alter_table('membership_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_member_listed_for'))

    op.drop_table('membership_member')
    op.drop_table('meeting_window')
    with op.batch_alter_table('meeting_deadline', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_deadline_meeting_id'))

    op.drop_table('meeting_deadline')
    with op.batch_alter_table('mail_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_letter_person_id'))
        batch_op.drop_index('ix_mail_letter_due')

    op.drop_table('mail_letter')
    with op.batch_alter_table('consent_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_answer_person_id'))
        batch_op.drop_index(batch_op.f('ix_consent_answer_consent_id'))
        batch_op.drop_index(batch_op.f('ix_consent_answer_at'))

    op.drop_table('consent_answer')
    with op.batch_alter_table('badges_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_badges_run_meeting_id'))
        batch_op.drop_index('ix_badges_run_due')

    op.drop_table('badges_run')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_subject')
        batch_op.drop_index(batch_op.f('ix_audit_entry_actor_id'))

    op.drop_table('audit_entry')
    op.drop_table('account')
    op.drop_table('society_page')
    op.drop_table('society')
    op.drop_table('person_interest')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_family_name'))

    op.drop_table('person')
    with op.batch_alter_table('payments_event', schema=None) as batch_op:
        batch_op.drop_index('ix_payments_event_due')

    op.drop_table('payments_event')
    op.drop_table('membership_type')
    op.drop_table('membership_counter')
    op.drop_table('meeting')
    op.drop_table('jobs_heartbeat')
    op.drop_table('consent_wording')
    with op.batch_alter_table('account_throttle', schema=None) as batch_op:
        batch_op.drop_index('ix_account_throttle_start')

    op.drop_table('account_throttle')
