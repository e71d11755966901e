"""The desk's front: what stands today, and the one search box."""

from flask import redirect, render_template, request
from flask_login import current_user

from conference import registration
from conference.kernel import clean_line, clock
from conference.staff import figures, finding
from conference.staff.access import office
from conference.staff.menu import desk_menu, meeting_in_view
from conference.staff.routes.blueprint import bp
from conference.staff.words import STATES
from conference.web import allow, page_number, paginate, staff_any


@bp.get("/")
@allow(staff_any)
def front():
    """Today's numbers, each leading to its list; with `q` whatever is found."""
    text, meeting = clean_line(request.args.get("q", ""))[:200], meeting_in_view()
    if not office(current_user):
        return render_template("staff/doors.html", doors=desk_menu()[1:])
    if text:
        return _found(text, meeting)
    if meeting is None:
        return render_template("staff/empty.html")
    return render_template(
        "staff/front.html",
        meeting=meeting,
        states=STATES,
        by_state=figures.by_state(meeting),
        categories=figures.by_category(meeting),
        days=figures.by_day(meeting, clock.now()),
        pools=figures.pools(meeting),
        money=figures.money_of(meeting),
        waiting=figures.waiting_orders(),
        trouble=figures.trouble(),
        proofs=registration.eligibility.queries.proof_counts(meeting)["waiting"],
        visas=registration.visa.queries.waiting_for_staff(meeting),
    )


def _found(text, meeting):
    address = finding.exact(text, meeting)
    if address:
        return redirect(address, 303)
    page = paginate(finding.people_matching(text), number=page_number(), per_page=25)
    rows = finding.with_theirs(page.items)
    return render_template("staff/found.html", text=text, page=page, rows=rows, states=STATES)
