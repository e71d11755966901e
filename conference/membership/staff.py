"""Members at the desk: find them, see their terms, give one, take one back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from conference import audit, people, society
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.membership import actions, listing, queries
from conference.membership.forms import TermForm, VoidForm
from conference.membership.listing import SORTS, Wish
from conference.membership.words import HUES, STANDINGS, by_name
from conference.payments import cards
from conference.web import allow, csv_response, page_number, paginate, refuse_into, staff

bp = Blueprint("membership_staff", __name__, url_prefix="/staff/members")

_EXPORT = (
    "member_number", "given_name", "family_name", "degrees", "email", "institution", "country",
    "joined_on", "standing", "type", "paid_through",
)  # fmt: skip


@bp.get("")
@allow(staff("registration"))
def members():
    wish, today = _wish(), society.local_day(clock.now())
    page = paginate(listing.members(wish, today), number=page_number())
    return render_template(
        "membership/staff/members.html",
        page=page,
        wish=wish,
        asked=_asked(wish),
        standing_of=queries.standings_of([member.person_id for member in page.items], today),
        standings=STANDINGS,
        hues=HUES,
        types={type_.code: type_.name for type_ in queries.all_types()},
        countries=by_name(listing.countries()),
    )


@bp.get("/export.csv")
@allow(staff("registration"))
def export():
    wish, today = _wish(), society.local_day(clock.now())
    with transaction():
        audit.record(
            by=current_user.person,
            verb="exported members",
            subject=current_user.person,
            now=clock.now(),
            after=_asked(wish),
        )
    return csv_response(f"members-{today.isoformat()}.csv", _EXPORT, _rows(wish, today))


@bp.get("/<int:number>")
@allow(staff("registration"))
def member(number):
    member = queries.member_by_number(number) or abort(404)
    today = society.local_day(clock.now())
    return render_template(
        "membership/staff/member.html",
        member=member,
        standing=queries.standing_of(member.person, today),
        standings=STANDINGS,
        terms=queries.terms_of(member),
        story=audit.happenings(audit.story_of(member)),
        types={type_.code: type_.name for type_ in queries.all_types()},
        zone=society.timezone(),
        **_card(member.person_id, today),
    )


@bp.get("/add")
@allow(staff("registration"))
def new_term():
    person = people.by_ref(clean_line(request.args.get("person", "")))
    start = society.local_day(clock.now())
    return _term_page(_term_form(data={"email": (person.email if person else None) or "", "starts": start}))


@bp.post("/add")
@allow(staff("registration"))
def add_term():
    form = _term_form(request.form)
    if not form.validate():
        return _term_page(form), 422
    try:
        with transaction():
            term = _add(form)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _term_page(form), 422
    flash(_("The term is added."))
    return redirect(url_for(".member", number=term.member.member_number), 303)


@bp.get("/<int:number>/terms/<int:term_id>/void")
@allow(staff("registration"))
def void(number, term_id):
    return _void_page(_term(number, term_id), VoidForm())


@bp.post("/<int:number>/terms/<int:term_id>/void")
@allow(staff("registration"))
def void_term(number, term_id):
    term, form = _term(number, term_id), VoidForm.of_request()
    if not form.validate():
        return _void_page(term, form), 422
    with transaction():
        actions.void_by_hand(term=term, reason=form.reason.data, by=current_user.person, now=clock.now())
    flash(_("The term is taken back."))
    return redirect(url_for(".member", number=number), 303)


def _card(person_id, today):
    """The card that a member has saved, as far as anybody here sees it, and what of it was agreed to and taken back."""
    card = cards.card_of(person_id)
    return {
        "card": cards.words.card_in_words(card) if card else None,
        "card_expiry": card.expiry if card else None,
        "is_expired": card is not None and card.is_expired(today),
        "dues_agreed": cards.agreeing.agreement_of(person_id, cards.Use.DUES),
        "agreements": cards.agreeing.story_of(person_id),
        "uses": cards.words.USES,
    }


def _wish():
    """The wish in the address; what makes no sense there is left out."""
    asked = {
        name: clean_line(request.args.get(name, ""))[:200] for name in ("q", "type", "standing", "country", "sort")
    }
    if asked["standing"] not in STANDINGS:
        asked["standing"] = ""
    if asked["sort"].removeprefix("-") not in SORTS:
        asked["sort"] = "name"
    return Wish(**asked)


def _asked(wish):
    """The wish as query parameters, without what is empty: for links that keep it."""
    return {name: value for name, value in vars(wish).items() if value and (name, value) != ("sort", "name")}


def _rows(wish, today):
    members = listing.found(wish, today)
    standings = queries.standings_of([member.person_id for member in members], today)
    for member in members:
        person, standing = member.person, standings[member.person_id]
        known = (
            person.given_name,
            person.family_name,
            person.degrees,
            person.email,
            person.institution,
            person.country,
        )
        yield (member.member_number, *known, member.joined_on, str(standing.kind), standing.type_code, standing.until)


def _term_form(*posted, **keywords):
    form = TermForm(*posted, **keywords)
    form.type.choices = [SelectChoice(type_.code, type_.name) for type_ in queries.all_types()]
    return form


def _add(form):
    """The term that the form asks for; Refusal names the field that is wrong."""
    person = people.by_email(people.normal_email(form.email.data))
    if person is None:
        raise Refusal(
            _("Nobody is known under this address. They sign up first, or the office enters them."), field="email"
        )
    type_ = queries.type_by_code(form.type.data)
    return actions.add_by_hand(
        person=person,
        type=type_,
        starts=form.starts.data,
        ends=form.ends.data or type_.period.end_of(form.starts.data),
        reason=form.reason.data,
        by=current_user.person,
        now=clock.now(),
    )


def _term_page(form):
    return render_template("membership/staff/add_term.html", form=form)


def _term(number, term_id):
    member = queries.member_by_number(number) or abort(404)
    return queries.term_of_member(member, term_id) or abort(404)


def _void_page(term, form):
    return render_template("membership/staff/void_term.html", term=term, form=form)
