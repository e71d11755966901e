"""A member saves a card, agrees that dues are charged to it, takes either back. Inside transactions."""

from conference import audit, people
from conference.checkout.renewals import looking, mails, queries
from conference.checkout.renewals.rules import RenewalState
from conference.payments import cards


def begin(person, *, renews, now):
    """The card that somebody sets out to save; when they want it, dues are charged to it by themselves from then on."""
    card = cards.begin(person, now=now)
    if renews:
        agree(person, now=now, letter=False)
    return card


def kept(seen, now):
    """What Stripe is `seen` to say of a page that saves a card; whoever has one now gets a letter."""
    card = cards.keep(seen, now=now)
    if card is not None:
        mails.card_saved(card, people.by_id(card.person_id), renews=is_on(card.person_id), now=now)


def looked_after(method_ref, face, *, now):
    """What Stripe says of a card without being asked: `face` is what is known of it now, None when it is gone."""
    if face is not None:
        cards.renewed(method_ref, face)
        return
    card = cards.gone(method_ref, now=now)
    if card is not None:
        mails.card_gone(card, people.by_id(card.person_id), renews=is_on(card.person_id), now=now)


def is_on(person_id):
    """Whether somebody's agreement to automatic renewal stands."""
    return cards.agreeing.agreement_of(person_id, cards.Use.DUES) is not None


def agree(person, *, now, letter=True):
    """Dues are charged by themselves from now on; whether that is new."""
    people.locked(person)
    if is_on(person.id):
        return False
    cards.agreeing.note(person.id, cards.Use.DUES, is_given=True, now=now)
    looking.reopen(person.id)
    audit.record(by=person, verb="agreed to automatic renewal", subject=person, now=now)
    if letter:
        mails.agreed(person, now=now)
    return True


def withdraw(person, *, now, letter=True):
    """Dues are not charged by themselves any more, and nothing is for which Stripe was not asked yet; whether they were until now."""
    people.locked(person)
    if not is_on(person.id):
        return False
    cards.agreeing.note(person.id, cards.Use.DUES, is_given=False, now=now)
    card = cards.card_of(person.id)
    if card is not None:
        cards.charging.call_off_unasked([card.id])
    renewal = queries.unfinished_of(person.id)
    if renewal is not None:
        looking.end(renewal, RenewalState.STOPPED, now=now)
    audit.record(by=person, verb="stopped automatic renewal", subject=person, now=now)
    if letter:
        mails.stopped(person, now=now)
    return True


def remove(card, person, *, now):
    """The card is taken away, and with it what it was to be charged for; whether it was there."""
    withdraw(person, now=now)
    return cards.remove(card, by=person, now=now)
