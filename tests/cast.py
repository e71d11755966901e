"""The people and things that tests act with: Ada is a member, Ben is not, Cleo is staff, Dov may see nothing of theirs."""

from datetime import UTC, datetime

from conference import membership, people, registration, society
from conference.kernel import db

EARLY_ENDS = datetime(2027, 2, 16, 5, 0, tzinfo=UTC)


def a_person(name, now, **known):
    """Somebody complete enough to register."""
    facts = {"family_name": "Demo", "country": "US", "institution": "Example Institute", **known}
    return people.enter(email=f"{name.lower()}@example.org", given_name=name, now=now, **facts)


def a_society(currency="USD"):
    """The one society."""
    found = society.current()
    if found is None:
        found = society.Society(
            id=1, name="Society of Tests", short_name="SoT", currency=currency, timezone="America/New_York"
        )
        db.session.add(found)
        db.session.flush()
    return found


def a_meeting(now, *, code="T1", places=None, amount=44000, member_amount=22000, currency="USD"):
    """An open meeting with the category `full` in one window, whole and by day, in person and virtual, as a pool of places."""
    a_society()
    meeting = registration.new_meeting(
        code=code,
        title=f"Meeting {code}",
        starts=datetime(2027, 5, 11).date(),
        ends=datetime(2027, 5, 15).date(),
        timezone="America/New_York",
        currency=currency,
        city="Baltimore",
        venue="Example Hall",
        country="US",
    )
    pool = registration.add_pool(meeting, name="Venue", places=places)
    category = registration.add_category(meeting, code="full", name="Full", pool=pool)
    window = meeting.windows[0]
    registration.set_price(category, window, amount_minor=amount)
    registration.set_price(category, window, amount_minor=member_amount, member=True)
    registration.set_price(category, window, amount_minor=amount // 4, span="2027-05-12")
    registration.set_price(category, window, amount_minor=amount // 2, mode="virtual")
    return meeting


def a_draft(meeting, person, now, *, category="full", extras=(), dues="", span="whole", mode="in_person"):
    """A registration of which everything is chosen and answered, ready to be placed."""
    draft = registration.start(meeting=meeting, person=person, now=now)
    chosen = registration.category_by_code(meeting, category)
    wish = registration.Wish(category, span, mode, tuple(extras))
    registration.choose(draft, category=chosen, wish=wish, dues_code=dues, now=now)
    registration.answer(draft, answers={}, conduct_code=registration.conduct_code_of(meeting), now=now)
    return registration.registration_in(meeting, person)


def a_membership(person, now, *, code="active", price=22500):
    """A membership of the present year."""
    type_ = membership.type_by_code(code) or a_membership_type(code, price)
    today = membership.local_day(now)
    offer = membership.offer_for(person, type_, today)
    return membership.grant_term(person=person, type=type_, starts=offer.starts, ends=offer.ends, now=now)


def a_membership_type(code="active", price=22500):
    """A type that anybody may join."""
    a_society()
    return membership.create_type(code=code, name=code.title(), price_minor=price, currency="USD")
