"""Letters for visas: a meeting's policy and texts, requests with sealed passport data, the letter, and refused visas.

A request is asked for once the registration is paid (checkout says so), issued by staff or by the policy's rule, and frozen in its
letter. Its code leads to a public page that says valid or not; what is sealed is deleted after the meeting.
"""

from conference.registration.visa import passports, queries, refusals, wording, words
from conference.registration.visa.actions import (
    ask,
    decline,
    issue,
    looked_at,
    reference_of,
    void,
    withdraw,
)
from conference.registration.visa.deciding import refuse_wrong, save_text, set_policy
from conference.registration.visa.letters import first_text, preview, render, sample, texts_in_use
from conference.registration.visa.models import VisaPolicy, VisaRefusal, VisaRequest, VisaText
from conference.registration.visa.passports import Passport
from conference.registration.visa.rules import (
    ClaimState,
    Hindrance,
    Policy,
    RefundRule,
    RequestState,
    Review,
    Standing,
    hindrance,
    is_automatic,
    kept,
)

__all__ = [
    "ClaimState",
    "Hindrance",
    "Passport",
    "Policy",
    "RefundRule",
    "RequestState",
    "Review",
    "Standing",
    "VisaPolicy",
    "VisaRefusal",
    "VisaRequest",
    "VisaText",
    "ask",
    "decline",
    "first_text",
    "hindrance",
    "is_automatic",
    "issue",
    "kept",
    "looked_at",
    "passports",
    "preview",
    "queries",
    "reference_of",
    "refusals",
    "refuse_wrong",
    "render",
    "sample",
    "save_text",
    "set_policy",
    "texts_in_use",
    "void",
    "withdraw",
    "wording",
    "words",
]
