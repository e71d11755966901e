"""Two of the desk edit the same thing: the second is told who was faster and what they changed, and loses nothing typed."""

import html
import re

import pytest

from conference import registration
from conference.kernel import clock, db, transaction
from conference.registration import form as forms
from conference.registration import visa
from conference.staff.stamps import stamp_of_rows
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings as plain
from tests.signing_in import signed_in
from tests.staff.cast import a_registration, follow, page
from tests.staff.editing_apart import save_together, save_unlocked

__all__ = ["plain"]
PRICES = "/staff/prices/T1"
BODY = " ".join("{" + name + "}" for name in visa.wording.NEEDED)


@pytest.fixture
def dot(context):
    """The browser of Dot, who keeps registrations beside Cleo."""
    return signed_in(context, "dot@example.org", roles=("registration",), given_name="Dot", family_name="Other")


@pytest.fixture
def things(meeting):
    """{name of an editor: its address}."""
    full, dinner = registration.category_by_code(meeting, "full"), registration.add_ons_of(meeting)[0]
    with transaction():
        code = registration.add_code(meeting, code="HALF", effect="percent", percent=50, reason="Speakers")
        step = {"kind": "cancel", "until": meeting.windows[0].ends_at, "percent": 10}
        registration.changes.set_steps(meeting, [step], by=None, now=clock.now())
        section = forms.add_section(meeting, by=None, now=clock.now(), code="more", title="More")
        booth = a_kind(meeting, clock.now(), category="full")
        acme = an_exhibitor(meeting, booth, clock.now())
    question = registration.questions_of(meeting)[0]
    return {
        "category": f"{PRICES}/categories/{full.id}",
        "add-on": f"{PRICES}/add-ons/{dinner.id}",
        "places": f"{PRICES}/places/{full.pool_id}",
        "code": f"{PRICES}/codes/{code.id}/edit",
        "step": f"{PRICES}/changes/{registration.changes.step_rows(meeting)[0].id}",
        "requirement": f"{PRICES}/categories/{full.id}/eligibility",
        "proofs": f"{PRICES}/proofs",
        "question": f"{PRICES}/questions/{question.id}",
        "section": f"{PRICES}/sections/{section.id}",
        "settings": f"{PRICES}/form/settings",
        "guests": f"{PRICES}/guests",
        "hours": "/staff/waiting/T1/hours",
        "visa": "/staff/visa/T1/text",
        "exhibitor": f"/staff/exhibitors/T1/{acme.ref}/edit",
        "contact": f"/staff/exhibitors/T1/{acme.ref}/edit",
        "booth": f"/staff/exhibitors/T1/kinds/{booth.id}",
    }


# What each of two people types into a field of an editor.
TYPED = {
    "category": ("name", "Everybody", "All of them"),
    "add-on": ("places", "7", "8"),
    "places": ("places", "77", "88"),
    "code": ("percent", "20", "30"),
    "step": ("percent", "20", "30"),
    "requirement": ("proof_words", "A letter", "A card"),
    "proofs": ("hand_in_days", "20", "30"),
    "question": ("label", "Food?", "Diet?"),
    "section": ("title", "Further", "Other"),
    "settings": ("edit_until", "2027-02-01T10:00", "2027-02-02T10:00"),
    "guests": ("most", "2", "3"),
    "hours": ("hours", "50", "60"),
    "visa": ("body", f"{BODY} One.", f"{BODY} Two."),
    "exhibitor": ("booths", "7", "8"),
    "contact": ("email", "one@example.org", "two@example.org"),
    "booth": ("badges", "3", "4"),
}


def filled(text):
    """What the editor's form on a page would post."""
    form = text[text.index('<form class="form"') :]
    form, found = form[: form.index("</form>")], {}
    for tag in re.findall(r"<input[^>]*>", form):
        facts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if facts.get("type") not in ("checkbox", "radio") or " checked" in tag:
            found[facts["name"]] = html.unescape(facts.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options)
        found[name] = chosen[1]
    for name, text_ in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s?(.*?)</textarea>', form, re.DOTALL):
        found[name] = html.unescape(text_).strip()
    return found


