"""The form of the demo's coming meeting: sections, conditions, and answers that few may see."""

from conference import registration
from conference.registration import when

# Section: (code, heading, below it, condition)
SECTIONS = (
    ("you", "You at the meeting", "", None),
    ("food", "Food", "Coffee and lunch are included on site.", None),
    ("access", "What you need", "Only the access team sees it, and it is deleted thirty days after the meeting.", None),
    ("emergency", "In an emergency", "Whom we may call; deleted with the access needs.", None),
    ("sharing", "Pictures and sharing", "", None),
)
ON_SITE = {"modes": ["in_person"]}
PRIVATE = {"is_sensitive": True, "roles": ["registration"], "retention_days": 30}
DIETS = ("Everything", "Vegetarian", "Vegan", "Halal", "Kosher", "Other")
NEEDS = ("Step-free access", "Captions", "Sign language", "A quiet room", "Something else")
PHOTOS = ("Yes", "No: I will wear the ribbon")
FIELDS: tuple[tuple[str, dict], ...] = (
    ("you", {"code": "first_time", "label": "Is this your first annual meeting of the society?", "kind": "yes_no", "is_required": True}),
    ("you", {"code": "mentor", "label": "Would you like to meet a mentor?", "kind": "yes_no", "condition": when("first_time", "yes")}),
    ("you", {"code": "arrives", "label": "Day of arrival", "kind": "date", **ON_SITE}),
    ("food", {"code": "diet", "label": "What do you eat?", "kind": "choice", "choices": DIETS, **ON_SITE}),
    ("food", {"code": "diet_other", "label": "What should the kitchen know?", "kind": "text", "condition": when("diet", "Other"), "is_required": True, **ON_SITE}),
    ("access", {"code": "needs", "label": "What would help you to take part fully?", "kind": "choices", "choices": NEEDS, **PRIVATE}),
    ("access", {"code": "access", "label": "Tell us more", "kind": "long", "condition": {"join": "all", "tests": [{"field": "needs", "op": "answered", "value": ""}]}, **PRIVATE}),
    ("emergency", {"code": "emergency_name", "label": "Name", "kind": "text", "limits": {"longest": 100}, **ON_SITE, **PRIVATE}),
    ("emergency", {"code": "emergency_phone", "label": "Telephone", "hint": "With the country, such as +1 410 555 0123.", "kind": "phone", "condition": {"join": "all", "tests": [{"field": "emergency_name", "op": "answered", "value": ""}]}, "is_required": True, **ON_SITE, **PRIVATE}),
    ("sharing", {"code": "photos", "label": "May pictures show you?", "kind": "choice", "choices": PHOTOS, **ON_SITE}),
    ("sharing", {"code": "exhibitors", "label": "Sharing with exhibitors", "kind": "consent", "statement": "Exhibitors whose stand I visit may have my name, institution and e-mail address."}),
)  # fmt: skip


def build_form(meeting, now):
    """Everything that the demo's coming meeting asks, through public actions."""
    sections = {}
    for position, (code, title, lede, condition) in enumerate(SECTIONS):
        facts = {"title": title, "lede": lede, "condition": condition, "position": position}
        sections[code] = registration.form.set_section(meeting, code=code, **facts).id
    for position, (section, facts) in enumerate(FIELDS):
        registration.ask(meeting, section_id=sections[section], position=position, now=now, **facts)
