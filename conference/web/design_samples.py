"""What the design page shows. Every person, society and meeting here is fictional."""

from datetime import UTC, datetime
from types import SimpleNamespace

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from conference.kernel import Money
from conference.web.forms import Form

CODE = "K7QM-2VXD-9HTR"
STEPS = ("Who you are", "What you come for", "Questions", "Check and pay")
HUES = range(1, 9)
TOKENS = (
    "paper",
    "surface",
    "line",
    "line-strong",
    "ink",
    "ink-soft",
    "accent",
    "accent-strong",
    "accent-wash",
    "good",
    "warn",
    "bad",
)

MEETING = SimpleNamespace(
    number="31st annual meeting",
    title="Annual Meeting of the Society for Gene and Cell Medicine 2028",
    dates="9–12 May 2028",
    place="Lisbon, Portugal",
    href="#meeting_banner",
    register_href="#meeting_banner",
    note="Early prices until Thu 16 March, 23:59 (Lisbon, WET)",
)
MEETING_SHUT = SimpleNamespace(
    **{
        **vars(MEETING),
        "number": "32nd annual meeting",
        "title": "Annual Meeting 2029",
        "dates": "8–11 May 2029",
        "place": "Nagoya, Japan",
    }
    | {"register_href": None, "note": "Registration opens in November 2028"}
)

QUOTE = (
    SimpleNamespace(
        title="Whole meeting, in person",
        amount=Money(44000, "USD"),
        why=("Member price: your membership runs until 31 December 2028", "Early price, until 16 March"),
    ),
    SimpleNamespace(
        title="Workshop: Designing capsids by selection",
        amount=Money(6000, "USD"),
        why=("Mon 8 May, 13:00–17:00, 3 places left",),
    ),
    SimpleNamespace(title="Meeting dinner", amount=Money(0, "USD"), why=("Included for invited speakers",)),
)
TOTAL = Money(50000, "USD")

LEDGER = (
    ("Whole meeting, in person", Money(44000, "USD"), "Paid 2 March 2028, card ending 4242"),
    ("Workshop: Designing capsids by selection", Money(6000, "USD")),
    (
        "Refund: workshop given back",
        Money(-6000, "USD"),
        "18 April 2028, in full: more than 14 days before the meeting",
    ),
)
BALANCE = Money(44000, "USD")

PRICE_ROWS = (
    ("member", "Member"),
    ("regular", "Non-member"),
    ("trainee", "Postgraduate trainee"),
    ("low", "Living in a low-income country"),
    ("accompanying", "Accompanying person"),
)
PRICE_COLUMNS = (
    ("early", "Early, until 16 March"),
    ("regular", "Regular, until 28 April"),
    ("onsite", "Late and on site"),
    ("day", "One day"),
)
_PRICES = {
    "member": (330, 440, 500, 165),
    "regular": (500, 600, 670, 230),
    "trainee": (220, 320, 385, 145),
    "low": (220, 220, 220, 100),
    "accompanying": (None, 55, 55, None),
}
PRICES = {
    (row, column): None if price is None else Money(price * 100, "EUR")
    for row, prices in _PRICES.items()
    for (column, _), price in zip(PRICE_COLUMNS, prices, strict=True)
}

DAYS = (
    ("Tue", "9 May", "#day_bar", False),
    ("Wed", "10 May", "#day_bar", True),
    ("Thu", "11 May", "#day_bar", False),
    ("Fri", "12 May", "#day_bar", False),
)
TABS = (
    ("All", "#main", True, 412),
    ("Paid", "#main", False, 380),
    ("Waiting for payment", "#main", False, 29),
    ("With staff", "#main", False, 3),
)

PEOPLE = (
    SimpleNamespace(
        name="Adaeze Nwosu-Lindqvist", degrees="MD, PhD", institution="Institute of Vascular Biology", country="Sweden"
    ),
    SimpleNamespace(
        name="ليلى بنت عبد الرحمن المنصوري", degrees="PhD", institution="مركز أبحاث الجينوم", country="Morocco"
    ),
    SimpleNamespace(name="陳怡君 (Yi-Chun Chen)", degrees=None, institution="國立臨床研究中心", country="Taiwan"),
    SimpleNamespace(
        name="Wilhelmina Konstantinopoulou-Papadimitriou van der Meulen-Oosterhuis",
        degrees="MD, PhD, FRCP, MSc (Epid.)",
        institution="Donaudampfschifffahrtsforschungsgesellschaft für Molekularbiologie",
        country="Austria",
    ),
)
AUTHORS = (
    SimpleNamespace(name="Adaeze Nwosu-Lindqvist", marks=(1, 2), presenting=True, href="#authors"),
    SimpleNamespace(name="Tomáš Říha", marks=(2,), presenting=False, href=None),
    SimpleNamespace(name="ليلى المنصوري", marks=(3,), presenting=False, href=None),
    SimpleNamespace(name="Nguyễn Thị Thu Hà", marks=(1, 4), presenting=False, href=None),
    SimpleNamespace(name="J. P. Ó Dubhshláine", marks=(4,), presenting=False, href=None),
)
AFFILIATIONS = (
    "Department of Vascular Biology, Institute for Cell Medicine, Uppsala, Sweden",
    "Centre for Vector Engineering, Brno, Czechia",
    "Genome Research Centre, Rabat, Morocco",
    "School of Medicine, University of the Western Shore, Galway, Ireland",
)

