"""Each entry of the ledger names its documents: those of what was booked and issued before are found by what both of them say

Revision ID: 0054
Revises: 0053
Create Date: 2026-11-30 16:30:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None

AT_ONCE = 500
_TABLE = 'payments_ledger_document'
_GUARD = {
    'sqlite': (
        f"CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{_TABLE} is only added to'); END",
        f"CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE OF entry_id, document_id ON {_TABLE}"
        f" BEGIN SELECT RAISE(ABORT, '{_TABLE} is only added to'); END",
    ),
    'postgresql': (
        f"CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        f"CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE OF entry_id, document_id ON {_TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    ),
}
_DOCUMENT = sa.table('payments_document', *map(sa.column, ('id', 'order_id', 'kind')), sa.column('content', sa.JSON))
_LEDGER = sa.table('payments_ledger', *map(sa.column, ('id', 'order_id', 'kind', 'source')), sa.column('at', sa.DateTime(timezone=True)))
_LINE = sa.table('payments_line', *map(sa.column, ('id', 'reference')))
_REFUND = sa.table('payments_refund', *map(sa.column, ('id', 'order_id', 'provider_ref')), sa.column('requested_at', sa.DateTime(timezone=True)))


def upgrade():
    kept = op.create_table(
        _TABLE,
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['document_id'], ['payments_document.id'], name=op.f('fk_payments_ledger_document_document_id_payments_document')),
        sa.ForeignKeyConstraint(['entry_id'], ['payments_ledger.id'], name=op.f('fk_payments_ledger_document_entry_id_payments_ledger')),
        sa.PrimaryKeyConstraint('entry_id', 'document_id', name=op.f('pk_payments_ledger_document')),
    )
    op.create_index(op.f('ix_payments_ledger_document_document_id'), _TABLE, ['document_id'])
    _of_issued(kept)
    for statement in _GUARD[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade():
    op.drop_table(_TABLE)


def _of_issued(kept):
    """What entries of orders with documents name, some orders at a time."""
    of_account, last = _DOCUMENT.c.kind != 'pro_forma', 0
    orders = sa.select(_DOCUMENT.c.order_id).distinct().where(of_account).order_by(_DOCUMENT.c.order_id).limit(AT_ONCE)
    while some := _all(orders.where(_DOCUMENT.c.order_id > last)):
        keys = [key for key, in some]
        entries, refunds = _by_order(_LEDGER, keys), {each.id: each for theirs in _by_order(_REFUND, keys).values() for each in theirs}
        carried = [int(each.source[8:]) for theirs in entries.values() for each in theirs if each.source.startswith('carried:')]
        lines = dict(pair for start in range(0, len(carried), AT_ONCE) for pair in _all(sa.select(_LINE).where(_LINE.c.id.in_(carried[start : start + AT_ONCE]))))
        papers = _all(sa.select(_DOCUMENT).where(_DOCUMENT.c.order_id.in_(keys), of_account).order_by(_DOCUMENT.c.id))
        rows = [{'entry_id': key, 'document_id': paper.id} for paper in papers for key in _naming(paper, entries.get(paper.order_id, ()), refunds, lines)]
        if rows:
            op.bulk_insert(kept, rows)
        last = keys[-1]


def _naming(paper, entries, refunds, lines):
    """Keys of the entries that name a document, by the way in which each of them is about it."""
    takes_back = paper.kind == 'credit_note' and paper.content['reason'] == 'ended'
    sources = {line['source'] for line in paper.content['lines']}
    told = [(each, *_told(each, refunds, lines)) for each in entries]
    taken = {each.at for each, way, line, _act in told if takes_back and way == 'taken back' and line in sources}
    fits = {
        'sold': lambda line, act: line in sources and not takes_back,
        'taken back': lambda line, act: line in sources and takes_back,
        'kept': lambda line, act: line in sources,
        'paid': lambda line, act: not takes_back,
        'sent back': lambda line, act: takes_back and (line in sources or act in taken),
        None: lambda line, act: False,
    }
    return [each.id for each, way, line, act in told if fits[way](line, act)]


def _told(each, refunds, lines):
    """(the way in which an entry is about documents, the source of a document's line, when it was decided that money goes back)."""
    begins, _colon, key = each.source.partition(':')
    if each.kind == 'refund':
        refund = refunds[int(key)]
        is_reversal = (refund.provider_ref or '').startswith('reversed-')
        return ('paid', '', None) if is_reversal else ('sent back', '', refund.requested_at)
    if each.kind == 'transfer':
        found = {'line': ('paid', '', None), 'carried': ('sent back', f'line:{lines.get(int(key.split(":")[0]))}', None)}
        return found.get(begins, (None if each.source.endswith(':home') else 'sent back', '', each.at))
    ways = {'sale': 'sold', 'reversal': 'taken back', 'fee': 'kept', 'payment': 'paid', 'dispute': 'paid', 'write_off': 'paid'}
    return ways.get(each.kind), f'ledger:{each.id}' if each.kind == 'fee' else f'line:{key}', None


def _by_order(table, keys):
    found = {}
    for each in _all(sa.select(table).where(table.c.order_id.in_(keys)).order_by(table.c.id)):
        found.setdefault(each.order_id, []).append(each)
    return found


def _all(statement):
    return op.get_bind().execute(statement).all()
