"""Changing what a meeting sells while it sells: every change is remembered, and no line that was sold ever changes."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from conference import audit, jobs
from conference.kernel import Refusal, claimed, db, new_ref
from conference.registration import setting_up
from conference.registration.code_models import DiscountCode
from conference.registration.models import Pool


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


def publish(meeting, *, version, text, by, now):
    """A new version of the code of conduct, asked for from now on; Refusal when the version is in use."""
    try:
        with db.session.begin_nested():
            code = setting_up.publish_conduct_code(meeting, version=version, text=text, now=now)
    except IntegrityError:
        raise Refusal(_("This version exists already: a version never changes its text."), field="version") from None
    audit.record(by=by, verb="published", subject=code, now=now, note=version)
    return code


def _taken(pool):
    return db.session.scalar(select(Pool.taken).where(Pool.id == pool.id))


def _name_of(row):
    return next(getattr(row, name) for name in ("name", "title", "label", "code") if hasattr(row, name))


def _plain(facts):
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()}
