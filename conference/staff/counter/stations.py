"""How each counter takes people in: a row for the sign-in of its browser."""

from conference.kernel import db
from conference.staff.models import Station

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
