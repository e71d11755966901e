"""Kinds of booths: made, changed and taken away at the desk. A changed rule is the rule of all who have such a booth, at once or not at all."""

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from conference import audit
from conference.kernel import Refusal, db
from conference.registration import groups
from conference.registration.exhibitors import actions, queries
from conference.registration.exhibitors.models import BoothKind

NAMED = 5  # companies that a refusal names
_FOLLOWED = {"category_id", "with_add_ons", "names_until", "late", "company_most"}  # what groups are told


def add_kind(meeting, *, by, now, **facts):
    """A new kind of booth; Refusal at the field when its code is in use."""
    kind = BoothKind(meeting_id=meeting.id)
    _keep(kind, facts)
    audit.record(by=by, verb="added", subject=kind, now=now, note=kind.name)
    return kind


def change_kind(kind, *, by, now, **facts):
    """Another rule, category or day for a kind of booth; the allotments of its exhibitors follow.

    Refusal when one of them uses more badges than it would have then; nothing is changed. Groups are locked first, then the kind: whoever
    orders badges has a group, and goes on to its allotment.
    """
    _lock(kind)
    before, after = audit.changes(kind, facts)
    if not after:
        return
    _keep(kind, after)
    _fit_all(kind, bool(after.keys() & _FOLLOWED), by, now)
    audit.record(
        by=by, verb="changed", subject=kind, now=now, before=_plain(before), after=_plain(after), note=kind.name
    )


def remove_kind(kind, *, by, now):
    """Take a kind away that nobody has; Refusal else."""
    db.session.execute(select(BoothKind.id).where(BoothKind.id == kind.id).with_for_update())
    having = queries.of_kind(kind)
    if having:
        raise Refusal(_("%(companies)s have such a booth: give them another kind first.", companies=_companies(having)))
    audit.record(by=by, verb="took away the kind of booth", subject=kind, now=now, note=kind.name)
    db.session.execute(delete(BoothKind).where(BoothKind.id == kind.id))


def _lock(kind):
    """The groups of all who have such a booth, then the kind, as it is by then; Refusal when somebody was given one in between."""
    locked = {each.group_id for each in queries.of_kind(kind)}
    groups.lock_all(locked)
    mine = select(BoothKind).where(BoothKind.id == kind.id).with_for_update(key_share=True, of=BoothKind)
    found = db.session.scalar(mine.execution_options(populate_existing=True))
    if found is None or not {each.group_id for each in queries.of_kind(kind)} <= locked:
        raise Refusal(_("Exhibitors with such a booth have changed this moment. Look again, and save it once more."))


def _fit_all(kind, with_groups, by, now):
    """Every exhibitor's allotment by the new rule; those that use more are named together."""
    few = []
    for exhibitor in queries.of_kind(kind):
        before, after = {}, {}
        try:
            actions.fit(exhibitor, kind, before, after)
        except Refusal:
            few.append(exhibitor)
            continue
        if with_groups:
            actions.follow(exhibitor, kind)
        if after:
            told = {"before": before, "after": after, "note": kind.name}
            audit.record(by=by, verb="changed the allotment of", subject=exhibitor, now=now, **told)
    if few:
        text = _(
            "By this rule %(companies)s would have fewer badges than they use. Give them their number by hand first, with "
            "a reason, or take badges back.",
            companies=_companies(few),
        )
        raise Refusal(text, field="badges")


def _companies(exhibitors):
    named = ", ".join(each.company for each in exhibitors[:NAMED])
    more = len(exhibitors) - NAMED
    return _("%(companies)s and %(more)s more", companies=named, more=more) if more > 0 else named


def _keep(kind, facts):
    try:
        with db.session.begin_nested():
            for name, value in facts.items():
                setattr(kind, name, value)
            db.session.add(kind)
    except IntegrityError:
        raise Refusal(_("This code is in use already."), field="code") from None


def _plain(facts):
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}
