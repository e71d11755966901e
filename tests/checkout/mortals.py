"""Processes that are killed while they work: a nursery that forks them, and what web and worker do in them."""

import logging
import multiprocessing
import os
import re
import signal
import time
import traceback
from contextlib import suppress

import time_machine
from sqlalchemy.orm import configure_mappers

from conference import checkout, jobs, meetings, payments, people, registration
from conference.app import create_app
from conference.checkout import paying
from conference.kernel import Money, Refusal, clock, db, transaction
from conference.payments import OrderState, gateway
from tests.checkout.post import header_of

STAFF = "fay@example.org"
JOBS = ("stripe", "catch-up", "orders", "calls", "refunds", "refunds-at-stripe", "disputes", "balance", "documents")
TRIED_AGAIN = re.compile(r"Initiating retry \d+ for request (\w+)")
DONE_BY_NOBODY = (Refusal, gateway.Unreachable)


class Nursery:
    """A process that has the application ready, without a connection, and forks one process for each piece of work."""

    def __init__(self, settings):
        served = multiprocessing.get_context("forkserver")
        served.set_forkserver_preload(["conference.app", __name__])
        self.pipe, theirs = served.Pipe()
        self.process = served.Process(target=_look_after, args=(settings, theirs))
        self.process.start()
        theirs.close()

    def do(self, instant, work, *arguments, kill_after=None, **settings):
        """Let a process with these settings do `work` as of `instant`; killed outright after so many seconds. Whether it got to its end."""
        db.session.rollback()  # nobody waits for what the test has read
        self.pipe.send((settings, instant, work, arguments, kill_after))
        ended = self.pipe.recv()
        assert ended in (0, -signal.SIGKILL), f"{work.__name__} ended with {ended}"
        return ended == 0

    def close(self):
        """Nobody is born any more."""
        self.pipe.send(None)
        self.process.join()


def _look_after(settings, pipe):
    app = create_app(settings)
    configure_mappers()
    while (wish := pipe.recv()) is not None:
        *work, kill_after = wish
        pid = os.fork()
        if not pid:
            _do(app, *work)
        pipe.send(_end_of(pid, kill_after))


def _end_of(pid, kill_after):
    until = time.monotonic() + (kill_after or 3600)
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _do(app, settings, instant, work, arguments):
    app.config.update(settings)
    if "IMPATIENCE" in settings:
        logging.getLogger("stripe").addHandler(Impatience(settings["IMPATIENCE"]))
        logging.getLogger("stripe").setLevel(logging.INFO)
    try:
        with time_machine.travel(instant, tick=True), app.app_context():
            work(app, *arguments)
            db.session.remove()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


class Impatience(logging.Handler):
    """Writes down each call of the official client that timed out, a line in a file as soon as it is tried again: get or post."""

    def __init__(self, path):
        super().__init__()
        self.path, self.is_late = path, False

    def emit(self, record):
        """What the client logs of its own retries."""
        text = record.getMessage()
        if "Encountered a retryable error" in text:
            self.is_late = "ReadTimeout" in text
        elif self.is_late and (found := TRIED_AGAIN.search(text)):
            self.is_late = False
            with self.path.open("a") as file:
                file.write(f"{found[1]}\n")


def work_through(app):
    """What the worker does each minute."""
    for name in JOBS:
        jobs.run(name)
        db.session.remove()


def hear(app, envelopes):
    """Messages arrive at the webhook, in the order in which they are given."""
    client = app.test_client()
    for each in envelopes:
        header = header_of(each.payload, each.secrets, int(clock.now().timestamp()))
        headers = {"Stripe-Signature": header, "Sec-Fetch-Site": "cross-site"}
        answer = client.post("/stripe/webhook", data=each.payload, headers=headers)
        assert answer.status_code == each.expected, (each, answer.status_code)


def want_to_pay(app, email, code):
    """Somebody places their order if they have none, and presses “Pay”."""
    meeting, person = meetings.by_code(code), people.by_email(email)
    draft = registration.registration_in(meeting, person)
    with suppress(*DONE_BY_NOBODY), app.test_request_context():
        if draft.state == "draft":
            with transaction():
                checkout.place(draft=draft, meeting=meeting, person=person, now=clock.now())
        orders = payments.orders_with_line("registration", draft.id)
        waiting = [each for each in orders if each.state == OrderState.OPEN]
        if waiting:
            paying.payment_page(waiting[0], email=email, locale="en")


def refund_some(app, ref, minor):
    """Staff send something back out of goodwill."""
    order = payments.order_by_ref(ref)
    with suppress(Refusal), app.test_request_context(), transaction():
        amount = Money(minor, order.currency)
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[], amount=amount, reason="ill", by=None, now=clock.now()
        )


def give_back(app, ref):
    """Somebody gives unpaid places back, as the page of the order does."""
    order = payments.order_by_ref(ref)
    with suppress(*DONE_BY_NOBODY), app.test_request_context():
        paying.close_and_look(order)
        with transaction():
            checkout.lapse_if_due(order.id, now=clock.now(), at_once=True)


def mark_as_paid(app, ref):
    """Staff say that the money came another way, whatever page is open."""
    order = payments.order_by_ref(ref)
    with suppress(Refusal), app.test_request_context(), transaction():
        checkout.settle_paid_by_hand(order.id, reference="bank", by=people.by_email(STAFF), now=clock.now())


def decide_parked(app, ref, verb):
    """Staff decide about what is parked or noted: give it, send all back, take the note away, write off what is missing."""
    order, facts = payments.order_by_ref(ref), {"by": people.by_email(STAFF), "now": clock.now()}
    words = {"settle_parked": {"note": "seen"}, "return_parked": {"reason": "wrong"}}.get(verb, {})
    with suppress(Refusal), app.test_request_context(), transaction():
        getattr(checkout, verb)(order.id, **words, **facts)


def repeat_refund(app, ref):
    """Staff send money of a failed refund once more."""
    with suppress(Refusal), app.test_request_context(), transaction():
        payments.repeat_refund(payments.refund_by_ref(ref), by=people.by_email(STAFF), now=clock.now())


def send_by_hand(app, ref):
    """Staff have sent back what had come by hand."""
    with suppress(Refusal), app.test_request_context(), transaction():
        payments.refunds.sent_by_hand(payments.refund_by_ref(ref), by=people.by_email(STAFF), now=clock.now())


def decide_about(app, ref, verb):
    """Staff decide about what is disputed."""
    dispute = payments.disputes.by_ref(ref)
    with suppress(Refusal), app.test_request_context(), transaction():
        getattr(checkout.disputes, verb)(dispute, why="as it is", by=None, now=clock.now())
