"""Visa letters on the web: whose they are, what their pages show, and what the public address tells."""

import io
import re
from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import select

from conference import accounts, audit, people
from conference.kernel import clock, db
from conference.registration import visa
from tests.checkout.visa.cast import NUMBER, a_policy
from tests.conftest import browser
from tests.registration.eligibility.documents import a_pdf
from tests.signing_in import signed_in
from tests.staff.cast import a_meeting, a_registration, follow, page

ASK, HERS = "/meetings/T1/register/visa/request", "/meetings/T1/register/visa"


@pytest.fixture
def meeting(context):
    found = a_meeting()
    a_policy(found, clock.now(), review=visa.Review.UNLISTED, countries=("IN",), refund_rule=visa.RefundRule.FULL)
    return found


@pytest.fixture
def ada(context, meeting):
    """The browser of Ada, who is registered and paid."""
    a_registration(meeting, "Ada")
    return signed_in(context, "ada@example.org")


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=("registration",), given_name="Cleo")


def typed(meeting, **changes):
    """What somebody types who does nothing wrong."""
    return {"name": "DEMO, ADA", "number": f"{NUMBER[:2]} {NUMBER[2:].lower()}", "nationality": "IN", "birth_date": "1990-01-31",
            "expires_on": str(meeting.ends.replace(year=meeting.ends.year + 3)), "consulate": "Mumbai <b>",
            "arrives": str(meeting.starts), "leaves": str(meeting.ends), "language": "en", **changes}  # fmt: skip


def newest():
    return db.session.scalar(select(visa.VisaRequest).order_by(visa.VisaRequest.id.desc()))


