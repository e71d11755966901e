"""The programme is found by its words

What releases show is indexed when it is first asked for: there is nothing to fill.

Revision ID: 0043
Revises: 0042
Create Date: 2026-12-14 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'schedule_opening',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('release_id', sa.Integer(), nullable=False),
        sa.Column('opening', sa.Integer(), nullable=False),
        sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ['release_id'],
            ['schedule_release.id'],
            name=op.f('fk_schedule_opening_release_id_schedule_release'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_opening')),
        sa.UniqueConstraint('release_id', 'opening', name=op.f('uq_schedule_opening_release_id_opening')),
    )
    op.create_table(
        'schedule_search_entry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('opening_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('people', sa.Text(), nullable=False),
        sa.Column('places', sa.Text(), nullable=False),
        sa.Column('words', sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql'), nullable=False),
        sa.CheckConstraint(
            "kind IN ('session', 'presentation', 'person')", name=op.f('ck_schedule_search_entry_kind')
        ),
        sa.ForeignKeyConstraint(
            ['opening_id'],
            ['schedule_opening.id'],
            name=op.f('fk_schedule_search_entry_opening_id_schedule_opening'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_search_entry')),
    )
    op.create_index('ix_schedule_search_entry_opening_id', 'schedule_search_entry', ['opening_id'])
    if op.get_bind().dialect.name == 'postgresql':
        op.create_index(
            'ix_schedule_search_entry_words',
            'schedule_search_entry',
            ['words'],
            postgresql_using='gin',
            postgresql_with={'fastupdate': 'off'},
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE schedule_search_words USING fts5(words, content='schedule_search_entry', content_rowid='id',"
        " tokenize=\"ascii tokenchars '_'\", prefix='2 3 4')"
    )
    op.execute(
        'CREATE TRIGGER schedule_search_entry_in AFTER INSERT ON schedule_search_entry'
        ' BEGIN INSERT INTO schedule_search_words (rowid, words) VALUES (new.id, new.words); END'
    )
    op.execute(
        'CREATE TRIGGER schedule_search_entry_out AFTER DELETE ON schedule_search_entry BEGIN INSERT INTO schedule_search_words'
        " (schedule_search_words, rowid, words) VALUES ('delete', old.id, old.words); END"
    )


def downgrade():
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE schedule_search_words')
    op.drop_table('schedule_search_entry')
    op.drop_table('schedule_opening')
