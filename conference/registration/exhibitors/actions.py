"""The verbs of an exhibitor: entered, changed, taken away. Its allotment follows its booth, and never falls below what is used."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from conference import audit
from conference.kernel import Refusal, claimed, db, fold
from conference.registration import allotments, groups
from conference.registration.allotment_models import Allotment
from conference.registration.exhibitors import queries
from conference.registration.exhibitors.models import BoothKind, Exhibitor
from conference.registration.exhibitors.rules import MOST, allotment
from conference.registration.groups.models import Group, Roster, Seat

# What staff say about a company and its booth.
FACTS = ("company", "booths", "booth_count", "area", "override", "override_reason", "note")


def add(meeting, *, kind, email, by, now, file=None, **facts):
    """A new exhibitor of `facts` (FACTS) whose contact has `email`; Refusal at the field when the company is one already."""
    _hold(kind)
    contact = groups.coordinator_from(email, now)
    about = {"name": facts["company"], "bill_to": "", "tax_id": "", "po_number": "", "note": ""}
    group = groups.make(meeting=meeting, coordinator=contact, by=by, now=now, **about)
    keys = {"meeting_id": meeting.id, "group_id": group.id, "kind_id": kind.id, "file_id": file.id if file else None}
    exhibitor = Exhibitor(key=key_of(facts["company"]), made_at=now, **keys, **facts)
    _keep(exhibitor, {}, facts["company"])
    given = allotted(exhibitor, kind)
    db.session.add(Allotment(group_id=group.id, allotted=given, used=0))
    _let_order(group.id, kind)
    told = {"company": exhibitor.company, "booths": exhibitor.booths, "email": email, "allotted": given}
    audit.record(by=by, verb="entered the exhibitor", subject=exhibitor, now=now, after=told)
    db.session.flush()
    return exhibitor


def change(exhibitor, *, kind, email, by, now, **facts):
    """What is known of an exhibitor, its booth and contact.

    Refusal at the field when another company has this name, or more badges are used than it would have then.
    """
    groups.lock(exhibitor.group)
    _hold(kind)
    before, after = audit.changes(exhibitor, {**facts, "kind_id": kind.id})
    _keep(exhibitor, {**after, "key": key_of(facts["company"])}, facts["company"])
    _hand_to(exhibitor, email, before, after, now)
    fit(exhibitor, kind, before, after)
    follow(exhibitor, kind)
    if after:
        told = {"before": before, "after": after, "note": exhibitor.company}
        audit.record(by=by, verb="changed", subject=exhibitor, now=now, **told)
    db.session.flush()


def fit(exhibitor, kind, before, after):
    """Make the allotment what the booth brings now; Refusal that says what to do when more badges are used than that."""
    row, wanted = allotments.locked(exhibitor.group_id), allotted(exhibitor, kind)
    if row.allotted == wanted:
        return
    before["allotted"], after["allotted"] = row.allotted, wanted
    try:
        allotments.resize(row, wanted)
    except allotments.TooFew as few:
        facts = {"company": exhibitor.company, "used": few.used, "allotted": wanted}
        text = _(
            "%(company)s uses %(used)s badges of its allotment and would have %(allotted)s. Take badges back from its "
            "orders first, or give it %(used)s by hand, with a reason.",
            **facts,
        )
        raise Refusal(text, field="override") from None


def follow(exhibitor, kind):
    """Let the group order what the kind of booth says; seats that nobody has ordered yet go along."""
    _let_order(exhibitor.group_id, kind)
    waiting = [each.seat.id for each in groups.seats_of(exhibitor.group) if each.state is groups.SeatState.OPEN]
    changed: dict = {"category_id": kind.category_id} | ({} if kind.with_add_ons else {"wanted": []})
    if waiting:
        db.session.execute(update(Seat).where(Seat.id.in_(waiting)).values(**changed))


def remove(exhibitor, *, by, now):
    """Take an exhibitor away with its roster; Refusal once anything was ordered for it, since orders stay told."""
    groups.lock(exhibitor.group)
    if queries.has_ordered(exhibitor):
        raise Refusal(_("Badges were ordered for this exhibitor, so it stays. You can give it no badges by hand."))
    told = {"company": exhibitor.company}
    audit.record(by=by, verb="took the exhibitor away", subject=exhibitor, now=now, before=told, note=exhibitor.company)
    group_id = exhibitor.group_id
    db.session.execute(delete(Exhibitor).where(Exhibitor.id == exhibitor.id))
    for table in (Allotment, Seat, Roster):
        db.session.execute(delete(table).where(table.group_id == group_id))
    db.session.execute(delete(Group).where(Group.id == group_id))


def allotted(exhibitor, kind):
    """How many badges an exhibitor has free of charge."""
    if exhibitor.override is not None:
        return exhibitor.override
    return allotment(kind.rule, booths=exhibitor.booth_count, area=exhibitor.area)


def key_of(company):
    """By what two spellings of a company are the same."""
    return fold(company)[:600]


def _hold(kind):
    """Bring a kind of booth up to now, which nobody changes until the commit; after any group. Refusal when it is gone."""
    mine = select(BoothKind).where(BoothKind.id == kind.id).with_for_update(read=True, of=BoothKind)
    if db.session.scalar(mine.execution_options(populate_existing=True)) is None:
        raise Refusal(_("This kind of booth was taken away meanwhile. Choose another."), field="kind_id")


def _keep(exhibitor, values, company):
    """Written inside a savepoint, so that a name in use leaves the transaction whole."""
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(exhibitor, name, value)
            db.session.add(exhibitor)
    except IntegrityError:
        text = _("%(company)s is an exhibitor of this meeting already.", company=company)
        raise Refusal(text, field="company") from None


def _let_order(group_id, kind):
    most = MOST if kind.company_most is None else kind.company_most
    facts = {"category_id": kind.category_id, "with_add_ons": kind.with_add_ons, "closes_at": kind.closes_at}
    room = (Group.id == group_id) & (Group.unnamed <= most)
    if not claimed(update(Group).where(room).values(unnamed_most=most, **facts)):
        name, count = db.session.execute(select(Group.name, Group.unnamed).where(Group.id == group_id)).one()
        told = {"company": name, "count": count, "most": most}
        text = _(
            "%(company)s has %(count)s badges without a person on its roster, and its kind of booth allows %(most)s. Take some off first.",
            **told,
        )
        raise Refusal(text, field="kind_id")


def _hand_to(exhibitor, email, before, after, now):
    """Somebody else is the contact from now on; orders stay with whoever placed them."""
    former = exhibitor.group.coordinator
    if former.email != email:
        contact = groups.coordinator_from(email, now)
        db.session.execute(update(Group).where(Group.id == exhibitor.group_id).values(coordinator_id=contact.id))
        before["contact"], after["contact"] = former.email, contact.email
