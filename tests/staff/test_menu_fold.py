"""The desk's menu on a telephone: one row that names where one is, and opens without a script."""

from tests.staff.cast import page


def test_the_folded_menu_names_the_section_and_holds_the_same_addresses(meeting, cleo):
    front = page(cleo.get("/staff/orders"))

    beside, folded = front.split('<ul class="desk-nav-list">')[1:]
    assert "<details" in front and 'class="desk-nav-summary">Menu: Orders</summary>' in front
    assert folded.split("</ul>")[0] == beside.split("</ul>")[0]
