"""The trail's words of subjects that keep theirs in a file of their own."""

from conference.audit import exhibitor_words, group_words, invitation_words, proof_words, visa_words

_OTHERS = (exhibitor_words, group_words, invitation_words, proof_words, visa_words)
VERBS = {verb: words for each in _OTHERS for verb, words in each.VERBS.items()}
FIELDS = {name: words for each in _OTHERS for name, words in each.FIELDS.items()}
VALUES = exhibitor_words.VALUES | proof_words.VALUES | visa_words.VALUES
