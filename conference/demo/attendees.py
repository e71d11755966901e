"""People of the demo and their registrations, through the same actions as everybody's."""

import random

from conference import checkout, people, registration
from conference.demo.names import invented
from conference.kernel import db, transaction

RIBBONS = ("Speaker", "Board", "Reviewer", "First time", "Mentor")
BATCH = 250
# Weights of who comes: mostly scientists, then trainees.
WHO = {"full": 55, "trainee": 25, "nurse": 8, "advocate": 5, "industry": 7}


def build_people(count, now):
    """`count` invented people, in batches."""
    found = []
    for start in range(0, count, BATCH):
        with transaction():
            found += [people.enter(now=now, **invented(number)) for number in range(start, min(start + BATCH, count))]
    return found


def build_registrations(meeting, attendees, now, *, progress=None):
    """Register `attendees`, paid by hand, with the answers a form like this gets; every eighth buys the dinner."""
    chance = random.Random(28)  # the same demo every time
    with transaction():
        conduct = registration.conduct_code_of(meeting)
        questions = {question.code: question.id for question in registration.questions_of(meeting)}
        categories = {each.code: each for each in registration.categories_of(meeting)}
    codes = [code for code in WHO if code in categories] or list(categories)
    for start in range(0, len(attendees), BATCH):
        with transaction():
            for number, person in enumerate(attendees[start : start + BATCH], start):
                code = chance.choices(codes, [WHO.get(each, 1) for each in codes])[0]
                at = _instant(meeting, now, number / len(attendees))
                _register(meeting, person, categories[code], conduct, questions, chance, at)
        db.session.expunge_all()
        if progress:
            progress(min(start + BATCH, len(attendees)))


def _instant(meeting, now, share):
    """When the person at this share of the crowd came: from the first day of registration until `now`, more at the start."""
    opened = min(meeting.opens_at or now, now)
    return opened + (now - opened) * share**1.5


def _register(meeting, person, category, conduct, questions, chance, now):
    draft = registration.start(meeting=meeting, person=person, now=now)
    extras = ("dinner",) if meeting.phase(now) == "open" and chance.random() < 0.03 else ()
    mode = registration.Mode.VIRTUAL if extras == () and chance.random() < 0.06 else registration.Mode.IN_PERSON
    wish = registration.Wish(category.code, registration.WHOLE, str(mode), extras)
    registration.choose(draft, category=category, wish=wish, dues_code="", now=now)
    registration.answer(draft, answers=_answers(questions, chance), conduct_code=conduct, now=now)
    draft = registration.registration_in(meeting, person)
    if chance.random() < 0.12:
        registration.set_ribbons(draft, [chance.choice(RIBBONS)])
    order = checkout.place(draft=draft, meeting=meeting, person=person, now=now, letter=False)
    if order.total:
        checkout.settle_paid_by_hand(order.id, reference="demo", by=None, now=now, letter=False)


def _answers(questions, chance):
    wanted = {
        "first_time": chance.choice(["yes", "no", "no"]),
        "diet": chance.choice(["Everything", "Vegetarian", "Vegan"]),
    }
    return {questions[code]: text for code, text in wanted.items() if code in questions}
