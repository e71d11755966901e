"""Letters to send in tests."""

from sqlalchemy import update

from conference import mail, people
from conference.kernel import db, transaction
from conference.mail import post_office


def a_letter(now, *, email="ada@example.org", name="Ada", **values):
    """One letter in the outbox, due at `now`."""
    with transaction():
        person = people.by_email(email) or people.enter(email=email, family_name=name, now=now)
        values = {
            "kind": "test",
            "cause": "1",
            "subject": "Hello",
            "template": "mail/plain.txt",
            "text": "Hello",
            **values,
        }
        return mail.post(to=person, now=now, **values)


def fresh(letter):
    """The letter as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(mail.Letter, letter.id)


def make_due(now):
    """Whatever waits is due, and leases have run out."""
    with transaction() as session:
        session.execute(update(mail.Letter).values(due_at=now, lease_until=None))


def empty():
    """One round of the post office."""
    return post_office.empty()
