"""The counter's one page: who it is, what they get, a check, and done; then the next one."""

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from conference import accounts, checkout, people, registration
from conference.kernel import Refusal, clean_line, clock, is_ref, keep_nothing, transaction
from conference.staff.access import registrar
from conference.staff.counter import filling, looking, serving, stations, telling
from conference.staff.counter.form import WalkInForm
from conference.staff.entry_form import sold_at_desk
from conference.staff.menu import may_open
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.words import STATES
from conference.web import allow, allow_frame, refuse_into


@bp.get("/registrations/<code>/walk-in")
@allow(registrar)
def walk_in(code):
    """Somebody is looked for (`q`), or meant (`person`), or new; `done` names whom was served last."""
    meeting, typed = meeting_of(code), asked("q")
    ref = asked("person")
    if is_ref(ref):
        return show_person(meeting, people.by_ref(ref) or abort(404))
    if "new" in request.args:
        return _show_new(meeting, typed, apart=asked("apart"))
    if not typed:
        return show(meeting)
    looked = looking.look(meeting, typed)
    if looked.person is not None:
        return show_person(meeting, looked.person)
    if looked.candidates:
        return show(meeting, typed=typed, looked=looked)
    return _show_new(meeting, typed)


@bp.post("/registrations/<code>/walk-in/check")
@allow(registrar)
def check_walk_in(code):
    """The name as on the badge and the price; nothing happens before the next Enter."""
    meeting, form, sold = posted(code)
    if not form.validate():
        return show_form(meeting, form, sold, status=422)
    chosen = request.form.get("same", "")
    if is_ref(chosen):
        return _recognised(meeting, form, people.by_ref(chosen) or abort(404))
    return _show_check(meeting, form, sold)


@bp.post("/registrations/<code>/walk-in/change")
@allow(registrar)
def change_walk_in(code):
    """Back to the form with all that was typed."""
    meeting, form, sold = posted(code)
    return show_form(meeting, form, sold)


@bp.post("/registrations/<code>/walk-in")
@allow(registrar)
def register_walk_in(code):
    """Register them at the price that was shown, once, and be ready for the next."""
    meeting, form, sold = posted(code)
    if not form.validate():
        return show_form(meeting, form, sold, status=422)
    station = stations.station_of(accounts.this_sign_in())
    form.station = station.name
    try:
        with transaction():
            done = serving.register(
                meeting=meeting, form=form, station=station, by=current_user.person, now=clock.now()
            )
            stations.remember(accounts.this_sign_in(), form)
    except Refusal as refusal:
        done = serving.made_by(form.token.data)
        if done is None:
            return _show_refused(meeting_of(code), form, sold, refusal)
    ref = registration.by_id(done.registration_id).ref
    return redirect(url_for(".walk_in", code=meeting.code, done=ref, prints=1 if form.prints.data else None), 303)


def asked(name):
    """A short text of the address."""
    return clean_line(request.args.get(name, ""))[:200]


def show(meeting, *, typed="", status=200, **shown):
    """The page: the search, and whatever was found or is being filled in."""
    allow_frame("'self'")  # the badge is printed out of a frame
    station = stations.station_of(accounts.this_sign_in())
    values = dict.fromkeys(("looked", "form", "sold", "price", "card", "refusal", "serve_form")) | shown
    values["station_form"] = shown.get("station_form") or filling.station_form(station, meeting)
    values["serve_form"] = shown.get("serve_form") or filling.serve_form(values["card"], station)
    page = render_template(
        "staff/walk_in/page.html",
        meeting=meeting,
        typed=typed,
        station=station,
        done=telling.done(meeting, asked("done"), prints=bool(asked("prints"))),
        latest=serving.latest(meeting, current_user.person),
        may_undo=lambda each: serving.may_undo(each, clock.now()),
        own_page=telling.own_page,
        tiles=filling.tiles,
        entry_states=STATES,
        may_open=may_open,
        span_name=registration.span_name,
        is_closed=meeting.window_at(clock.now()) is None,
        **values,
    )
    return page, status


def show_person(meeting, person, **shown):
    """Whoever is registered is served, whoever is not gets the form filled in."""
    card = telling.card_of(meeting, person)
    if card is not None:
        return show(meeting, card=card, **shown)
    sold = sold_at_desk(meeting, clock.now(), person)
    return show_form(meeting, filling.form_for(person, meeting, sold, _station()), sold)


def show_form(meeting, form, sold, refusal=None, status=200):
    """The form, as it stands, with what it costs if that can be said."""
    if sold is None:
        return show(meeting, refusal=refusal)
    form.untick(sold)
    return show(meeting, form=form, sold=sold, price=filling.price_now(form, meeting), refusal=refusal, status=status)


def show_doubles(meeting, form, doubles, action):
    """Those of the same name: which of them it is, or none, is posted to `action` with everything that was typed."""
    found = looking.candidates_of(meeting, [each.person for each in doubles])
    told = {"meeting": meeting, "form": form, "found": found, "action": action, "entry_states": STATES}
    return render_template("staff/doubles.html", **told), 409


def posted(code):
    """(the meeting, the posted form, what is sold to whoever is meant); when nothing is sold, back to the page."""
    meeting, now = meeting_of(code), clock.now()
    form = WalkInForm.of_request()
    form.known = people.by_email(filling.normal_or_none(form.email.data))
    sold = sold_at_desk(meeting, now, form.known)
    if sold is None:
        abort(redirect(url_for(".walk_in", code=meeting.code), 303))
    return meeting, form.of(sold), sold


def _station():
    return stations.station_of(accounts.this_sign_in())


def _show_new(meeting, typed, apart=""):
    sold = sold_at_desk(meeting, clock.now())
    form = filling.form_for_new(typed, apart, sold, _station())
    return show_form(meeting, form, sold)


def _recognised(meeting, form, person):
    """It is the same person: their own address and details, and what was typed of the choice."""
    card = telling.card_of(meeting, person)
    if card is not None:
        return show(meeting, card=card)
    return show_form(meeting, filling.recognise(form, person), sold_at_desk(meeting, clock.now(), person))


def _show_check(meeting, form, sold, refusal=None, status=200):
    doubles = checkout.doubles_of(form.person(), form.told_apart)
    if doubles:
        return show_doubles(meeting, form, doubles, url_for(".check_walk_in", code=meeting.code))
    try:
        with transaction():
            offer = serving.try_out(meeting=meeting, form=form, by=current_user.person, now=clock.now())
            keep_nothing()
    except Refusal as told_why:
        return _show_refused(meeting, form, sold, told_why)
    page = render_template(
        "staff/walk_in/check.html",
        meeting=meeting,
        form=form,
        offer=offer,
        station=_station(),
        known=form.known,
        refusal=refusal,
        span_name=registration.span_name,
    )
    return page, status


def _show_refused(meeting, form, sold, refusal):
    """Where it can be mended: at its field, at the price, among those of the same name, or at what they have already."""
    if isinstance(refusal, checkout.AlreadyRegistered):
        return show(meeting, card=telling.card_of(meeting, people.by_email(form.email.normal)), status=409)
    if isinstance(refusal, checkout.MaybeKnown) or refusal.field == "total":
        return _show_check(meeting, form, sold, refusal, 409)
    if isinstance(refusal, people.ChangedElsewhere):
        form.seen.data = people.seen_version(people.by_email(form.email.normal))
    refuse_into(form, refusal)
    return show_form(meeting, form, sold, status=422)
