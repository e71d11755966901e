"""Looking at new prices before they are saved: each cell, each date, whom it reaches."""

import re
from datetime import timedelta

from conference import audit, registration
from conference.kernel import clock, db, transaction
from conference.web import day
from tests.cast import a_draft
from tests.staff.cast import a_registration, an_order, follow, page, somebody
from tests.staff.price_grid import LATE, PRICES, cells, field, full_in, grid, somebody_known, windows_of, words
from tests.staff.test_add_on_prices import typed

__all__ = ["grid"]


def test_a_look_shows_each_price_on_each_date_and_saves_nothing(meeting, grid, cleo):
    early, late = windows_of(meeting)
    before, form = cells(meeting), typed(cleo, grid)

    looked = cleo.post(f"{grid}/try", data={**form, field(1, early): "460", field(1, late): "", "do": "look"})

    assert looked.status_code == 200 and cells(meeting) == before
    shown = words(looked)
    assert "Whole meeting: others Regular 440.00 USD 460.00 USD" in shown
    assert "Whole meeting: others Late 540.00 USD not sold" in shown
    assert "Whole meeting: others 440.00 USD → 460.00 USD 540.00 USD → not sold" in shown
    assert "Whole meeting: members 220.00 USD 540.00 USD → not sold" in shown  # they paid the others' price
    assert "Late: not sold any more. It is 540.00 USD now." in shown
    assert "Whole meeting, virtual: others" not in shown  # nothing changes there


def test_a_day_of_ones_own_is_shown_and_nonsense_is_refused_at_its_field(meeting, grid, cleo):
    form = {**typed(cleo, grid), field(1, windows_of(meeting)[1]): "600"}

    own = (LATE + timedelta(days=2)).date()
    shown = words(cleo.post(f"{grid}/try", data={**form, "on": own.isoformat()}))
    odd = [cleo.post(f"{grid}/try", data={**form, "on": each}).status_code for each in ("soon", "0001-01-01")]

    assert f"On {day(own)}" in shown and "440.00 USD 540.00 USD → 600.00 USD 540.00 USD → 600.00 USD" in shown
    assert odd == [422, 422]


def test_it_says_whom_it_reaches_and_each_number_leads_to_its_list(meeting, grid, cleo):
    now = clock.now()
    a_registration(meeting, "Ada")
    an_order(meeting, somebody("Ben"))
    with transaction():
        for name in ("Eve", "Zoe"):
            a_draft(meeting, somebody_known(name), now)
        a_draft(meeting, somebody_known("Gus"), now, mode="virtual")
    form = {**typed(cleo, grid), field(1, windows_of(meeting)[0]): ""}

    looked = cleo.post(f"{grid}/try", data=form)

    shown = words(looked)
    assert "Whole meeting, in person 2 1 1" in shown
    assert "2 drafts have chosen it" in shown and "keeps the price at which the order was placed" in shown
    links = re.findall(r'href="(/staff/registrations/[^"]+)"', page(looked))
    lists = [page(cleo.get(link.replace("&amp;", "&"))) for link in links if "span=" in link]
    names = [
        [name for name in ("Ada", "Ben", "Eve", "Zoe", "Gus") if re.search(rf"\b{name}\b", text)] for text in lists
    ]
    assert names == [["Eve", "Zoe"], ["Ben"], ["Ada"]]


def test_drafts_that_would_have_nothing_left_to_buy_are_counted(meeting, grid, cleo):
    with transaction():
        a_draft(meeting, somebody_known("Eve"), clock.now(), mode="virtual")
    form = typed(cleo, grid)

    gone = {name: "" for name in form if name.startswith("p-3-")}
    looked = cleo.post(f"{grid}/try", data={**form, **gone})

    assert "1 draft has chosen what would not be sold today any more" in words(looked)


