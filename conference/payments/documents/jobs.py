"""The sweep over documents: bytes that nobody has made yet, credit notes that were missed."""

import logging

from conference import jobs
from conference.kernel import clock, end_read, transaction
from conference.payments.documents import following, queries, rendering

log = logging.getLogger(__name__)
AT_ONCE = 200


@jobs.job("documents")
def look_after_documents():
    """Credit what ended and was missed, then render what has no bytes yet; how many. One that fails keeps no other away."""
    return _each(following.behind(), _credit) + _each(queries.unrendered(AT_ONCE), _render)


def _each(keys, act):
    end_read()
    return sum(_done(act, key) for key in keys)


def _done(act, key):
    try:
        act(key)
        return True
    except Exception as error:
        log.exception("documents: %s of %s failed; the others go on", act.__name__, key)
        jobs.trouble(f"documents: {act.__name__} of {key} failed: {error!r}")
        return False


def _credit(order_id):
    with transaction():
        following.follow_order(order_id, now=clock.now())


def _render(document_id):
    rendering.kept(queries.by_id(document_id))
