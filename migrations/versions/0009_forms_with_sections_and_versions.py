"""Forms with sections, conditions, versions and sealed answers

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-23 22:20:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

KINDS_BEFORE = "kind IN ('text', 'long', 'choice', 'number', 'date', 'yes_no')"
KINDS = (
    "kind IN ('text', 'long', 'number', 'date', 'yes_no', 'choice', 'choices', 'email', 'phone', 'country', 'consent')"
)
ONCE = 'value IS NULL OR sealed IS NULL'
PURGED = 'purged_at IS NULL OR (value IS NULL AND sealed IS NULL AND number IS NULL)'
# What the data is moved with: only the columns that are read or written here.
question = sa.table(
    'registration_question',
    *(sa.column(name) for name in ('id', 'label', 'statement', 'kind', 'depends_on', 'depends_value')),
    sa.column('choices', sa.JSON),
    sa.column('condition', sa.JSON(none_as_null=True)),
)
version = sa.table(
    'registration_question_version',
    *(sa.column(name) for name in ('question_id', 'version', 'label', 'statement', 'kind')),
    sa.column('choices', sa.JSON),
)
answer = sa.table('registration_answer', *(sa.column(name) for name in ('id', 'question_id', 'value', 'number')))


def upgrade():
    _new_tables()
    with op.batch_alter_table('registration_question') as batch_op:
        for column in _question_columns():
            batch_op.add_column(column)
        batch_op.drop_constraint(op.f('ck_registration_question_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_registration_question_kind'), KINDS)
        batch_op.create_index(op.f('ix_registration_question_section_id'), ['section_id'])
        batch_op.create_foreign_key(
            op.f('fk_registration_question_section_id_registration_section'), 'registration_section', ['section_id'], ['id']
        )
    _first_versions()
    with op.batch_alter_table('registration_question') as batch_op:
        batch_op.drop_column('depends_value')
        batch_op.drop_column('depends_on')
    _answers()
    _numbers()


def downgrade():
    op.drop_table('registration_past_answer')
    with op.batch_alter_table('registration_question') as batch_op:
        batch_op.add_column(sa.Column('depends_on', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('depends_value', sa.String(length=300), nullable=False, server_default=''))
    _answers_before()
    _questions_before()
    with op.batch_alter_table('registration_question') as batch_op:
        batch_op.drop_constraint(op.f('fk_registration_question_section_id_registration_section'), type_='foreignkey')
        batch_op.drop_index(op.f('ix_registration_question_section_id'))
        batch_op.drop_constraint(op.f('ck_registration_question_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_registration_question_kind'), KINDS_BEFORE)
        for column in _question_columns():
            batch_op.drop_column(column.name)
        batch_op.alter_column('depends_on', server_default=None)
        batch_op.alter_column('depends_value', server_default=None)
    op.drop_table('registration_question_version')
    op.drop_table('registration_section')
    op.drop_table('registration_form')


def _new_tables():
    op.create_table('registration_form',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('edit_until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_form_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_registration_form'))
    )
    op.create_table('registration_section',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('lede', sa.String(length=600), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('condition', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('categories', sa.JSON(), nullable=False),
    sa.Column('modes', sa.JSON(), nullable=False),
    sa.Column('is_asked', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_section_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_section')),
    sa.UniqueConstraint('meeting_id', 'code', name=op.f('uq_registration_section_meeting_id_code'))
    )
    op.create_table('registration_question_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=300), nullable=False),
    sa.Column('statement', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['question_id'], ['registration_question.id'], name=op.f('fk_registration_question_version_question_id_registration_question'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_question_version')),
    sa.UniqueConstraint('question_id', 'version', name=op.f('uq_registration_question_version_question_id_version'))
    )
    op.create_table('registration_past_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('sealed', sa.Text(), nullable=True),
    sa.Column('number', sa.Double(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint(ONCE, name=op.f('ck_registration_past_answer_once')),
    sa.CheckConstraint(PURGED, name=op.f('ck_registration_past_answer_purged')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_registration_past_answer_by_id_person')),
    sa.ForeignKeyConstraint(['question_id'], ['registration_question.id'], name=op.f('fk_registration_past_answer_question_id_registration_question')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_past_answer_registration_id_registration'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_past_answer'))
    )
    op.create_index('ix_registration_past_answer_of', 'registration_past_answer', ['registration_id', 'question_id'])
    for name in ('by_id', 'question_id'):
        op.create_index(op.f(f'ix_registration_past_answer_{name}'), 'registration_past_answer', [name])


def _question_columns():
    return [
        sa.Column('section_id', sa.Integer(), nullable=True),
        sa.Column('statement', sa.Text(), server_default='', nullable=False),
        sa.Column('limits', sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column('condition', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('categories', sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column('modes', sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column('is_sensitive', sa.Boolean(), server_default=sa.text('false'), nullable=False),
        sa.Column('roles', sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column('retention_days', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    ]


def _first_versions():
    """A choice was its own text: that becomes its code, so no answer changes. What is asked now is the first version."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(question)).all():
        choices = [{'code': each, 'label': each} for each in row.choices or []]
        connection.execute(
            sa.update(question)
            .where(question.c.id == row.id)
            .values(choices=choices, condition=_condition(row.depends_on, row.depends_value))
        )
        words = {'label': row.label, 'statement': '', 'kind': row.kind, 'choices': choices}
        connection.execute(sa.insert(version).values(question_id=row.id, version=1, **words))


