"""Categories of the demo that ask for something, an example of a list of countries, and two proofs that wait for review."""

from datetime import date, timedelta

from conference import pdf, people, registration
from conference.demo.attendees import Crowd
from conference.kernel import transaction
from conference.registration import eligibility

# Category: (code, name, summary, band, USD for members and others, what it asks)
CATEGORIES: tuple[tuple, ...] = (
    ("student", "Student", "Students and doctoral students, with a letter.", "#0f766e", (90, 120),
     {"stages": ["student", "graduate"], "proof": "letter", "proof_words": "A letter of this term with your name and the end of your studies."}),
    ("low", "Resident of a low-income country", "By the country in which you live.", "#7c4a03", (60, 80),
     {"tiers": ["low", "lower_middle"]}),
    ("press", "Press", "Journalists who report from the meeting.", "#444444", (0, 0),
     {"proof": "press", "proof_words": "Your press card, both sides."}),
)  # fmt: skip
# An example for a fictional society, far from complete: the list that counts is brought in at the desk.
EXAMPLE = {
    "low": ("BF", "CD", "ER", "ET", "MG", "MW", "ML", "MZ", "NE", "RW", "SD", "SL", "TD", "TG", "UG", "YE"),
    "lower_middle": ("BD", "EG", "GH", "IN", "KE", "LK", "MA", "NG", "NP", "PK", "PH", "SN", "TZ", "VN", "ZM"),
    "upper_middle": ("AM", "BR", "CN", "CO", "GE", "ID", "MX", "PE", "RS", "TH", "TR", "ZA"),
    "high": (
        "AT",
        "CA",
        "CZ",
        "DE",
        "DK",
        "EE",
        "FI",
        "FR",
        "GB",
        "GR",
        "IE",
        "IL",
        "IS",
        "IT",
        "JP",
        "KR",
        "NO",
        "NZ",
        "PL",
        "SE",
        "US",
    ),
}
LETTER = (
    '<html lang="en">'
    "<h1>University of Nowhere</h1><p>This is to say that {name} is a doctoral student of ours until 31 August 2029.</p>"
    "<p><em>Fictional: made for a demonstration.</em></p>"
)


def build_eligibility(meeting, now):
    """What the meeting's further categories ask, and the list of countries, inside the caller's transaction."""
    full = registration.category_by_code(meeting, "full")
    for position, (code, name, summary, band, prices, asked) in enumerate(CATEGORIES, 10):
        category = registration.add_category(
            meeting, code=code, name=name, summary=summary, band=band, position=position, pool=full.pool
        )
        for window in meeting.windows:
            for member, amount in zip((True, False), prices, strict=True):
                registration.set_price(category, window, amount_minor=amount * 100, member=member)
        eligibility.require(category, by=None, now=now, fallback_id=full.id if "proof" in asked else None, **asked)
    eligibility.set_policy(meeting, by=None, now=now, until_cleared=eligibility.UntilCleared.HIGHER)
    tiers = {country: tier for tier, countries in EXAMPLE.items() for country in countries}
    facts = {"name": "Example 2026, to be replaced by the official list", "is_example": True}
    eligibility.tiers.put_in_force(tiers, valid_from=date(2025, 7, 1), by=None, now=now, **facts)


def build_proofs(meeting, crowd, now):
    """The first two of `crowd` who have no registration yet hand a letter in and wait."""
    free = [each for each in crowd if registration.registration_in(meeting, each) is None][:2]
    with transaction():
        teller = Crowd(meeting)
        for days_ago, person in enumerate(free, 1):
            _hand_in(teller, meeting, people.by_id(person.id), now - timedelta(days=days_ago))
    return len(free)


def _hand_in(teller, meeting, person, at):
    people.update(person, by=person, now=at, career_stage="graduate", stage_until=date(2029, 8, 31))
    draft = teller.draft(person, registration.Wish("student"), "", at)
    document = eligibility.documents.made_safe(pdf.render(LETTER.format(name=person.full_name)))
    facts = {"person": person, "meeting": meeting, "category": draft.category, "document": document}
    eligibility.proofs.hand_in(now=at, **facts)
