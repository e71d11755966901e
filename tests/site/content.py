"""A small society of whose every table something can be seen. Its words are Greek: any Latin word on a page is the program's.

All of it is fictional.
"""

from datetime import UTC, date, datetime

from conference import meetings, membership, registration, schedule, society
from conference.kernel import STAFF_ROLES
from conference.registration import Mode
from conference.schedule import formats
from tests.site import guests
from tests.society.conftest import a_pdf

CODE = "T1"
CONDUCT = "Σεβόμαστε ο ένας τον άλλον."
SUMMARY = "Σύντομη περίληψη"
BODY = "## Στόχος\n\nΠρώτο κείμενο με [σύνδεσμο](/pages/goals).\n\n- ένα\n- δύο\n\n| α | β |\n|---|---|\n| 1 | 2 |\n"

QUESTIONS = (
    {"code": "first", "label": "Πρώτη φορά;", "kind": "yes_no", "is_required": True},
    {"code": "stage", "label": "Βαθμίδα", "kind": "choice", "choices": ["Φοιτητής", "Άλλο"], "hint": "Μία μόνο"},
    {
        "code": "other",
        "label": "Ποια;",
        "kind": "text",
        "condition": registration.when("stage", "Άλλο"),
        "is_required": True,
    },
    {"code": "needs", "label": "Ανάγκες", "kind": "long"},
    {"code": "arrives", "label": "Άφιξη", "kind": "date"},
    {"code": "guests", "label": "Συνοδοί", "kind": "number"},
    {"code": "days", "label": "Ημέρες", "kind": "choices", "choices": ["Πρώτη", "Δεύτερη"], "limits": {"most": 2}},
    {"code": "from", "label": "Χώρα", "kind": "country"},
    {"code": "phone", "label": "Τηλέφωνο", "kind": "phone"},
    {"code": "mail", "label": "Διεύθυνση", "kind": "email"},
    {"code": "photos", "label": "Φωτογραφίες", "kind": "consent", "statement": "Δέχομαι φωτογραφίες."},
)
PRIVATE = {
    "code": "care",
    "label": "Φροντίδα",
    "kind": "long",
    "is_sensitive": True,
    "retention_days": 30,
    "roles": list(STAFF_ROLES),
}
TYPES = (
    {"code": "active", "name": "Τακτικό", "price_minor": 22500, "grace_days": 60, "may_vote": True},
    {"code": "emeritus", "name": "Ομότιμο", "price_minor": 0, "eligibility": "Μόνο συνταξιούχοι", "min_years": 10},
)
values = formats.programme


def build(now):
    """The society with pages and a file, a meeting with all that it sells, membership types and a released programme."""
    _society(now)
    meeting = _meeting(now)
    _sales(meeting, now)
    for position, facts in enumerate(TYPES):
        words = {"summary": SUMMARY, "benefits": "Περιοδικό\nΚατάλογος"}
        membership.create_type(position=position, currency="USD", **words, **facts)
    schedule.bring_in_programme(meeting=meeting, programme=a_programme(meeting), now=now)
    schedule.release(meeting=meeting, url=f"http://localhost/meetings/{CODE}/schedule", now=now, note="Πρώτη έκδοση")
    return meeting


def _society(now):
    society.found(
        now=now,
        name="Εταιρεία Δοκιμών",
        short_name="ΕΔ",
        tagline="Θεραπείες για όλους",
        welcome=BODY,
        email="office@example.org",
        address="Οδός 1\nΑθήνα",
        currency="USD",
        timezone="America/New_York",
        is_fictional=True,
    )
    pages = (
        ("goals", "plan", "Στόχος"),
        ("advocacy", "plan", "Φωνή"),
        ("about", "menu", "Εμείς"),
        ("contact", "foot", "Επαφή"),
    )
    for slug, section, title in pages:
        society.add_page(
            by=None, now=now, slug=slug, section=section, title=f"Σελίδα {title}", summary=SUMMARY, body=BODY
        )
    page = society.page_by_slug("goals")
    society.edit_page(page, by=None, version=page.version, now=now, title="Στόχοι")
    society.offer(page=page, slug="plan", title="Το σχέδιο", content=a_pdf(), by=None, now=now)


def _meeting(now):
    meeting = meetings.create(
        code=CODE,
        number=28,
        title="Ετήσια Συνάντηση",
        summary=SUMMARY,
        body=BODY,
        starts=date(2027, 5, 11),
        ends=date(2027, 5, 13),
        timezone="America/New_York",
        currency="USD",
        venue="Μέγαρο",
        address="Πλατεία 2\nΒαλτιμόρη",
        city="Βαλτιμόρη",
        country="US",
        latitude=39.28,
        longitude=-76.61,
    )
    ends = (("early", "Νωρίς", date(2027, 2, 15)), ("onsite", "Επιτόπου", date(2027, 5, 13)))
    return meetings.set_dates(
        meeting,
        opens_at=datetime(2026, 11, 2, 14, tzinfo=UTC),
        windows=[(code, name, meetings.end_of_day(day, meeting.timezone)) for code, name, day in ends],
        deadlines=[("Περιλήψεις", datetime(2026, 12, 10, 22, tzinfo=UTC), "/pages/goals")],
        by=None,
        version=meeting.version,
        now=now,
    ) or meetings.by_code(CODE)


