"""A day at the desk: marks by which the same person is found twice

Revision ID: 0024
Revises: 0020
Create Date: 2026-11-29 12:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

from conference.people.doubles import Known, marks_of

revision = '0024'
down_revision = '0020'
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


def downgrade():
    with op.batch_alter_table('person_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_mark_person_id'))

    op.drop_table('person_mark')
