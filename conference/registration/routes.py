"""Registering, page by page: start, your details, your choice, questions. Checking and paying follow in checkout."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, people
from conference.kernel import Refusal, clock, transaction
from conference.registration import actions, choosing, guests, queries
from conference.registration.changes.queries import taken_over_from
from conference.registration.form import answer_form, form_for, own_answers_of
from conference.registration.forms import OwnChoiceForm, choice_form
from conference.registration.groups import missing, seat_by_registration
from conference.registration.pricing.advising import advice_for
from conference.registration.rules import State
from conference.registration.words import step_names
from conference.web import allow, anyone, refuse_into, signed_in

bp = Blueprint("registration", __name__, url_prefix="/meetings/<code>/register")


@bp.get("")
@allow(anyone)
def start(code):
    """Where registering begins: leads to the step that is missing, or says why one cannot register."""
    meeting, now = _meeting(code), clock.now()
    phase = meeting.phase(now)
    if not current_user.is_authenticated:
        if phase is not meetings.Phase.OPEN:
            return _not_open(meeting, phase)
        return redirect(url_for("accounts.sign_in", next=url_for(".start", code=meeting.code)), 303)
    found = queries.registration_in(meeting, current_user.person)
    if found is not None and found.state in (State.CONFIRMED, State.HELD):
        return redirect(url_for("checkout.mine", code=meeting.code), 303)
    if phase is not meetings.Phase.OPEN:
        return _not_open(meeting, phase)
    return redirect(url_for(".details", code=meeting.code), 303)


@bp.get("/details")
@allow(signed_in)
def details(code):
    """Step 2: who you are, as it will stand on the badge."""
    meeting, seat = _to_fill_in(code)
    return _show_details(meeting, people.ProfileForm(obj=current_user.person), seat)


@bp.post("/details")
@allow(signed_in)
def save_details(code):
    """Keep the details and go on."""
    (meeting, seat), person = _to_fill_in(code), current_user.person
    form = people.ProfileForm.of_request(obj=person)
    if not form.validate():
        return _show_details(meeting, form, seat), 422
    with transaction():
        people.update(person, by=person, now=clock.now(), **form.changes())
        actions.start(meeting=meeting, person=person, now=clock.now())
    return redirect(url_for("checkout.seat" if seat else ".choice", code=meeting.code), 303)


@bp.get("/choice")
@allow(signed_in)
def choice(code):
    """Step 3: category, days, mode, add-ons, membership, each with its price."""
    meeting, draft = _draft(code)
    sold = choosing.on_sale(meeting, current_user.person, clock.now())
    return _show_choice(meeting, draft, sold, _own_form(None, draft, sold))


@bp.post("/choice")
@allow(signed_in)
def save_choice(code):
    """Keep the choice if it is sold, and go on."""
    meeting, draft = _draft(code)
    now = clock.now()
    sold = choosing.on_sale(meeting, current_user.person, now)
    form = _own_form(request.form, draft, sold)
    if not form.validate():
        return _show_choice(meeting, draft, sold, form), 422
    try:
        with transaction():
            choosing.choose(draft, meeting=meeting, person=current_user.person, form=form, now=now)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_choice(meeting, draft, sold, form), 422
    brings = form.company.data or guests.drafts_of(draft)
    return redirect(url_for("checkout.guests" if brings else ".questions", code=meeting.code), 303)


def _own_form(posted, draft, sold):
    """The form of the choice; what was named before stays ticked."""
    brings = bool(guests.drafts_of(draft))
    return choice_form(posted, draft, kind=OwnChoiceForm, also={"company": brings}, **sold.choices())


@bp.get("/choice/price")
@allow(signed_in)
def price(code):
    """What a choice would cost, as a piece of page for the script that shows it while one chooses."""
    meeting, draft = _draft(code)
    now = clock.now()
    form = choice_form(request.args, draft, **choosing.on_sale(meeting, current_user.person, now).choices())
    if not form.validate():
        return render_template("registration/price.html", offer=None, refusal=_("Choose a category to see the price."))
    whose = {"meeting": meeting, "person": current_user.person, "now": now}
    offer, refusal = choosing.try_price(form, code=draft.discount_code, **whose)
    advice = advice_for(offer, form.wish(), **whose) if offer else None
    return render_template("registration/price.html", offer=offer, refusal=refusal, advice=advice)


@bp.get("/questions")
@allow(signed_in)
def questions(code):
    """Step 4: the meeting's own questions and its code of conduct."""
    meeting, seat = _to_fill_in(code)
    draft = seat or _draft(code)[1]
    conduct = queries.conduct_code_of(meeting)
    form = answer_form(None, _blocks(meeting, draft), own_answers_of(draft))
    form.conduct.data = bool(conduct and draft.conduct_code_id == conduct.id)
    return _show_questions(meeting, form, conduct, seat)


