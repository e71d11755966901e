"""The demo's society: its facts and pages, with texts written for it, and the plan as a file. All of it is fictional."""

from pathlib import Path

from conference import society
from conference.society import Section

TEXTS = Path(__file__).parent / "texts"

FACTS = {
    "name": "Society for Gene and Cell Medicine",
    "short_name": "SGCM",
    "tagline": "Medicines made of genes and living cells, for everybody who needs them",
    "accent": "#14606e",
    "email": "office@sgcm.example",
    "address": "1 Example Square, Suite 400\nBaltimore, Maryland\nUnited States",
    "tax_id": "00-0000000",
    "bank_details": "Society for Gene and Cell Medicine\nExample Bank of Nowhere, account 0000 0000 0000, routing 000000000",
    "currency": "USD",
    "timezone": "America/New_York",
    "is_fictional": True,
}

# (address, section, title, summary), in the order in which they stand.
PAGES = (
    (
        "strategic-plan",
        Section.PLAN,
        "Strategic plan 2026–2030",
        "What the society will do until 2030, how anyone can tell whether it did, and what it leaves to others.",
    ),
    (
        "goals",
        Section.PLAN,
        "Goals",
        "Five results, each with a number, a starting point and somebody who answers for it.",
    ),
    ("advocacy", Section.PLAN, "Advocacy", "What we ask of those who make rules, and the rules we keep when we ask."),
    ("education", Section.PLAN, "Education", "How a student becomes an expert, and how an expert stays one."),
    ("outreach", Section.PLAN, "Outreach", "How patients, schools, journalists and neighbours take part."),
    ("about", Section.MENU, "About us", "3,000 people in 61 countries who work on medicines made of genes and cells."),
    ("contact", Section.FOOT, "Contact", "How to reach the office, and what to have at hand."),
    (
        "code-of-conduct",
        Section.FOOT,
        "Code of conduct",
        "How we treat each other at meetings, and what happens if not.",
    ),
    ("privacy", Section.FOOT, "Privacy", "What is kept about you, why, for how long, and what you can ask."),
)


def build_society(now):
    """The society with its pages and the plan as a PDF, in an empty database and inside the caller's transaction."""
    found = society.found(now=now, welcome=_text("welcome"), **FACTS)
    for slug, section, title, summary in PAGES:
        society.add_page(
            by=None, now=now, slug=slug, section=section.value, title=title, summary=summary, body=_text(slug)
        )
    society.offer_plan(by=None, now=now)
    return found


def _text(name):
    return (TEXTS / f"{name}.md").read_text(encoding="utf-8").strip()
