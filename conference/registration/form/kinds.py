"""The kinds of field: what may be typed into each, in which one form it is kept, how it is shown again."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from conference import people
from conference.kernel import clean_line, clean_text

LONGEST = {"text": 500, "long": 5000}
BETWEEN = "|"  # stands around each code of several choices: |a|b|
AGREED = "yes"
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")


class Kind(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    EMAIL = "email"
    PHONE = "phone"
    COUNTRY = "country"
    CONSENT = "consent"


CHOOSING = (Kind.CHOICE, Kind.CHOICES)
COUNTED = (*CHOOSING, Kind.YES_NO, Kind.COUNTRY, Kind.CONSENT)


class Unfit(ValueError):
    """What was typed is no answer of this kind; `str()` says how to mend it."""


def parse(field, typed):
    """`typed` (text; a list for several choices) in the one form in which it is kept, "" for nothing; Unfit otherwise.

    `field` has `kind`, `choices` ([{code, label}]) and `limits` ({least, most, longest, decimals}).
    """
    if isinstance(typed, (list, tuple)):
        return _several(field, typed)
    text = clean_text(typed or "") if field.kind == Kind.LONG else clean_line(typed or "")
    return _PARSERS[field.kind](field, text) if text else ""


def codes_of(text):
    """The codes of several choices."""
    return [code for code in (text or "").split(BETWEEN) if code]


def joined(codes):
    """Several codes as they are kept, each once, in their order."""
    found = list(dict.fromkeys(code for code in codes if code))
    return BETWEEN + BETWEEN.join(found) + BETWEEN if found else ""


def show(kind, choices, text, language="en"):
    """A kept answer in words, with the labels of `choices` as they were when it was given."""
    labels = {each["code"]: each["label"] for each in choices or ()}
    if kind == Kind.CHOICES:
        return "; ".join(labels.get(code, code) for code in codes_of(text))
    if kind == Kind.CHOICE:
        return labels.get(text, text)
    if kind == Kind.YES_NO:
        return {"yes": _("Yes"), "no": _("No")}.get(text, text)
    if kind == Kind.CONSENT:
        return _("Agreed") if text == AGREED else text
    return people.country_name(text, language) if kind == Kind.COUNTRY else text


def number_of(kind, text):
    """What databases compare of an answer that is a number, else None."""
    return float(text) if kind == Kind.NUMBER and text and _NUMBER.fullmatch(text) else None


def _text(field, text):
    longest = min(field.limits.get("longest") or LONGEST[field.kind], LONGEST[field.kind])
    if len(text) > longest:
        raise Unfit(_("At most %(most)s letters; these are %(count)s.", most=longest, count=len(text)))
    return text


def _number(field, text):
    text = text.replace(" ", "").replace(",", ".") if text.count(",") == 1 and "." not in text else text
    decimals = int(field.limits.get("decimals") or 0)
    if not _NUMBER.fullmatch(text):
        raise Unfit(_("Type a number, such as 3."))
    value = Decimal(text)
    if value != value.quantize(Decimal(1).scaleb(-decimals)):
        raise Unfit(
            _("At most %(count)s digits after the point.", count=decimals) if decimals else _("A whole number.")
        )
    _within(field, value, Decimal)
    plain = format(value.normalize(), "f")
    return "0" if plain in ("-0", "0") else plain


def _date(field, text):
    try:
        value = date.fromisoformat(text)
    except ValueError:
        raise Unfit(_("A date as year-month-day, such as 2027-05-11.")) from None
    if not 1900 <= value.year <= 2100:
        raise Unfit(_("A date between 1900 and 2100."))
    _within(field, value, date.fromisoformat)
    return value.isoformat()


def _within(field, value, read):
    for name, is_out, words in (
        ("least", lambda bound: value < bound, _("Not less than %(bound)s.")),
        ("most", lambda bound: value > bound, _("Not more than %(bound)s.")),
    ):
        bound = field.limits.get(name)
        if bound not in (None, "") and is_out(read(str(bound))):
            raise Unfit(words % {"bound": bound})


def _yes_no(field, text):
    if text not in ("yes", "no"):
        raise Unfit(_("Choose yes or no."))
    return text


def _choice(field, text):
    if text not in {each["code"] for each in field.choices}:
        raise Unfit(_("Choose one of these."))
    return text


def _several(field, typed):
    if field.kind != Kind.CHOICES:
        raise Unfit(_("Choose one of these."))
    known = [each["code"] for each in field.choices]
    if set(typed) - set(known):
        raise Unfit(_("Choose among these."))
    chosen = [code for code in known if code in typed]
    most, least = field.limits.get("most"), field.limits.get("least")
    if most and len(chosen) > int(most):
        raise Unfit(_("Choose at most %(most)s.", most=most))
    if chosen and least and len(chosen) < int(least):
        raise Unfit(_("Choose at least %(least)s.", least=least))
    return joined(chosen)


def _email(field, text):
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Unfit(_("An e-mail address, such as name@example.org.")) from None


def _phone(field, text):
    """As E.164 has it; the country must be named, since no country of the reader's is known here."""
    try:
        found = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise Unfit(_("A telephone number with its country, such as +1 410 555 0123.")) from None
    if not phonenumbers.is_possible_number(found):
        raise Unfit(_("This number is too short or too long for its country."))
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _country(field, text):
    if not people.is_country(text):
        raise Unfit(_("Choose a country or region."))
    return text


def _consent(field, text):
    return AGREED if text in (AGREED, "y", "on", "1") else ""


def _one_of_several(field, text):
    return _several(field, [text])


_PARSERS = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _one_of_several,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.COUNTRY: _country,
    Kind.CONSENT: _consent,
}


def is_number(text):
    """Whether `text` is a number that can be compared."""
    try:
        return Decimal(str(text)).is_finite()
    except InvalidOperation:
        return False
