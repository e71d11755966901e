"""Filling in many prices at once, which saves nothing, and taking the last save back."""

import pytest

from conference import audit, registration
from conference.kernel import db, transaction
from conference.meetings import Window
from tests.staff.cast import follow, page
from tests.staff.price_grid import cells, field, full_in, grid, windows_of
from tests.staff.test_add_on_prices import typed

__all__ = ["grid"]


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
