"""The verbs of a registration: start, choose, answer, hold, keep, release, cancel."""

from flask_babel import gettext as _
from sqlalchemy import delete, update
from sqlalchemy.orm.attributes import set_committed_value

from conference import audit
from conference.kernel import Refusal, claimed, db, insert_once, new_badge_code, new_ref
from conference.registration import allotments, codes, hosting, invited, places
from conference.registration.form import actions as form
from conference.registration.form.queries import asked_ids
from conference.registration.models import Booking, Registration
from conference.registration.queries import pools_for, registration_in
from conference.registration.rules import CategoryKind, Mode, State

# What a choice writes into a draft.
CHOSEN = ("category_id", "span", "mode", "wanted", "dues_code", "discount_code", "state")
_PRICED = ("category_id", "span", "mode", "discount_code")  # what a price is made of


def start(*, meeting, person, now):
    """The person's registration for a meeting, begun as a draft if there was none."""
    found = registration_in(meeting, person)
    if found is None:
        insert_once(Registration.__table__, fresh(meeting, person, now))
        found = registration_in(meeting, person)
    return found


def choose(registration, *, category, wish, dues_code, now):
    """Write what somebody would like into the draft; Refusal when the registration is past being a draft.

    Guests, and nobody else, are registered as what guests are.
    """
    if (category.kind == CategoryKind.GUEST) != (registration.host_id is not None):
        raise Refusal(_("%(category)s: this category is not for them.", category=category.name), field="category")
    values = {
        "category_id": category.id,
        "span": wish.span,
        "mode": str(wish.mode),
        "wanted": list(wish.extras),
        "dues_code": dues_code,
        "state": State.DRAFT,
    }
    if (registration.category_id, registration.mode) != (category.id, wish.mode):
        values["questions_done_at"] = None  # what is asked hangs on both
    _change(registration, values, when=(State.DRAFT, State.CANCELLED))


def redeem(registration, code):
    """Write the code that was typed into the draft, or take it away (""); what it is worth is asked when it is priced."""
    _change(registration, {"discount_code": code}, when=(State.DRAFT, State.CANCELLED))


def answer(registration, *, answers, conduct_code, now, by=None):
    """Keep the answers {question id: kept text} of a draft and the acceptance of a conduct code.

    Answers to what is asked and not answered are removed; those to what is no longer asked stay.
    """
    form.keep(registration, answers, asked=asked_ids(registration), by=by, now=now)
    done = {"questions_done_at": now}
    if conduct_code:
        done |= {"conduct_code_id": conduct_code.id, "conduct_accepted_at": now}
    _change(registration, done, when=tuple(State))


def hold(registration, *, add_ons, now, redeemed=None):
    """Claim every place that the draft needs, and the use of the code that was `redeemed`, and mark it as held.

    SoldOut, NotRedeemable or Refusal, and nothing is taken.

    Refused too when another tab has chosen something else since `registration` was read, which is what was priced.
    """
    hold_together([(registration, add_ons, redeemed)], now=now)


def hold_together(parts, *, now):
    """As `hold`, for several registrations of one order: `parts` are (registration, its add-ons, what was redeemed or None)."""
    for registration, add_ons, _redeemed in parts:
        _change(registration, {"state": State.HELD}, when=(State.DRAFT,), as_read=_PRICED)
        for add_on in add_ons:
            db.session.add(Booking(registration_id=registration.id, add_on_id=add_on.id, state=State.HELD))
    db.session.flush()
    places.claim_together([(entry, pools_for(entry, add_ons)) for entry, add_ons, _redeemed in parts], now=now)
    for registration, _add_ons, redeemed in parts:
        if redeemed:
            codes.use(registration, redeemed, now=now)


def keep(registration, *, now):
    """As `keep_all`, for one registration, which is up to date afterwards."""
    keep_all([registration.id], now=now)
    set_committed_value(registration, "state", str(State.CONFIRMED))
    set_committed_value(registration, "confirmed_at", now)


