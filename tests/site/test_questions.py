"""A page asks the database no more questions when there is five times as much to show."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from conference.kernel import db
from tests.site import addresses
from tests.site.growing import grow

WHO = ("stranger", "ada", "administrator")


@pytest.mark.on("sqlite")  # how often the database is asked does not depend on which it is
def test_no_page_asks_more_when_there_is_more(site):
    before = counted(site)
    grow()
    after = counted(site)

    more = {key: (before[key], after[key]) for key in before if after[key] > before[key]}

    assert len(before) > 100
    assert more == {}


def counted(site):
    """{(who, path): how many SELECTs} of every page, when the caches are warm."""
    found = {}
    for who in WHO:
        for each in addresses.of_method(site, "GET"):
            if addresses.expected(site, each.endpoint, who) == 200:
                site.browser(who).get(each.path)
                with questions() as asked:
                    site.browser(who).get(each.path)
                found[who, each.path] = len(asked)
    return found


@contextmanager
def questions():
    """The SELECTs that are sent meanwhile."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
