"""Visa letters in words: states, reasons, rules, languages, and the text that a meeting begins with."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.kernel import Money
from conference.registration.visa.passports import Fault
from conference.registration.visa.rules import ClaimState, Hindrance, RefundRule, RequestState, Review
from conference.web import day, money

# State: (word, hue of its tag)
STATES = {
    RequestState.WAITING: (_l("Waits for review"), "warn"),
    RequestState.ISSUED: (_l("Letter issued"), "good"),
    RequestState.DECLINED: (_l("Declined"), "bad"),
    RequestState.REPLACED: (_l("Replaced by a later one"), None),
    RequestState.WITHDRAWN: (_l("Withdrawn"), None),
    RequestState.VOIDED: (_l("Declared void"), "bad"),
}
CLAIM_STATES = {
    ClaimState.WAITING: (_l("Waits for review"), "warn"),
    ClaimState.APPROVED: (_l("Refunded"), "good"),
    ClaimState.DECLINED: (_l("Declined"), "bad"),
}
REVIEWS = {
    Review.ALWAYS: _l("Staff look at every request"),
    Review.LISTED: _l("Staff look at the nationalities below; all others get their letter at once"),
    Review.UNLISTED: _l("The nationalities below get their letter at once; staff look at all others"),
}
REFUNDS = {
    RefundRule.NOTHING: _l("As for everybody: the table for cancelling holds"),
    RefundRule.FULL: _l("Everything goes back"),
    RefundRule.LESS_FEE: _l("Everything but a fee goes back"),
}
FAULTS = {
    Fault.NO_NUMBER: _l("A passport’s number has 5 to 20 letters and digits. Type it as it is printed."),
    Fault.NOT_BORN: _l("That day is not over yet."),
    Fault.TOO_OLD: _l("Check the year."),
    Fault.EXPIRED: _l("This passport is not valid any more. Ask again when you have a new one."),
    Fault.EXPIRES_FIRST: _l("The passport ends before your stay does."),
    Fault.LEAVES_FIRST: _l("You would leave before you arrive."),
    Fault.MISSES: _l("Your stay and the meeting have no day in common."),
    Fault.TOO_LONG: _l("The letter is for the meeting: at most 60 days before it and after it."),
}
HINDRANCES = {
    Hindrance.NOT_OFFERED: _l("This meeting offers no letters for visas. Write to the office."),
    Hindrance.NOT_YET: _l("Letters for visas cannot be asked for yet."),
    Hindrance.OVER: _l("The time to ask for a letter is over. Write to the office."),
    Hindrance.NOT_PAID: _l("There is a letter once your registration is paid, a balance of it too."),
    Hindrance.VIRTUAL: _l("Whoever takes part virtually needs no visa."),
    Hindrance.NO_MEMBER: _l("Letters are for members of the society."),
}
LANGUAGES = (
    *("ar", "bn", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nl"),
    *("no", "pl", "pt", "ro", "ru", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh"),
)
# What a letter says until the meeting has written its own: names, dates and role, and no promise.
FIRST_TEXT = """To the consular officer

This is to confirm that {name}, born on {birth_date}, nationality {nationality}, holder of the passport {passport}, which is valid until {passport_expires}, is registered for {meeting}. The meeting is held by {society} from {meeting_dates} in {meeting_place}.

{name} takes part as “{registered_as}” and intends to stay from {first_day} to {last_day}.

The participant pays for travel, accommodation, insurance and all other expenses. This letter is no promise of a visa, and the society takes on no obligation by it.

We should be grateful if the application could be dealt with in time for the meeting."""


def refund_in_words(policy, meeting):
    """What goes back when a visa is refused, until when, and what has to be shown; empty where nothing is promised."""
    match policy.refund_rule:
        case RefundRule.NOTHING:
            return ""
        case RefundRule.FULL:
            told = _("If your visa is refused, everything you paid goes back.")
        case _:
            fee = money(Money(policy.fee_minor, meeting.currency))
            told = _("If your visa is refused, everything you paid goes back but %(fee)s.", fee=fee)
    parts = [told]
    if policy.needs_refusal:
        parts.append(_("We need the letter by which the visa was refused."))
    if policy.refund_until:
        parts.append(_("Ask for the refund until %(day)s.", day=day(policy.refund_until)))
    return " ".join(parts)
