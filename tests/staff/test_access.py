"""Who may open the desk."""

import pytest

from tests.signing_in import signed_in
from tests.staff.cast import a_registration, page

OFFICE = ("/staff/", "/staff/orders", "/staff/events", "/staff/registrations/T1", "/staff/registrations/T1/export.csv")
REGISTRAR = (
    "/staff/registrations/T1/new",
    "/staff/registrations/T1/import",
    "/staff/registrations/T1/export.csv?answers=yes",
    "/staff/prices/T1",
    "/staff/prices/T1/add-ons",
    "/staff/prices/T1/questions",
    "/staff/prices/T1/categories/new",
    "/staff/prices/T1/add-ons/new",
    "/staff/prices/T1/places/new",
    "/staff/prices/T1/questions/new",
    "/staff/prices/T1/conduct/new",
)


@pytest.mark.parametrize("path", OFFICE + REGISTRAR)
def test_the_desk_is_shut_to_members_and_sends_strangers_to_sign_in(meeting, dov, stranger, path):
    answer = stranger.get(path)

    assert dov.get(path).status_code == 403
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/account/sign-in?next=")


@pytest.mark.parametrize("path", OFFICE)
def test_registration_and_finance_open_the_office(meeting, cleo, fay, path):
    assert (cleo.get(path).status_code, fay.get(path).status_code) == (200, 200)


@pytest.mark.parametrize("path", REGISTRAR)
def test_what_registration_alone_may_do_is_shut_to_finance(meeting, cleo, fay, path):
    assert (cleo.get(path).status_code, fay.get(path).status_code) == (200, 403)


@pytest.mark.parametrize("role", ["programme", "door"])
def test_other_staff_see_their_own_doors_and_nobodys_story(context, meeting, role):
    entry, order = a_registration(meeting, "Ada")
    eve = signed_in(context, "eve@example.org", roles=(role,))

    front = page(eve.get("/staff/?q=Ada"))

    assert "ada@example.org" not in front
    assert "Search people" not in front
    paths = (
        f"/staff/registration/{entry.ref}",
        f"/staff/order/{order.ref}",
        "/staff/orders",
        "/staff/registrations/T1",
    )
    assert {eve.get(path).status_code for path in paths} == {403}


def test_the_menu_names_only_what_may_be_opened(context, meeting, cleo, fay):
    chief = signed_in(context, "chief@example.org", roles=("administrator",))
    seen = {name: page(client.get("/staff/")) for name, client in (("cleo", cleo), ("fay", fay), ("chief", chief))}

    opened = {name: [href for href in HREFS if f'class="desk-nav-link" href="{href}"' in seen[name]] for name in seen}

    assert opened == {"cleo": HREFS[:4], "fay": HREFS[:2], "chief": HREFS}


HREFS = ["/staff/registrations/T1", "/staff/orders", "/staff/prices/T1", "/staff/members", "/staff/accounts/", "/door/"]


def test_every_address_of_the_menu_opens(context, meeting):
    chief = signed_in(context, "chief@example.org", roles=("administrator",))
    menu = page(chief.get("/staff/")).split('class="desk-nav-list"')[1].split("</nav>")[0]
    addresses = [part.split('"')[0] for part in menu.split('href="')[1:]]

    assert len(addresses) > 10
    assert {address: chief.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_unknown_meetings_registrations_and_orders_are_not_found(meeting, cleo):
    paths = ("registrations/NONE", "registration/ACDEFGHJKM", "order/ACDEFGHJKM", "prices/NONE", "prices/T1/add-ons/99")

    assert {cleo.get(f"/staff/{path}").status_code for path in paths} == {404}
