"""Abstracts are found by their folded words

Revision ID: 0040
Revises: 0039
Create Date: 2026-12-08 10:00:00.000000
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('schedule_abstract', schema=None) as batch_op:
        batch_op.add_column(sa.Column('folded', sa.Text(), nullable=False, server_default=''))
    _fold()
    with op.batch_alter_table('schedule_abstract', schema=None) as batch_op:
        batch_op.alter_column('folded', existing_type=sa.Text(), server_default=None)


def downgrade():
    with op.batch_alter_table('schedule_abstract', schema=None) as batch_op:
        batch_op.drop_column('folded')


def _fold():
    connection = op.get_bind()
    words = {}
    for key, number, title, award in connection.execute(sa.text('SELECT id, number, title, award FROM schedule_abstract')):
        words[key] = [f'#{number}', title, award]
    names = sa.text(
        'SELECT a.abstract_id, c.name FROM schedule_author a JOIN schedule_contributor c ON c.id = a.contributor_id'
        ' WHERE a.abstract_id IS NOT NULL ORDER BY a.position'
    )
    for key, name in connection.execute(names):
        words[key].append(name)
    places = sa.text(
        'SELECT a.abstract_id, f.institution, f.department, f.city FROM schedule_affiliation f'
        ' JOIN schedule_author a ON a.id = f.author_id WHERE a.abstract_id IS NOT NULL'
    )
    for key, *place in connection.execute(places):
        words[key].append(' '.join(place))
    write = sa.text('UPDATE schedule_abstract SET folded = :folded WHERE id = :key')
    for key, found in words.items():
        connection.execute(write, {'key': key, 'folded': _folded(' '.join(dict.fromkeys(found)))})


def _folded(text):
    decomposed = unicodedata.normalize('NFKD', text).casefold()
    return ' '.join(''.join(letter for letter in decomposed if not unicodedata.combining(letter)).split())
