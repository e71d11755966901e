"""What every story of orders can do: pick an order, say what Stripe says of it, and let time pass."""

from datetime import timedelta

from hypothesis.stateful import RuleBasedStateMachine

from conference import checkout, payments
from conference.kernel import transaction
from conference.payments import OrderState, Seen


class Telling(RuleBasedStateMachine):
    """The teller of a story: `orders` placed so far, what was `said`, the `count` of payments, and `now`."""

    def one(self, which):
        return self.orders[which % len(self.orders)]

    def lapsed(self):
        """Places in `orders` of those that lapsed."""
        states = [payments.order_by_ref(each.ref).state for each in self.orders]
        return [number for number, state in enumerate(states) if state == OrderState.LAPSED]

    def later(self):
        self.now += timedelta(seconds=1)
        return self.now

    def paid(self, which):
        """Another payment of one of the orders, arrived whole."""
        order, self.count = self.one(which), self.count + 1
        return Seen(f"cs_{self.count}", order.ref, "complete", "paid", order.total_minor, "USD", f"pi_{self.count}")

    def tell(self, seen):
        self.said.append(seen)
        with transaction():
            checkout.settle(payments.order_by_ref(seen.order_ref).id, seen, now=self.later())
