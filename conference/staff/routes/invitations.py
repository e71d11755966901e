"""Invitations at the desk: the list with its counts, downloads, and one invitation with its story."""

from flask import abort, render_template
from flask_login import current_user

from conference import audit, mail
from conference.kernel import clock, transaction
from conference.registration import invitations
from conference.staff import inviting
from conference.staff.access import office
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.words import LETTER_STATES
from conference.web import allow, csv_response, page_number, paginate, xlsx_response

WORDS = invitations.words


@bp.get("/invitations/<code>", endpoint="invitations")
@allow(office)
def invitation_list(code):
    """Searched, filtered, sorted and paged by the address."""
    meeting, wish = meeting_of(code), inviting.wish_of_request()
    counts = inviting.counts_by_state(meeting, wish)
    total = counts.get(wish.state, 0) if wish.state else sum(counts.values())
    page = paginate(inviting.listed(meeting, wish), number=page_number(), scalars=False, total=total)
    return render_template(
        "staff/invitations/index.html",
        meeting=meeting,
        wish=wish,
        page=page,
        rows=[invitations.queries.as_told(each) for each in page.items],
        counts=counts,
        kinds=invitations.queries.kinds_of(meeting),
        budgets=inviting.budgets(meeting),
        states=WORDS.STATES,
        columns=inviting.ORDER,
    )


@bp.get("/invitations/<code>/list.csv")
@allow(office)
def export_invitations(code):
    """The invitations that the list shows, all pages of it."""
    meeting, now, (header, rows) = _taken_along(code)
    return csv_response(_file_name(meeting, now, "csv"), header, rows)


@bp.get("/invitations/<code>/list.xlsx")
@allow(office)
def invitations_workbook(code):
    """The same as a workbook."""
    meeting, now, (header, rows) = _taken_along(code)
    return xlsx_response(_file_name(meeting, now, "xlsx"), meeting.code, header, rows, zone=meeting.zone)


@bp.get("/invitations/<code>/<ref:ref>", endpoint="invitation")
@allow(office)
def invitation_story(code, ref):
    """Who invited whom to what, what became of it, what may be done."""
    return show_invitation(told_of(code, ref))


def told_of(code, ref):
    """The invitation that the address names; 404 when there is none."""
    return invitations.queries.told(meeting_of(code), ref) or abort(404)


def show_invitation(told, refusal=None):
    """Its story as a page; with the refusal that did not go through."""
    found = told.invitation
    letters = [each for each in mail.letters_to(found.person, limit=50) if each.cause.startswith(found.ref)]
    return render_template(
        "staff/invitations/invitation.html",
        meeting=found.meeting,
        told=told,
        invitation=found,
        person=found.person,
        titles=invitations.covered(found),
        reminded=invitations.queries.reminded(found),
        letters=letters,
        letter_states=LETTER_STATES,
        states=WORDS.STATES,
        may_answer=told.shown in invitations.UNANSWERED,
        is_over=found.valid_until <= clock.now(),
        happenings=audit.happenings(audit.story_of(found)),
        refusal=refusal,
    )


def _taken_along(code):
    """(meeting, now, table) of what the address asks for; that somebody took it along is remembered."""
    meeting, now, wish = meeting_of(code), clock.now(), inviting.wish_of_request()
    with transaction():
        audit.record(
            by=current_user.person, verb="exported invitations", subject=meeting, now=now, after=wish.asked or None
        )
    return meeting, now, inviting.table(meeting, wish)


def _file_name(meeting, now, ending):
    return f"{meeting.code}-invitations-{now.date().isoformat()}.{ending}"
