"""The sweeps of saved cards: pages and cards to be let go of, renewals by their days, charges."""

from conference import jobs, membership
from conference.checkout.renewals import agreeing, charges, looking, queries
from conference.kernel import clock
from conference.payments import cards, gateway


@jobs.job("cards")
def look_after_cards():
    """Look at pages on which cards are saved, and let go of cards at Stripe; how many."""
    done = 0
    while not gateway.is_paused() and cards.work_on_next(agreeing.kept):
        done += 1
    return done


@jobs.job("renewals")
def renew():
    """Take the step that is due for everybody who agreed to automatic renewal, each in a transaction of its own; how many were taken."""
    people = queries.whose_turn(membership.local_day(clock.now()))
    return jobs.each(people, lambda key: looking.look(key, now=clock.now()), what="automatic renewals")


@jobs.job("charges")
def send_charges():
    """Charge saved cards for what was promised; how many were asked for."""
    return charges.send_charges()
