"""Closing a month of a hundred thousand orders, sold, paid and half of them seen in Stripe's balance."""

import time

from conference import books, people
from conference.kernel import clock, count_anew, db, transaction
from conference.payments import LedgerEntry, Order, Payment
from conference.payments.payouts import BalanceRow

ORDERS, TIMES = 100_000, 3
HOW = (
    f"books.close in one process on PostgreSQL: {ORDERS} orders of one month, each paid and sold (two entries), every second by card with a row of Stripe's"
    f" balance that has a fee; every line posted, summed and put into the digest, then kept; best of {TIMES}, opened again in between"
)
_FILL = (
    "INSERT INTO payments_order (id, ref, person_id, currency, total_minor, state, placed_at, expires_at, settled_at, attempt,"
    " session_url, parked_reason, scope) SELECT n, 'close' || n, :person, 'USD', 40000 + n % 5000, 'paid', {at}, {at}, {at}, 0, '', '',"
    " 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_payment (id, order_id, provider, provider_ref, amount_minor, refunded_minor, currency, received_at)"
    " SELECT n, n, CASE WHEN n % 2 = 0 THEN 'stripe' ELSE 'hand' END, 'pi_close' || n, 40000 + n % 5000, 0, 'USD', {at} FROM {numbers}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'payment',"
    " 40000 + n % 5000, 'USD', 'payment:' || n, 'pi_close' || n, 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'sale',"
    " -(40000 + n % 5000), 'USD', 'line:' || n, 'Full registration', 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_balance_row (row_id, kind, category, source, intent, amount_minor, fee_minor, net_minor, currency, source_minor,"
    " source_currency, created_at, description, tie, payment_key, tied_at, trouble, explanation) SELECT 'txn_close' || n, 'charge', 'charge',"
    " 'ch_close' || n, 'pi_close' || n, 40000 + n % 5000, 1200, 38800 + n % 5000, 'USD', 40000 + n % 5000, 'USD', {at}, '', 'payment',"
    " n, {at}, '', '' FROM {numbers} WHERE n % 2 = 0",
)


def month_close(site):
    """Seconds for closing the month."""
    with site.app.app_context():
        now = clock.now()
        month = books.period(books.month_of(now)).before
        person = _fill(books.period(month))
        runs = [_close(month, person, now) for _number in range(TIMES)]
        lines = books.history(month)[0].line_count
    yield {
        "figure": "close",
        "value": min(runs),
        "unit": "s",
        "goal": "<= 10",
        "how": f"{HOW}; {lines} lines",
        "runs": runs,
    }


def _fill(period):
    """Orders, payments, entries and rows spread over the month; who bought them."""
    with transaction():
        person = _buyer()
        numbers = f"generate_series(1000000, {1_000_000 + ORDERS - 1}) AS n"
        at = "CAST(:starts AS timestamptz) + ((n - 1000000) * 25) * interval '1 second'"
        for statement in _FILL:
            asked = db.text(statement.format(at=at, numbers=numbers))
            wanted = {"person": person.id, "starts": period.starts_at}
            db.session.execute(asked, {name: wanted[name] for name in wanted if f":{name}" in asked.text})
    with transaction():
        count_anew(Order, Payment, LedgerEntry, BalanceRow)
    return person


def _buyer():
    return people.enter(
        email="close@example.org", given_name="Close", family_name="Example", country="US", now=clock.now()
    )


def _close(month, person, now):
    if books.closures():
        with transaction():
            books.reopen(month, why="measured again", by=person, now=now)
    begun = time.perf_counter()
    with transaction():
        books.close(month, by=person, now=now)
    return round(time.perf_counter() - begun, 2)
