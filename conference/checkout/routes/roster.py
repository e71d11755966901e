"""The seats of a group: typed, from a file, or entered by the attendees themselves through a link."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference import accounts, membership, registration
from conference.checkout.routes.blueprint import bp
from conference.checkout.routes.group_page import show_group
from conference.checkout.routes.groups import own_group, public_meeting, to_group
from conference.kernel import Refusal, clock, transaction
from conference.registration import groups
from conference.web import allow, refuse_into, signed_in


@bp.get("/meetings/<code>/group/<ref:group_ref>/seats/new")
@allow(signed_in)
def new_seat(code, group_ref):
    """A form for one attendee."""
    found = own_group(code, group_ref)
    sold = sold_now(found)
    return _show_seat(found, sold, groups.SeatForm(formdata=None).of(sold) if sold else None)


@bp.post("/meetings/<code>/group/<ref:group_ref>/seats/new")
@allow(signed_in)
def add_seat(code, group_ref):
    """Add them; nothing is ordered yet."""
    found = own_group(code, group_ref)
    sold = sold_now(found) or abort(409)
    form = groups.SeatForm.of_request().of(sold)
    if not form.validate():
        return _show_seat(found, sold, form), 422
    try:
        _claim("group-address")
        with transaction():
            seat = groups.add_seat(found, by=current_user.person, now=clock.now(), **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_seat(own_group(code, group_ref), sold, form), 422
    flash(_("%(name)s is on the roster.", name=seat.name), "good")
    if request.form.get("then") == "another":
        return redirect(url_for(".new_seat", code=code, group_ref=group_ref), 303)
    return to_group(found)


@bp.get("/meetings/<code>/group/<ref:group_ref>/roster")
@allow(signed_in)
def new_roster(code, group_ref):
    """Choose a file."""
    return _show_upload(own_group(code, group_ref), groups.RosterForm(formdata=None))


@bp.post("/meetings/<code>/group/<ref:group_ref>/roster")
@allow(signed_in)
def check_roster(code, group_ref):
    """Check every row and add nobody."""
    found, form, sent = own_group(code, group_ref), groups.RosterForm(formdata=None), request.files.get("file")
    try:
        text = _text_of(sent)
        _claim("group-address", groups.count_rows(text))
        with transaction():
            roster = groups.check(found, name=sent.filename, text=text, now=clock.now())
    except Refusal as refusal:
        refusal.field = "file"
        refuse_into(form, refusal)
        return _show_upload(own_group(code, group_ref), form), 422
    return redirect(url_for(".roster", code=code, group_ref=group_ref, roster_ref=roster.ref), 303)


@bp.get("/meetings/<code>/group/<ref:group_ref>/roster/<ref:roster_ref>")
@allow(signed_in)
def roster(code, group_ref, roster_ref):
    """What a file would do, or has done."""
    found = own_group(code, group_ref)
    return _show_roster(found, groups.roster_of(found, roster_ref) or abort(404))


@bp.post("/meetings/<code>/group/<ref:group_ref>/roster/<ref:roster_ref>")
@allow(signed_in)
def bring_in_roster(code, group_ref, roster_ref):
    """Add everybody in it, or nobody."""
    found = own_group(code, group_ref)
    chosen = groups.roster_of(found, roster_ref) or abort(404)
    try:
        with transaction():
            report = groups.bring_in(found, chosen, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        found = own_group(code, group_ref)
        return _show_roster(found, groups.roster_of(found, roster_ref), refusal), 409
    flash(ngettext("%(num)s person is on the roster.", "%(num)s people are on the roster.", report.added), "good")
    return to_group(found)


@bp.post("/meetings/<code>/group/<ref:group_ref>/roster/<ref:roster_ref>/undo")
@allow(signed_in)
def undo_roster(code, group_ref, roster_ref):
    """Take everybody of a file off the roster again."""
    found = own_group(code, group_ref)
    chosen = groups.roster_of(found, roster_ref) or abort(404)
    try:
        with transaction():
            groups.undo_roster(found, chosen, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return show_group(own_group(code, group_ref), refusal=refusal), 409
    flash(_("Undone: they are off the roster again."), "good")
    return to_group(found)


@bp.get("/meetings/<code>/join/<ref:join_ref>")
@allow(signed_in)
def join_group(code, join_ref):
    """Enter oneself by the link that the payer handed out."""
    found = _by_link(code, join_ref)
    sold = sold_now(found, current_user.person)
    return _show_join(found, sold, groups.WishForm(formdata=None).of(sold) if sold else None)


@bp.post("/meetings/<code>/join/<ref:join_ref>")
@allow(signed_in)
def joined(code, join_ref):
    """On the roster: the payer orders and pays."""
    found = _by_link(code, join_ref)
    sold = sold_now(found, current_user.person) or abort(409)
    form = groups.WishForm.of_request().of(sold)
    if not form.validate():
        return _show_join(found, sold, form), 422
    try:
        _claim("group-act")
        with transaction():
            groups.join(found, current_user.person, wish=form.wish(), now=clock.now())
    except Refusal as refusal:
        if refusal.field not in form:
            refusal.field = None
        refuse_into(form, refusal)
        return _show_join(_by_link(code, join_ref), sold, form), 422
    flash(
        _("You are on the roster of %(name)s: you get a letter once they have ordered and paid.", name=found.name),
        "good",
    )
    return redirect(url_for("meetings.page", code=code), 303)


def sold_now(found, person=None):
    """What the group may order now for somebody (of whom it is asked whether they are a member), or None when nothing is sold.

    Whatever else would be said of a person alone, such as why a category is not open to them, is theirs and not asked.
    """
    meeting, now = found.meeting, clock.now()
    if not meeting.window_at(now):
        return None
    is_member = person is not None and registration.pricing.is_member_for(person, meeting, membership.local_day(now))
    return groups.sold_to(found, registration.on_sale(meeting, None, now), is_member=is_member)


def _claim(kind, count=1):
    """Counted by itself, so that it counts whatever comes of it: a refusal tells of somebody too."""
    with transaction():
        accounts.claim(kind, current_user.person.id, now=clock.now(), count=count)


def _by_link(code, join_ref):
    return groups.by_join_ref(public_meeting(code), join_ref) or abort(404)


def _text_of(sent):
    if not sent or not sent.filename:
        raise Refusal(_("Choose a file."))
    try:
        return sent.read().decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise Refusal(_("The file is not UTF-8. Save it as “CSV UTF-8” and try again.")) from None


def _show_seat(found, sold, form):
    return render_template("checkout/groups/seat.html", group=found, meeting=found.meeting, sold=sold, form=form)


def _show_join(found, sold, form):
    return render_template("checkout/groups/join.html", group=found, meeting=found.meeting, sold=sold, form=form)


def _show_upload(found, form):
    categories = registration.categories_of(found.meeting, kind=registration.CategoryKind.ATTENDEE)
    values = {"columns": groups.COLUMNS, "categories": categories}
    return render_template("checkout/groups/upload.html", group=found, meeting=found.meeting, form=form, **values)


def _show_roster(found, chosen, refusal=None):
    values = {"group": found, "meeting": found.meeting, "roster": chosen, "report": chosen.report}
    return render_template("checkout/groups/roster.html", refusal=refusal, **values)
