"""Beginning something that is done to many, and doing it: each registration once, in a transaction of its own.

The row of a registration is locked before anything is done to it, and says what became of it in the same transaction. So a
killed worker loses nothing and repeats nothing, and two workers share the work.
"""

import logging

from flask_babel import gettext as _
from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import joinedload

from conference import audit, jobs, meetings, people, registration
from conference.kernel import Refusal, claimed, db, end_read, in_parts, insert_once, new_ref, transaction
from conference.staff.bulk.acts import act_of
from conference.staff.bulk.rules import ItemState
from conference.staff.models import Bulk, BulkItem

log = logging.getLogger(__name__)

MOST_TRIES = 3  # of what breaks for a reason that nobody foresaw


def begin(meeting, act, facts, plan, *, seen, by, now, due_at=None, asked=None, undoes=None):
    """Have the worker do what the plan says, which was shown as `seen` (its digest); the Bulk.

    Refusal when there is nobody, when the list has changed since it was shown, or when somebody has just begun the same.
    """
    digest = plan.digest(act.key, facts)
    if not plan.steps:
        raise Refusal(_("Nobody is left to whom this would be done."))
    if seen != digest:
        raise Refusal(_("The list has changed since you looked. Look again at whom it means now."))
    values = {
        "ref": new_ref(), "meeting_id": meeting.id, "person_id": by.id, "act": act.key, "facts": facts, "digest": digest,
        "total": len(plan.steps), "made_at": now, "due_at": max(due_at or now, now), "undoes_id": undoes.id if undoes else None,
    }  # fmt: skip
    if not insert_once(Bulk.__table__, values):
        raise Refusal(_already(meeting, digest, undoes))
    bulk = bulk_of(meeting, values["ref"])
    rows = [_row(bulk, step) for step in plan.steps]
    for some in in_parts(rows):
        db.session.execute(insert(BulkItem), some)
    after = {**(asked or {}), "count": len(rows)}
    audit.record(by=by, verb="began together", subject=meeting, now=now, after=after, note=act.title(facts))
    jobs.soon("together")
    return bulk


def stop(bulk, *, by, now):
    """Do it to nobody any more; how many it was not done to. What is done already stays."""
    waiting = update(BulkItem).where(BulkItem.bulk_id == bulk.id, BulkItem.state == ItemState.WAITING)
    result = db.session.execute(waiting.values(state=str(ItemState.STOPPED), done_at=now))
    count = result.rowcount  # type: ignore[attr-defined]
    if not count:
        raise Refusal(_("It is done already: there is nothing to stop."))
    facts = {"count": count}
    meeting = meetings.by_id(bulk.meeting_id)
    audit.record(by=by, verb="stopped together", subject=meeting, now=now, after=facts, note=title_of(bulk))
    finish_over(now)
    return count


def work_on_next(now):
    """Do the next one that is due; whether there was any. What breaks is put back, and given up after some tries."""
    item_id, act, entry_id = _next(now)
    if item_id is None:
        return False
    try:
        _prepare(act, entry_id)
        with transaction():
            return _do(item_id, act, now)
    except Refusal as refusal:
        told = str(refusal)
        with transaction():
            _become(item_id, ItemState.REFUSED, told, now)
        return True
    except Exception:
        log.exception("%s of registration %s broke", act.key, entry_id)
        with transaction():
            _put_back(item_id, now)
        return False


def finish_over(now):
    """Mark what has nothing left to do as finished."""
    waiting = exists().where(BulkItem.bulk_id == Bulk.id, BulkItem.state == ItemState.WAITING)
    over = update(Bulk).where(Bulk.finished_at.is_(None), ~waiting)
    db.session.execute(over.values(finished_at=now), execution_options={"synchronize_session": False})


def bulk_of(meeting, ref):
    """One of this meeting with who began it, or None."""
    statement = select(Bulk).where(Bulk.meeting_id == meeting.id, Bulk.ref == ref).options(joinedload(Bulk.person))
    return db.session.scalar(statement.execution_options(populate_existing=True))


def title_of(bulk):
    """What is done, in words."""
    return act_of(bulk.act).title(bulk.facts)


def counts_of(bulk_ids):
    """{bulk id: {ItemState: how many}} of these."""
    rows = select(BulkItem.bulk_id, BulkItem.state, func.count()).where(BulkItem.bulk_id.in_(bulk_ids))
    found: dict = {key: dict.fromkeys(ItemState, 0) for key in bulk_ids}
    for key, state, count in db.session.execute(rows.group_by(BulkItem.bulk_id, BulkItem.state)):
        found[key][ItemState(state)] = count
    return found


def _next(now):
    """(key of the item, its act, key of its registration), or Nones; read without a lock, which `_do` takes."""
    due = Bulk.finished_at.is_(None), Bulk.due_at <= now, BulkItem.state == ItemState.WAITING
    statement = select(BulkItem.id, Bulk.act, BulkItem.registration_id).join(Bulk, BulkItem.bulk_id == Bulk.id)
    first = statement.where(*due).order_by(Bulk.id, BulkItem.tries, BulkItem.id).limit(1)
    row = db.session.execute(first.with_for_update(skip_locked=True, of=BulkItem)).first()
    end_read()
    return (row[0], act_of(row[1]), row[2]) if row else (None, None, None)


def _prepare(act, entry_id):
    if act.prepare is not None:
        entry = registration.by_id(entry_id)
        act.prepare(entry)
        end_read()


def _do(item_id, act, now):
    """Under the lock of the item, if it still waits: another worker may have been faster."""
    item = db.session.scalar(
        select(BulkItem)
        .where(BulkItem.id == item_id, BulkItem.state == ItemState.WAITING)
        .with_for_update(of=BulkItem)
        .execution_options(populate_existing=True)
    )
    if item is None:
        return True
    bulk = db.session.get(Bulk, item.bulk_id)
    entry, by = registration.by_id(item.registration_id), people.by_id(bulk.person_id)
    kept = act.do(entry, bulk.facts, dict(item.kept), by, now)
    _become(item_id, ItemState.DONE, "", now, kept=kept)
    return True


def _become(item_id, state, told, now, *, kept=None):
    values = {"state": str(state), "told": told, "done_at": now} | ({} if kept is None else {"kept": kept})
    mine = update(BulkItem).where(BulkItem.id == item_id, BulkItem.state == ItemState.WAITING)
    claimed(mine.values(**values))


def _put_back(item_id, now):
    tries = db.session.scalar(select(BulkItem.tries).where(BulkItem.id == item_id)) + 1
    if tries >= MOST_TRIES:
        _become(item_id, ItemState.REFUSED, _("Something went wrong. The log of the worker knows more."), now)
    db.session.execute(update(BulkItem).where(BulkItem.id == item_id).values(tries=tries))


def _already(meeting, digest, undoes):
    if undoes is not None:
        return _("This was undone already.")
    statement = select(Bulk).where(Bulk.meeting_id == meeting.id, Bulk.digest == digest, Bulk.finished_at.is_(None))
    running = db.session.scalar(statement.options(joinedload(Bulk.person)))
    who = running.person.full_name if running else _("Somebody")
    return _("%(who)s has just begun the same. Each person gets it once: see how far it is.", who=who)


def _row(bulk, step):
    return {"bulk_id": bulk.id, "registration_id": step.entry.id, "kept": step.kept}
