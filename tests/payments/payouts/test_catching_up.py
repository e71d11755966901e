"""However many rows Stripe's balance holds, all of them come: the oldest first, so that what breaks off is taken up again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import clock, transaction
from conference.payments import gateway
from conference.payments.catching_up import in_order
from conference.payments.payouts import asking
from conference.payments.payouts.fetching import keep_rows
from tests.payments.payouts.conftest import give_back, rows


class Listed:
    """A list that gives the newest first and no more than it is asked for, as Stripe does."""

    def __init__(self, seconds):
        self.rows = sorted(enumerate(seconds), key=lambda row: (row[1], row[0]), reverse=True)

    def ask(self, since, until, limit):
        return [row for row in self.rows if since <= row[1] < until][:limit]


@given(st.lists(st.integers(0, 4000), max_size=60), st.integers(1, 20))
def test_every_row_comes_once_from_the_oldest_to_the_newest(seconds, most):
    listed = Listed(seconds)

    told = list(in_order(listed.ask, 0, 4001, most=most))

    assert [row for some in told for row in some] == listed.rows[::-1]
    assert all(len(some) <= most or len({second for _name, second in some}) == 1 for some in told)


def test_what_breaks_off_goes_on_where_it_stands(buy, read, stripe):
    begun = int(clock.now().timestamp())
    for number, name in enumerate(("Ada", "Ben", "Cem", "Dee", "Eve")):
        stripe.move_clock(5 * number)
        buy(name)
    every = asking.rows_between(begun - 60, begun + 3600, None)

    first = next(in_order(asking.rows_between, begun - 60, begun + 3600, most=2))
    with transaction():
        keep_rows(first)
    kept = [row[0] for row in rows()]
    read()

    assert first == every[::-1][: len(first)]
    assert (0 < len(kept) <= 2, len(rows()), {row[2] for row in rows()}) == (True, 5, {"tied"})


def test_nothing_of_what_stripe_lists_is_left_out_because_there_is_much(buy, stripe):
    since, ada = clock.now() - timedelta(hours=1), buy("Ada")
    for number, minor in enumerate((100, 200, 300)):
        stripe.move_clock(5 * (number + 1))
        give_back(ada, minor)

    assert [seen.amount for seen in gateway.refunds_since(since, 1)] == [100, 200, 300]
    assert gateway.events_since(since, 1) == gateway.events_since(since) != []
