"""The trail's words of subjects that keep theirs in a file of their own."""

from conference.audit import exhibitor_words, group_words, proof_words, visa_words

VERBS = exhibitor_words.VERBS | group_words.VERBS | proof_words.VERBS | visa_words.VERBS
FIELDS = exhibitor_words.FIELDS | group_words.FIELDS | proof_words.FIELDS | visa_words.FIELDS
VALUES = exhibitor_words.VALUES | proof_words.VALUES | visa_words.VALUES