EVENTS = (
    SimpleNamespace(who="Cleo Marchetti", when=datetime(2028, 4, 18, 9, 12, tzinfo=UTC), what="Refunded the workshop", before="500.00 USD", after="440.00 USD"),
    SimpleNamespace(who="Adaeze Nwosu-Lindqvist", when=datetime(2028, 4, 17, 20, 3, tzinfo=UTC), what="Changed the name on the badge", before="A. Lindqvist", after="Adaeze Nwosu-Lindqvist"),
    SimpleNamespace(who="Payment page", when=datetime(2028, 3, 2, 11, 41, tzinfo=UTC), what="Paid 500.00 USD by card", before=None, after=None),
)  # fmt: skip

REGISTRATIONS = (
    ("R7K2MQ", "Nwosu-Lindqvist, Adaeze", "Member", "Paid", "good", Money(44000, "USD"), "2 Mar 2028, 11:41"),
    ("R9XT4B", "المنصوري، ليلى", "Member, low-income country", "Paid", "good", Money(22000, "USD"), "2 Mar 2028, 10:08"),
    ("RC3VHN", "Konstantinopoulou-Papadimitriou van der Meulen-Oosterhuis, Wilhelmina", "Non-member", "Payment on its way", "warn", Money(67000, "USD"), "1 Mar 2028, 23:57"),
    ("RD8WQA", "陳怡君", "Postgraduate trainee", "With staff", "bad", Money(32000, "USD"), "1 Mar 2028, 22:19"),
    ("RF5PLK", "Ó Dubhshláine, J. P.", "Member", "Withdrawn", None, Money(0, "USD"), "1 Mar 2028, 16:30"),
)  # fmt: skip


def _options(*pairs):
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class SampleForm(Form):
    """One field of every kind."""

    name = StringField(
        "Name on the badge",
        [InputRequired("Type the name that your badge should show.")],
        description="As you write it yourself, in any script.",
    )
    email = EmailField("E-mail", [InputRequired(), Email("Type an e-mail address such as name@example.org.")])
    arrival = DateField("Day of arrival", [Optional()])
    guests = IntegerField("Guests at the dinner", [Optional(), NumberRange(0, 4, "Type a number from 0 to 4.")])
    country = SelectField(
        "Country", choices=_options(("", "Choose a country"), ("MA", "Morocco"), ("SE", "Sweden"), ("TW", "Taiwan"))
    )
    needs = TextAreaField("What should we know?", description="Access, food, anything that makes the days easier.")
    category = RadioField(
        "How do you come?",
        [InputRequired("Choose how you come.")],
        choices=_options(
            ("whole", "Whole meeting, in person"), ("day", "One day, in person"), ("virtual", "Whole meeting, virtual")
        ),
    )
    extras = SelectMultipleField(
        "Add to your registration",
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        choices=[
            SelectChoice("writing", "Workshop: Writing for patients"),
            SelectChoice("vectors", "Workshop: Designing viral vectors", render_kw={"disabled": True}),
        ],
    )
    proof = FileField("Proof that you are a student", description="PDF or picture, at most 5 MB.")
    conduct = BooleanField(
        "I have read the code of conduct and keep to it",
        [InputRequired("The meeting is open to those who accept its code of conduct.")],
    )


CATEGORY_DETAILS = {
    "whole": ("All sessions, posters and the exhibition, 9–12 May", "440.00 USD"),
    "day": ("Choose the day on the next page", "165.00 USD"),
    "virtual": ("All talks live, recordings until 30 June", "180.00 USD"),
}
EXTRAS_DETAILS = {
    "writing": ("Tue 9 May, 14:00–16:00. 3 places left.", "40.00 USD"),
    "vectors": ("Tue 9 May, 09:00–12:00.", "Sold out"),
}


def answered_form():
    """The form as someone half-way through sees it."""
    return SampleForm(
        data={"name": "Adaeze Nwosu-Lindqvist", "email": "adaeze@example.org", "country": "SE", "category": "whole"}
    )


def refused_form():
    """The form after a refusal: errors at the fields and on top, nothing typed lost."""
    form = SampleForm(
        prefix="refused-", data={"email": "adaeze@example", "guests": 12, "needs": "A chair near the front."}
    )
    form.name.errors = ["Type the name that your badge should show."]
    form.email.errors = ["“adaeze@example” lacks the part after the dot: name@example.org."]
    form.guests.errors = ["Type a number from 0 to 4."]
    form.category.errors = ["Choose how you come."]
    form.conduct.errors = ["The meeting is open to those who accept its code of conduct."]
    return form
