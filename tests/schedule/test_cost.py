"""What a page costs: one question to the database when it is kept, and never more as the programme grows."""

import pytest
import sqlalchemy as sa

from conference.kernel import db
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import a_schedule_xml, an_event


def test_a_kept_page_costs_one_query(client, released):
    client.get("/meetings/EX27/schedule/2027-05-11")

    with counted() as statements:
        client.get("/meetings/EX27/schedule/2027-05-11")

    assert len(statements) == 1


@pytest.mark.parametrize(
    "path",
    ["schedule", "schedule/2027-05-11", "schedule/people", "schedule/rooms", "schedule/search?q=talk", "schedule/mine"],
)
def test_queries_do_not_grow_with_the_programme(client, meeting, now, path):
    def queries_for(size):
        bring(
            meeting,
            a_schedule_xml(*[an_event(guid="", id=number, title=f"Talk {number}") for number in range(1, size)]),
            now,
        )
        publish(meeting, now)
        with counted() as statements:
            assert client.get(f"/meetings/EX27/{path}").status_code == 200
        return len(statements)

    assert queries_for(3) == queries_for(40)


class counted:
    """Collects the SQL of what happens inside."""

    def __enter__(self):
        self.statements = []
        sa.event.listen(db.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *error):
        sa.event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, connection, cursor, statement, *rest):
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            self.statements.append(statement)
