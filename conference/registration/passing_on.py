"""What a sold ticket costs somebody else who takes it over: in the window in which it was sold, at their own standing."""

from flask_babel import gettext as _

from conference import membership
from conference.kernel import Money, Refusal
from conference.payments import NewLine
from conference.registration import queries, words
from conference.registration.eligibility.fitting import Buyer, fitted
from conference.registration.eligibility.queries import requirement_of
from conference.registration.pricing.queries import is_member_for
from conference.registration.rules import NotForThem, NotSold, Quote, QuoteLine, Wish, cheapest_cell

# What a line keeps of the person to whom it was sold: a proof of theirs, and the price that hung on it.
_OF_THE_PERSON = ("pending", "priced_as", "proof", "eligibility", "waived")
# Reasons that tell what may still follow for whoever pays; the others tell of the person alone.
_FOR_THE_PAYER = ("fit_higher", "fit_lower")


def ticket_for_heir(line, *, category, meeting, heir, now, waived=""):
    """The NewLine of a sold ticket for `heir` (None: nobody yet who is known).

    Refusal at the field when the category is not open to them, without telling why: that is theirs; or when there is no such price.
    `waived` is why the office does not ask what the category asks.
    """
    asked = requirement_of(category)
    is_free = "allotment" in line.rule
    is_member = is_member_for(heir, meeting, membership.local_day(now)) if heir and not is_free else False
    conditions = {name for name in _OF_THE_PERSON if name in line.rule}
    if is_member == bool(line.rule.get("member")) and not conditions and asked is None:
        return NewLine(line.kind, line.reference, line.title, line.amount, tuple(line.why), _rule(line))
    if line.rule.get("code"):
        raise Refusal(_("The price is another one for this person: write to the office."), field="email")
    priced = _at_their_standing(line, category, meeting, is_member)
    if asked is not None:
        priced = _fitted(priced, asked, Buyer(heir, meeting, now, None, waived), _window(meeting, line))
    told = [words.why(key, facts, meeting) for key, facts in priced.why if key in _FOR_THE_PAYER]
    rule = priced.rule | ({"pending": {**priced.rule["pending"], "said_at": 1}} if "pending" in priced.rule else {})
    return NewLine(
        line.kind,
        line.reference,
        line.title,
        priced.amount,
        tuple(line.why) if is_free else (_standing(is_member), *told),
        rule,
    )


def _at_their_standing(line, category, meeting, is_member):
    """The ticket as a QuoteLine at the price of the matrix; what was paid, where their standing is that of whoever had it."""
    rule, wish = _rule(line), Wish(line.rule["category"], line.rule["span"], line.rule["mode"])
    if is_member == bool(rule.get("member")) and not _was_conditional(line):
        return QuoteLine("registration", category.code, line.amount, (), rule)
    found = cheapest_cell(wish, queries.prices_of(meeting, category=category), rule["window"], member=is_member)
    if found is None:
        raise Refusal(_("The price is another one for this person: write to the office."), field="email")
    standing = {"member": found[0].member, "standing": "member" if is_member else "not_member", "standing_facts": {}}
    return QuoteLine("registration", category.code, found[1], (), {**rule, **standing})


def _was_conditional(line):
    """Whether what was paid hung on a proof of the first person."""
    return any(name in line.rule for name in ("pending", "priced_as", "proof"))


def _rule(line):
    kept = {name: value for name, value in line.rule.items() if name not in _OF_THE_PERSON}
    return {**kept, "instead_of": line.id}


def _fitted(line, asked, buyer, window):
    nothing = Money(0, line.amount.currency)
    quote = Quote((line,), line.amount, nothing)
    wish = Wish(line.rule["category"], line.rule["span"], line.rule["mode"])
    try:
        return fitted(quote, wish, asked, window, buyer).lines[0]
    except NotForThem:
        text = _("This category is not open to this person, by what they have said in their own details.")
        raise Refusal(text, field="email") from None
    except NotSold as refusal:
        raise Refusal(str(refusal), field="email") from None


def _window(meeting, line):
    """The window in which the ticket was sold; Refusal when the meeting does not know it any more."""
    for window in meeting.windows:
        if window.code == line.rule["window"]:
            return window
    raise Refusal(_("The price is another one for this person: write to the office."), field="email")


def _standing(is_member):
    if is_member:
        return _("Member price: the other person is a member")
    return _("Non-member price: the other person is no member")
