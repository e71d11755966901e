"""The trail's words of subjects that keep theirs in a file of their own."""

from conference.audit import guest_words, proof_words, visa_words

VERBS = proof_words.VERBS | visa_words.VERBS | guest_words.VERBS
FIELDS = proof_words.FIELDS | visa_words.FIELDS | guest_words.FIELDS
VALUES = proof_words.VALUES | visa_words.VALUES | guest_words.VALUES
