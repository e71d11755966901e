"""Joining, my membership, and the directory."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import people, society
from conference.kernel import clean_line, clock, transaction
from conference.membership import actions, directory, queries
from conference.membership.forms import DirectoryForm
from conference.membership.offers import choices_for
from conference.membership.words import STANDINGS, by_name, period_words
from conference.web import allow, allow_payment_origin, anyone, page_number, paginate, signed_in

bp = Blueprint("membership", __name__, url_prefix="/members")


@bp.get("/join")
@allow(anyone)
def join():
    today = society.local_day(clock.now())
    standing = queries.standing_of(current_user.person, today)
    allow_payment_origin()
    return render_template(
        "membership/join.html",
        choices=choices_for(current_user.person, today),
        selected=_asked("type") or standing.type_code,
        standing=standing,
        standings=STANDINGS,
        period_words=period_words,
    )


@bp.get("/")
@allow(signed_in)
def mine():
    return _my_page(DirectoryForm(obj=queries.member_of(current_user.person)))


@bp.post("/")
@allow(signed_in)
def choose_listing():
    member = queries.member_of(current_user.person) or abort(404)
    form = DirectoryForm.of_request()
    if not form.validate():
        return _my_page(form), 422
    with transaction():
        actions.choose_directory(member=member, now=clock.now(), **form.data)
    flash(_("Your directory entry is saved."))
    return redirect(url_for(".mine") + "#directory", 303)


@bp.get("/directory")
@allow(anyone)
def listed():
    search = directory.Search(**{name: _asked(name) for name in ("q", "institution", "interest", "country")})
    today = society.local_day(clock.now())
    is_member = queries.standing_of(current_user.person, today).gives_member_price
    audiences = directory.audiences_of(is_member=is_member)
    page = paginate(directory.entries(search, audiences, today), number=page_number(), per_page=directory.PER_PAGE)
    interests, codes = directory.choices(audiences, today)
    labels = {topic.code: topic.label for topic in people.interests()}
    return render_template(
        "membership/directory.html",
        page=page,
        entries=[directory.entry_for(member, audiences, labels) for member in page.items],
        search=search,
        interests=[(code, labels.get(code, code)) for code in interests],
        countries=by_name(codes),
        asked={name: value for name, value in vars(search).items() if value},
        is_member=is_member,
    )


def _my_page(form):
    person, today = current_user.person, society.local_day(clock.now())
    member = queries.member_of(person)
    standing = queries.standing_of(person, today)
    return render_template(
        "membership/mine.html",
        member=member,
        standing=standing,
        standings=STANDINGS,
        present=queries.type_by_code(standing.type_code) if standing.type_code else None,
        terms=queries.terms_of(member) if member else [],
        renewal=_renewal(person, today),
        today=today,
        form=form,
    )


def _renewal(person, today):
    """What the same membership costs next, or None when there is nothing to renew now."""
    code = queries.standing_of(person, today).type_code
    return next((choice.offer for choice in choices_for(person, today) if choice.type.code == code), None)


def _asked(name):
    return clean_line(request.args.get(name, ""))[:200]
