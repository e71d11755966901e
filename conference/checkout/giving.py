"""Giving what an order stands for, whole or not at all: registrations with their places, changes, membership terms."""

from datetime import date

from conference import membership, people, registration
from conference.checkout.changing.completing import complete
from conference.checkout.queries import lines_about, standing
from conference.kernel import Money


def give(order, now, *, late):
    """Give what every line stands for; `late` when its places were released before. Refusal, and then nothing is given."""
    change = registration.changes.change_of(order.id)
    if change is not None:
        complete(change, order, now=now, late=late)
        for line in order.lines:
            registration.eligibility.provisions.note(line, now=now)
        return
    _give_registrations(order, [line for line in standing(order) if line.kind == "registration"], now, late)
    for line in standing(order):
        registration.eligibility.provisions.note(line, now=now)
        match line.kind:
            case "registration":
                pass  # given above, all of them at once
            case "add_on" | "fee":
                pass  # its place is held and kept with its registration; a fee gives nothing
            case "dues":
                _give_term(order, line, now)
            case unknown:
                raise ValueError(f"nobody knows how to give a line of kind {unknown}")


def _give_registrations(order, lines, now, late):
    if not lines:
        return
    if late:
        registration.hold_together([_chosen_again(order, line, now) for line in lines], now=now)
    registration.keep_all([line.reference for line in lines], now=now)
    for line in (each for each in lines if "because" in each.rule):  # sold by an invitation
        registration.invitations.settled(registration.by_id(line.reference))


def _chosen_again(order, line, now):
    """A registration as it is held once more, with what it was ordered with: all of the order, or none."""
    entry = registration.by_id(line.reference)
    theirs = lines_about(order, entry)
    add_ons = list(registration.add_ons_by_id([each.reference for each in theirs if each.kind == "add_on"]).values())
    category = registration.category_by_code(entry.meeting, line.rule["category"])
    redeemed = _redeemed_in(theirs, order.currency)
    chosen = {"category": category, "rule": line.rule, "add_ons": add_ons, "redeemed": redeemed}
    registration.choose_again(entry, now=now, **chosen)
    return entry, add_ons, redeemed


def _redeemed_in(lines, currency):
    """The code that reduced these lines with what it took off in all, or None."""
    rules = [line.rule for line in lines if "code" in line.rule]
    off = Money(sum(rule["off_minor"] for rule in rules), currency)
    return registration.Redeemed(rules[0]["code"], off) if rules else None


def _give_term(order, line, now):
    type_ = membership.type_by_code(line.rule["type"])
    starts, ends = _day(line.rule["starts"]), _day(line.rule["ends"])
    membership.grant_term(
        person=people.by_id(order.person_id),
        type=type_,
        starts=starts,
        ends=ends,
        now=now,
        order_line_ref=line_ref(line),
        paid=line.amount,
    )


def line_ref(line):
    """How a term names the order line that paid for it."""
    return f"line:{line.id}"


def _day(text):
    return date.fromisoformat(text) if text else None
