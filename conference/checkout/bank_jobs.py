"""The worker's part of bank statements: long files are read, and lines that are sure are booked, each in a transaction of its own."""

import logging

from flask_babel import gettext as _

from conference import jobs, payments
from conference.checkout import banking
from conference.checkout.paying import close_and_look
from conference.kernel import Refusal, clock, db, end_read, keep_nothing, transaction
from conference.payments import OrderState, bank, gateway

log = logging.getLogger(__name__)


@jobs.job("statements")
def work_on_statements():
    """Read and keep the files that wait, then book what is sure and tie payouts; how many files and lines."""
    files = bank.asked()
    end_read()
    done = sum(_worked_on(key) for key in files)
    while keys := bank.sure_lines():
        end_read()
        done += sum(_booked(key) for key in keys)
    return done + jobs.each(bank.sure(), _tied, what="payouts at the bank")


def close_page_of(order):
    """Close the payment page of an order that a bank's money has settled; money that still comes by it goes back by itself."""
    if order.state == OrderState.PAID and order.session_url:
        try:
            close_and_look(order)
        except gateway.Unreachable as error:
            log.warning("order %s: its payment page stays open: %s", order.ref, type(error).__name__)


def _tied(pair):
    """A payout is tied to the line that names it; whether it was, as somebody may be faster."""
    try:
        bank.tie(*pair, by=None, now=clock.now())
    except Refusal:
        keep_nothing()
    return True


def _worked_on(key):
    try:
        was_read = _read(key)
        with transaction():
            return bank.work_on(key, was_read, now=clock.now())
    except Refusal as refusal:
        with transaction():
            bank.fail(key, str(refusal))
    except Exception as error:
        log.exception("statement %s: it broke; the others are worked on", key)
        db.session.rollback()
        with transaction():
            bank.put_back(key)
        jobs.trouble(f"statement {key}: it broke: {error!r}")
    return False


def _read(key):
    try:
        return bank.read_asked(key, now=clock.now())
    finally:
        end_read()


def _booked(key):
    """One line: booked, or left to staff with the reason, so that it is looked at once."""
    order = None
    try:
        with transaction():
            order = banking.book_sure(key, now=clock.now())
    except Refusal as refusal:
        with transaction():
            banking.leave_to_staff(key, refusal, now=clock.now())
        return False
    except Exception as error:
        log.exception("bank line %s could not be booked; the others are", key)
        db.session.rollback()
        with transaction():
            banking.leave_to_staff(key, Refusal(_("Something went wrong. The log of the worker knows more.")), now=clock.now())  # fmt: skip
        jobs.trouble(f"bank line {key} could not be booked: {error!r}")
        return False
    if order is not None:
        close_page_of(payments.order_by_id(order.id))
    return True
