"""People of the demo and their registrations, through the same actions as everybody's."""

import random

from conference import checkout, membership, people, registration
from conference.demo.names import invented
from conference.kernel import db, transaction

RIBBONS = ("Speaker", "Board", "Reviewer", "First time", "Mentor")
BATCH = 250
# Weights of who comes: mostly scientists, then trainees.
WHO = {"full": 55, "trainee": 25, "nurse": 8, "advocate": 5, "industry": 7}
# How many places of each workshop stay free, so that one of them is nearly full and the last place of another is left.
STAY_FREE = {"trials": 1, "vectors": 4, "writing": 14}


def build_people(count, now, *, progress):
    """`count` invented people, in batches; `progress` is told how many there are."""
    found = []
    for start in range(0, count, BATCH):
        with transaction():
            found += [people.enter(now=now, **invented(number)) for number in range(start, min(start + BATCH, count))]
        progress(len(found))
    return found


def build_registrations(meeting, attendees, now, *, progress):
    """Register `attendees`, paid by hand, with the answers a form like this gets: whole meeting, day tickets, virtual, workshops."""
    with transaction():
        crowd = Crowd(meeting)
    for start in range(0, len(attendees), BATCH):
        with transaction():
            for number, person in enumerate(attendees[start : start + BATCH], start):
                crowd.register(person, _instant(meeting, now, number / len(attendees)))
        db.session.expunge_all()
        progress(min(start + BATCH, len(attendees)))


class Crowd:
    """What the people of one meeting choose, by dice that fall the same way every time."""

    def __init__(self, meeting):
        self.meeting = meeting
        self.dice = random.Random(28)
        self.conduct = registration.conduct_code_of(meeting)
        self.questions = {question.code: question.id for question in registration.questions_of(meeting)}
        attendees = registration.categories_of(meeting, kind=registration.CategoryKind.ATTENDEE)
        self.categories = {each.code: each for each in attendees}
        self.answered = 0
        self.days = registration.spans_of(meeting.starts, meeting.ends)[1:]
        add_ons = registration.add_ons_of(meeting)
        self.left = {each.code: each.pool.free - STAY_FREE[each.code] for each in add_ons if each.code in STAY_FREE}

    def register(self, person, now):
        """One more registration, paid when it costs anything."""
        code = self.dice.choices(list(WHO), list(WHO.values()))[0]
        draft = self.draft(person, self._wish(code), self._dues(person, now), now)
        if self.dice.random() < 0.12:
            registration.set_ribbons(draft, [self.dice.choice(RIBBONS)])
        order = checkout.place(draft=draft, meeting=self.meeting, person=person, now=now, letter=False)
        if order.total:
            checkout.settle_paid_by_hand(order.id, reference="demo", by=None, now=now, letter=False)

    def draft(self, person, wish, dues, now):
        """A registration with everything chosen and answered, ready to be placed."""
        draft = registration.start(meeting=self.meeting, person=person, now=now)
        registration.choose(draft, category=self.categories[wish.category], wish=wish, dues_code=dues, now=now)
        self.answer(draft, now)
        return registration.registration_in(self.meeting, person)

    def answer(self, draft, now):
        """Answer what the meeting asks, and accept its code of conduct."""
        registration.answer(draft, answers=self._answers(), conduct_code=self.conduct, now=now)

    def _wish(self, code):
        chance = self.dice.random()
        if chance < 0.06:
            return registration.Wish(code, mode=str(registration.Mode.VIRTUAL))
        if chance < 0.16 and code != "industry":  # companies have no day tickets
            return registration.Wish(code, self.dice.choice(self.days))
        return registration.Wish(code, extras=tuple(self._extras()))

    def _extras(self):
        if self.dice.random() < 0.85:
            wanted = next((code for code, left in self.left.items() if left > 0), None)
            if wanted:
                self.left[wanted] -= 1
                yield wanted
        if self.dice.random() < 0.03:
            yield "dinner"

    def _dues(self, person, now):
        joins = self.dice.random() < 0.2 and membership.standing_of(person, membership.local_day(now)).type_code is None
        return self.dice.choice(("active", "associate")) if joins else ""

    def _answers(self):
        wanted = {
            "first_time": self.dice.choice(["yes", "no", "no"]),
            "diet": self.dice.choice(["Everything", "Vegetarian", "Vegan"]),
            "photos": "Yes",
        }
        self.answered += 1
        if self.answered % 9 == 0:
            wanted |= {"needs": "|Captions|A quiet room|", "access": "A seat near the front, please."}
        return {self.questions[code]: text for code, text in wanted.items() if code in self.questions}


def _instant(meeting, now, share):
    """When the person at this share of the crowd came: from the first day of registration until `now`, more at the start."""
    opened = min(meeting.opens_at or now, now)
    return opened + (now - opened) * share**1.5
