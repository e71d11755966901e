"""A letter in the office's own words: places are filled in for each, everybody gets it once, whoever sends it how often."""

from collections import Counter

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import DateTimeLocalField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from conference import audit, mail, registration
from conference.kernel import Refusal
from conference.staff.bulk.act import Act
from conference.staff.bulk.gathering import addressed, entries_of
from conference.staff.bulk.rules import PLACES, Plan, Step, fill, letter_digest, unknown_places
from conference.staff.words import STATES
from conference.web import Form, absolute_url, date_range

KIND = "written"
MEANINGS = {
    "name": _l("Their name, as they write it"),
    "given_name": _l("Given name"),
    "family_name": _l("Family name"),
    "institution": _l("Their institution"),
    "category": _l("Their category"),
    "days": _l("The days for which they are registered"),
    "reference": _l("The reference of their registration"),
    "meeting": _l("Title of the meeting"),
    "dates": _l("The dates of the meeting"),
    "place": _l("Venue and place of the meeting"),
    "my_page": _l("The address of their own page"),
}
LONGEST_TEXT = 8000


class LetterForm(Form):
    """Subject, text, and when it goes out."""

    subject = StringField(_l("Subject"), [DataRequired(_l("Type a subject.")), Length(max=200)])
    text = TextAreaField(
        _l("Text"),
        [DataRequired(_l("Type the letter.")), Length(max=LONGEST_TEXT)],
        description=_l("Plain text; an empty line begins a paragraph."),
    )
    at = DateTimeLocalField(
        _l("Not before"),
        [Optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        description=_l("At the venue. Empty: at once. Until then it can be stopped."),
    )

    def validate_subject(self, field):
        _refuse_unknown(field.data)

    def validate_text(self, field):
        _refuse_unknown(field.data)

    def validate_at(self, field):
        """A day that the desk can know."""
        if field.data and not 2000 <= field.data.year <= 2199:
            raise ValidationError(_("A year between 2000 and 2199."))

    def facts(self):
        """The letter, as plain values."""
        return {"subject": self.subject.data, "text": self.text.data.strip()}


class Words:
    """A text of staff: what they link to is theirs to say, so it is shown as it was written. Names in it were made harmless before."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text


def written(entry, facts):
    """(subject, text) of the letter as this registration's person gets it."""
    values = {name: mail.harmless(value) for name, value in values_of(entry).items()}
    values["my_page"] = absolute_url("home.mine")
    return fill(facts["subject"], values), fill(facts["text"], values)


def values_of(entry):
    """{place: what stands there for this registration}."""
    person, meeting = entry.person, entry.meeting
    return {
        "name": person.full_name,
        "given_name": person.given_name or person.family_name,
        "family_name": person.family_name or person.given_name,
        "institution": person.institution,
        "category": entry.category.name if entry.category else "",
        "days": registration.span_name(entry.span),
        "reference": entry.ref,
        "meeting": meeting.title,
        "dates": date_range(meeting.starts, meeting.ends),
        "place": ", ".join(part for part in (meeting.venue, meeting.city) if part),
    }


def send_test(entry, facts, *, to, now):
    """The letter as `entry`'s person would get it, to whoever writes it."""
    subject, text = written(entry, facts)
    cause = f"test:{to.id}:{now.timestamp():.6f}"
    _post(to, _("Test: %(subject)s", subject=subject), text, cause, now)


def _plan(listed, facts, now):
    inside, left = addressed(entries_of(listed))
    had = mail.addressed(KIND, [_cause(each, facts) for each in inside])
    steps = [Step(each, {}, each.person.email) for each in inside if _cause(each, facts) not in had]
    left += [(each, _("has had this letter already")) for each in inside if _cause(each, facts) in had]
    return Plan(tuple(steps), tuple(left), tuple(_by_state(steps)))


def _by_state(steps):
    """[(state in words, how many)]: a letter may go to people who are not registered any more, or not yet."""
    counts = Counter(step.entry.state for step in steps)
    return [(word, str(counts[state])) for state, (word, _hue) in STATES.items() if counts[state]]


def _do(entry, facts, kept, by, now):
    cause = _cause(entry, facts)
    if mail.addressed(KIND, [cause]):
        raise Refusal(_("has had this letter already"))
    subject, text = written(entry, facts)
    _post(entry.person, subject, text, cause, now)
    audit.record(by=by, verb="wrote to", subject=entry, now=now, note=subject)


def _post(to, subject, text, cause, now):
    mail.post(
        kind=KIND, cause=cause, to=to, subject=subject, template="staff/mail/written.txt", now=now, text=Words(text)
    )


def _cause(entry, facts):
    return f"{letter_digest(facts['subject'], facts['text'])}:{entry.ref}"


def _refuse_unknown(text):
    unknown = unknown_places(text or "")
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACES)
        raise ValidationError(_("Not known: %(unknown)s. Known: %(known)s", unknown=", ".join(unknown), known=known))


ACT = Act(
    key="letter",
    label=_l("Write a letter"),
    lede=_l(
        "In your own words, to everybody whom the list means. It is about their registration, so nobody can unsubscribe from it."
    ),
    title=lambda facts: _("Letter: %(subject)s", subject=facts["subject"]),
    form=LetterForm,
    plan=_plan,
    do=_do,
    press=lambda count: ngettext("Send %(num)s letter", "Send %(num)s letters", count),
    is_letter=True,
)
