"""The verbs of guests: somebody names one, changes what was typed, takes them off; the office decides who may."""

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from conference import audit, payments, people
from conference.kernel import Refusal, claimed, db
from conference.registration import actions, hosting
from conference.registration import queries as catalogue
from conference.registration.guests import queries, rules
from conference.registration.guests.models import GuestPolicyRow
from conference.registration.models import Registration
from conference.registration.rules import State


def add(host, *, names, category, wish, by, now, by_office=False):
    """A guest of a registration, named and not ordered yet; Refusal when it may bring none, or no more.

    `by_office`: staff are not bound by how many guests may be brought by whom.
    """
    if hosting.lock(host.id) not in (State.DRAFT, State.CONFIRMED):
        raise Refusal(_("An order of yours waits for its payment. Pay it or give it back before you add guests."))
    policy = rules.OFFICE if by_office else queries.policy_of(host.meeting)
    rules.refuse_host(policy, code=host.category.code, name=host.category.name, mode=host.mode)
    rules.refuse_more(policy, queries.count_of(host))
    person = people.enter(now=now, is_fictional=host.person.is_fictional, **names)
    values = {**actions.fresh(host.meeting, person, now), "host_id": host.id}
    key = db.session.scalar(insert(Registration).values(values).returning(Registration.id))
    actions.choose(catalogue.by_id(key), category=category, wish=wish, dues_code="", now=now)
    audit.record(by=by, verb="named a guest", subject=host, now=now, note=person.full_name)
    return catalogue.by_id(key)


def change(guest, *, names, category, wish, by, now):
    """Another name, or something else that they take part in, while they are not ordered; Refusal afterwards."""
    actions.choose(guest, category=category, wish=wish, dues_code="", now=now)
    people.update(guest.person, by=by, now=now, **names)


def remove(guest, *, by, now):
    """Take a guest off who is not ordered: without a trace, or, once an order was about them, as somebody who does not come."""
    mine = select(Registration.state).where(Registration.id == guest.id).with_for_update()
    if db.session.scalar(mine) != State.DRAFT:
        raise Refusal(_("This guest is ordered meanwhile. Look again before you change it."))
    host = catalogue.by_id(guest.host_id)
    audit.record(by=by, verb="took a guest off", subject=host, now=now, note=guest.person.full_name)
    if payments.orders_with_line("registration", guest.id):
        claimed(update(Registration).where(Registration.id == guest.id).values(state=str(State.CANCELLED)))
        return
    db.session.execute(delete(Registration).where(Registration.id == guest.id))
    people.forget_unnamed([guest.person_id])


def set_policy(meeting, *, most, hosts, by, now):
    """How many guests one registration may bring from now on, and codes of the categories that may; who is registered stays."""
    row = queries.policy_row(meeting) or GuestPolicyRow(meeting_id=meeting.id, most=0, hosts=[])
    db.session.add(row)
    db.session.flush()
    before, after = audit.changes(row, {"most": most, "hosts": list(hosts)})
    for name, value in after.items():
        setattr(row, name, value)
    if after:
        audit.record(by=by, verb="decided on guests of", subject=meeting, now=now, before=before, after=after)
    db.session.flush()
    return row
