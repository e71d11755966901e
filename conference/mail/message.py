"""A letter as it goes over the wire: plain text, the same as simple HTML, and its enclosures."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr

from email_validator import EmailNotValidError, validate_email
from flask import current_app

from conference.kernel import clean_line
from conference.mail.rules import paragraphs


def as_message(letter):
    """The EmailMessage of a letter with its enclosures loaded. Two calls give the same Message-ID and Date."""
    address = wire_address(letter.to_email)
    message = EmailMessage(policy=SMTP if address.isascii() else SMTPUTF8)
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(letter.created_at)
    message["From"] = _sender()
    message["To"] = _mailbox(letter.to_name, address)
    message["Subject"] = clean_line(letter.subject)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday notices stay at home
    message.set_content(letter.body)
    message.add_alternative(_as_html(letter), subtype="html")
    for enclosure in letter.enclosures:
        _enclose(message, enclosure)
    return message


def wire_address(address):
    """The address in ASCII where that is possible (the domain in Punycode); other local parts need SMTPUTF8."""
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return address
    return found.ascii_email or found.normalized


def _sender():
    name, address = parseaddr(current_app.config["MAIL_FROM"])
    return _mailbox(name, wire_address(address))


def _mailbox(name, address):
    user, _at, domain = address.rpartition("@")
    return Address(display_name=clean_line(name)[:200], username=user, domain=domain)


def _as_html(letter):
    # Rendered without the variables of pages: there is no request, and a letter needs none of them.
    template = current_app.jinja_env.get_template("mail/letter.html")
    own = current_app.config["BASE_URL"]
    language = current_app.config["BABEL_DEFAULT_LOCALE"]
    return template.render(subject=letter.subject, paragraphs=paragraphs(letter.body, own), language=language)


def _enclose(message, enclosure):
    main, _slash, sub = enclosure.media_type.partition(";")[0].partition("/")
    name = clean_line(enclosure.file_name)
    message.add_attachment(enclosure.content, maintype=main, subtype=sub or "octet-stream", filename=name)
