"""What a policy would do, shown before it does it: the days of an example, and each letter as its payer would read it."""

from datetime import timedelta
from types import SimpleNamespace

from flask_babel import gettext as _

from conference import checkout, mail
from conference.checkout import dunning
from conference.kernel import Money
from conference.payments import bank
from conference.web import absolute_url

EXAMPLE = "EXAMPLE23456"
DAY = timedelta(days=1)


def days_of(policy, meeting, today):
    """[(what, day)] of an example that is promised today and never paid, the last one the day after which its places go."""
    schedule, course = dunning.schedule_of(policy, meeting), _course(meeting, today)
    coming, ends_on = dunning.rules.planned(schedule, course, today=today)
    found = [(_("Promised"), today), (_("To be paid by"), course.due_on), *coming]
    found.sort(key=lambda each: each[1])
    if ends_on is None:
        return found
    return [*found, (_("Last day"), ends_on), (_("Places are held until"), ends_on + schedule.grace_days * DAY)]


def letter_of(policy, step, meeting, today):
    """(subject, paragraphs as components/letter_text.html shows them) of a step's letter for the example."""
    course, schedule = _course(meeting, today), dunning.schedule_of(policy, meeting)
    what = meeting.title if meeting else _("Annual meeting")
    account = _account(meeting)
    currency = meeting.currency if meeting else account.currency if account else "EUR"
    told = dunning.letters.Told(
        step=step,
        what=what,
        missing=Money(44000, currency),
        came=None,
        due_on=course.due_on,
        last_day=dunning.rules.planned(schedule, course, today=today)[1] or course.due_on,
        invoice="2028-00017",
        po_number="PO-4711",
        reference=bank.printed(bank.creditor_reference(EXAMPLE)),
        account=account,
        order_ref=EXAMPLE,
        order_url=absolute_url("checkout.order", ref=EXAMPLE),
        note=dunning.letters.note_of(policy, step),
        is_meeting=True,
    )
    text = mail.write("checkout/mail/dunning.txt", to=SimpleNamespace(full_name=_("Ada Example")), told=told)
    return dunning.letters.subject_of(policy, step, what), mail.paragraphs(text)


def _account(meeting):
    """The account that the example is paid into: of the meeting's currency, or the first."""
    return bank.account_for(meeting.currency) if meeting else next(iter(bank.accounts(closed=False)), None)


def _course(meeting, today):
    days = checkout.transferring.terms_of(meeting).days if meeting else 14
    return dunning.Course(today, today + days * DAY)
