"""The chart of accounts, and months that are closed: no entry of the ledger is dated into one

Revision ID: 0031
Revises: 0030
Create Date: 2026-12-04 19:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

ROLES = (
    'customers', 'card', 'bank', 'transit', 'deferred', 'revenue', 'fees', 'goodwill', 'written_off', 'stripe_fees', 'exchange',
    'suspense',
)
COLUMNS = (
    'id, month, starts_at, ends_at, zone, last_row, line_count, digest, totals, accounts, recognised, delivered, closed_at'
)
_IS_CLOSED = "SELECT 1 FROM books_closure WHERE reopened_at IS NULL AND ends_at > NEW.at"
# A later migration that makes payments_ledger anew on SQLite must set its trigger up again.
_GUARD = {
    'sqlite': (
        "CREATE TRIGGER books_closure_no_delete BEFORE DELETE ON books_closure"
        " BEGIN SELECT RAISE(ABORT, 'books_closure is only added to'); END",
        f"CREATE TRIGGER books_closure_no_update BEFORE UPDATE OF {COLUMNS} ON books_closure"
        " BEGIN SELECT RAISE(ABORT, 'books_closure is only added to'); END",
        f"CREATE TRIGGER payments_ledger_no_closed_month BEFORE INSERT ON payments_ledger WHEN EXISTS ({_IS_CLOSED})"
        " BEGIN SELECT RAISE(ABORT, 'payments_ledger: the month is closed'); END",
    ),
    'postgresql': (
        "CREATE TRIGGER books_closure_no_delete BEFORE DELETE ON books_closure"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        f"CREATE TRIGGER books_closure_no_update BEFORE UPDATE OF {COLUMNS} ON books_closure"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        "CREATE OR REPLACE FUNCTION month_is_open() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF EXISTS ({_IS_CLOSED}) THEN RAISE EXCEPTION '%: the month is closed', TG_TABLE_NAME USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW; END $$",
        "CREATE TRIGGER payments_ledger_no_closed_month BEFORE INSERT ON payments_ledger"
        " FOR EACH ROW EXECUTE FUNCTION month_is_open()",
    ),
}


def upgrade():
    op.create_table('books_account',
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", name=op.f('ck_books_account_role')),
    sa.PrimaryKeyConstraint('role', name=op.f('pk_books_account'))
    )
    op.create_table('books_closure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('last_row', sa.Integer(), nullable=False),
    sa.Column('line_count', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('totals', sa.JSON(), nullable=False),
    sa.Column('accounts', sa.JSON(), nullable=False),
    sa.Column('recognised', sa.JSON(), nullable=False),
    sa.Column('delivered', sa.JSON(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.Column('reopened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reopened_by', sa.Integer(), nullable=True),
    sa.Column('reopened_why', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['closed_by'], ['person.id'], name=op.f('fk_books_closure_closed_by_person')),
    sa.ForeignKeyConstraint(['reopened_by'], ['person.id'], name=op.f('fk_books_closure_reopened_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_books_closure'))
    )
    with op.batch_alter_table('books_closure', schema=None) as batch_op:
        batch_op.create_index('uq_books_closure_month', ['month'], unique=True,
                              sqlite_where=sa.text('reopened_at IS NULL'), postgresql_where=sa.text('reopened_at IS NULL'))
    for statement in _GUARD[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade():
    on = ' ON payments_ledger' if op.get_bind().dialect.name == 'postgresql' else ''
    op.execute(f'DROP TRIGGER payments_ledger_no_closed_month{on}')
    op.drop_table('books_closure')
    op.drop_table('books_account')
    if on:
        op.execute('DROP FUNCTION month_is_open()')
