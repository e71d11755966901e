"""What follows a decision about a proof: the letter, then the document is purged when its time is over."""

from conference import jobs, registration
from conference.kernel import clock, transaction

proofs = registration.eligibility.proofs


@jobs.job("proofs")
def follow_decisions():
    """Write the letters about what staff decided, and purge documents whose time is over; how many."""
    now, done = clock.now(), 0
    for proof_id in proofs.due_to_follow(now):
        with transaction():
            done += proofs.follow(proof_id, now=now)
    with transaction():
        return done + proofs.purge(now)
