"""A meeting and people at its door."""

from datetime import date

from conference import people, registration
from conference.kernel import transaction
from conference.registration import Wish
from tests.conftest import browser
from tests.membership.cast import a_person, sign_in

STARTS, ENDS = date(2028, 5, 11), date(2028, 5, 13)


def a_meeting(code="AM28"):
    """Three days in Baltimore, one free category."""
    with transaction():
        return registration.new_meeting(
            code=code,
            title=f"Meeting {code}",
            starts=STARTS,
            ends=ENDS,
            timezone="America/New_York",
            currency="USD",
        )


def a_registration(meeting, now, name, *, until="confirmed", span="whole", mode="in_person", **known):
    """Somebody's registration, brought as far as `until`: draft, held, confirmed or cancelled."""
    person = people.by_email(f"{name.lower()}@example.org") or a_person(now, name, **known)
    with transaction():
        entry = registration.start(meeting=meeting, person=person, now=now)
        category = registration.category_by_code(meeting, "regular")
        wish = Wish(category.code, span=span, mode=mode)
        registration.choose(entry, category=category, wish=wish, dues_code="", now=now)
        if until != "draft":
            registration.hold(entry, add_ons=[], now=now)
        if until in ("confirmed", "cancelled"):
            registration.keep(entry, now=now)
        if until == "cancelled":
            registration.cancel(entry)
    return registration.by_id(entry.id)


def at_the_door(app, now, name="Dov", role="door"):
    """A browser at the door."""
    client = browser(app)
    person = people.by_email(f"{name.lower()}@example.org") or a_person(now, name)
    sign_in(client, person, *([role] if role else []))
    return client
