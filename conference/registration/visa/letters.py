"""The letter itself: frozen when it is issued, and made a PDF of whenever somebody downloads it."""

import base64
import io
import json
from datetime import date, timedelta

import segno
from babel import Locale
from babel.dates import format_date, format_interval
from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup

from conference import pdf, people, society
from conference.registration.visa import queries, wording
from conference.registration.visa.models import VisaText
from conference.registration.visa.passports import Passport
from conference.registration.visa.words import FIRST_TEXT
from conference.web import absolute_url

# Where letters are written on US Letter (CLDR, territory information); A4 elsewhere.
_LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})  # fmt: skip


def first_text(meeting):
    """The text with which every meeting begins."""
    return VisaText(id=None, meeting_id=meeting.id, language="en", version=0, body=FIRST_TEXT, signatory="", office="")


def texts_in_use(meeting):
    """{language: text} in which letters are written; never empty."""
    found = {key: each for key, each in queries.texts_of(meeting).items() if each.is_used}
    return found or {"en": first_text(meeting)}


def snapshot(*, text, passport, entry, reference, code, now):
    """All that a letter says, as text to be sealed: it stays so whatever becomes of the meeting, the text or the society."""
    ours, meeting, language = society.current(), entry.meeting, text.language
    values = values_of(passport, entry, ours, language)
    facts = {
        "language": language,
        "dated": _day(now.astimezone(meeting.zone).date(), language),
        "reference": reference,
        "code": code,
        "consulate": passport.consulate,
        "name": passport.name,
        "paragraphs": [wording.fill(each, values) for each in wording.paragraphs(text.body)],
        "signatory": text.signatory,
        "office": text.office,
        "society": {"name": ours.name, "address": ours.address, "email": ours.email, "is_fictional": ours.is_fictional}
        if ours
        else None,
        "paper": "letter" if meeting.country in _LETTER else "",
    }
    return json.dumps(facts, ensure_ascii=False)


def preview(request, passport, now):
    """The PDF of the letter that a request would get now; its code leads to no letter."""
    entry = request.registration
    text = texts_in_use(entry.meeting).get(request.language) or first_text(entry.meeting)
    facts = {"reference": f"{entry.meeting.code}-{request.ref}", "code": "PREVIEW", "now": now}
    return render(snapshot(text=text, passport=passport, entry=entry, **facts))


def render(packed):
    """The PDF of a snapshot."""
    letter = json.loads(packed)
    address = absolute_url("checkout.verify", letter_code=letter["code"])
    with force_locale(letter["language"]):
        html = render_template(
            "registration/visa_letter.html",
            letter=letter,
            address=address,
            qr=_qr(address),
            logo=_logo(),
            direction=wording.direction(letter["language"]),
        )
    return pdf.render(html)


def sample(text, entry_like, now):
    """The PDF of a text with somebody's made-up passport, for whoever writes it."""
    meeting = entry_like.meeting
    stay = {"arrives": meeting.starts - timedelta(days=1), "leaves": meeting.ends + timedelta(days=1)}
    passport = Passport(
        name="EXAMPLE, ALEX",
        number="X0000000",
        nationality="ZZ",
        birth_date=date(1990, 1, 31),
        expires_on=meeting.ends + timedelta(days=900),
        consulate="",
        **stay,
    )
    reference = f"{meeting.code}-EXAMPLE"
    return render(
        snapshot(text=text, passport=passport, entry=entry_like, reference=reference, code="EXAMPLE", now=now)
    )


def values_of(passport, entry, ours, language):
    """What fills the places of a text, written as its language writes days and countries."""
    meeting = entry.meeting
    where = [meeting.venue, meeting.city, people.country_name(meeting.country, _territories(language))]
    return {
        "name": passport.name,
        "nationality": people.country_name(passport.nationality, _territories(language)),
        "birth_date": _day(passport.birth_date, language),
        "passport": passport.number,
        "passport_expires": _day(passport.expires_on, language),
        "institution": entry.person.institution,
        "registered_as": entry.category.name if entry.category else "",
        "meeting": meeting.title,
        "meeting_dates": _days(meeting.starts, meeting.ends, language),
        "meeting_place": ", ".join(part for part in where if part),
        "first_day": _day(passport.arrives, language),
        "last_day": _day(passport.leaves, language),
        "consulate": passport.consulate,
        "society": ours.name if ours else "",
    }


def _territories(language):
    """A language of which CLDR names the countries."""
    return str(Locale.parse(language))


def _day(value, language):
    return format_date(value, "long", locale=language)


def _days(first, last, language):
    return _day(first, language) if first == last else format_interval(first, last, "yMMMMd", locale=language)


def _qr(address):
    """The address as an SVG without a size of its own."""
    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", border=0, xmldecl=False, nl=False, omitsize=True)
    return Markup(drawing.getvalue().decode())  # noqa: S704 (drawn by segno from an address of ours)


def _logo():
    """The installation's logo as an address that the renderer may read."""
    drawing = current_app.extensions["assets"].files["img/logo.svg"]
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}"
