"""A day at the desk: marks by which the same person is found twice, counters and whom they have registered, what is done to many

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-29 12:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

from conference.people.doubles import Known, marks_of

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

AT_ONCE = 500


def upgrade():
    marks = op.create_table('person_mark',
    sa.Column('mark', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_mark_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('mark', 'person_id', name=op.f('pk_person_mark'))
    )
    with op.batch_alter_table('person_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_mark_person_id'), ['person_id'], unique=False)

    _mark_everybody(marks)

    op.create_table('staff_station',
    sa.Column('sign_in_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('category', sa.String(length=40), nullable=False),
    sa.Column('payment', sa.String(length=10), nullable=False),
    sa.Column('checks_in', sa.Boolean(), nullable=False),
    sa.Column('prints', sa.Boolean(), nullable=False),
    sa.CheckConstraint("payment IN ('cash', 'terminal', 'transfer', 'link')", name=op.f('ck_staff_station_payment')),
    sa.ForeignKeyConstraint(['sign_in_id'], ['account_sign_in.id'], name=op.f('fk_staff_station_sign_in_id_account_sign_in'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sign_in_id', name=op.f('pk_staff_station'))
    )
    op.create_table('staff_walk_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('station', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_staff_walk_in_by_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_staff_walk_in_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_staff_walk_in_order_id_payments_order')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_staff_walk_in_registration_id_registration')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['person.id'], name=op.f('fk_staff_walk_in_undone_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_walk_in')),
    sa.UniqueConstraint('token', name=op.f('uq_staff_walk_in_token'))
    )
    with op.batch_alter_table('staff_walk_in', schema=None) as batch_op:
        batch_op.create_index('ix_staff_walk_in_latest', ['meeting_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_walk_in_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_walk_in_registration_id'), ['registration_id'], unique=False)

    bulk = op.create_table('staff_bulk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('total > 0', name=op.f('ck_staff_bulk_total')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_staff_bulk_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_bulk_person_id_person')),
    sa.ForeignKeyConstraint(['undoes_id'], ['staff_bulk.id'], name=op.f('fk_staff_bulk_undoes_id_staff_bulk')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_bulk')),
    sa.UniqueConstraint('ref', name=op.f('uq_staff_bulk_ref')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_staff_bulk_undoes_id'))
    )
    with op.batch_alter_table('staff_bulk', schema=None) as batch_op:
        batch_op.create_index('ix_staff_bulk_due', ['finished_at', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_bulk_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_bulk_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_staff_bulk_running', ['meeting_id', 'digest'], unique=True, sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))

    item = op.create_table('staff_bulk_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bulk_id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('kept', sa.JSON(), nullable=False),
    sa.Column('told', sa.Text(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'done', 'refused', 'stopped')", name=op.f('ck_staff_bulk_item_state')),
    sa.ForeignKeyConstraint(['bulk_id'], ['staff_bulk.id'], name=op.f('fk_staff_bulk_item_bulk_id_staff_bulk'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_staff_bulk_item_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_bulk_item')),
    sa.UniqueConstraint('bulk_id', 'registration_id', name=op.f('uq_staff_bulk_item_bulk_id_registration_id'))
    )
    with op.batch_alter_table('staff_bulk_item', schema=None) as batch_op:
        batch_op.create_index('ix_staff_bulk_item_next', ['bulk_id', 'state', 'tries', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_bulk_item_registration_id'), ['registration_id'], unique=False)

    _carry_mailings(bulk, item)
    op.drop_table('staff_mailing')


def _mark_everybody(marks):
    """Whoever is known already is found by the rule of today."""
    names = ('given_name', 'family_name', 'institution', 'country', 'email', 'orcid')
    person = sa.table('person', sa.column('id'), *(sa.column(name) for name in names))
    last = 0
    while True:
        few = sa.select(person).where(person.c.id > last, person.c.email.is_not(None)).order_by(person.c.id).limit(AT_ONCE)
        rows = op.get_bind().execute(few).mappings().all()
        if not rows:
            return
        last = rows[-1]['id']
        found = [(row['id'], Known(**{name: row[name] or '' for name in names})) for row in rows]
        op.bulk_insert(marks, [{'mark': mark, 'person_id': key} for key, known in found for mark in marks_of(known)])


def _carry_mailings(bulk, item):
    """Letters that were sent again to many become what they are now: done to many, one after the other. Who is gone meanwhile is left out."""
    names = ('id', 'ref', 'meeting_id', 'person_id', 'entries', 'total', 'done', 'made_at', 'finished_at')
    kinds = {'entries': sa.JSON(), 'made_at': sa.DateTime(timezone=True), 'finished_at': sa.DateTime(timezone=True)}
    mailing = sa.table('staff_mailing', *(sa.column(name, kinds.get(name)) for name in names))
    registration = sa.table('registration', sa.column('id'))
    there = set(op.get_bind().execute(sa.select(registration.c.id)).scalars())
    for row in op.get_bind().execute(sa.select(mailing).order_by(mailing.c.id)).mappings().all():
        entries = [(key, place < row['done']) for place, key in enumerate(dict.fromkeys(row['entries'])) if key in there]
        if not entries:
            continue
        op.bulk_insert(bulk, [{
            'id': row['id'], 'ref': row['ref'], 'meeting_id': row['meeting_id'], 'person_id': row['person_id'],
            'act': 'letters-again', 'facts': {}, 'digest': f"mailing:{row['ref']}", 'total': len(entries),
            'made_at': row['made_at'], 'due_at': row['made_at'], 'finished_at': row['finished_at'],
        }])
        op.bulk_insert(item, [{
            'bulk_id': row['id'], 'registration_id': key, 'state': 'done' if is_done else 'waiting', 'kept': {}, 'told': '',
            'tries': 0, 'done_at': row['finished_at'],
        } for key, is_done in entries])
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("SELECT setval(pg_get_serial_sequence('staff_bulk', 'id'), COALESCE((SELECT max(id) FROM staff_bulk), 1))")


def downgrade():
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

    op.drop_table('staff_bulk_item')
    op.drop_table('staff_bulk')
    op.drop_table('staff_walk_in')
    op.drop_table('staff_station')
    with op.batch_alter_table('person_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_mark_person_id'))

    op.drop_table('person_mark')
