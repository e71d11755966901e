"""An hour in which everything goes wrong: people, banks and the network do things at random while processes are killed."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import stripe as library

from conference import payments
from conference.kernel import clock, db
from conference.payments import Dispute, PlaceDecision, Refund, gateway
from tests.checkout.decks import Deck
from tests.checkout.deeds import MONEY, ODD, WAYS, Deeds
from tests.checkout.mortals import decide_about, hear, send_by_hand, work_through
from tests.checkout.post import Post

# {deed: how often it comes}
DEEDS = {
    "buyer": 9, "payer": 6, "worker": 7, "messages": 7, "roll_secret": 5, "staff_refund": 2, "dashboard_refund": 1,
    "refund_again": 1, "dispute": 2, "bank_decides": 2, "staff_decide": 2, "parked_decided": 2, "refunds_move": 2,
    "pay_out": 1, "faults": 3, "in_trouble": 3, "impatient_buyer": 3, "late_money": 1, "paid_otherwise": 1, "gives_back": 1,
    "customer_goes": 1, "odd_payer": 1,
}  # fmt: skip
PATIENCE, IMPATIENCE, HANGS = 15, 0.5, 0.9  # seconds
HUNG = {"after": "carried out at once", "before": "carried out later", "instead": "never carried out"}
STRUCK = ("reset after", "reset before", "error", "busy", "forbidden", "slow after", "slow before", "slow instead")
# What must have happened, or the rest would prove nothing: and the deeds by which it does.
MUST_HAPPEN = {f"a post timed out, {how}": ("impatient_buyer",) for how in HUNG.values()}
MUST_HAPPEN |= {f"paid {money}": ("odd_payer",) for money in ODD}
MUST_HAPPEN |= {"paid when the order was lapsed": ("late_money",)}
MUST_HAPPEN |= {"paid when the order was paid already": ("paid_otherwise",)}
NEVER_TAKEN = "message refused and never sent again"
SENT = (
    "signed with the old secret, taken", "signed with the old secret, refused", "signed with the new secret, taken",
    "signed with the new secret, refused", "signed with both secrets, taken", "signed with a wrong secret, refused",
    "of another version, taken", "of another account", "of the other mode", "forged", "message twice",
    "messages out of order", NEVER_TAKEN,
)  # fmt: skip
MUST_HAPPEN |= dict.fromkeys(SENT, ("messages", "roll_secret"))
MUST_HAPPEN |= dict.fromkeys(STRUCK, ("in_trouble",))


class Storm(Deeds):
    """Somebody who does one thing after the other, each at random, while the clock goes on."""

    def __init__(self, nursery, stripe, chance, buyers, notes):
        self.nursery, self.stripe, self.chance, self.buyers = nursery, stripe, chance, buyers
        self.offset, self.notes = 0.0, notes
        self.done, self.seen, self.killed = dict.fromkeys(DEEDS, 0), Counter(), 0
        self.post, self.odd, self.hung = Post(chance), set(), ""
        self.ways, self.money, self.hangs = Deck(chance, WAYS), Deck(chance, MONEY), Deck(chance, HUNG)
        self.odd_money, self.troubles = Deck(chance, ODD), Deck(chance, ["none", *STRUCK])

    def blow(self, steps, *, minutes):
        """So many deeds over so many simulated minutes; and then, for a while, what has not happened yet."""
        deck = Deck(self.chance, Counter(DEEDS).elements())
        for _step in range(steps):
            self.do(deck.draw(), minutes / steps)
        for _step in range(3 * steps):
            left = self.missing()
            if not left:
                return
            self.do(self.chance.choice(MUST_HAPPEN[self.chance.choice(left)]), minutes / steps)

    def do(self, name, minutes):
        """One deed, some minutes after the last one."""
        self.go_on(self.chance.uniform(0, 2 * minutes) * 60)
        with suppress(ValueError, library.StripeError):
            getattr(self, name)()
        self.done[name] += 1

    def missing(self):
        """What should have happened by now and did not."""
        happened = self.happened()
        return [what for what in MUST_HAPPEN if not happened[what]]

    def happened(self):
        """{what: how often}."""
        never = {NEVER_TAKEN: len(self.post.refused - self.post.taken)}
        return self.seen + Counter(self.stripe.struck()) + Counter(never)

    def count(self, what):
        self.seen[what] += 1

    def go_on(self, seconds):
        """Time passes, here and at Stripe."""
        self.offset += seconds
        self.stripe.move_clock(self.offset)

    def run(self, work, *arguments, last=0.6):
        """Whether a process came to its end: it is killed at random, soon or late or not at all."""
        kill_after = self.chance.choice([None, None, self.chance.uniform(0.01, last)])
        ended = self.let(work, *arguments, kill_after=kill_after)
        self.killed += not ended
        self.note_impatience()
        return ended

    def let(self, work, *arguments, kill_after=None):
        """A process does something, with the secrets and the patience of this moment."""
        settings = {
            "STRIPE_WEBHOOK_SECRETS": self.post.ours,
            "STRIPE_TIMEOUT": IMPATIENCE if self.hung else PATIENCE,
            "IMPATIENCE": self.notes,
        }
        return self.nursery.do(self.instant, work, *arguments, kill_after=kill_after, **settings)

    def note_impatience(self):
        """Count the calls that timed out in the process that has just ended."""
        if self.notes.exists():
            for method in self.notes.read_text().split():
                self.count(f"a {method} timed out, {HUNG.get(self.hung, 'by itself')}")
            self.notes.unlink()

    def worker(self):
        self.run(work_through)

    def messages(self):
        """Some of Stripe's messages reach the webhook, with others that are not ours."""
        envelopes = self.post.send([each for each in self.stripe.events() if each["type"] in gateway.ACTED_ON])
        if self.run(hear, envelopes):
            self.seen.update(self.post.arrived(envelopes))

    def roll_secret(self):
        self.count(self.post.roll())

    def faults(self):
        """One kind of trouble for the next calls, or none; and what becomes of the next refunds."""
        self.no_faults()
        few = self.chance.randint(1, 4)
        troubles = {
            "reset after": {"reset_calls": few},
            "reset before": {"reset_calls": few, "reset_when": "before"},
            "error": {"error_calls": few},
            "busy": {"busy_calls": few, "busy_seconds": self.chance.randint(1, 240)},
            "forbidden": {"forbidden_calls": few},
        }
        trouble = self.troubles.draw()
        if trouble.startswith("slow"):
            self.hang(trouble.partition(" ")[2], slow_calls=few)
        outcome = self.chance.choice(["succeeded", "pending", "requires_action", "failed"])
        self.stripe.faults(**troubles.get(trouble, {}), refund_outcome=outcome)

    def hang(self, when, **calls):
        """The next calls last longer than we wait."""
        self.hung = when
        self.stripe.faults(slow_when=when, slow_seconds=HANGS, **calls)

    def no_faults(self):
        self.hung = ""
        self.stripe.no_faults()

    def calm_down(self):
        """The faults are over: everything that hangs at Stripe comes to its end, and the sweeps of the following days find it."""
        self.no_faults()
        for minutes in (70, 24 * 60, 48 * 60, 70):
            self.sweep(minutes=minutes)
        for refund in self.stripe.client().v1.refunds.list({"limit": 100}).auto_paging_iter():
            if refund.status in ("pending", "requires_action"):
                self.stripe.settle_refund(refund.id)
        for dispute in self.stripe.client().v1.disputes.list({"limit": 100}).auto_paging_iter():
            if dispute.status not in ("won", "lost", "warning_closed"):
                self.stripe.decide_dispute(dispute.id, self.chance.choice(["won", "lost"]))
        for minutes in (70, 70, 180, 24 * 60):
            self.sweep(minutes=minutes)
        self.staff_finish()
        with suppress(ValueError):
            self.stripe.pay_out()
        for minutes in (5, 24 * 60, 24 * 60):
            self.sweep(minutes=minutes)

    def staff_finish(self):
        """Staff decide what only they can, and send back by hand what had come so."""
        db.session.rollback()
        undecided = db.select(Dispute.ref).where(Dispute.place == PlaceDecision.UNDECIDED)
        by_hand = payments.refunds_by_hand().with_only_columns(Refund.ref)
        works = [(decide_about, ref, "keep_place") for ref in db.session.scalars(undecided)]
        works += [(send_by_hand, ref) for ref in db.session.scalars(by_hand)]
        for work in works:
            self.let(*work)

    @property
    def instant(self):
        """The simulated present, here as at Stripe: true time goes on too, and a page that is asked for by a clock that is late is refused."""
        return clock.now() + timedelta(seconds=self.offset)

    def sweep(self, *, minutes):
        """The worker at work after so many minutes, killed by nobody."""
        self.go_on(minutes * 60)
        self.let(work_through)
