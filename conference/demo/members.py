"""The demo's memberships: the types that the invented society offers, and a believable past for some of its people."""

import random
from datetime import timedelta

from conference import membership
from conference.kernel import transaction
from conference.membership import Audience

_TYPES = (
    {
        "code": "active",
        "name": "Active",
        "summary": "For everybody who works in gene or cell medicine, in research, clinic or industry.",
        "benefits": "Member price at the annual meeting\nThe society’s journal, in print or online\n"
        "The members’ directory\nA seat on committees",
        "price_minor": 22500,
        "grace_days": 60,
        "may_vote": True,
    },
    {
        "code": "active-3",
        "name": "Active, three years",
        "summary": "The same for three years at once, at a lower price.",
        "benefits": "Everything an active member has\nOne payment in three years",
        "price_minor": 60000,
        "months": 36,
        "grace_days": 60,
        "may_vote": True,
    },
    {
        "code": "associate",
        "name": "Associate (trainee)",
        "summary": "For students, doctoral candidates, residents and postdoctoral fellows.",
        "benefits": "Member price at the annual meeting\nTravel awards\nThe mentoring programme\nThe journal online",
        "eligibility": "You are in training and hold no permanent position. The office may ask for a letter.",
        "price_minor": 6000,
        "grace_days": 60,
    },
    {
        "code": "affiliate",
        "name": "Affiliate",
        "summary": "For patients’ advocates, regulators, nurses, journalists and others who stand by the field.",
        "benefits": "Member price at the annual meeting\nThe journal online\nThe members’ directory",
        "price_minor": 15000,
        "grace_days": 30,
    },
    {
        "code": "emeritus",
        "name": "Emeritus",
        "summary": "For members who have retired.",
        "benefits": "Everything an active member has, free of charge",
        "eligibility": "You have been a member for at least ten years and no longer work for pay.",
        "price_minor": 0,
        "grace_days": 60,
        "min_years": 10,
        "may_vote": True,
    },
)
_MOST_TERMS = 3
BATCH = 250


def build_types(currency="USD"):
    """The types on offer, in order; {code: MembershipType}."""
    numbered = enumerate(_TYPES)
    return {
        each["code"]: membership.create_type(position=number, currency=currency, **each) for number, each in numbered
    }


def build_members(people, now, currency="USD", *, progress):
    """Make the types, and a member of every person given, in batches: most are current, some in grace, some lapsed; the members."""
    dice, made = random.Random(28), []
    with transaction():
        types, today = build_types(currency), membership.local_day(now)
    for start in range(0, len(people), BATCH):
        with transaction():
            made += [_a_member(person, dice, types, today, now) for person in people[start : start + BATCH]]
        progress(len(made))
    return made


def _a_member(person, dice, types, today, now):
    type_ = types[dice.choices(("active", "active-3", "associate", "affiliate"), (60, 8, 24, 8))[0]]
    for starts, ends in _terms(type_, dice, today):
        term = membership.grant_term(person=person, type=type_, starts=starts, ends=ends, now=now, paid=type_.price)
    if dice.random() < 0.45:
        _list(term.member, dice, now)
    return term.member


def _terms(type_, dice, today):
    """(first day, last day) of up to three terms in a row, the last of which covers today, has just ended or is long over."""
    days = 30 * type_.months
    ago = dice.choices(
        (dice.randrange(days), days + dice.randrange(type_.grace_days), days + dice.randrange(90, 700)), (80, 7, 13)
    )
    starts = [today - timedelta(days=ago[0])]
    for _ in range(dice.randrange(_MOST_TERMS) if type_.months == 12 else 0):
        starts.insert(0, _a_year_before(starts[0]))
    return [(day, type_.period.end_of(day)) for day in starts]


def _a_year_before(day):
    """29 February has no year before it; the day after it has."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _list(member, dice, now):
    listed = dice.choice((Audience.MEMBERS, Audience.MEMBERS, Audience.PUBLIC))
    membership.choose_directory(
        member=member,
        now=now,
        listed_for=listed,
        institution_for=listed,
        country_for=listed,
        interests_for=dice.choice((listed, Audience.MEMBERS)),
        email_for=dice.choice((Audience.NOBODY, Audience.NOBODY, Audience.MEMBERS)),
    )
