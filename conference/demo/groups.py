"""Groups of the demo: a lab that pays by purchase order and knows every state of a seat, one that has just begun, a big one in the full demo."""

from datetime import timedelta

from conference import accounts, checkout, people, registration
from conference.demo.names import invented
from conference.demo.stories import DESK, FINANCE
from conference.kernel import transaction
from conference.registration import Wish, groups

COORDINATOR = "lab@example.org"  # see sign_ins
LAB = {
    "name": "Example Institute of Vector Biology",
    "bill_to": "Example Institute of Vector Biology\nAccounts payable\n12 Sample Road\nNowhere 00000",
    "tax_id": "99-9999999",
    "po_number": "PO-2028-0417",
    "note": "Two grants: the dinner is on the second.",
}
# Address, given and family name, grant, add-ons; in the order in which the story below takes them.
PAID = (
    ("amara.lab@example.org", "Amara", "Ndiaye", "R01-GENE", ("dinner",)),
    ("bo.lab@example.org", "Bo", "Lindqvist", "R01-GENE", ()),
    ("chiara.lab@example.org", "Chiara", "Ferrante", "T32-TRAIN", ("dinner",)),
    ("dae.lab@example.org", "Dae-jung", "Kwon", "T32-TRAIN", ()),
    ("eun.lab@example.org", "Eun-ji", "Seo", "R01-GENE", ()),
)
HELD = (
    ("farid.lab@example.org", "Farid", "Haddadi", "R01-GENE", ()),
    ("greta.lab@example.org", "Greta", "Sommer", "T32-TRAIN", ()),
    ("hana.lab@example.org", "Hana", "Novakova", "T32-TRAIN", ()),
)
OPEN = (
    ("ivo.lab@example.org", "Ivo", "Petrov", "R01-GENE", ()),
    ("jun.lab@example.org", "Jun", "Nakamura", "", ()),
)
INSTEAD = ("kofi.lab@example.org", {"given_name": "Kofi", "family_name": "Asante"})
DAY = timedelta(days=1)
FIRST_OF_MANY = 700_000  # numbers of invented people that nothing else uses


def build_groups(meeting, now, *, many=0):
    """The lab with seats in every state, a company that has just begun, and `many` more of some size."""
    payer = people.by_email(COORDINATOR)
    lab = _made(meeting, payer, now - 20 * DAY, **LAB)
    _add(lab, PAID, now - 20 * DAY)
    _pay(lab, now - 15 * DAY)
    _some_fill_in(meeting, now - 12 * DAY)
    _given_away_and_ended(lab, now - 6 * DAY)
    _held_and_declined(lab, now - 2 * DAY)
    _add(lab, OPEN, now - DAY)
    with transaction():
        groups.open_link(lab, most=10, by=payer, now=now - DAY)
        company = groups.make(
            meeting=meeting, coordinator=payer, by=payer, now=now - DAY, name="Sample Therapeutics", po_number=""
        )
        roster = groups.check(company, name="delegates.csv", text=_file(), now=now - DAY)
        groups.bring_in(company, roster, by=payer, now=now - DAY)
    for number in range(many):
        _big(meeting, number, now - (3 + number) * DAY)


def _made(meeting, payer, at, **facts):
    with transaction():
        made = groups.make(meeting=meeting, coordinator=payer, by=payer, now=at, **facts)
    return groups.by_ref(meeting, made.ref)


def _add(group, seats, at):
    with transaction():
        for email, given_name, family_name, grant, add_ons in seats:
            names = {"given_name": given_name, "family_name": family_name, "grant": grant}
            wish = Wish("full", extras=add_ons)
            groups.add_seat(group, email=email, wish=wish, by=group.coordinator, now=at, **names)


def _pay(group, at, *, letter=True):
    """Ordered against the purchase order; the transfer comes three days later."""
    with transaction():
        order = checkout.place_group(group, by=group.coordinator, now=at, by_transfer=True)
        finance = people.by_email(FINANCE)
        checkout.settle_paid_by_hand(order.id, reference="bank transfer", by=finance, now=at + 3 * DAY, letter=letter)


def _some_fill_in(meeting, at):
    """The first two have filled in what is theirs; the others still miss something."""
    with transaction():
        conduct = registration.conduct_code_of(meeting)
        for email, *_rest in PAID[:2]:
            person = people.by_email(email)
            people.update(person, by=person, now=at, country="US", institution=LAB["name"])
            entry = registration.registration_in(meeting, person)
            registration.answer(entry, answers={}, conduct_code=conduct, by=person, now=at)


def _given_away_and_ended(lab, at):
    """Dae-jung's seat goes to Kofi; Eun-ji's is taken back; Chiara says that it is not for her."""
    email, names = INSTEAD
    entries = {each.seat.email: each for each in groups.seats_of(lab)}
    payer, desk = lab.coordinator, people.by_email(DESK)
    given, ended = (registration.by_id(entries[PAID[number][0]].seat.registration_id) for number in (3, 4))
    with transaction():
        how = {"by": desk, "now": at, "reason": "Visiting scientist comes instead", "waived": True}
        seen = checkout.quote_substitute(given, email=email, now=at, waived=True).seen
        checkout.substitute(given, email=email, names=names, seen=seen, **how)
    with transaction():
        checkout.cancel(ended, seen=checkout.quote_cancel(ended, now=at).seen, by=payer, now=at)
    _say_no(lab, PAID[2][0], at + DAY)


def _held_and_declined(lab, at):
    """A second order waits for its transfer; one of those in it has said no, so it is due for the two others alone."""
    _add(lab, HELD, at)
    with transaction():
        checkout.place_group(lab, by=lab.coordinator, now=at, by_transfer=True)
    _say_no(lab, HELD[2][0], at + timedelta(hours=5))


def _say_no(group, email, at):
    with transaction():
        person = people.by_email(email)
        seat = next(seat for seat, theirs, _state in groups.seats_about(person) if theirs.id == group.id)
        checkout.decline_seat(seat, group, by=person, now=at)


def _file():
    rows = (f"delegate{number}@example.org,Delegate,Number {number},industry,Sales\n" for number in range(1, 5))
    return "email,given_name,family_name,category,grant\n" + "".join(rows)


def _big(meeting, number, at):
    """An institution with many seats, paid by card, of some grants."""
    person = {**invented(FIRST_OF_MANY + number), "email": f"payer{number}@example.org"}
    with transaction():
        payer = accounts.create(email=person["email"], now=at).person
        names = {name: person[name] for name in ("given_name", "family_name", "country")}
        people.update(payer, by=payer, now=at, is_fictional=True, **names)
        made = groups.make(
            meeting=meeting, coordinator=payer, by=payer, now=at, name=f"Example University {number + 1}", po_number=f"PO-{1000 + number}"
        )  # fmt: skip
    group = groups.by_ref(meeting, made.ref)
    seats = [
        (f"u{number}-{each}@example.org", f"Member {each}", f"of Group {number + 1}", f"GRANT-{each % 4 + 1}", ())
        for each in range(12 + 6 * number)
    ]
    _add(group, seats, at)
    _pay(group, at, letter=False)
