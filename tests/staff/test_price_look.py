"""Looking at new prices before they are saved, filling in many at once, and taking the last save back."""

import re
from datetime import timedelta

import pytest

from conference import audit, registration
from conference.kernel import clock, db, transaction
from conference.meetings import Window
from conference.web import day
from tests.cast import a_draft, a_person
from tests.staff.cast import a_registration, an_order, follow, page, somebody
from tests.staff.test_add_on_prices import typed

PRICES = "/staff/prices/T1"
LATE = clock.now().replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=90)


def full_in(meeting):
    return registration.category_by_code(meeting, "full")


@pytest.fixture
def grid(meeting):
    """The address of the grid of the full category, which has an early price for ninety days and a late one afterwards."""
    first = meeting.windows[0]
    late = Window(meeting_id=meeting.id, code="late", name="Late", ends_at=first.ends_at)
    first.ends_at = LATE
    db.session.flush()
    db.session.add(late)
    db.session.flush()
    registration.set_price(full_in(meeting), late, amount_minor=54000)
    db.session.commit()
    db.session.expire_all()
    return f"{PRICES}/categories/{full_in(meeting).id}/prices"


def cells(meeting):
    db.session.expire_all()
    return registration.cells_of(full_in(meeting))


def field(number, window):
    """The name of a field: the rows are those of the whole meeting (members, others), then virtual."""
    return f"p-{number}-{window.id}"


def windows_of(meeting):
    return list(meeting.windows)


def words(answer):
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(answer)))


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


def somebody_known(name):
    """As `somebody`, inside a transaction."""
    return a_person(name, clock.now())


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


def test_prices_are_raised_by_a_share_rounded_and_only_typed_in(meeting, grid, cleo):
    before, form = cells(meeting), typed(cleo, grid)
    asked = {"share": "+5 %", "step": "5", "fill_rows": "r1", "fill_columns": "all", "do": "raise"}

    filled = cleo.post(f"{grid}/try", data={**form, **asked})

    assert cells(meeting) == before
    assert "2 fields have changed" in page(filled)
    assert [f'value="{text}"' in page(filled) for text in ("460.00", "565.00", "220.00")] == [True] * 3


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"share": "a bit"}, "Type a percentage"),
        ({"share": "-101"}, "Less than nothing"),
        ({"share": "5", "step": "x"}, "is not an amount"),
        ({"share": "9999", "fill_rows": "r1", "form": "999999.99"}, "more than Stripe takes"),
    ],
)
def test_a_share_that_makes_no_sense_is_refused_at_its_field_and_nothing_is_lost(meeting, grid, cleo, asked, told):
    form = {**typed(cleo, grid), field(1, windows_of(meeting)[0]): asked.get("form", "461")}

    answer = cleo.post(f"{grid}/try", data={**form, "fill_rows": "all", "fill_columns": "all", **asked, "do": "raise"})

    assert answer.status_code == 422 and told in page(answer)
    assert f'value="{asked.get("form", "461")}"' in page(answer)


def test_a_row_or_a_column_is_copied_into_its_like_alone(meeting, grid, cleo):
    form, before = typed(cleo, grid), cells(meeting)

    row = cleo.post(f"{grid}/try", data={**form, "source": "r1", "target": "r0", "do": "copy"})
    column = cleo.post(f"{grid}/try", data={**form, "source": "c0", "target": "c1", "do": "copy"})
    wrong = [
        cleo.post(f"{grid}/try", data={**form, "source": source, "target": target, "do": "copy"}).status_code
        for source, target in (("r0", "c0"), ("r0", "r0"), ("r0", "r999"), ("", ""))
    ]

    assert page(row).count('value="440.00"') == 2 and page(row).count('value="540.00"') == 2
    assert page(column).count('value="440.00"') == 2 and page(column).count('value="220.00"') == 4
    assert wrong == [422] * 4 and cells(meeting) == before


def test_a_look_at_prices_that_somebody_else_changed_meanwhile_says_so(meeting, grid, cleo):
    early, _late = windows_of(meeting)
    form = typed(cleo, grid)
    follow(cleo, cleo.post(grid, data={**form, field(0, early): "230"}))

    looked = cleo.post(f"{grid}/try", data={**form, field(1, early): "450"})

    assert "Somebody else has saved these prices meanwhile" in words(looked)
    assert "Whole meeting: members Regular 230.00 USD 220.00 USD" in words(looked)
    assert cleo.post(grid, data={**form, field(1, early): "450"}).status_code == 409


def test_the_last_save_is_taken_back_and_that_too(meeting, grid, cleo):
    early, late = windows_of(meeting)
    before, form = cells(meeting), typed(cleo, grid)
    follow(cleo, cleo.post(grid, data={**form, field(1, early): "450", field(1, late): "", field(0, late): "500"}))
    after = cells(meeting)

    shown = follow(cleo, cleo.post(f"{grid}/back", data={"entry": entry_of(meeting)}))

    assert "3 prices are again what they were" in shown and cells(meeting) == before
    assert audit.story_of(full_in(meeting))[0].verb == "took back prices"
    follow(cleo, cleo.post(f"{grid}/back", data={"entry": entry_of(meeting)}))
    assert cells(meeting) == after


def entry_of(meeting):
    return audit.story_of(full_in(meeting))[0].id


@pytest.mark.parametrize(
    "how", ["saved again", "taken back already", "in another way", "another entry", "a window gone"]
)
def test_nothing_is_taken_back_once_anything_changed_it_since(meeting, grid, cleo, how):
    early, late = windows_of(meeting)
    follow(cleo, cleo.post(grid, data={**typed(cleo, grid), field(1, early): "450"}))
    entry = entry_of(meeting)
    if how == "saved again":
        follow(cleo, cleo.post(grid, data={**typed(cleo, grid), field(1, late): "600"}))
    elif how == "taken back already":
        follow(cleo, cleo.post(f"{grid}/back", data={"entry": entry}))
    elif how == "in another way":
        with transaction():
            registration.set_price(full_in(meeting), early, amount_minor=1)
    elif how == "a window gone":
        with transaction():
            db.session.get(Window, early.id).code = "renamed"
    else:
        entry = "0"
    before = cells(meeting)

    answer = cleo.post(f"{grid}/back", data={"entry": entry})

    assert answer.status_code == 409 and cells(meeting) == before


def test_the_page_offers_to_take_back_only_what_still_stands(meeting, grid, cleo):
    early = windows_of(meeting)[0]
    fresh = page(cleo.get(grid))
    follow(cleo, cleo.post(grid, data={**typed(cleo, grid), field(1, early): "450"}))
    saved = page(cleo.get(grid))
    with transaction():
        registration.set_price(full_in(meeting), early, amount_minor=1)
    changed = page(cleo.get(grid))

    assert ["Take this back" in text for text in (fresh, saved, changed)] == [False, True, False]
    assert "Saved last by Cleo Desk" in saved and "changed since in another way" in changed


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
