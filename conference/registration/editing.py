"""Changing what a meeting sells while it sells: every change is remembered, and no line that was sold ever changes."""

import hashlib
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from conference import audit, jobs
from conference.kernel import Money, Refusal, claimed, db, new_ref
from conference.registration import setting_up
from conference.registration.code_models import DiscountCode
from conference.registration.models import Category, Pool, Price


def add(make, meeting, *, by, now, **facts):
    """What `make` (add_category, offer_add_on, add_pool) makes of `facts`; Refusal when its code is in use."""
    try:
        with db.session.begin_nested():
            row = make(meeting, **facts)
    except IntegrityError:
        raise Refusal(_("This code is in use already."), field="code") from None
    audit.record(by=by, verb="added", subject=row, now=now, note=_name_of(row))
    return row


def change(row, *, by, now, **facts):
    """Change a category, an add-on or a pool, and remember what stood there before."""
    before, after = audit.changes(row, facts)
    for name, value in after.items():
        setattr(row, name, value)
    if after:
        told = {"before": _plain(before), "after": _plain(after)}
        audit.record(by=by, verb="changed", subject=row, now=now, note=_name_of(row), **told)
    db.session.flush()
    return row


def resize(pool, *, places, by, now):
    """Give a pool another number of places (None: no limit); Refusal when more are taken than that."""
    if pool.places == places:
        return
    room = Pool.id == pool.id if places is None else (Pool.id == pool.id) & (Pool.taken <= places)
    if not claimed(update(Pool).where(room).values(places=places)):
        raise Refusal(_("%(taken)s places are taken already: not fewer than that.", taken=_taken(pool)), field="places")
    sizes = {"before": {"places": pool.places}, "after": {"places": places}}
    audit.record(by=by, verb="changed", subject=pool, now=now, note=pool.name, **sizes)
    db.session.refresh(pool)
    jobs.soon("waiting")


def add_codes(meeting, *, count, prefix, by, now, **facts):
    """`count` codes that begin with `prefix`, each with an end that nobody can guess."""
    rows = [setting_up.add_code(meeting, code=f"{prefix}-{new_ref(8)}", **facts) for _number in range(count)]
    facts = {"count": count, "code": f"{prefix}-…", "reason": facts["reason"]}
    audit.record(by=by, verb="made codes for", subject=meeting, now=now, after=facts)
    return rows


def change_code(code, *, most_uses, by, now, **facts):
    """Change what a code does for those who use it from now on; Refusal when it was used more often than it may be then."""
    room = DiscountCode.id == code.id
    if most_uses is not None:
        room &= DiscountCode.used <= most_uses
    if not claimed(update(DiscountCode).where(room).values(most_uses=most_uses, version=DiscountCode.version + 1)):
        raise Refusal(_("It is in use more often already: not fewer than that."), field="most_uses")
    limits = {"before": {"most_uses": code.most_uses}, "after": {"most_uses": most_uses}}
    if code.most_uses != most_uses:
        audit.record(by=by, verb="changed", subject=code, now=now, note=code.code, **limits)
    db.session.refresh(code)
    return change(code, by=by, now=now, **facts)


def cells_of(category):
    """The prices of a category as {(window id, member, span, mode): minor units}."""
    rows = select(Price.window_id, Price.member, Price.span, Price.mode, Price.amount_minor)
    return {tuple(row[:4]): row[4] for row in db.session.execute(rows.where(Price.category_id == category.id))}


def cells_version(category):
    """A text that changes with any price of a category: a form carries it to notice what was changed elsewhere."""
    return hashlib.sha256(repr(sorted(cells_of(category).items())).encode()).hexdigest()[:32]


def set_prices(category, cells, *, meeting, seen, by, now):
    """Make the prices of a category those of `cells` (as cells_of; None is not sold); Refusal when they changed since `seen`."""
    db.session.scalar(select(Category.id).where(Category.id == category.id).with_for_update())
    if seen != cells_version(category):
        raise Refusal(_("These prices were changed elsewhere meanwhile. Look at them again before you save."))
    before = cells_of(category)
    changed = {key: minor for key, minor in cells.items() if before.get(key) != minor}
    windows = {window.id: window for window in meeting.windows}
    for key, minor in changed.items():
        _set_price(category, windows[key[0]], key, minor)
    if changed:
        kept = {key: before.get(key) for key in changed}
        stories = {"before": _told(kept, windows, meeting), "after": _told(changed, windows, meeting)}
        audit.record(by=by, verb="changed prices", subject=category, now=now, note=category.name, **stories)
    return len(changed)


def publish(meeting, *, version, text, by, now):
    """A new version of the code of conduct, asked for from now on; Refusal when the version is in use."""
    try:
        with db.session.begin_nested():
            code = setting_up.publish_conduct_code(meeting, version=version, text=text, now=now)
    except IntegrityError:
        raise Refusal(_("This version exists already: a version never changes its text."), field="version") from None
    audit.record(by=by, verb="published", subject=code, now=now, note=version)
    return code


def _set_price(category, window, key, minor):
    _window_id, member, span, mode = key
    if minor is not None:
        setting_up.set_price(category, window, amount_minor=minor, member=member, span=span, mode=mode)
        return
    cell = (Price.window_id == window.id, Price.member.is_(member), Price.span == span, Price.mode == mode)
    db.session.execute(delete(Price).where(Price.category_id == category.id, *cell))


def _told(cells, windows, meeting):
    """Prices as words for the audit trail."""
    return {
        " ".join((windows[window].code, "member" if member else "other", span, mode)): _amount(minor, meeting.currency)
        for (window, member, span, mode), minor in cells.items()
    }


def _amount(minor, currency):
    return "not sold" if minor is None else Money(minor, currency).decimal_text


def _taken(pool):
    return db.session.scalar(select(Pool.taken).where(Pool.id == pool.id))


def _name_of(row):
    return next(getattr(row, name) for name in ("name", "title", "label", "code") if hasattr(row, name))


def _plain(facts):
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()}
