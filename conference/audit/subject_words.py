"""The trail's words of subjects that keep theirs in a file of their own: VERBS, FIELDS and VALUES, as far as each has them."""

from conference.audit import (
    abstract_words,
    attending_words,
    bank_words,
    books_words,
    card_words,
    desk_words,
    dispute_words,
    document_words,
    dunning_words,
    exhibitor_words,
    group_words,
    guest_words,
    invitation_words,
    paper_words,
    price_words,
    programme_words,
    proof_words,
    timetable_words,
    visa_words,
)

_SUBJECTS = (
    abstract_words,
    attending_words,
    bank_words,
    books_words,
    card_words,
    desk_words,
    dispute_words,
    document_words,
    dunning_words,
    exhibitor_words,
    group_words,
    guest_words,
    invitation_words,
    paper_words,
    price_words,
    programme_words,
    proof_words,
    timetable_words,
    visa_words,
)


def _all(name):
    return {key: word for subject in _SUBJECTS for key, word in getattr(subject, name, {}).items()}


VERBS = _all("VERBS")
FIELDS = _all("FIELDS")
VALUES = _all("VALUES")
