"""Whatever debits are begun on a promised order, and whenever and however often anything is told of them: places and money stay where they belong."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conference import checkout, payments
from conference.kernel import transaction
from conference.payments import Seen
from tests.cast import a_meeting, a_person
from tests.checkout.acting import lapse, place, settle, state_of, taken
from tests.checkout.banking.acting import an_account, came, match, paying
from tests.checkout.dunning.acting import DAY, TERMS, decide, promise
from tests.conftest import NOW, empty_tables
from tests.trying import tries

TRUTHS = {
    "runs": ("unpaid", "processing"),
    "failed": ("unpaid", "requires_payment_method"),
    "cleared": ("paid", "succeeded"),
}
any_number = st.integers(0, 1000)


class Debits(RuleBasedStateMachine):
    """One promised order. `truth` is what Stripe knows of each page on which a debit was begun, `said` all that it ever said."""

    @initialize(is_dunned=st.booleans())
    def begin(self, is_dunned):
        empty_tables()
        self.now, self.truth, self.said = NOW, {}, []
        self.account = an_account(NOW)
        with transaction():
            meeting, ada = a_meeting(NOW, places=1), a_person("Ada", NOW)
            checkout.transferring.set_terms(meeting, by=None, version=0, now=NOW, **TERMS)
        if is_dunned:
            decide(meeting, NOW)
        self.order = place(meeting, ada, NOW)
        promise(self.order, NOW)

    @rule()
    @precondition(lambda self: "runs" not in self.truth.values())
    def begin_a_debit(self):
        """As the payer does it: what became of the page before is looked at first."""
        self.tell_the_truth()
        page, order = f"cs_{len(self.truth)}", payments.order_by_ref(self.order.ref)
        with transaction():
            if not payments.start_attempt(order, expires_at=self.now + DAY / 48, longest=365 * DAY):
                return
            assert payments.remember_session(order, session_id=page, url="https://stripe.example", now=self.now)
        self.truth[page] = "runs"
        self.hear(page)

    @rule(end=st.sampled_from(["failed", "cleared"]), is_told=st.booleans())
    @precondition(lambda self: "runs" in self.truth.values())
    def end_it(self, end, is_told):
        page = next(page for page, state in self.truth.items() if state == "runs")
        self.truth[page] = end
        self.hear(page)
        if is_told:
            self.tell(self.said[-1])

    @rule(which=any_number)
    @precondition(lambda self: self.said)
    def tell_anything_again(self, which):
        self.tell(self.said[which % len(self.said)])

    @rule()
    @precondition(lambda self: state_of(self.order) in ("open", "ongoing") and self.there() == 0)
    def part_of_it_comes(self):
        match(came(self.account, self.now, paying(self.order, 43000))[-1], self.order, self.now, minor=43000)

    @rule(days=st.integers(1, 20))
    def time_goes_by(self, days):
        self.now += days * DAY
        self.tell_the_truth()
        assert (state_of(self.order) == "ongoing") == ("runs" in self.truth.values())
        lapse(self.order, self.now)

    @invariant()
    def nothing_goes_back_but_what_came_too_often(self):
        if "cleared" not in self.truth.values():
            assert payments.refunds_of(self.order) == []

    @invariant()
    def the_place_is_free_when_nothing_is_there_and_held_else(self):
        state = state_of(self.order)
        assert taken() == (state not in ("lapsed", "returned"))
        assert state != "lapsed" or self.there() == 0

    @invariant()
    def the_books_tie_out(self):
        assert payments.differences() == []

    def hear(self, page):
        paid, intent = TRUTHS[self.truth[page]]
        facts = (page, self.order.ref, "complete", paid, self.order.total_minor, "USD", f"pi_{page}", intent)
        self.said.append(Seen(*facts))

    def tell_the_truth(self):
        for page in self.truth:
            self.tell(next(each for each in reversed(self.said) if each.session_id == page))

    def tell(self, seen):
        self.now += timedelta(seconds=1)
        settle(self.order, seen, self.now)

    def there(self):
        return payments.owed(payments.order_by_ref(self.order.ref)).minor


def test_any_debits_leave_places_and_money_where_they_belong(context):
    run_state_machine_as_test(
        Debits,
        settings=settings(
            max_examples=tries(20),
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    empty_tables()
