"""Tax of documents by country and rate, no document in a closed month; what lines of a bank are that pay no order; letters

Revision ID: 0034
Revises: 0033
Create Date: 2026-12-06 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

AMOUNTS = ('net_minor', 'tax_minor', 'rounding_minor', 'gross_minor')
COLUMNS = ', '.join(('document_id', 'country', 'category', 'hundredths', *AMOUNTS))
_IS_CLOSED = 'SELECT 1 FROM books_closure WHERE reopened_at IS NULL AND ends_at > NEW.issued_at'
# A later migration that makes payments_document anew on SQLite must set its trigger up again.
_GUARD = {
    'sqlite': (
        "CREATE TRIGGER payments_document_tax_no_delete BEFORE DELETE ON payments_document_tax"
        " BEGIN SELECT RAISE(ABORT, 'payments_document_tax is only added to'); END",
        f"CREATE TRIGGER payments_document_tax_no_update BEFORE UPDATE OF {COLUMNS} ON payments_document_tax"
        " BEGIN SELECT RAISE(ABORT, 'payments_document_tax is only added to'); END",
        f"CREATE TRIGGER payments_document_no_closed_month BEFORE INSERT ON payments_document WHEN EXISTS ({_IS_CLOSED})"
        " BEGIN SELECT RAISE(ABORT, 'payments_document: the month is closed'); END",
    ),
    'postgresql': (
        "CREATE TRIGGER payments_document_tax_no_delete BEFORE DELETE ON payments_document_tax"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        f"CREATE TRIGGER payments_document_tax_no_update BEFORE UPDATE OF {COLUMNS} ON payments_document_tax"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        "CREATE OR REPLACE FUNCTION month_is_open_for_documents() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF EXISTS ({_IS_CLOSED}) THEN RAISE EXCEPTION '%: the month is closed', TG_TABLE_NAME USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW; END $$",
        "CREATE TRIGGER payments_document_no_closed_month BEFORE INSERT ON payments_document"
        " FOR EACH ROW EXECUTE FUNCTION month_is_open_for_documents()",
    ),
}


SELLER = (
    'id, name, address, postcode, city, country, tax_id, registration, email, bank, iban, bic, invoice_pattern, credit_pattern,'
    ' digits, style, embeds, language, footer, saved_at'
)
STATES = ('open', 'matched', 'ignored', 'reversed', 'out', 'payout', 'sent')


def upgrade():
    _tax()
    _counterparts()
    _letters()


def downgrade():
    _no_letters()
    _no_counterparts()
    _no_tax()


def _tax():
    kept = op.create_table('payments_document_tax',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('category', sa.String(length=2), nullable=False),
    sa.Column('hundredths', sa.Integer(), nullable=False),
    *(sa.Column(name, sa.BigInteger(), nullable=False) for name in AMOUNTS),
    sa.CheckConstraint("category IN ('S', 'Z', 'E', 'AE', 'O')", name=op.f('ck_payments_document_tax_category')),
    sa.CheckConstraint('gross_minor = net_minor + tax_minor + rounding_minor', name=op.f('ck_payments_document_tax_sums')),
    sa.ForeignKeyConstraint(['document_id'], ['payments_document.id'], name=op.f('fk_payments_document_tax_document_id_payments_document')),
    sa.PrimaryKeyConstraint('document_id', 'country', 'category', 'hundredths', name=op.f('pk_payments_document_tax'))
    )
    _of_issued(kept)
    for statement in _GUARD[op.get_bind().dialect.name]:
        op.execute(statement)


def _no_tax():
    on = ' ON payments_document' if op.get_bind().dialect.name == 'postgresql' else ''
    op.execute(f'DROP TRIGGER payments_document_no_closed_month{on}')
    op.drop_table('payments_document_tax')
    if on:
        op.execute('DROP FUNCTION month_is_open_for_documents()')


def _counterparts():
    op.create_table('payments_bank_counterpart',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('payout_id', sa.Integer(), nullable=True),
    sa.Column('returned_id', sa.Integer(), nullable=True),
    sa.Column('refund_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('payout', 'payout_back', 'returned', 'refund')", name=op.f('ck_payments_bank_counterpart_kind')),
    sa.CheckConstraint("(payout_id IS NOT NULL) = (kind IN ('payout', 'payout_back'))", name=op.f('ck_payments_bank_counterpart_payout')),
    sa.CheckConstraint("(returned_id IS NOT NULL) = (kind = 'returned')", name=op.f('ck_payments_bank_counterpart_returned')),
    sa.CheckConstraint("(refund_id IS NOT NULL) = (kind = 'refund')", name=op.f('ck_payments_bank_counterpart_refund')),
    sa.ForeignKeyConstraint(['line_id'], ['payments_bank_line.id'], name=op.f('fk_payments_bank_counterpart_line_id_payments_bank_line')),
    sa.ForeignKeyConstraint(['payout_id'], ['payments_payout.id'], name=op.f('fk_payments_bank_counterpart_payout_id_payments_payout')),
    sa.ForeignKeyConstraint(['returned_id'], ['payments_bank_line.id'], name=op.f('fk_payments_bank_counterpart_returned_id_payments_bank_line')),
    sa.ForeignKeyConstraint(['refund_id'], ['payments_refund.id'], name=op.f('fk_payments_bank_counterpart_refund_id_payments_refund')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_payments_bank_counterpart_made_by_id_person')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_payments_bank_counterpart_ended_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_bank_counterpart'))
    )
    stands = {'unique': True, 'sqlite_where': sa.text('ended_at IS NULL'), 'postgresql_where': sa.text('ended_at IS NULL')}
    for name, columns in (('line', ['line_id']), ('payout', ['payout_id', 'kind']), ('returned', ['returned_id']), ('refund', ['refund_id'])):
        op.create_index(f'uq_payments_bank_counterpart_{name}', 'payments_bank_counterpart', columns, **stands)
    with op.batch_alter_table('payments_payout', schema=None) as batch_op:
        batch_op.add_column(sa.Column('descriptor', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('trace', sa.String(length=255), nullable=False, server_default=''))
    with op.batch_alter_table('payments_payout', schema=None) as batch_op:
        batch_op.alter_column('descriptor', server_default=None)
        batch_op.alter_column('trace', server_default=None)
    with op.batch_alter_table('payments_bank_line', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_payments_bank_line_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_payments_bank_line_state'), _one_of(STATES))
        batch_op.create_check_constraint(
            op.f('ck_payments_bank_line_counterpart_pays_nothing'),
            "state NOT IN ('payout', 'sent') OR matched_minor + returned_minor = 0",
        )


def _no_counterparts():
    """What was tied waits again."""
    line = sa.table('payments_bank_line', sa.column('state', sa.String), sa.column('amount_minor', sa.BigInteger))
    waits = sa.case((line.c.amount_minor > 0, 'open'), else_='out')
    op.execute(line.update().where(line.c.state.in_(STATES[-2:])).values(state=waits))
    with op.batch_alter_table('payments_bank_line', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_payments_bank_line_counterpart_pays_nothing'), type_='check')
        batch_op.drop_constraint(op.f('ck_payments_bank_line_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_payments_bank_line_state'), _one_of(STATES[:-2]))
    with op.batch_alter_table('payments_payout', schema=None) as batch_op:
        batch_op.drop_column('trace')
        batch_op.drop_column('descriptor')
    op.drop_table('payments_bank_counterpart')


def _letters():
    """What was issued before gets no letter."""
    op.create_table('payments_document_letter',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['payments_document.id'], name=op.f('fk_payments_document_letter_document_id_payments_document')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_payments_document_letter'))
    )
    op.create_index(op.f('ix_payments_document_letter_written_at'), 'payments_document_letter', ['written_at'])
    _let_seller_change(False)
    # Not by a batch: on SQLite that would make the table anew, and its triggers would be lost.
    op.add_column('payments_seller', sa.Column('sends_letters', sa.Boolean(), nullable=False, server_default=sa.true()))
    _let_seller_change(SELLER.replace('embeds,', 'embeds, sends_letters,'))


def _no_letters():
    _let_seller_change(False)
    op.drop_column('payments_seller', 'sends_letters')
    _let_seller_change(SELLER)
    op.drop_table('payments_document_letter')


def _let_seller_change(kept):
    """Set the trigger up again that keeps these columns of payments_seller; without any, take it away."""
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    if not kept:
        op.execute(f"DROP TRIGGER payments_seller_no_update{'' if is_sqlite else ' ON payments_seller'}")
    elif is_sqlite:
        op.execute(
            f"CREATE TRIGGER payments_seller_no_update BEFORE UPDATE OF {kept} ON payments_seller"
            " BEGIN SELECT RAISE(ABORT, 'payments_seller is only added to'); END"
        )
    else:
        op.execute(
            f"CREATE TRIGGER payments_seller_no_update BEFORE UPDATE OF {kept} ON payments_seller"
            " FOR EACH ROW EXECUTE FUNCTION only_added_to()"
        )


def _one_of(states):
    return f"state IN ({', '.join(map(repr, states))})"


def _of_issued(kept):
    """The tax of every document that was issued before."""
    document = sa.table('payments_document', sa.column('id', sa.Integer), sa.column('content', sa.JSON))
    asked, last = sa.select(document.c.id, document.c.content).order_by(document.c.id).limit(500), 0
    while documents := op.get_bind().execute(asked.where(document.c.id > last)).all():
        rows = [row for key, content in documents if content['kind'] != 'pro_forma' for row in _rows(key, content)]
        if rows:
            op.bulk_insert(kept, rows)
        last = documents[-1][0]


def _rows(key, content):
    """The parts of each rate by country: its tax is shared so that the parts sum to it."""
    seller = content['seller']['country']
    for group in content['taxes']:
        sums = {}
        for line in content['lines']:
            if (line['category'], line['hundredths']) == (group['category'], group['hundredths']):
                country = seller if line['kind'] == 'dues' else content['about']['country'] or seller
                net, gross = sums.get(country, (0, 0))
                sums[country] = (net + line['net'], gross + line['gross'])
        taxes = {country: _part(net * group['hundredths'], 10_000) for country, (net, _gross) in sums.items()}
        taxes[max(taxes, key=lambda country: abs(taxes[country]))] += group['tax'] - sum(taxes.values())
        for country, (net, gross) in sums.items():
            amounts = (net, taxes[country], gross - net - taxes[country], gross)
            facts = {'document_id': key, 'country': country, 'category': group['category'], 'hundredths': group['hundredths']}
            yield facts | dict(zip(AMOUNTS, amounts, strict=True))


def _part(amount, divisor):
    """amount / divisor, halves away from zero."""
    whole = (abs(amount) * 2 + divisor) // (2 * divisor)
    return whole if amount >= 0 else -whole
