"""The trail's words about visa letters; no value of a passport ever stands in the trail."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "approved the refund after a refused visa": _l("Refund after a refused visa approved"),
    "asked for a refund after a refused visa": _l("Refund after a refused visa asked for"),
    "asked for a visa letter": _l("Visa letter asked for"),
    "decided on visa letters of": _l("How visa letters are dealt with"),
    "declared the visa letter void of": _l("Visa letter declared void"),
    "declined the refund after a refused visa": _l("Refund after a refused visa declined"),
    "declined the visa letter of": _l("Visa letter declined"),
    "exported visa letters": _l("Visa letters downloaded"),
    "issued the visa letter of": _l("Visa letter issued"),
    "looked at the passport of": _l("Passport data opened"),
    "purged the passport of": _l("Passport data deleted, as its time was over"),
    "replaced the visa letter": _l("Asked anew: this one ended and its data is deleted"),
    "withdrew the visa letter": _l("Visa letter withdrawn; passport data deleted"),
    "wrote the visa letter of": _l("Text of visa letters written"),
}
FIELDS = {
    "countries": _l("nationalities"),
    "fee_minor": _l("fee, in the smallest unit"),
    "is_offered": _l("offered"),
    "needs_refusal": _l("consulate’s letter needed"),
    "opens_at": _l("from"),
    "closes_at": _l("until"),
    "refund_rule": _l("when a visa is refused"),
    "refund_until": _l("refund to be asked for until"),
    "review": _l("review"),
    "text": _l("text"),
}
VALUES = {
    "always": _l("every request"),
    "full": _l("everything goes back"),
    "less_fee": _l("everything but a fee goes back"),
    "nothing": _l("the table for cancelling holds"),
    "listed": _l("nationalities of the list are reviewed"),
    "unlisted": _l("all others are reviewed"),
}
