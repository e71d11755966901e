"""The sweep of dunning: cases are opened, and what is due is sent, each in a transaction of its own."""

from conference import jobs, payments
from conference.checkout.dunning import acting, queries
from conference.kernel import clock


@jobs.job("dunning")
def remind():
    """Open the cases that are missing, and send every step that is due; how many were sent."""
    now = clock.now()
    jobs.each(queries.without_case(), lambda key: acting.begin(payments.locked(key), now=now), what="dunning")
    return jobs.each(queries.to_look_at(now), lambda key: acting.send_next(key, now=now), what="dunning")
