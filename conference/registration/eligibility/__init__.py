"""Who may register as what: what categories ask, the income tier of a country by dated lists, proofs and their review.

A category may ask for membership, career stages, an income tier of the country of residence, and a proof. Until a proof is
cleared the meeting's policy says what is paid; the sold line says so, and waits as a `Provision` until it is decided.
"""

from conference.registration.eligibility import documents, fitting, proofs, provisions, queries, tiers, words
from conference.registration.eligibility.actions import require, set_policy
from conference.registration.eligibility.models import (
    CategoryRequirement,
    Proof,
    ProofFile,
    ProofPolicy,
    Provision,
    TierList,
    TierRow,
)
from conference.registration.eligibility.rules import Outcome, ProofKind, ProofState, ProvisionState, Tier, UntilCleared
from conference.registration.eligibility.serving import as_attachment, served

__all__ = [
    "CategoryRequirement",
    "Proof",
    "ProofFile",
    "Outcome",
    "ProofKind",
    "ProofPolicy",
    "ProofState",
    "Provision",
    "ProvisionState",
    "Tier",
    "TierList",
    "TierRow",
    "UntilCleared",
    "as_attachment",
    "documents",
    "fitting",
    "proofs",
    "provisions",
    "queries",
    "require",
    "served",
    "set_policy",
    "tiers",
    "words",
]
