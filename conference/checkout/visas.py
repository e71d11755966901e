"""Where visa letters meet orders: whether a registration is wholly paid, and the refund when a visa was refused."""

from flask_babel import gettext as _

from conference import jobs, membership, registration
from conference.checkout.changing import asking, quoting
from conference.checkout.changing.sold import lines_of
from conference.kernel import Money, Refusal
from conference.payments import NewLine
from conference.registration import Mode, State, changes, eligibility, visa
from conference.web import money

OWING = (eligibility.ProvisionState.ASKED, eligibility.ProvisionState.UNPAID)


def standing_of(entry, now):
    """A registration as far as a letter asks (visa.Standing)."""
    return visa.Standing(
        is_paid=is_paid(entry),
        is_in_person=entry.mode == Mode.IN_PERSON,
        is_member=membership.standing_of(entry.person, membership.local_day(now)).gives_member_price,
    )


def is_paid(entry):
    """Whether a registration is confirmed, was sold, and nothing of its price is still to be paid."""
    if entry.state != State.CONFIRMED or not lines_of(entry):
        return False
    waiting = changes.open_change(entry)
    owes = any(each.state in OWING for each in eligibility.queries.provisions_of(entry))
    return not owes and (waiting is None or waiting.kind != changes.Kind.REPRICE)


def issue(request, *, by, now):
    """Issue the letter of a request that waits; Refusal when its registration does not stand or is not paid."""
    visa.issue(request, standing=standing_of(request.registration, now), by=by, now=now)


def quote_refund(claim):
    """The Quoted of cancelling because a visa was refused: the fee is that of the rule under which it was asked for."""
    entry = registration.by_id(claim.registration_id)
    quoting.refuse_unless_confirmed(entry)
    ends = lines_of(entry)
    if not ends:
        raise Refusal(_("Nothing was sold for this registration: cancel it at the desk."))
    paid = Money.total([line.amount for line in ends], entry.meeting.currency)
    fee = visa.kept(visa.refusals.rule_of(claim), paid)
    return quoting.quoted(changes.Kind.CANCEL, entry, ends, [_fee_line(claim, entry, fee)] if fee else [])


def refund(claim, *, seen, by, now):
    """End the registration and send the money back to the payments that brought it; the Change.

    `seen` is what was shown (Quoted.seen). Refusal, and nothing is changed, when somebody was faster or it has changed since.
    """
    quote = quote_refund(claim)
    visa.refusals.approve(claim, by=by, now=now)
    entry = registration.by_id(claim.registration_id)
    change = asking.ask(entry, quote, seen=seen, by=by, now=now, reason=_("The visa was refused"))
    jobs.soon("visa.purge")
    return change


def _fee_line(claim, entry, fee):
    why = (_("The meeting keeps %(fee)s when a visa is refused", fee=money(fee)),)
    rule = {"registration": entry.id, "change": str(changes.Kind.CANCEL), "visa": claim.ref}
    return NewLine("fee", entry.id, _("Fee: %(what)s", what=_("Cancelling")), fee, why, rule)
