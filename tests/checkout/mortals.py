"""Processes that are killed while they work: a nursery that forks them, and what web and worker do in them."""

import json
import multiprocessing
import os
import signal
import time
import traceback
from contextlib import suppress

import time_machine
from sqlalchemy.orm import configure_mappers
from stripe import WebhookSignature

from conference import checkout, jobs, meetings, payments, people, registration
from conference.app import create_app
from conference.checkout import paying
from conference.kernel import Money, Refusal, clock, db, transaction
from conference.payments import OrderState, gateway

JOBS = ("stripe", "catch-up", "orders", "calls", "refunds", "refunds-at-stripe", "disputes", "balance", "documents")
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

    def do(self, instant, work, *arguments, kill_after=None):
        """Let a process do `work` as of `instant`; killed outright after so many seconds. Whether it got to its end."""
        db.session.rollback()  # nobody waits for what the test has read
        self.pipe.send((instant, work, arguments, kill_after))
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


def _do(app, instant, work, arguments):
    try:
        with time_machine.travel(instant, tick=True), app.app_context():
            work(app, *arguments)
            db.session.remove()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def work_through(app):
    """What the worker does each minute."""
    for name in JOBS:
        jobs.run(name)
        db.session.remove()


def hear(app, events, secret):
    """Stripe's messages arrive at the webhook, in the order in which they are given."""
    client = app.test_client()
    for event in events:
        payload = json.dumps(event)
        signature = WebhookSignature.generate_signature_header(payload, secret, timestamp=int(clock.now().timestamp()))
        headers = {"Stripe-Signature": signature, "Sec-Fetch-Site": "cross-site"}
        assert client.post("/stripe/webhook", data=payload, headers=headers).status_code == 200


def want_to_pay(app, email):
    """Somebody places their order if they have none, and presses “Pay”."""
    meeting, person = meetings.by_code("R1"), people.by_email(email)
    draft = registration.registration_in(meeting, person)
    with suppress(*DONE_BY_NOBODY), app.test_request_context():
        if draft.state == "draft":
            with transaction():
                checkout.place(draft=draft, meeting=meeting, person=person, now=clock.now())
        waiting = [each for each in payments.orders_of(person) if each.state == OrderState.OPEN]
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


def decide_about(app, ref, verb):
    """Staff decide about what is disputed."""
    dispute = payments.disputes.by_ref(ref)
    with suppress(Refusal), app.test_request_context(), transaction():
        getattr(checkout.disputes, verb)(dispute, why="as it is", by=None, now=clock.now())
