"""What a person finds in their letters."""

import re

from sqlalchemy import select

from conference import mail
from conference.kernel import db


def last_letter(email=None):
    """The newest letter, or the newest to one address."""
    statement = select(mail.Letter).order_by(mail.Letter.id.desc()).limit(1)
    return db.session.scalar(statement.where(mail.Letter.to_email == email) if email else statement)


def last_code(email=None):
    """The six digits of the newest letter with a code."""
    return re.search(r"^\s+(\d{6})$", last_letter(email).body, re.MULTILINE)[1]


def another(code):
    """A code that is wrong."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
