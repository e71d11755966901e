"""The trail's words of subjects that keep theirs in a file of their own."""

from conference.audit import group_words, price_words, proof_words, visa_words

VERBS = group_words.VERBS | price_words.VERBS | proof_words.VERBS | visa_words.VERBS
FIELDS = group_words.FIELDS | proof_words.FIELDS | visa_words.FIELDS
VALUES = proof_words.VALUES | visa_words.VALUES
