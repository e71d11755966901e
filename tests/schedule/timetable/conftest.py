"""Two of the programme's desk, and a meeting with a programme."""

import pytest
from sqlalchemy import event

from conference.kernel import db
from tests.schedule.conftest import a_meeting, meeting, released
from tests.signing_in import signed_in

__all__ = ["a_meeting", "meeting", "released"]


@pytest.fixture
def cleo(context):
    return signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo", family_name="Desk")


@pytest.fixture
def dot(context):
    return signed_in(context, "dot@example.org", roles=["programme"], given_name="Dot", family_name="Other")


@pytest.fixture
def counted(context):
    """Counts the statements that something asks of the database."""

    def count(act):
        asked = []

        def note(*facts):
            asked.append(facts[2])

        db.session.expire_all()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            act()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(asked)

    return count