def keep_all(ids, *, now):
    """The order is paid: held places and bookings of the registrations of these keys become their people's own, all of them at once.

    Refusal when one of them is not held any more, or is a guest whose host does not come.
    """
    brought = hosting.lock_hosts(ids)
    values = {"state": str(State.CONFIRMED), "confirmed_at": now}
    held = update(Registration).where(Registration.id.in_(ids), Registration.state == State.HELD).values(**values)
    done = db.session.execute(held, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]
    if done != len(ids):
        raise Refusal(_("This registration has moved on meanwhile. Look at it again before you change it."))
    if brought:
        hosting.refuse_alone(ids)
    places.keep_all(ids)
    codes.keep_all(ids)
    allotments.keep_all(ids)
    theirs = update(Booking).where(Booking.registration_id.in_(ids), Booking.state == "held")
    db.session.execute(theirs.values(state="confirmed"), execution_options={"synchronize_session": False})


def choose_again(registration, *, category, rule, add_ons, now, redeemed=None):
    """Money came after the places were given back: make the draft what the order's lines say, to be held again. Refusal."""
    if "allotment" in rule:
        allotments.claim(rule["allotment"]["id"], [(registration.id, rule["allotment"]["list_minor"])], now=now)
    chosen = {"category_id": category.id, "span": rule["span"], "mode": rule["mode"]}
    code = redeemed.code if redeemed else ""
    _change(registration, {**chosen, "wanted": [a.code for a in add_ons], "discount_code": code}, when=(State.DRAFT,))


def release(*registrations):
    """The order lapsed: places go back and its registrations are drafts again, with all that was typed."""
    held = [each for each in registrations if _try_change(each, {"state": State.DRAFT}, when=(State.HELD,))]
    _let_go(held)


def cancel(*registrations):
    """Confirmed registrations end: their places are free for others and their badges are void.

    Refusal while somebody comes as the guest of one of them: guests end with their host.
    """
    for each in registrations:
        _change(each, {"state": State.CANCELLED, "badge_code": new_badge_code()}, when=(State.CONFIRMED,))
    for each in registrations:
        hosting.refuse_left_behind(each)
        if each.discount_code:
            invited.let_go(each)
    _let_go(registrations)


def cancel_booking(registration, add_on):
    """One add-on of a registration ends: its place is free for others."""
    statement = delete(Booking).where(Booking.registration_id == registration.id, Booking.add_on_id == add_on.id)
    if claimed(statement):
        places.release(registration, pool_ids=[add_on.pool_id])


def set_ribbons(registration, ribbons, *, by=None, now=None):
    """What stands under the name on the badge, in order; remembered when somebody (`by`) changes it."""
    before, registration.ribbons = list(registration.ribbons), list(ribbons)
    if by is not None and before != registration.ribbons:
        change = {"before": {"ribbons": before}, "after": {"ribbons": registration.ribbons}}
        audit.record(by=by, verb="set ribbons", subject=registration, now=now, **change)
    db.session.flush()


def _let_go(registrations):
    """Their places, bookings, parts of allotments and uses of codes are free for others."""
    if not registrations:
        return
    for each in registrations:
        allotments.give_back(each)
    places.release_together(registrations)
    for each in registrations:
        codes.give_back(each)
    db.session.execute(delete(Booking).where(Booking.registration_id.in_([each.id for each in registrations])))


def fresh(meeting, person, now):
    return {
        "ref": new_ref(),
        "meeting_id": meeting.id,
        "person_id": person.id,
        "state": State.DRAFT,
        "span": "whole",
        "mode": str(Mode.IN_PERSON),
        "wanted": [],
        "dues_code": "",
        "discount_code": "",
        "badge_code": new_badge_code(),
        "ribbons": [],
        "started_at": now,
    }


def _change(registration, values, *, when, as_read=()):
    if not _try_change(registration, values, when=when, as_read=as_read):
        raise Refusal(_("This registration has moved on meanwhile. Look at it again before you change it."))


def _try_change(registration, values, *, when, as_read=()):
    """One guarded UPDATE, while the columns `as_read` are what they were: whoever was faster wins, and the loser is told."""
    statement = update(Registration).where(
        Registration.id == registration.id,
        Registration.state.in_([str(s) for s in when]),
        *(getattr(Registration, name) == getattr(registration, name) for name in as_read),
    )
    written = {name: str(value) if isinstance(value, State) else value for name, value in values.items()}
    if not claimed(statement.values(**written)):
        return False
    for name, value in written.items():
        set_committed_value(registration, name, value)
    return True
