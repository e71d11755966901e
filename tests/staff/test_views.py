"""Saved views: a person's own, shared on request, and one of them first."""

import pytest

from conference.kernel import db
from conference.staff.models import SavedView
from tests.staff.cast import a_registration, follow, page

LIST = "/staff/registrations/T1"


@pytest.fixture
def crowd(meeting):
    a_registration(meeting, "Ada")
    a_registration(meeting, "Ben", mode="virtual")


def save(client, asked="mode=virtual&columns=name,email&sort=name", **typed):
    return client.post(f"{LIST}/views/new?{asked}", data={"name": "From afar", **typed})


def the_view():
    return db.session.query(SavedView).one()


def test_a_view_keeps_filters_columns_and_order(meeting, crowd, cleo):
    shown = follow(cleo, save(cleo))

    assert the_view().asked == {"mode": "virtual", "columns": "name,email", "sort": "name"}
    assert "ben@example.org" in shown
    assert "Ada</bdi>" not in shown
    assert "From afar" in page(cleo.get(LIST))


def test_others_see_it_only_when_it_is_shared_and_never_change_it(meeting, crowd, cleo, fay):
    save(cleo)
    own = page(fay.get(LIST))
    address = f"{LIST}/views/{the_view().ref}"
    cleo.post(address, data={"name": "Virtual", "is_shared": "y"})
    shared = page(fay.get(LIST))

    assert "From afar" not in own
    assert "Virtual" in shared
    assert [fay.get(address).status_code, fay.post(address, data={"name": "Mine"}).status_code] == [404, 404]
    assert fay.post(f"{address}/removal").status_code == 404
    assert the_view().name == "Virtual"


def test_the_list_opens_with_the_view_that_comes_first_and_all_is_one_click_away(meeting, crowd, cleo, fay):
    save(cleo, is_usual="y")

    opened = cleo.get(LIST)

    assert opened.status_code == 302
    assert "Ada</bdi>" not in page(cleo.get(opened.headers["Location"]))
    assert "Ada</bdi>" in page(cleo.get(f"{LIST}?view=all"))
    assert fay.get(LIST).status_code == 200


def test_only_one_view_comes_first(meeting, crowd, cleo):
    save(cleo, is_usual="y")
    save(cleo, name="Another", is_usual="y")

    first = [view.name for view in db.session.query(SavedView) if view.is_usual]

    assert first == ["Another"]


def test_a_removed_view_is_gone(meeting, crowd, cleo):
    save(cleo)

    follow(cleo, cleo.post(f"{LIST}/views/{the_view().ref}/removal"))

    assert db.session.query(SavedView).count() == 0


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_view_needs_a_name_of_some_length(meeting, crowd, cleo, name):
    assert save(cleo, name=name).status_code == 422
    assert db.session.query(SavedView).count() == 0


def test_a_view_that_names_what_is_gone_shows_the_rest(meeting, crowd, cleo):
    save(cleo)
    view = the_view()
    view.asked = {"mode": "virtual", "columns": "name,a.gone", "a.gone": "x", "nonsense": "y"}
    db.session.commit()

    assert "Ben</bdi>" in page(cleo.get(LIST + "?view=all"))
    assert cleo.get(f"{LIST}?view={view.ref}").status_code == 200
