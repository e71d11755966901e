"""The desk's page for copying a meeting: dates looked at first, made once, refused at the field."""

from conference import meetings, registration
from tests.signing_in import signed_in
from tests.staff.cast import page

COPY = "/staff/meetings/T1/copy"
FORM = {
    "code": "T2",
    "title": "Next",
    "starts": "2028-05-09",
    "timezone": "Europe/Berlin",
    "city": "Berlin",
    "country": "DE",
}


def test_looking_makes_nothing_and_making_makes_it_hidden(context, meeting, stranger):
    ann = signed_in(context, "ann@example.org", roles=("administrator",), given_name="Ann")

    looked = page(ann.post(COPY, data={**FORM, "act": "look"}))
    before = meetings.by_code("T2")
    made = ann.post(COPY, data=FORM)
    again = ann.post(COPY, data=FORM)

    assert "2028" in looked and before is None
    assert (made.status_code, again.status_code) == (303, 422)
    new = meetings.by_code("T2")
    assert (new.is_public, new.city, new.timezone, new.currency) == (False, "Berlin", "Europe/Berlin", meeting.currency)
    assert len(registration.categories_of(new)) == len(registration.categories_of(meeting))
    assert "2028" in page(ann.get(made.location))
    assert stranger.get("/meetings/T2/").status_code == 404


def test_what_is_typed_wrong_is_said_and_kept(context, meeting):
    ann = signed_in(context, "ann@example.org", roles=("administrator",), given_name="Ann")

    answers = [ann.post(COPY, data={**FORM, name: value}) for name, value in
               (("timezone", "Mars/Base"), ("starts", "soon"), ("code", "no spaces please"), ("starts", "9999-12-30"))]  # fmt: skip

    assert [each.status_code for each in answers] == [422] * 4
    assert all("Next" in page(each) for each in answers)
    assert meetings.by_code("T2") is None


def test_only_an_administrator_copies(meeting, cleo, dov):
    assert [each.get(COPY).status_code for each in (cleo, dov)] == [403, 403]
    assert cleo.post(COPY, data=FORM).status_code == 403
