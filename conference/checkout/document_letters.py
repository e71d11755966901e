"""The letter by which an invoice or a credit note goes to its payer, with the PDF, once."""

from flask_babel import force_locale
from flask_babel import gettext as _

from conference import jobs, mail, payments, people
from conference.kernel import clock, end_read, transaction
from conference.payments import documents
from conference.web import absolute_url

AT_ONCE = 200


@jobs.job(documents.letters.JOB)
def write_letters():
    """Write the letters that are wanted; how many. One whose PDF cannot be made keeps no other away, and is tried again."""
    keys = documents.letters.wanted(AT_ONCE)
    end_read()
    return sum(jobs.tried_apart(key, _write, what="letters with documents") for key in keys)


def _write(document_id):
    document = documents.queries.by_id(document_id)
    content = documents.kept(document)
    with transaction():
        is_mine = documents.letters.take(document, now=clock.now())
        if is_mine:
            with force_locale(document.language):
                _post(document, content)
    return is_mine


def _post(document, content):
    order = payments.order_by_id(document.order_id)
    title = documents.words.KINDS[documents.DocumentKind(document.kind)]
    mail.post(
        kind=document.kind,
        cause=document.ref,
        to=people.by_id(order.person_id),
        subject=_("%(title)s %(number)s", title=title, number=document.number),
        template="checkout/mail/document.txt",
        now=clock.now(),
        enclosures=[(f"{document.number.replace('/', '-')}.pdf", "application/pdf", content)],
        document=document,
        title=title,
        reason=documents.words.REASONS.get(document.content["reason"], ""),
        day=documents.queries.as_day,
        order=order,
        order_url=absolute_url("checkout.order", ref=order.ref),
    )
