"""Sealed answers at the desk and on one's own page: for the roles that are named, recorded at each look, in nothing else."""

import pytest

from conference import accounts, audit, registration
from conference.kernel import clock, db, transaction
from conference.registration import form
from tests.registration.form.cast import SECRET, fields
from tests.signing_in import browser_of, signed_in
from tests.staff.cast import a_registration, page

BASE = "/meetings/T1/register/answers"


@pytest.fixture
def ada(meeting):
    """Ada's registration; she told what she needs, and that it is her first time."""
    with transaction():
        facts = {"is_sensitive": True, "roles": ["registration"], "retention_days": 30}
        form.ask(meeting, code="access", label="What do you need?", kind="long", position=9, **facts)
    entry, _order = a_registration(meeting, "Ada", diet="=1+1")
    known = fields(meeting)
    with transaction():
        given = {known["diet"].id: "=1+1", known["access"].id: SECRET}
        form.amend(entry, given, asked=[], by=None, now=clock.now())
    return entry


def own(context, name="ada"):
    """The browser of somebody with an account under their registration's address."""
    account = accounts.by_email(f"{name}@example.org")
    if account is None:
        with transaction():
            account = accounts.create(email=f"{name}@example.org", roles=(), now=clock.now())
    return browser_of(context, account)


def test_the_story_and_every_ordinary_download_leave_the_secret_out(ada, cleo, fay):
    pages = [page(cleo.get(f"/staff/registration/{ada.ref}"))]
    pages += [page(each.get("/staff/registrations/T1/export.csv?answers=yes")) for each in (cleo, fay)]
    pages += [page(cleo.get("/staff/prices/T1/form/answers.csv")), page(cleo.get("/staff/registrations/T1"))]

    assert [text for text in pages if "Rosalind" in text] == []
    assert "kept sealed" in pages[0] and "'=1+1" in pages[3]


def test_who_may_see_it_does_and_each_look_is_recorded_without_it(meeting, ada, cleo):
    looks = [page(cleo.get(f"/staff/registration/{ada.ref}/answers"))]
    looks += [page(cleo.get(f"/staff/private/T1/{fields(meeting)['access'].id}{end}")) for end in ("", ".csv")]

    entries = db.session.query(audit.Entry).order_by(audit.Entry.id)
    found = [(each.verb, each.after) for each in entries if "private" in each.verb]
    assert [SECRET in text for text in looks] == [True, True, True]
    assert found == [
        ("looked at private answers", {"fields": ["access"]}),
        ("looked at all private answers to", {"count": 1}),
        ("exported private answers to", {"count": 1}),
    ]
    assert [
        each.id for each in db.session.query(audit.Entry) if "Rosalind" in f"{each.before}{each.after}{each.note}"
    ] == []


@pytest.mark.parametrize("role", ["finance", "door", "programme"])
def test_other_roles_see_nothing_of_it_and_leave_no_trace_of_a_look(context, meeting, ada, role):
    other, key = signed_in(context, "x@example.org", roles=(role,), given_name="Xen"), fields(meeting)["access"].id

    answers = [other.get(path) for path in (f"/staff/registration/{ada.ref}/answers", f"/staff/private/T1/{key}")]

    assert [SECRET in page(each) for each in answers] == [False, False]
    assert other.get(f"/staff/private/T1/{key}.csv").status_code == 403
    assert db.session.query(audit.Entry).filter(audit.Entry.verb.like("%private%")).count() == 0


def test_nobody_but_the_person_has_a_page_with_the_answers(context, ada, cleo, dov):
    assert SECRET in page(own(context).get(BASE))
    assert [each.get(BASE).status_code for each in (cleo, dov)] == [404, 404]


def test_the_person_changes_their_answers_until_the_day_and_staff_see_what_stood_before(context, meeting, ada, cleo):
    browser, now = own(context), clock.now()
    said = browser.post(BASE, data={"q_diet": "Rice", "q_first": "yes", "q_access": "Nothing"})
    with transaction():
        form.edit_until(meeting, until=now, by=None, now=now)
    late = page(browser.get(browser.post(BASE, data={"q_diet": "Late"}).location))

    story = page(cleo.get(f"/staff/registration/{ada.ref}/answers"))
    assert said.status_code == 303 and "no longer be changed" in late
    assert registration.answers_of(ada) == {"diet": "Rice", "first": "yes"}
    assert "=1+1" in story and SECRET in story and "Rice" in story


def test_what_was_reworded_while_the_page_was_open_is_asked_once_more(context, meeting, ada):
    browser, diet = own(context), fields(meeting)["diet"]
    seen = f"{diet.id}.{diet.version}"
    with transaction():
        form.change_field(diet, meeting=meeting, label="Your food", by=None, now=clock.now())

    answer = browser.post(BASE, data={"q_diet": "Rice", "seen": seen})

    assert (
        answer.status_code == 422 and "changed while you had the page open" in page(answer) and "Rice" in page(answer)
    )


def test_an_agreement_to_a_former_text_is_none_to_the_present_one(context, meeting, ada):
    with transaction():
        form.ask(meeting, code="share", label="Sharing", kind="consent", statement="Names only.")
    browser = own(context)
    browser.post(BASE, data={"q_share": "y"})
    ticked = [page(browser.get(BASE))]
    with transaction():
        form.change_field(fields(meeting)["share"], meeting=meeting, statement="All of it.", by=None, now=clock.now())
    ticked.append(page(browser.get(BASE)))

    boxes = [text[text.index('id="q_share"') - 200 :][:400] for text in ticked]
    assert ["checked" in box for box in boxes] == [True, False]