def _sales(meeting, now):
    pool = registration.add_pool(meeting, name="Θέσεις", places=500)
    for position, (code, name, amount) in enumerate((("full", "Επιστήμονας", 44000), ("guest", "Φιλοξενούμενος", 0))):
        category = registration.add_category(
            meeting, code=code, name=name, pool=pool, summary=SUMMARY, position=position
        )
        for window in meeting.windows:
            registration.set_price(category, window, amount_minor=amount)
            registration.set_price(category, window, amount_minor=amount // 2, member=True)
            registration.set_price(category, window, amount_minor=amount // 4, span="2027-05-12")
            registration.set_price(category, window, amount_minor=amount // 2, mode=Mode.VIRTUAL)
    for code, title, kind in (("vectors", "Εργαστήριο", "workshop"), ("dinner", "Δείπνο", "dinner")):
        registration.offer_add_on(
            meeting,
            code=code,
            title=title,
            kind=kind,
            amount_minor=9000,
            places=200,
            summary=SUMMARY,
            starts_at=datetime(2027, 5, 11, 13, tzinfo=UTC),
            ends_at=datetime(2027, 5, 11, 16, tzinfo=UTC),
        )
    for position, facts in enumerate(QUESTIONS):
        registration.ask(meeting, position=position, **facts)
    care = registration.form.set_section(
        meeting, code="care", title="Ανάγκες", lede=SUMMARY, condition=registration.when("first", "yes")
    )
    registration.ask(meeting, section_id=care.id, **PRIVATE)
    registration.publish_conduct_code(meeting, version="2027-1", text=CONDUCT, now=now)
    guests.sell(meeting)


def a_programme(meeting, sessions=3, title="Συνεδρία"):
    """So many sessions of two talks each, with chairs, authors, a poster, an award and links; the last one withdrawn."""
    people = [_person(number) for number in range(4)]
    return values.Programme(
        title=meeting.title,
        acronym=meeting.code,
        timezone=meeting.timezone,
        rooms=(values.Room("Αίθουσα"), values.Room("Αυλή")),
        tracks=(values.Track("Φορείς", "#1f5fa8"), values.Track("Κύτταρα", "#2f7d4f")),
        kinds=(values.Kind("Ομιλία", 15),),
        embargoes=(values.EmbargoRule("text", "instant", "Ομιλία", at=datetime(2026, 1, 1, tzinfo=UTC)),),
        people=tuple(people),
        abstracts=(_abstract(people),),
        sessions=tuple(_session(number, people, title, last=number == sessions - 1) for number in range(sessions)),
    )


def _person(number):
    family = ("Άλφα", "Βήτα", "Γάμμα", "Δέλτα")[number]
    return values.PersonItem(
        guid=_guid("person", number), name=f"Νίκος {family}", number=900 + number, given="Νίκος", family=family
    )


def _session(number, people, title, *, last):
    starts = datetime(2027, 5, 11 + number % 3, 14 + number // 3 % 6, tzinfo=UTC)
    return values.SessionItem(
        guid=_guid("session", number),
        number=100 + number * 10,
        title=f"{title} {number}",
        subtitle="Υπότιτλος",
        starts=starts,
        ends=starts.replace(minute=50),
        day=starts.date(),
        kind="Ομιλίες",
        room="Αυλή" if number % 2 else "Αίθουσα",
        track="Κύτταρα" if number % 2 else "Φορείς",
        abstract="<p>Λίγα λόγια.</p>",
        withdrawn=last,
        links=(values.Link("https://example.org/", "Σύνδεσμος"),),
        people=(values.SessionPerson(people[0].guid, "chair"), values.SessionPerson(people[3].guid, "speaker")),
        presentations=tuple(_talk(number * 10 + each, people) for each in (1, 2)),
    )


def _abstract(people):
    """What the first talk presents."""
    return values.AbstractItem(
        guid=_guid("abstract", 1),
        title="Ομιλία 1",
        number=1,
        award="Βραβείο",
        sections=(values.Section("Στόχος", "<p>Περίληψη ομιλίας.</p>"),),
        topics=("κλειδί",),
        links=(values.Link("https://example.org/", "Σύνδεσμος"),),
        authors=_authors(people),
        embargo=values.Embargo(files=datetime(2026, 1, 1, tzinfo=UTC)),
    )


def _authors(people):
    places = (values.AffiliationItem("Ινστιτούτο", "Τμήμα", "Αθήνα", "", "GR", "03vek6s52"),)
    return tuple(values.Authorship(each.guid, places, presenting=each is people[1]) for each in people[1:])


def _talk(number, people):
    talk = _invited(number, people)
    return values.presenting(talk, _abstract(people)) if number == 1 else talk


def _invited(number, people):
    return values.PresentationItem(
        guid=_guid("talk", number),
        title=f"Ομιλία {number}",
        number=100 + number,
        abstract="<p>Περίληψη ομιλίας.</p>",
        kind="Ομιλία",
        minutes=15,
        award="Βραβείο" if number % 2 else "",
        board="" if number % 2 else "P1",
        keywords=("κλειδί",),
        authors=_authors(people),
    )


def _guid(*parts):
    return values.stable_guid("tests", *parts)
