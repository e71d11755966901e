"""Letters about disputes: to finance when one comes and when it is decided; to the payer when their place ends."""

from flask_babel import gettext as _

from conference import accounts, mail, people, registration
from conference.checkout import seat_news
from conference.checkout.queries import payer_of
from conference.web import absolute_url, money


def opened(dispute, order, *, now):
    """To everybody of finance: what is disputed, and until when evidence is taken."""
    _to_finance(
        "dispute_opened", dispute, order, now, _("A payment of %(amount)s is disputed", amount=money(dispute.amount))
    )


def closed(dispute, order, *, now):
    """To everybody of finance: how the bank has decided."""
    _to_finance(
        "dispute_closed", dispute, order, now, _("The dispute over %(amount)s is decided", amount=money(dispute.amount))
    )


def taken_back(order, *, ended, reason, now):
    """To the payer, and to whoever else had something of it: this is not theirs any more."""
    cause = f"{order.ref}:{now.timestamp():.6f}"
    mail.post(
        kind="dispute_ended",
        cause=cause,
        to=payer_of(order),
        subject=_("Your registration has ended"),
        template="checkout/mail/dispute_ended.txt",
        now=now,
        order=order,
        order_url=absolute_url("checkout.order", ref=order.ref),
        ended=ended,
        reason=reason,
    )
    for line in ended:
        entry = registration.by_id(line.reference) if line.kind == "registration" else None
        if entry is not None and entry.contact_id != order.person_id:
            seat_news.ended(entry, payer_of(order).full_name, now=now, cause=cause)


def _to_finance(kind, dispute, order, now, subject):
    for account in accounts.holders_of("finance"):
        mail.post(
            kind=kind,
            cause=dispute.ref,
            to=account.person,
            subject=subject,
            template=f"checkout/mail/{kind}.txt",
            now=now,
            dispute=dispute,
            order=order,
            payer=people.by_id(order.person_id),
            dispute_url=absolute_url("staff.dispute", ref=dispute.ref),
        )