def test_waiting_lists_and_seats_of_groups_are_told(meeting, grid, cleo):
    now, full = clock.now(), full_in(meeting)
    for number in range(5):
        an_order(meeting, somebody(f"P{number}"))
    with transaction():
        draft = a_draft(meeting, somebody_known("Eve"), now)
        registration.waiting.join(draft, category=full, now=now)
        group = registration.groups.make(
            meeting=meeting, coordinator=somebody_known("Pia"), by=None, now=now, name="Lab"
        )
        db.session.add(registration.groups.Seat(group_id=group.id, email="s@example.org", category=full, added_at=now))
    form = {**typed(cleo, grid), field(1, windows_of(meeting)[0]): "450"}

    shown = words(cleo.post(f"{grid}/try", data=form))

    assert "1 person waits for a place" in shown
    assert "1 seat of a group is not ordered yet" in shown


def test_going_back_keeps_everything_typed_and_nothing_changed_is_said(meeting, grid, cleo):
    form = typed(cleo, grid)
    early = windows_of(meeting)[0]

    back = cleo.post(f"{grid}/try", data={**form, field(1, early): "461.5", field(0, early): "nonsense", "do": "back"})
    same = cleo.post(f"{grid}/try", data=form)

    assert back.status_code == 200 and 'value="461.5"' in page(back) and 'value="nonsense"' in page(back)
    assert "Nothing would change" in page(same)
    assert "Save the prices" not in page(same)


def test_what_is_no_price_is_told_at_its_field_before_anything_is_shown(meeting, grid, cleo):
    form = {**typed(cleo, grid), field(1, windows_of(meeting)[0]): "a lot"}

    assert cleo.post(f"{grid}/try", data=form).status_code == 422


def test_a_look_at_prices_that_somebody_else_changed_meanwhile_says_so(meeting, grid, cleo):
    early, _late = windows_of(meeting)
    form = typed(cleo, grid)
    follow(cleo, cleo.post(grid, data={**form, field(0, early): "230"}))

    looked = cleo.post(f"{grid}/try", data={**form, field(1, early): "450"})

    assert "Somebody else has saved these prices meanwhile" in words(looked)
    assert "Whole meeting: members Regular 230.00 USD 220.00 USD" in words(looked)
    assert cleo.post(grid, data={**form, field(1, early): "450"}).status_code == 409


def test_an_add_on_is_looked_at_filled_in_and_taken_back_likewise(meeting, grid, cleo):
    dinner = registration.add_ons_of(meeting)[0]
    with transaction():
        a_draft(meeting, somebody_known("Eve"), clock.now(), extras=("dinner",))
    a_registration(meeting, "Ada", extras=("dinner",))
    address = f"{PRICES}/add-ons/{dinner.id}/prices"
    form = typed(cleo, address)
    name = field(1, windows_of(meeting)[0])

    looked = words(cleo.post(f"{address}/try", data={**form, name: "4.50"}))
    follow(cleo, cleo.post(address, data={**form, name: "4.50"}))
    kept = registration.extras.cells_of(dinner)
    entry = audit.story_of(dinner)[0].id
    follow(cleo, cleo.post(f"{address}/back", data={"entry": entry}))

    assert "own price (85.00 USD) 4.50 USD" in looked and "a tenth of what it is now" in looked
    assert "Full 1 0 1" in looked
    assert list(kept.values()) == [450]
    assert registration.extras.cells_of(dinner) == {}


def test_nobody_else_may_look_or_take_back(meeting, grid, cleo, dov, fay):
    form = typed(cleo, grid)

    answers = [who.post(f"{grid}/{act}", data=form).status_code for who in (dov, fay) for act in ("try", "back")]

    assert answers == [403] * 4


def test_an_open_order_whose_price_has_a_date_is_told_apart(meeting, grid, cleo):
    with transaction():
        registration.pricing.set_policy(
            meeting, seen=0, by=None, now=clock.now(), price_date="grace", pay_days=5, hard_at=LATE + timedelta(days=9)
        )
    an_order(meeting, somebody("Ben"))
    form = {**typed(cleo, grid), field(1, windows_of(meeting)[0]): "450"}

    shown = words(cleo.post(f"{grid}/try", data=form))

    assert "1 open order keeps it only when its payment begins in time" in shown
    assert "within the days of grace pays the price of that day" in shown
