"""Exhibitors of the demo: five companies in different states, one with extra badges, one with badges of the company alone."""

from datetime import timedelta

from conference import checkout, meetings, people, registration
from conference.demo.stories import DESK, FINANCE
from conference.kernel import transaction
from conference.registration import Wish, exhibitors, groups

DAY = timedelta(days=1)
CATEGORY = "exhibitor"
PRICES = (350, 400, 475)  # early, regular, onsite: what a badge beyond the allotment costs, in USD
_RULE = {
    "per_area": 0, "unit": "ft2", "rounding": "complete", "minimum": 0, "maximum": None, "late": "late_fee", "late_fee_minor": 2500,
    "remind_days": 14, "with_add_ons": False, "budget_code": "EXPO-28",
}  # fmt: skip
KINDS = (
    {"code": "inline", "name": "Inline booth", "basis": "per_booth", "badges": 4, "company_most": 2},
    {
        "code": "island", "name": "Island booth", "basis": "per_area", "badges": 3, "per_area": 100, "rounding": "begun",
        "minimum": 6, "maximum": 40, "company_most": 6, "with_add_ons": True,
    },
    {
        "code": "table", "name": "Table top", "basis": "per_booth", "badges": 2, "company_most": None, "late": "no_more",
        "late_fee_minor": 0,
    },
)  # fmt: skip
_BOOTH = {"booth_count": 1, "area": None, "override": None, "override_reason": "", "note": ""}
# Kind, company, contact (address, given and family name), what differs of the booth.
COMPANIES = (
    ("inline", "Northlight Vectors", ("booth@example.org", "Marlo", "Quist"), {"booths": "214"}),
    ("island", "Helix and Thread", ("expo.helix@example.org", "Sunniva", "Aldane"), {"booths": "301, 303", "booth_count": 2, "area": 240_00}),
    ("table", "Quill Cytometry", ("expo.quill@example.org", "Tobias", "Verlinden"), {"booths": "T7"}),
    (
        "inline", "Meridian Couriers", ("expo.meridian@example.org", "Ravenna", "Oduya"),
        {"booths": "218", "override": 6, "override_reason": "Gold sponsor", "note": "Ships samples for the society."},
    ),
    ("table", "Cloudberry Freezers", ("expo.cloudberry@example.org", "Lumi", "Hietala"), {"booths": "T12"}),
)  # fmt: skip
# Whose badges: (address, given and family name) by company.
STAFF = {
    "Northlight Vectors": (
        ("ada.booth@example.org", "Adaeze", "Obiora"), ("ben.booth@example.org", "Benoit", "Marchand"),
        ("cai.booth@example.org", "Cai", "Llewellyn"), ("dina.booth@example.org", "Dina", "Rosenqvist"),
        ("emil.booth@example.org", "Emil", "Sandoval"), ("fumi.booth@example.org", "Fumi", "Takasugi"),
    ),
    "Helix and Thread": (
        ("gus.booth@example.org", "Gustavo", "Pinheiro"), ("hedda.booth@example.org", "Hedda", "Straum"),
        ("ines.booth@example.org", "Ines", "Valverde"),
    ),
    "Meridian Couriers": tuple(
        (f"{given.lower()}.booth@example.org", given, family)
        for given, family in (
            ("Jonas", "Abara"), ("Kaya", "Tremblay"), ("Lior", "Benami"), ("Mina", "Sorvari"), ("Nils", "Ekdahl"),
            ("Oona", "Kallas"), ("Pavel", "Zelenka"),
        )
    ),
}  # fmt: skip


