"""The sweep over documents: bytes that nobody has made yet, credit notes that were missed."""

from conference import jobs
from conference.kernel import clock, end_read
from conference.payments.documents import following, queries, rendering

AT_ONCE = 200


@jobs.job("documents")
def look_after_documents():
    """Credit what ended and was missed, then render what has no bytes yet; how many. One that fails keeps no other away."""
    credited = jobs.each(following.behind(), _credit, what="credit notes")
    unrendered = queries.unrendered(AT_ONCE)
    end_read()
    return credited + sum(jobs.tried_apart(key, _render, what="documents") for key in unrendered)


def _credit(order_id):
    return following.follow_order(order_id, now=clock.now())


def _render(document_id):
    return rendering.kept(queries.by_id(document_id))
