"""The letters about proofs: one function each, written in the transaction of their cause."""

from flask_babel import gettext as _

from conference import mail
from conference.registration.eligibility.rules import ProofState
from conference.registration.eligibility.words import PROOFS
from conference.web import absolute_url


def decided(proof, *, now):
    """What staff decided of a document, and what happens next."""
    subjects = {
        ProofState.CLEARED: _("Your proof is cleared"),
        ProofState.DECLINED: _("Your proof could not be accepted"),
        ProofState.ASKED: _("Please hand in another document"),
    }
    mail.post(
        kind=f"proof_{proof.state}",
        cause=f"{proof.ref}:{proof.decided_at.timestamp():.6f}",
        to=proof.person,
        subject=subjects[ProofState(proof.state)],
        template=f"registration/mail/proof_{proof.state}.txt",
        now=now,
        proof=proof,
        kind_of_proof=str(PROOFS[proof.kind]),
        proof_url=absolute_url("checkout.proof", code=proof.meeting.code),
    )
