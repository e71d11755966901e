"""A form with everything in it, and Ada and Ben who fill it in."""

from conference import checkout, people, registration
from conference.kernel import clock, transaction
from conference.registration import form
from tests.cast import a_draft, a_person

SECRET = "A wheelchair, and a nurse named Rosalind"


def a_form(meeting, **access):
    """Food, and needs that only registration may see, purged thirty days after; {code: field}."""
    facts = {"is_sensitive": True, "roles": ["registration"], "retention_days": 30, **access}
    with transaction():
        needs = form.set_section(meeting, code="needs", title="Needs", position=1)
        form.ask(meeting, code="diet", label="What do you eat?", kind="choice", choices=["Everything", "Vegan"])
        form.ask(meeting, code="guests", label="Guests", kind="number", position=2)
        form.ask(meeting, code="access", label="What do you need?", kind="long", section_id=needs.id, **facts)
    return fields(meeting)


def fields(meeting):
    """{code: field} as they stand now."""
    return {each.code: each for block in form.form_of(meeting) for each in block.fields}


def registered(meeting, name, **answers):
    """Somebody registered and paid by hand, with answers {code: kept text}; their registration."""
    now, known = clock.now(), fields(meeting)
    with transaction():
        draft = a_draft(meeting, people.by_email(f"{name.lower()}@example.org") or a_person(name, now), now)
        given = {known[code].id: text for code, text in answers.items()}
        registration.answer(draft, answers=given, conduct_code=None, now=now)
    person = people.by_email(f"{name.lower()}@example.org")
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now)
        checkout.settle_paid_by_hand(order.id, reference="cash", by=None, now=now)
    return registration.registration_in(meeting, person)


def change(meeting, code, **facts):
    """What staff do on the field's page."""
    with transaction():
        form.change_field(fields(meeting)[code], meeting=meeting, by=None, now=clock.now(), **facts)


def amend(meeting, entry, **answers):
    """What the person changes after registering: {code: kept text} is all that they leave in the form."""
    known = fields(meeting)
    given = {known[code].id: text for code, text in answers.items()}
    with transaction():
        asked = [each.id for each in known.values()]
        return form.amend(
            entry, given, asked=asked, by=entry.person_id and people.by_id(entry.person_id), now=clock.now()
        )


def told(entry, roles=()):
    """{label: words} as the desk shows them to these roles."""
    return {each.label: each.words for each in form.told(entry, roles=set(roles))}
