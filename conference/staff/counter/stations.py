"""How each counter takes people in: a row for the sign-in of its browser."""

from conference.kernel import db
from conference.staff.counter.rules import Payment
from conference.staff.models import Station

ON_THE_SPOT = (Payment.CASH, Payment.TERMINAL)
USUAL = {"name": "", "category": "", "payment": "cash", "checks_in": True, "prints": True}


def station_of(sign_in):
    """The Station of a sign-in; the usual one, which is not kept, where nothing was set."""
    found = db.session.get(Station, sign_in.id) if sign_in else None
    return found or Station(**USUAL)


def keep_station(sign_in, **facts):
    """Set how the counter of a sign-in works from now on."""
    found = db.session.get(Station, sign_in.id)
    if found is None:
        found = Station(sign_in_id=sign_in.id, **USUAL)
        db.session.add(found)
    for name, value in facts.items():
        setattr(found, name, value)
    db.session.flush()
    return found


def remember(sign_in, form):
    """What was chosen for the last person is usual for the next: whether they are let in and get a badge, and how they pay on the spot."""
    if sign_in is None:
        return
    facts = {"checks_in": form.check_in.data, "prints": form.prints.data}
    if form.payment.data in ON_THE_SPOT:
        facts["payment"] = form.payment.data
    keep_station(sign_in, **facts)
