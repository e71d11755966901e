"""A guest never stands without a host: asked under the lock of the host's row, whatever happens to either at the same time."""

from flask_babel import gettext as _
from sqlalchemy import FromClause, bindparam, select

from conference.kernel import Refusal, db
from conference.people import Person
from conference.registration.models import Registration
from conference.registration.rules import State

STANDING = (State.HELD, State.CONFIRMED)


_HOSTS: FromClause = Registration.__table__.alias("hosts")
_THEIRS = select(Registration.host_id).where(Registration.id.in_(bindparam("ids", expanding=True)))
_LOCKED = select(_HOSTS.c.id).where(_HOSTS.c.id.in_(_THEIRS)).order_by(_HOSTS.c.id).with_for_update(key_share=True)
_ALONE = _THEIRS.join(_HOSTS, Registration.host_id == _HOSTS.c.id).where(_HOSTS.c.state != str(State.CONFIRMED))


def lock(host_id):
    """The state of a host's registration as it is now, nobody else's to change until the commit."""
    mine = select(Registration.state).where(Registration.id == host_id)
    return db.session.scalar(mine.with_for_update(key_share=True))


def lock_hosts(ids):
    """Lock whoever brings one of the registrations of these keys; their keys."""
    return list(db.session.scalars(_LOCKED, {"ids": ids}))


def refuse_alone(ids):
    """Refusal when whoever brings one of the registrations of these keys is not registered themselves."""
    if db.session.scalar(_ALONE.limit(1), {"ids": ids}) is not None:
        raise Refusal(_("Whoever brings this guest is not registered any more."))


def refuse_left_behind(host):
    """Refusal while guests of a registration stand, which was written in this transaction and ends with it."""
    names = guest_names(host)
    if names:
        raise Refusal(
            _("Guests come with this registration: %(names)s. They end with it, or are cancelled first.", names=names)
        )


def guest_names(host):
    """The names of the guests of a registration who are registered or held, in words; empty for none."""
    mine = select(Person).join(Registration, Registration.person_id == Person.id)
    mine = mine.where(Registration.host_id == host.id, Registration.state.in_([str(each) for each in STANDING]))
    return ", ".join(person.full_name for person in db.session.scalars(mine.order_by(Registration.id)))


def stranded():
    """Every guest who stands although their host does not, in words; empty when all is well."""
    statement = select(Registration.ref).join(_HOSTS, Registration.host_id == _HOSTS.c.id)
    alone = Registration.state == State.CONFIRMED, _HOSTS.c.state != str(State.CONFIRMED)
    refs = db.session.scalars(statement.where(*alone).order_by(Registration.id))
    return [f"guest {ref} is registered, and whoever brings them is not" for ref in refs]