@bp.post("/questions")
@allow(signed_in)
def save_questions(code):
    """Keep the answers and go on to check and pay."""
    meeting, seat = _to_fill_in(code)
    draft = seat or _draft(code)[1]
    blocks, conduct = _blocks(meeting, draft), queries.conduct_code_of(meeting)
    form = answer_form(request.form, blocks, own_answers_of(draft))
    if not form.validate_answers(conduct_code=conduct):
        return _show_questions(meeting, form, conduct, seat), 422
    with transaction():
        actions.answer(draft, answers=form.given(), conduct_code=conduct, by=current_user.person, now=clock.now())
    return redirect(url_for("checkout.seat" if seat else "checkout.review", code=meeting.code), 303)


def _blocks(meeting, draft):
    """The form as this draft is asked: of its category and mode."""
    category = draft.category.code if draft.category else None
    return form_for(meeting, category=category, mode=draft.mode)


def _meeting(code):
    meeting = meetings.by_code(code)
    if meeting is None or not meeting.is_public:
        abort(404)
    return meeting


def _open_meeting(code):
    meeting = _meeting(code)
    if meeting.phase(clock.now()) is not meetings.Phase.OPEN:
        abort(redirect(url_for(".start", code=meeting.code), 303))
    return meeting


def _to_fill_in(code):
    """The meeting, and the registration that somebody else has made and its attendee still fills in, or None while one registers oneself."""
    meeting = _meeting(code)
    found = queries.registration_in(meeting, current_user.person)
    stands = found is not None and found.state in (State.HELD, State.CONFIRMED)
    if stands and (_is_incomplete(found) or seat_by_registration(found) or taken_over_from(found)):
        return meeting, found
    return _open_meeting(code), None


def _is_incomplete(entry):
    """Whether something is missing that only the person can say: the office has registered them, or the code of conduct is a new one."""
    return bool(missing(entry, current_user.person, queries.conduct_code_id_of(entry.meeting)))


def _draft(code):
    """The meeting and the person's draft; those who have none yet, or have registered, are led to where they stand."""
    meeting = _open_meeting(code)
    draft = queries.registration_in(meeting, current_user.person)
    if draft is None or draft.state not in (State.DRAFT, State.CANCELLED):
        abort(redirect(url_for(".start", code=meeting.code), 303))
    return meeting, draft


def _not_open(meeting, phase):
    return render_template("registration/not_open.html", meeting=meeting, phase=phase), 200


def _show_details(meeting, form, seat):
    steps = None if seat else step_names()
    return render_template("registration/details.html", meeting=meeting, form=form, steps=steps)


def _show_choice(meeting, draft, sold, form):
    form.untick(sold.choices()["gone"])
    facts = {"may_bring": guests.is_offered(meeting), "steps": step_names()}
    return render_template("registration/choice.html", meeting=meeting, draft=draft, sold=sold, form=form, **facts)


def _show_questions(meeting, form, conduct, seat):
    steps = None if seat else step_names()
    return render_template("registration/questions.html", meeting=meeting, form=form, conduct=conduct, steps=steps)
