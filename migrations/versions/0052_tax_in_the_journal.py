"""The journal books the tax of documents: an account for it, and what of a document's tax belongs to which meeting or term

Revision ID: 0052
Revises: 0049
Create Date: 2026-11-30 13:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0049'
branch_labels = None
depends_on = None

ROLES = ('customers', 'card', 'bank', 'transit', 'deferred', 'revenue', 'fees', 'goodwill', 'written_off', 'stripe_fees', 'exchange', 'suspense')
COLUMNS = 'id, document_id, scope, is_fee, country, category, hundredths, tax_minor'
_TABLE = 'payments_document_tax_share'
_GUARD = {
    'sqlite': (
        f"CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{_TABLE} is only added to'); END",
        f"CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE OF {COLUMNS} ON {_TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{_TABLE} is only added to'); END",
    ),
    'postgresql': (
        f"CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        f"CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE OF {COLUMNS} ON {_TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    ),
}


def upgrade():
    _roles((*ROLES, 'tax'))
    kept = op.create_table(
        _TABLE,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=False),
        sa.Column('scope', sa.String(length=60), nullable=True),
        sa.Column('is_fee', sa.Boolean(), nullable=False),
        sa.Column('country', sa.String(length=2), nullable=False),
        sa.Column('category', sa.String(length=2), nullable=False),
        sa.Column('hundredths', sa.Integer(), nullable=False),
        sa.Column('tax_minor', sa.BigInteger(), nullable=False),
        sa.CheckConstraint("category IN ('S', 'Z', 'E', 'AE', 'O')", name=op.f('ck_payments_document_tax_share_category')),
        sa.CheckConstraint('tax_minor <> 0', name=op.f('ck_payments_document_tax_share_tax_minor')),
        sa.ForeignKeyConstraint(['document_id'], ['payments_document.id'], name=op.f('fk_payments_document_tax_share_document_id_payments_document')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_document_tax_share')),
    )
    op.create_index(op.f('ix_payments_document_tax_share_document_id'), _TABLE, ['document_id'])
    _of_issued(kept)
    for statement in _GUARD[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade():
    """Months that were closed with tax in their journal are said to differ then: open them before, and close them again after."""
    op.drop_table(_TABLE)
    op.execute("DELETE FROM books_account WHERE role = 'tax'")
    _roles(ROLES)


def _roles(roles):
    with op.batch_alter_table('books_account', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_books_account_role'), type_='check')
        batch_op.create_check_constraint(op.f('ck_books_account_role'), f"role IN ({', '.join(map(repr, roles))})")


def _of_issued(kept):
    """The shares of every document that was issued before, some at a time."""
    names = ('document_id', 'country', 'category', 'hundredths', 'tax_minor')
    document = sa.table('payments_document', *map(sa.column, ('id', 'order_id')), sa.column('content', sa.JSON))
    tax = sa.table('payments_document_tax', *map(sa.column, names))
    asked, last = sa.select(document.c.id, document.c.order_id, document.c.content).order_by(document.c.id).limit(500), 0
    while documents := op.get_bind().execute(asked.where(document.c.id > last)).all():
        mine = sa.select(*tax.c).where(tax.c.document_id.in_([each.id for each in documents]), tax.c.hundredths != 0)
        parts = op.get_bind().execute(mine).all()
        contents = {key: (content, _scopes(order_id)) for key, order_id, content in documents if any(each[0] == key for each in parts)}
        rows = [dict(row) for part in parts for row in _shares(part, *contents[part[0]])]
        if rows:
            op.bulk_insert(kept, rows)
        last = documents[-1][0]


def _scopes(order_id):
    """{source: scope} of an order's lines and of the entries of its account."""
    found = {}
    for table, name in (('payments_line', 'line'), ('payments_ledger', 'ledger')):
        asked = sa.text(
            f'SELECT part.id, COALESCE(part.scope, whole.scope) FROM {table} part'
            ' JOIN payments_order whole ON whole.id = part.order_id WHERE whole.id = :order'
        )
        found |= {f'{name}:{key}': scope for key, scope in op.get_bind().execute(asked, {'order': order_id})}
    return found


def _shares(part, content, scopes):
    """The tax of a country and rate, shared by the net of its lines so that the parts sum to it."""
    document_id, country, category, hundredths, tax = part
    sums, seller = {}, content['seller']['country']
    for line in content['lines']:
        place = line.get('country') or (seller if line['kind'] == 'dues' else content['about']['country'] or seller)
        if (place, line['category'], line['hundredths']) == (country, category, hundredths):
            key = (scopes.get(line['source']), line['source'].startswith('ledger:'))
            sums[key] = sums.get(key, 0) + line['net']
    taxes = {key: _part(net * hundredths, 10_000) for key, net in sums.items()}
    taxes[max(taxes, key=lambda key: abs(taxes[key]))] += tax - sum(taxes.values())
    about = {'document_id': document_id, 'country': country, 'category': category, 'hundredths': hundredths}
    return [{**about, 'scope': scope, 'is_fee': fee, 'tax_minor': minor} for (scope, fee), minor in taxes.items() if minor]


def _part(amount, divisor):
    """amount / divisor, halves away from zero."""
    whole = (abs(amount) * 2 + divisor) // (2 * divisor)
    return whole if amount >= 0 else -whole
