"""What an exhibitor's contact sees beside any group's page: the allotment, badges without a person, the list for collecting badges."""

from flask import abort, flash
from flask_babel import ngettext
from flask_login import current_user

from conference import accounts
from conference.checkout import documents
from conference.checkout.routes.blueprint import bp
from conference.checkout.routes.group_page import show_group
from conference.checkout.routes.groups import own_group, to_group
from conference.kernel import Refusal, clock, transaction
from conference.registration import Wish, exhibitors, groups
from conference.web import allow, refuse_into, signed_in


@bp.post("/meetings/<code>/group/<ref:group_ref>/company-badges")
@allow(signed_in)
def add_company_badges(code, group_ref):
    """So many more badges with the company's name only."""
    found, form = own_group(code, group_ref), groups.UnnamedForm.of_request()
    exhibitor = exhibitors.queries.of_group(found) or abort(404)
    if not form.validate():
        return show_group(found, unnamed_form=form), 422
    try:
        with transaction():
            accounts.claim("group-act", current_user.person.id, now=clock.now())
            facts = {"institution": exhibitor.company, "wish": Wish(exhibitor.kind.category.code)}
            groups.add_unnamed(found, count=form.count.data, by=current_user.person, now=clock.now(), **facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_group(own_group(code, group_ref), unnamed_form=form), 422
    told = ngettext("%(num)s badge is on the roster.", "%(num)s badges are on the roster.", form.count.data)
    flash(told, "good")
    return to_group(found)


@bp.get("/meetings/<code>/group/<ref:group_ref>/collecting.pdf")
@allow(signed_in)
def collecting_list(code, group_ref):
    """For whoever collects the badges of all: a list to be signed at the desk."""
    found = own_group(code, group_ref)
    paid = [each.seat for each in groups.seats_of(found) if each.state is groups.SeatState.PAID] or abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    content = documents.collecting_list(found, paid, exhibitors.queries.of_group(found))
    return documents.pdf_response(content, f"badges-{found.meeting.code}.pdf")
