"""The desk's own round: letters that many people get again."""

import logging

from conference.jobs import job
from conference.kernel import clock, transaction
from conference.staff import mailing

log = logging.getLogger(__name__)


@job("letters-again")
def write_letters_again():
    """Write all that wait, some in each transaction; how many registrations were looked at."""
    done = 0
    while some := _some():
        done += some
    return done


def _some():
    try:
        with transaction():
            return mailing.write_some(clock.now())
    except mailing.Overtaken:
        log.info("another worker writes these letters")
        return 0
