"""The trail's words about eligibility and proofs."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "changed the proof of": _l("Price that waited for a proof"),
    "decided on": _l("Decided"),
    "decided on proofs of": _l("How proofs are dealt with"),
    "handed in": _l("Handed in"),
    "looked at": _l("Document opened"),
    "purged": _l("Document deleted, as its time was over"),
    "put a list of countries in force": _l("List of countries put in force"),
    "took a decision back": _l("Decision taken back"),
    "took a list of countries back": _l("List of countries taken back"),
    "waived a balance of": _l("Balance waived"),
}
FIELDS = {
    "career_stage": _l("career stage"),
    "fallback_id": _l("pays as, until cleared"),
    "hand_in_days": _l("days to hand a proof in"),
    "keep_days": _l("days that documents are kept"),
    "last_day": _l("at the latest on"),
    "members_only": _l("for members only"),
    "proof": _l("proof"),
    "proof_words": _l("what the proof must show"),
    "stage_since": _l("in this stage since"),
    "stage_until": _l("in this stage until"),
    "stages": _l("career stages"),
    "tiers": _l("income tiers"),
    "until_cleared": _l("until a proof is cleared"),
    "valid_from": _l("counts from"),
}
VALUES = {
    "asked": _l("another one asked for"),
    "cleared": _l("cleared"),
    "declined": _l("declined"),
    "letter": _l("letter of a school or an advisor"),
    "licence": _l("professional licence"),
    "press": _l("press card"),
    "waiting": _l("waits for review"),
}