def build_exhibitors(meeting, now):
    """Kinds of booths and the five: extras bought, names still missing, company badges, an unpaid order, and one that has not begun."""
    desk = people.by_email(DESK)
    with transaction():
        category = _category(meeting, desk, now - 90 * DAY)
        until = meetings.end_of_day(meeting.starts - 30 * DAY, meeting.timezone)
        kinds = {
            each["code"]: exhibitors.add_kind(
                meeting, by=desk, now=now - 90 * DAY,
                **{**_RULE, **each, "category_id": category.id, "names_until": until, "position": position},
            )
            for position, each in enumerate(KINDS)
        }  # fmt: skip
        at = now - 60 * DAY
        made = [
            _company(meeting, kinds[kind], name, contact, booth, desk, at) for kind, name, contact, booth in COMPANIES
        ]
    for exhibitor in made[:4]:
        with transaction():
            exhibitors.write(exhibitor.id, exhibitors.LetterKind.INVITATION, by=desk, now=now - 40 * DAY)
    north, helix, quill, meridian = (exhibitors.queries.by_ref(meeting, each.ref) for each in made[:4])
    _ordered(north, now - 30 * DAY, paid=True)
    _another_name(north, now - 9 * DAY)
    _ordered(helix, now - 21 * DAY)
    _name(helix, (("jo.booth@example.org", "", ""),), now - 2 * DAY)
    _company_badges(quill, 2, now - 12 * DAY)
    _ordered(meridian, now - DAY)


def _category(meeting, desk, at):
    """What badges are sold as: not on offer to the public, of the same places as everybody."""
    pool = registration.category_by_code(meeting, "full").pool
    facts = {"name": "Booth staff", "summary": "Staff at the booths of exhibitors.", "band": "#7a4b12"}
    made = registration.add(
        registration.add_category, meeting, by=desk, now=at, code=CATEGORY, pool=pool, is_on_offer=False, position=9, **facts
    )  # fmt: skip
    for window, price in zip(meeting.windows, PRICES, strict=True):
        registration.set_price(made, window, amount_minor=price * 100)
    return made


def _company(meeting, kind, company, contact, booth, desk, at):
    email, given_name, family_name = contact
    person = people.find_or_enter(email=email, now=at)
    names = {"given_name": given_name, "family_name": family_name, "institution": company, "country": "US"}
    people.update(person, by=desk, now=at, **names)
    person.is_fictional = True
    facts = {**_BOOTH, **booth, "company": company}
    return exhibitors.add(meeting, kind=kind, email=email, by=desk, now=at, **facts)


def _ordered(exhibitor, at, *, paid=False):
    """Its people are written down and ordered; what costs something is paid by transfer two days later, or waits for it."""
    _name(exhibitor, STAFF[exhibitor.company], at)
    with transaction():
        order = checkout.place_group(
            exhibitor.group, by=exhibitor.group.coordinator, now=at + DAY / 24, by_transfer=True
        )
        if paid:
            finance = people.by_email(FINANCE)
            checkout.settle_paid_by_hand(order.id, reference="bank transfer", by=finance, now=at + 2 * DAY)


def _name(exhibitor, names, at):
    group = exhibitor.group
    with transaction():
        for email, given_name, family_name in names:
            facts = {"given_name": given_name, "family_name": family_name, "by": group.coordinator, "now": at}
            groups.add_seat(group, email=email, wish=Wish(CATEGORY), **facts)


def _another_name(exhibitor, at):
    """Cai stays at home, and Gwen comes."""
    entry = registration.registration_in(exhibitor.meeting, people.by_email("cai.booth@example.org"))
    entry, email = registration.by_id(entry.id), "gwen.booth@example.org"
    with transaction():
        seen = checkout.quote_substitute(entry, email=email, now=at).seen
        names = {"given_name": "Gwen", "family_name": "Pritchard"}
        checkout.substitute(entry, email=email, names=names, seen=seen, by=exhibitor.group.coordinator, now=at)


def _company_badges(exhibitor, count, at):
    group, facts = exhibitor.group, {"institution": exhibitor.company, "wish": Wish(CATEGORY), "count": count}
    with transaction():
        groups.add_unnamed(group, by=group.coordinator, now=at, **facts)
        checkout.place_group(group, by=group.coordinator, now=at)
