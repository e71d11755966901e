"""What an exhibitor's seats cost: nothing within the allotment, by the price matrix beyond it, and a fee for names that come late."""

from dataclasses import replace

from flask_babel import gettext as _

from conference.kernel import Money
from conference.payments import NewLine
from conference.registration import allotments
from conference.registration.exhibitors import queries, words

# What a sold line keeps about its price for later: of one that costs nothing there is nothing to check, to credit or to fall due.
_ABOUT_PRICE = (
    *("pending", "recheck_on", "lapse", "grace_days", "credit_days"),
    *("member_less_minor", "price_until"),
)


def sharing_of(group, *, lock=False):
    """The Sharing of a group's order if it is an exhibitor's, else None; with `lock` nobody else has of the allotment meanwhile."""
    exhibitor = queries.of_group(group)
    if exhibitor is None:
        return None
    return Sharing(exhibitor, allotments.locked(group.id) if lock else allotments.of_group(group.id))


class Sharing:
    """Prices the seats of one order, one after the other: the first of them are free of charge while the allotment lasts."""

    def __init__(self, exhibitor, allotment):
        self.exhibitor, self.allotment = exhibitor, allotment
        self.names = exhibitor.kind.names(exhibitor.meeting.currency)
        self.used, self.uses = allotment.used, []

    def priced(self, seat, offer):
        """The Offer of a seat as its exhibitor pays it."""
        lines = [self._shared(line) if line.kind == "registration" else line for line in offer.lines]
        lines += self._late(seat, lines)
        total = Money.total([line.amount for line in lines], offer.total.currency)
        return replace(offer, lines=tuple(lines), total=total)

    def claim(self, *, now):
        """Count what was free of charge; Refusal when so much is not left any more."""
        allotments.claim(self.allotment.id, self.uses, now=now)

    def _shared(self, line):
        if self.used >= self.allotment.allotted:
            why = (words.beyond(self.exhibitor, self.allotment.allotted), *_without_standing(line))
            return replace(line, why=why, rule={**line.rule, "beyond": self._facts()})
        self.used += 1
        self.uses.append((line.reference, line.amount.minor))
        kept = {name: value for name, value in line.rule.items() if name not in _ABOUT_PRICE}
        rule = {**kept, "member": False, "allotment": {**self._facts(), "list_minor": line.amount.minor}}
        why = words.within(self.exhibitor, self.used, self.allotment.allotted)
        return replace(line, amount=Money(0, line.amount.currency), why=(why,), rule=rule)

    def _facts(self):
        """The rule as it is now: what was sold keeps it."""
        exhibitor, kind = self.exhibitor, self.exhibitor.kind
        return {
            "id": self.allotment.id,
            "exhibitor": exhibitor.ref,
            "booths": exhibitor.booths,
            "kind": kind.code,
            "rule": words.rule_in_words(kind) if exhibitor.override is None else exhibitor.override_reason,
            "number": self.used,
            "of": self.allotment.allotted,
        }

    def _late(self, seat, lines):
        """The line of the fee for a name that was given after its day."""
        fee = self.names.fee_at(seat.added_at)
        if fee is None or seat.email is None:
            return []
        ticket = next(line for line in lines if line.kind == "registration")
        rule = {name: ticket.rule[name] for name in ("registration", "seat", "grant")}
        told = {**rule, "late_name": self.names.until.isoformat()}
        title = _("Fee: %(what)s", what=ticket.title)[:600]
        return [NewLine("fee", ticket.reference, title, fee, (words.late(self.exhibitor),), told)]


def _without_standing(line):
    """The reasons of a ticket; that somebody is no member says nothing where nobody pays less as one."""
    return line.why if line.rule.get("member") or line.rule.get("member_less_minor") else line.why[1:]
