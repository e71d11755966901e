"""Open items on the site: orders promised to be paid by transfer, one that got a letter, one that rests, one that is given back."""

from datetime import timedelta

from conference import checkout
from conference.checkout import dunning
from conference.checkout.dunning import Step, policies
from conference.kernel import clock, transaction
from tests.signing_in import account_of
from tests.site import people

AGO = timedelta(days=20)
NAMES = {"kai": "Κάης", "lea": "Λέα", "mia": "Μία"}


def of_dunning(meeting):
    """{key: value} for the addresses of open items."""
    then = clock.now() - AGO
    steps = {step: {"is_on": True, "days": 2, "subject": "Θέμα", "note": "Σημείωση"} for step in Step}
    facts = {"is_on": True, "by_hand": True, "release": "staff", "days_to_pay": 9, "bank_days": None}
    with transaction():
        policies.save(None, steps=steps, version=0, by=None, now=then, **facts)
        policies.save(meeting, steps=steps, version=0, by=None, now=then, **facts)
    told, resting, given = promised(meeting, ["kai", "lea", "mia"])
    with transaction():
        dunning.send_next(told.id, now=clock.now(), only="first")
        dunning.pause(resting.id, until=clock.now().date(), reason="Περιμένουμε", by=None, now=clock.now())
    pages = ("dunned_order", "pause_dunning", "give_more_days")
    return {
        **{f"staff.{page}.ref": told.ref for page in pages},
        "staff.resume_dunning.ref": resting.ref,
        "staff.release_dunned.ref": given.ref,
    }


def promised(meeting, names):
    """Orders of new people, promised twenty days ago to be paid within ten."""
    return [_promised(meeting, name, clock.now() - AGO) for name in names]


def _promised(meeting, name, then):
    account_of(people.email_of(name), given_name=NAMES.get(name, name), **people.FACTS)
    order = people.order(meeting, name, then)
    with transaction():
        checkout.transferring.choose(order.id, po_number="", by=None, now=then)
    return order