def _condition(code, values):
    if not code:
        return None
    return {'join': 'any', 'tests': [{'field': code, 'op': 'is', 'value': value} for value in values.split('|')]}


def _answers():
    with op.batch_alter_table('registration_answer') as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('sealed', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('number', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('value', existing_type=sa.Text(), nullable=True)
        batch_op.create_check_constraint(op.f('ck_registration_answer_once'), ONCE)
        batch_op.create_check_constraint(op.f('ck_registration_answer_purged'), PURGED)
        batch_op.create_index(op.f('ix_registration_answer_by_id'), ['by_id'])
        batch_op.create_foreign_key(op.f('fk_registration_answer_by_id_person'), 'person', ['by_id'], ['id'])
        batch_op.create_foreign_key(
            'fk_registration_answer_version',
            'registration_question_version',
            ['question_id', 'version'],
            ['question_id', 'version'],
        )


def _numbers():
    """Answers that are numbers can be compared in the database."""
    connection = op.get_bind()
    numbers = sa.select(question.c.id).where(question.c.kind == 'number')
    for row in connection.execute(sa.select(answer).where(answer.c.question_id.in_(numbers))).all():
        number = _as_number(row.value)
        if number is not None:
            connection.execute(sa.update(answer).where(answer.c.id == row.id).values(number=number))


def _as_number(text):
    try:
        return float(text)
    except ValueError:
        return None


def _answers_before():
    """Sealed answers cannot be opened here, and purged ones are gone: neither goes back into a table that knows only open text."""
    connection = op.get_bind()
    connection.execute(sa.delete(answer).where(answer.c.value.is_(None)))
    with op.batch_alter_table('registration_answer') as batch_op:
        batch_op.drop_constraint('fk_registration_answer_version', type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_registration_answer_by_id_person'), type_='foreignkey')
        batch_op.drop_index(op.f('ix_registration_answer_by_id'))
        batch_op.drop_constraint(op.f('ck_registration_answer_once'), type_='check')
        batch_op.drop_constraint(op.f('ck_registration_answer_purged'), type_='check')
        for name in ('version', 'sealed', 'number', 'answered_at', 'by_id', 'purged_at'):
            batch_op.drop_column(name)
        batch_op.alter_column('value', existing_type=sa.Text(), nullable=False)


def _questions_before():
    """Kinds that were not known become text; a condition that the former columns cannot say becomes none."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(question)).all():
        labels = [each['label'] for each in row.choices or []]
        code, values = _depends(row.condition)
        kind = row.kind if f"'{row.kind}'" in KINDS_BEFORE else 'text'
        connection.execute(
            sa.update(question)
            .where(question.c.id == row.id)
            .values(choices=labels, kind=kind, depends_on=code, depends_value=values)
        )


def _depends(condition):
    tests = (condition or {}).get('tests', [])
    codes = {each['field'] for each in tests if each['op'] == 'is'}
    if len(codes) != 1 or len(tests) != sum(each['op'] == 'is' for each in tests):
        return '', ''
    return codes.pop(), '|'.join(str(each['value']) for each in tests)[:300]
