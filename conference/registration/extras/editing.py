"""Changing what add-ons cost a category in a window: remembered, noticed when two do it at once, and no sold line ever changes."""

import hashlib

from flask_babel import gettext as _
from sqlalchemy import delete, select

from conference import audit
from conference.kernel import Money, Refusal, db
from conference.registration.extras.models import AddOnPrice
from conference.registration.models import AddOn


def cells_of(add_on):
    """{(category id, window id): minor units} of an add-on; what is missing costs what the add-on says itself."""
    rows = select(AddOnPrice.category_id, AddOnPrice.window_id, AddOnPrice.amount_minor)
    return {tuple(row[:2]): row[2] for row in db.session.execute(rows.where(AddOnPrice.add_on_id == add_on.id))}


def version_of(add_on):
    """A text that changes with any price of an add-on: a form carries it to notice what was changed elsewhere."""
    return hashlib.sha256(repr(sorted(cells_of(add_on).items())).encode()).hexdigest()[:32]


def set_prices(add_on, cells, *, categories, windows, seen, by, now):
    """Make the prices of an add-on those of `cells` (as cells_of, None is its own price); how many changed.

    `categories` and `windows` are those of the meeting, as {key: row}. Refusal when the prices changed since `seen`.
    """
    db.session.scalar(select(AddOn.id).where(AddOn.id == add_on.id).with_for_update())
    if seen != version_of(add_on):
        raise Refusal(_("These prices were changed elsewhere meanwhile. Look at them again before you save."))
    before = cells_of(add_on)
    changed = {key: minor for key, minor in cells.items() if before.get(key) != minor}
    for (category_id, window_id), minor in changed.items():
        _set(add_on, category_id, window_id, minor)
    if changed:
        kept = {key: before.get(key) for key in changed}
        stories = [_told(each, categories, windows, add_on.currency) for each in (kept, changed)]
        audit.record(
            by=by,
            verb="changed prices",
            subject=add_on,
            now=now,
            note=add_on.title,
            before=stories[0],
            after=stories[1],
        )
    return len(changed)


def _set(add_on, category_id, window_id, minor):
    keys = {"add_on_id": add_on.id, "category_id": category_id, "window_id": window_id}
    db.session.execute(delete(AddOnPrice).filter_by(**keys))
    if minor is not None:
        db.session.add(AddOnPrice(**keys, amount_minor=minor))
    db.session.flush()


def _told(cells, categories, windows, currency):
    """Prices as words for the audit trail."""
    return {
        f"{categories[category].code} {windows[window].code}": _amount(minor, currency)
        for (category, window), minor in cells.items()
    }


def _amount(minor, currency):
    return "own price" if minor is None else Money(minor, currency).decimal_text
