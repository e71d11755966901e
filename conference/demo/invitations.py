"""Who is invited to the demo's coming meeting: keynotes with places that are kept, speakers, volunteers, press; in every state."""

from datetime import datetime, time, timedelta

from conference import checkout, meetings, pdf, people, registration
from conference.demo.attendees import Crowd
from conference.demo.stories import DESK
from conference.kernel import db, transaction
from conference.registration import State, eligibility, invitations

DAY = timedelta(days=1)
CARD = (
    '<html lang="en">'
    "<h1>Press card</h1><p>{name} writes for a weekly that does not exist.</p>"
    "<p><em>Fictional: made for a demonstration.</em></p>"
)
# Kind: (code, name, inviter, category, effect and share, add-ons, budget, ribbon, how many, asks, keeps places, letter)
KINDS: tuple[tuple, ...] = (
    ("KEYNOTE", "Keynote speaker", "the president of the society", "full", ("comp", 0), ["dinner"], "PRG-28", "Speaker", 12, False, True,
     "Your lecture is the heart of a day of ours. Travel and hotel are arranged by our office; please write to them."),
    ("SPEAKER", "Invited speaker", "the programme committee", "full", ("comp", 0), [], "PRG-28", "Speaker", 80, False, False,
     "Thank you for agreeing to speak in one of our scientific sessions."),
    ("VOLUNTEER", "Volunteer", "the organising team", "trainee", ("comp", 0), [], "OPS-28", "Volunteer", 40, False, False,
     "You help us on two half days; on all others the meeting is yours."),
    ("PRESS", "Press", "the press office", "press", ("comp", 0), [], "COM-28", "Press", None, True, False,
     "Please hand in your press card first, both sides; we look at it within two working days."),
    ("AWARD", "Travel award", "the awards committee", "trainee", ("percent", 50), [], "AWD-28", "Award", 25, True, False, ""),
)  # fmt: skip
# Kind: (why, what they do) of each who is invited, in order; "open" has not answered.
GUESTS: tuple[tuple, ...] = (
    ("KEYNOTE", (("Opening lecture, Tuesday", "registers"), ("Lecture on Wednesday", "open"), ("Lecture on Friday", "declines"))),
    ("SPEAKER", (("Session 12", "registers"), ("Session 31", "registers"), ("Session 8", "open"), ("Chairs session 8", "declines"),
                 ("Session 17", "withdrawn"))),
    ("VOLUNTEER", (("Registration desk", "registers"), ("Registration desk", "open"), ("Lecture hall A", "open"))),
    ("PRESS", (("Writes for a fictional weekly", "hands in"), ("Radio, fictional", "open"))),
    ("AWARD", (("Abstract 204", "open"),)),
)  # fmt: skip


def build_invitations(meeting, crowd, now):
    """Kinds, and people of `crowd` who have not registered; one who has paid is invited too."""
    desk = people.by_email(DESK)
    with transaction():
        for facts in KINDS:
            _kind(meeting, facts, desk, now - 20 * DAY)
    free = iter([each for each in crowd if registration.registration_in(meeting, each) is None])
    with transaction():
        teller = Crowd(meeting)
    for code, guests in GUESTS:
        persons = [people.by_id(person.id) for _guest, person in zip(guests, free, strict=False)]
        _invite(
            meeting,
            code,
            [(why, person) for (why, _act), person in zip(guests, persons, strict=False)],
            now - 9 * DAY,
            desk,
        )
        for number, ((_why, act), person) in enumerate(zip(guests, persons, strict=False)):
            with transaction():
                _ACTS[act](meeting, teller, person, now - (8 - number) * DAY, desk)
    _invite(meeting, "SPEAKER", [("Session 40", person) for person in _paid_before(meeting)], now - DAY, desk)


def _kind(meeting, facts, desk, at):
    code, name, inviter, category, (effect, percent), add_ons, budget, ribbon, most, asks, keeps, letter = facts
    found = registration.category_by_code(meeting, category)
    invitations.add_kind(
        meeting, code=code, name=name, inviter=inviter, category_id=found.id, effect=effect, percent=percent, add_ons=add_ons,
        budget_code=budget, ribbon=ribbon, most=most, asks_eligibility=asks, keeps_places=keeps, letter=letter,
        kept_until=_after(meeting, 75) if keeps else None, valid_until=_after(meeting, 45),
        reminders=[_at(meeting, 90), _at(meeting, 60)], by=desk, now=at,
    )  # fmt: skip


def _invite(meeting, code, guests, at, desk):
    rows = [
        {"line": number, "email": person.email, "given_name": "", "family_name": "", "note": why, "message": ""}
        for number, (why, person) in enumerate(guests, 1)
    ]
    kind = invitations.queries.kind_of(meeting, code)
    with transaction():
        kept = invitations.keep_list(kind, rows, source="file", name=f"{code.lower()}s.csv", by=desk, now=at)
    with transaction():
        whole = invitations.queries.list_of(meeting, kept.ref)
        invitations.send(whole, meeting=meeting, seen=len(rows), by=desk, now=at)


def _paid_before(meeting):
    """Somebody who had paid for a ticket as a scientist on site before anybody invited them."""
    entry = registration.Registration
    found = db.session.query(entry).filter_by(
        meeting_id=meeting.id, state=str(State.CONFIRMED), mode="in_person", span="whole"
    )
    full = registration.category_by_code(meeting, "full")
    return [people.by_id(each.person_id) for each in found.filter_by(category_id=full.id).order_by(entry.id).limit(1)]


def _of(meeting, person):
    return invitations.queries.standing_for(person, meeting)


def _register(meeting, teller, person, at, _desk):
    entry = invitations.take_up(_of(meeting, person), person, now=at)
    teller.answer(entry, at)
    draft = registration.registration_in(meeting, person)
    checkout.place(draft=draft, meeting=meeting, person=person, now=at, letter=False)


def _decline(meeting, _teller, person, at, _desk):
    invitations.decline(_of(meeting, person), reason="Teaches that week", by=person, now=at)


def _withdraw(meeting, _teller, person, at, desk):
    invitations.withdraw(_of(meeting, person), reason="The session is cancelled", by=desk, now=at)


def _hand_in(meeting, _teller, person, at, _desk):
    """The draft stands in the category of press, and a card waits to be looked at."""
    invitations.take_up(_of(meeting, person), person, now=at)
    draft = registration.registration_in(meeting, person)
    facts = {"person": person, "meeting": meeting, "category": draft.category}
    card = eligibility.documents.made_safe(pdf.render(CARD.format(name=person.full_name)))
    eligibility.proofs.hand_in(document=card, now=at, **facts)


def _wait(*_nothing):
    pass


def _at(meeting, days_before):
    """Nine in the morning, so many days before the meeting begins."""
    return datetime.combine(meeting.starts - timedelta(days=days_before), time(9), tzinfo=meeting.zone)


def _after(meeting, days_before):
    """The end of a day, so many days before the meeting begins."""
    return meetings.end_of_day(meeting.starts - timedelta(days=days_before), meeting.timezone)


_ACTS = {"registers": _register, "declines": _decline, "withdrawn": _withdraw, "hands in": _hand_in, "open": _wait}
