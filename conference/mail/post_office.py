"""Empties the outbox: takes each letter that is due under a lease, sends it, and remembers what became of it.

No transaction is open while the mail server is spoken to. A letter may arrive twice when a worker is killed between the
server's yes and our note of it, with the same Message-ID; it is never lost.
"""

import logging
import smtplib

from flask import current_app

from conference import jobs
from conference.kernel import clock, transaction
from conference.mail import delivery
from conference.mail.counter import Counter, Unreachable
from conference.mail.message import as_message, wire_address

log = logging.getLogger(__name__)

# A run ends after so many, that other jobs get their turn; another run follows at once.
MOST_AT_ONCE = 200


def empty():
    """Send what is due; how many letters the server took."""
    count = 0
    with Counter(current_app.config["SMTP_URL"]) as counter:
        for _turn in range(MOST_AT_ONCE):
            with transaction():
                letter = delivery.take(now=clock.now())
            if letter is None:
                return count
            try:
                count += send(counter, letter)
            except Unreachable as error:
                jobs.trouble(f"the mail server cannot be reached: {error}")
                return count
    with transaction():
        jobs.soon("mail")
    return count


def send(counter, letter):
    """Hand one leased letter over and note the outcome: 1 when it was taken. Raises Unreachable, with the letter put back."""
    try:
        counter.hand_over(as_message(letter), wire_address(letter.to_email))
    except Unreachable as error:
        _note(delivery.wait_out, letter, error=str(error), now=clock.now())
        raise
    except Exception as error:
        counter.drop()
        _refused(letter, error)
        return 0
    _note(delivery.sent, letter, now=clock.now())
    return 1


def _refused(letter, error):
    """Whatever went wrong with one letter must not hold up the next."""
    text = _words(error)
    if not isinstance(error, (smtplib.SMTPException, OSError)):
        log.exception("letter %s could not be made into a message", letter.ref)
    if is_final(error):
        _note(delivery.give_up, letter, error=text)
    else:
        _note(delivery.put_back, letter, error=text, now=clock.now())


def is_final(error):
    """Whether trying again cannot help: the address or the letter itself was refused for good (5yz, RFC 5321 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, smtplib.SMTPNotSupportedError)


def _note(outcome, letter, **details):
    with transaction():
        outcome(letter, **details)


def _words(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return f"{type(error).__name__}: {error}"