@pytest.mark.parametrize("thing", TYPED)
def test_the_later_one_is_told_and_nothing_is_overwritten_unseen(things, cleo, dot, thing):
    address, (field, mine, theirs) = things[thing], TYPED[thing]
    opened = [filled(page(client.get(address))) for client in (cleo, dot)]

    follow(cleo, cleo.post(address, data=opened[0] | {field: mine}))
    late = dot.post(address, data=opened[1] | {field: theirs})
    kept = filled(page(cleo.get(address)))[field]

    assert opened[0]["seen"] and late.status_code == 409
    told = page(late)
    assert "has saved this since you opened it" in told
    assert kept.startswith(mine) and filled(told)[field] == theirs
    follow(dot, dot.post(address, data=filled(told)))
    assert filled(page(cleo.get(address)))[field].startswith(theirs)


def test_it_is_said_who_it_was_and_what_they_changed(things, cleo, dot):
    address = things["code"]
    opened = filled(page(dot.get(address)))
    follow(cleo, cleo.post(address, data=opened | {"percent": "20"}))

    told = page(dot.post(address, data=opened | {"percent": "30"}))

    assert "Cleo Desk has saved this since you opened it: share off, in percent: 20." in told


@pytest.mark.parametrize("thing", TYPED)
def test_what_is_saved_twice_by_one_person_or_refused_in_between_goes_on(things, cleo, thing):
    address, (field, mine, theirs) = things[thing], TYPED[thing]
    opened = filled(page(cleo.get(address)))

    wrong = cleo.post(address, data=opened | {field: "x" * 5000, "places": "-3"})
    if wrong.status_code == 422:
        assert filled(page(wrong))["seen"] == opened["seen"]
    follow(cleo, cleo.post(address, data=opened | {field: mine}))
    again = filled(page(cleo.get(address)))
    follow(cleo, cleo.post(address, data=again | {field: theirs}))


def test_places_that_are_taken_and_codes_that_are_used_meanwhile_make_nobody_late(meeting, things, cleo):
    opened = {thing: filled(page(cleo.get(things[thing]))) for thing in ("add-on", "places", "code")}
    entry, _order = a_registration(meeting, "Ada", extras=("dinner",))
    with transaction():
        registration.waiting.pause(entry.category.pool, is_paused=True, by=None, now=clock.now())
        code = db.session.query(registration.DiscountCode).one()
        code.used = 1

    answers = [cleo.post(things[thing], data=form).status_code for thing, form in opened.items()]

    assert answers == [303] * 3
    with transaction():
        code.used = 0


def test_who_posts_without_having_looked_is_not_compared(things, cleo):
    opened = filled(page(cleo.get(things["code"])))
    follow(cleo, cleo.post(things["code"], data=opened | {"percent": "20"}))

    assert cleo.post(things["code"], data={**opened, "seen": "", "percent": "30"}).status_code == 303


def test_of_those_who_save_at_the_same_moment_one_is_first(things, plain):
    results = in_processes(save_together, plain, six_who_saw_the_same())

    assert sorted(results) == ["refused"] * 5 + ["saved"]


def test_without_the_lock_they_overwrite_each_other(things, plain):
    """The control. SQLite's single writer is a guard of its own, so there it holds."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")

    assert in_processes(save_unlocked, plain, six_who_saw_the_same()) == ["saved"] * 6


def six_who_saw_the_same():
    """[[(what each of them saw of the code, the percentage that they will save)]]."""
    seen = stamp_of_rows([db.session.query(registration.DiscountCode).one()])
    return [[(seen, 20 + number)] for number in range(6)]


def test_no_editor_is_forgotten(context, things):
    """Every address below the prices and exhibitors of a meeting that shows a form and takes it is one of those above, or has a version of its own."""
    below = ("/staff/prices/<code>/", "/staff/waiting/<code>/hours", "/staff/exhibitors/<code>/")
    methods: dict = {}
    for rule in context.url_map.iter_rules():
        if rule.rule.startswith(below):
            methods[rule.rule] = methods.get(rule.rule, set()) | rule.methods
    editors = {
        rule for rule, found in methods.items() if {"GET", "POST"} <= found and not rule.endswith(("/new", "/copy"))
    }

    adapter = context.url_map.bind("localhost")
    covered = {adapter.match(address, return_rule=True)[0].rule for address in things.values()}
    assert editors - covered == VERSIONED | NO_EDITORS


# Grids of prices and the price policy notice it by versions of their own.
VERSIONED = {
    "/staff/prices/<code>/categories/<int:category_id>/prices",
    "/staff/prices/<code>/add-ons/<int:add_on_id>/prices",
    "/staff/prices/<code>/policy",
}
# A file is brought in once, and letters go out once, however often that is asked for.
NO_EDITORS = {
    "/staff/exhibitors/<code>/import",
    "/staff/exhibitors/<code>/import/<ref:ref>",
    "/staff/exhibitors/<code>/letters",
}
