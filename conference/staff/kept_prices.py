"""Member prices that a registration keeps although the dues that gave them go back: said before it is done."""

from flask_babel import gettext as _

from conference import checkout, membership, payments, people, registration
from conference.kernel import Money
from conference.payments import OrderState
from conference.web import money


def warnings(order, line_ids, amount):
    """Sentences on the registrations that keep a member price when the dues among `line_ids` end and `amount` goes back."""
    for line, less in kept(order, line_ids):
        if less is None:
            yield _("“%(title)s” was sold to a member because of these dues, and stays.", title=line.title)
        elif less.minor > 0:
            yield _kept_in_words(line, less, amount)


def kept(order, line_ids):
    """[(line, how much less than others pay, None where others cannot buy it)] of what only these dues made cheaper."""
    dues = [checkout.line_ref(line) for line in order.lines if line.id in line_ids and line.kind == "dues"]
    if not dues:
        return []
    person = people.by_id(order.person_id)
    return [
        (line, _less(line))
        for bought, line in _at_member_price(person, line_ids)
        if not membership.standing_without(person, dues, membership.local_day(bought.placed_at)).gives_member_price
    ]


def _at_member_price(person, line_ids):
    """(order, line) of every registration of their own that stays, sold at a member price."""
    for bought in payments.orders_of(person):
        for line in bought.lines if bought.state == OrderState.PAID else ():
            stays = not line.ended_at and line.id not in line_ids
            is_cheaper = stays and line.kind == "registration" and line.rule.get("member")
            if is_cheaper and registration.by_id(line.reference).person_id == person.id:
                yield bought, line


def _less(line):
    """What somebody who is no member paid more in the same price window, or None when it was not sold to them."""
    meeting, rule = registration.by_id(line.reference).meeting, line.rule
    # Until a proof is cleared, or when none was, another category's price was paid than the ticket's own.
    priced_as = rule.get("priced_as", rule["category"])
    prices = registration.prices_of(meeting, category=registration.category_by_code(meeting, priced_as))
    wish = registration.Wish(priced_as, rule["span"], rule["mode"])
    found = registration.cheapest_cell(wish, prices, rule["window"], member=False)
    if not found:
        return None
    full = Money(rule.get("list_minor", line.amount_minor), line.currency)
    return registration.difference_left(found[1] - full, rule)


def _kept_in_words(line, less, amount):
    words = {"title": line.title, "less": money(less)}
    told = _("“%(title)s” was sold at the member price because of these dues, and keeps it: %(less)s less.", **words)
    rest = amount - less if amount.currency == less.currency else Money(-1, less.currency)
    if rest.minor < 0:
        return f"{told} {_('Take it back too if that is not meant.')}"
    return f"{told} {_('Send %(rest)s back to make up for it, or take it back too.', rest=money(rest))}"
