"""What the racing processes run: each has an application and a connection of its own."""

from sqlalchemy import select, update

from conference import payments
from conference.checkout import banking
from conference.kernel import Money, Refusal, clock, db, end_read, transaction
from conference.payments import bank, payouts
from conference.payments.bank import counterparts, matching, tracing
from tests.checkout.racing import _together, application


def match(settings, number):
    """Give the whole line to the `number`th order, as one of many officers: [whether this one did]."""
    app = application(settings)
    with app.app_context():
        line, order = _line(), _orders()[number]
        end_read()
        _together()
        try:
            with transaction():
                banking.match(line.id, order.id, amount=line.amount, by=None, now=clock.now())
        except Refusal:
            return [False]
        return [True]


def match_unguarded(settings, number):
    """As `match`, where whoever has looked may write: look, think, write."""
    matching._claim = _look_then_write
    return match(settings, number)


def tie(settings, number):
    """Tie the `number`th line to the one payout, as one of many officers: [whether this one did]."""
    app = application(settings)
    with app.app_context():
        line = db.session.scalars(select(bank.StatementLine).order_by(bank.StatementLine.id)).all()[number]
        (payout,) = db.session.scalars(payouts.payouts()).all()
        end_read()
        counterparts.tracing = _LookTogether()
        try:
            with transaction():
                bank.tie(line.id, "payout", payout.id, by=None, now=clock.now())
        except Refusal:
            return [False]
        return [True]


def tie_or_send_back(settings, what):
    """Tie the line that went out to the one whose money was sent back, or send back more of that: [(what, whether this one did)]."""
    app = application(settings)
    with app.app_context():
        came, out = db.session.scalars(select(bank.StatementLine).order_by(bank.StatementLine.id)).all()
        end_read()
        counterparts.tracing = _LookTogether()
        try:
            with transaction():
                _ACTS[what](came, out)
        except Refusal:
            return [(what, False)]
        return [(what, True)]


def tie_or_send_back_unguarded(settings, what):
    """As `tie_or_send_back`, where whoever has looked may write: look, think, write."""
    matching._refuse_traced, _ACTS["send"] = _look_whether_traced, _send_back
    return tie_or_send_back(settings, what)


def _tie_returned(came, out):
    bank.tie(out.id, "returned", came.id, by=None, now=clock.now())


def _send_back_once_looked_at(came, _out):
    """The other one has locked the line and looked at it, and not written yet."""
    _together()
    _send_back(came, _out)


def _send_back(came, _out):
    bank.send_back(came, Money(1000, "USD"), note="more", by=None, now=clock.now())


def _look_whether_traced(line):
    assert db.session.scalar(select(bank.Counterpart.id).where(bank.Counterpart.returned_id == line.id)) is None
    _together()


_ACTS = {"tie": _tie_returned, "send": _send_back_once_looked_at}


class _LookTogether:
    """Everybody has seen that the payout is free before anybody ties it."""

    def likely(self, line):
        found = tracing.likely(line)
        _together()
        return found


def reverse(settings, _number):
    """Note that the bank took the line back, as one of many: [whether this one did]."""
    app = application(settings)
    with app.app_context():
        original, reversal = db.session.scalars(select(bank.StatementLine).order_by(bank.StatementLine.id)).all()
        end_read()
        _together()
        try:
            with transaction():
                bank.reverse(original, reversal, by=None, now=clock.now())
        except Refusal:
            return [False]
        return [True]


def bring_in(settings, _number):
    """Keep the lines of the one file, as one of many who press the button: [how many lines this one kept]."""
    app = application(settings)
    with app.app_context():
        statement = db.session.scalar(bank.statements())
        end_read()
        _together()
        try:
            with transaction():
                return [bank.bring_in(statement, by=None, now=clock.now())]
        except Refusal:
            return [0]


def _look_then_write(line, *, least, note="", **values):
    if line.left.minor < least:
        raise Refusal("nothing left")
    _together()  # everybody has looked before anybody writes
    written = {"matched_minor": line.amount_minor, "state": "matched"}
    db.session.execute(update(bank.StatementLine).where(bank.StatementLine.id == line.id).values(**written))


def _line():
    return db.session.scalars(select(bank.StatementLine)).one()


def _orders():
    return db.session.scalars(select(payments.Order).order_by(payments.Order.id)).all()