def text_of(pdf):
    """The words of a PDF, from what its pages draw with; enough to tell whether it is a PDF of ours."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return str(document.docinfo.get("/Title", "")), str(document.Root.get("/Lang", "")), len(document.pages)


def test_asked_by_the_rule_the_letter_can_be_downloaded_at_once(meeting, ada):
    shown = follow(ada, ada.post(ASK, data=typed(meeting)))

    assert "Your letter is ready" in shown
    assert (NUMBER in shown, f"••••••{NUMBER[-3:]}" in shown) == (False, True)
    answer = ada.get(f"{HERS}/letter.pdf")
    title, language, pages = text_of(answer.data)
    assert (title.startswith("Letter of invitation T1-"), language, pages) == (True, "en", 1)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_was_typed_wrong_is_told_at_its_field_and_nothing_is_lost(meeting, ada):
    answer = ada.post(ASK, data=typed(meeting, expires_on="2020-01-01", name="ÅSE"))

    assert answer.status_code == 422
    assert "not valid any more" in page(answer)
    assert 'value="ÅSE"' in page(answer)
    assert newest() is None


def test_the_form_never_shows_a_number_again(meeting, ada):
    follow(ada, ada.post(ASK, data=typed(meeting)))

    shown = page(ada.get(ASK))

    assert ('value="DEMO, ADA"' in shown, NUMBER in shown) == (True, False)


def test_nobody_reaches_the_letter_or_the_request_of_another(context, meeting, ada, cleo):
    follow(ada, ada.post(ASK, data=typed(meeting)))
    eve, fay = (
        signed_in(context, "eve@example.org"),
        signed_in(context, "fay@example.org", roles=("finance", "door", "programme")),
    )
    ref, stranger = newest().ref, browser(context)
    own = (HERS, ASK, f"{HERS}/letter.pdf", f"{HERS}/refused")
    desk = (
        f"/staff/visa/T1/{ref}/letter.pdf",
        "/staff/visa/T1",
        f"/staff/visa/T1/{ref}",
        f"/staff/visa/T1/{ref}/passport",
        "/staff/visa/T1/requests.csv",
    )

    assert {who.get(path).status_code for who in (eve, fay, cleo) for path in own} == {404}
    assert {eve.post(path).status_code for path in (ASK, f"{HERS}/withdraw", f"{HERS}/refused")} == {404}
    assert {who.get(path).status_code for who in (ada, eve, fay) for path in desk} == {403}
    assert {stranger.get(path).status_code for path in own + desk} == {303}
    a_meeting_of_others = a_meeting(code="T2")
    assert cleo.get(f"/staff/visa/{a_meeting_of_others.code}/{ref}").status_code == 404
    assert cleo.get(f"/staff/visa/{a_meeting_of_others.code}/{ref}/passport").status_code == 404


def test_the_public_address_says_valid_or_not_and_nothing_else(context, meeting, ada, cleo):
    follow(ada, ada.post(ASK, data=typed(meeting)))
    request, stranger = newest(), browser(context)
    address = f"/verify/{request.code}"

    answer = stranger.get(address)
    valid = page(answer)

    assert "This letter is valid" in valid
    assert not [word for word in ("Ada", "Demo,", "DEMO", NUMBER, request.ref, "T1") if word in _main(valid)]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "This letter is valid" in page(stranger.get(address.lower()))
    follow(cleo, cleo.post(f"/staff/visa/T1/{request.ref}/void", data={"reason": "Mistaken"}))
    void, unknown = (stranger.get(path) for path in (address, "/verify/" + "A" * 22))
    assert (void.status_code, _still(void)) == (unknown.status_code, _still(unknown))
    assert "not valid" in page(void)


def test_who_tries_addresses_is_stopped(context, meeting, one_window):
    stranger = browser(context)
    limit = accounts.rules.LIMITS["verify-from-client"][0].most

    found = [stranger.get(f"/verify/{number:022}").status_code for number in range(limit + 1)]

    assert (set(found[:limit]), found[limit]) == ({200}, 429)


def test_a_passport_is_opened_by_the_registrar_only_and_each_look_is_remembered(meeting, ada, cleo):
    follow(ada, ada.post(ASK, data=typed(meeting, nationality="PK")))
    request = newest()

    shut = page(cleo.get(f"/staff/visa/T1/{request.ref}"))
    opened = page(cleo.get(f"/staff/visa/T1/{request.ref}/passport"))

    assert (NUMBER in shut, NUMBER in opened) == (False, True)
    assert cleo.get(f"/staff/visa/T1/{request.ref}/letter.pdf").data.startswith(b"%PDF-")
    looks = [each.actor_name for each in audit.story_of(request) if each.verb == "looked at the passport of"]
    assert looks == ["Cleo", "Cleo"]
    assert newest().code is None


def test_neither_list_nor_download_has_a_number(meeting, ada, cleo):
    follow(ada, ada.post(ASK, data=typed(meeting)))

    found = [cleo.get(f"/staff/visa/T1{path}").data for path in ("?state=issued", "/requests.csv", "/requests.xlsx")]

    assert b"ada@example.org" in found[1]
    assert not [each for each in found if NUMBER.encode() in each or b"DEMO, ADA" in each]


def test_several_are_issued_at_once_but_for_those_that_cannot_be(context, meeting, cleo):
    for name in ("Ada", "Eve"):
        a_registration(meeting, name)
        who = signed_in(context, f"{name.lower()}@example.org")
        follow(who, who.post(ASK, data=typed(meeting, nationality="PK")))
    refs = re.findall(r'name="refs" id="refs-\w+" value="(\w+)"', page(cleo.get("/staff/visa/T1/together")))
    assert len(refs) == 2
    follow(cleo, cleo.post(f"/staff/visa/T1/{refs[0]}", data={"verdict": "decline", "reason": "Unclear"}))

    shown = follow(cleo, cleo.post("/staff/visa/T1/together", data={"refs": [*refs, "AAAAAAAAAA"]}))

    assert "1 letter is issued" in shown
    assert "does not wait any more" in shown
    assert visa.queries.counts(meeting)["issued"] == 1


def test_declining_needs_a_reason(meeting, ada, cleo):
    follow(ada, ada.post(ASK, data=typed(meeting, nationality="PK")))
    path = f"/staff/visa/T1/{newest().ref}"

    assert cleo.post(path, data={"verdict": "decline"}).status_code == 422
    assert cleo.post(path, data={"verdict": "nonsense"}).status_code == 400
    follow(cleo, cleo.post(path, data={"verdict": "decline", "reason": "The name is cut"}))
    assert "The name is cut" in page(ada.get(HERS))


def test_withdrawn_what_was_typed_is_gone_at_once(meeting, ada):
    follow(ada, ada.post(ASK, data=typed(meeting)))

    shown = follow(ada, ada.post(f"{HERS}/withdraw"))

    assert "You have withdrawn your request" in shown
    assert "DEMO" not in shown
    assert ada.get(f"{HERS}/letter.pdf").status_code == 404
    assert db.session.scalar(select(visa.VisaRequest.passport)) is None
    assert ada.post(f"{HERS}/withdraw").status_code == 409


def test_a_refused_visa_from_the_consulates_letter_to_the_money(meeting, ada, cleo):
    follow(ada, ada.post(ASK, data=typed(meeting)))
    handed = {"file": (BytesIO(a_pdf()), "no.pdf"), "note": "Sorry"}
    follow(ada, ada.post(f"{HERS}/refused", data=handed))
    claim = db.session.scalar(select(visa.VisaRefusal))
    path = f"/staff/visa/T1/refused/{claim.ref}"
    assert cleo.get(f"{path}/document").data.startswith(b"%PDF-")
    seen = re.search(r'name="seen" value="([^"]+)"', page(cleo.get(path)))[1]

    assert "Refunded" in follow(cleo, cleo.post(path, data={"verdict": "approve", "seen": seen}))

    assert cleo.post(path, data={"verdict": "approve", "seen": seen}).status_code == 409
    assert "the money goes back" in page(ada.get(HERS))
    assert "not valid" in page(browser(cleo.application).get(f"/verify/{newest().code}"))


def test_the_policy_says_what_is_wrong_and_keeps_what_was_typed(meeting, cleo):
    good = {"is_offered": "y", "review": "always", "keep_days": "30", "refund_rule": "full", "version": "2"}
    wrong = {"review": "listed", "countries": "IN QQ", "refund_rule": "less_fee", "fee": "ten", "closes_at": "2027-01-01T00:00", "opens_at": "2027-02-01T00:00"}  # fmt: skip

    shown = page(answer := cleo.post("/staff/visa/T1/policy", data={**good, **wrong}))

    assert answer.status_code == 422
    assert all(words in shown for words in ("No code of a country: QQ", "is not an amount", "ends before it begins"))
    follow(cleo, cleo.post("/staff/visa/T1/policy", data=good))
    assert cleo.post("/staff/visa/T1/policy", data={**good, "keep_days": "5"}).status_code == 409


def test_a_text_is_seen_as_a_letter_before_it_is_kept(meeting, cleo):
    text = {"language": "ar", "body": "{name} {passport} {meeting} {meeting_dates}", "is_used": "y"}

    _title, language, pages = text_of(cleo.post("/staff/visa/T1/text", data={**text, "sample": "yes"}).data)

    assert (language, pages) == ("ar", 1)
    assert visa.queries.texts_of(meeting) == {}
    assert cleo.post("/staff/visa/T1/text", data={**text, "body": "{name}"}).status_code == 422
    follow(cleo, cleo.post("/staff/visa/T1/text", data=text))
    assert [(key, each.version, each.author) for key, each in visa.queries.texts_of(meeting).items()] == [
        ("ar", 1, people.by_email("cleo@example.org").full_name)
    ]


def _main(text):
    return re.search(r"<main.*</main>", text, re.DOTALL)[0]


def _still(answer):
    """A page without the time of looking."""
    return re.sub(r"As of [^<]*", "", _main(page(answer)))
