"""The desk's menu: the addresses that are mounted and that this person may open, so that it is always true."""

from flask import current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from conference import meetings
from conference.kernel import clock


def desk_menu():
    """(label, address, whether it is this page) for everything that may be opened here."""
    meeting = meeting_in_view()
    entries = [(label, href, under) for label, href, under in _entries(meeting) if may_open(href)]
    here = _nearest(entries)
    return [(label, href, href == here) for label, href, _under in entries]


def meeting_in_view():
    """The meeting that the address names, else the one that comes next; None without meetings."""
    code = (request.view_args or {}).get("code") or request.args.get("meeting")
    named = meetings.by_code(code) if isinstance(code, str) else None
    return named or meetings.coming(clock.now().date())


def may_open(path):
    """Whether an address is mounted and open to whoever is signed in."""
    adapter = current_app.url_map.bind("localhost")
    try:
        endpoint, _arguments = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    rule = getattr(current_app.view_functions[endpoint], "allowed", None)
    return rule is not None and bool(rule(current_user))


def _entries(meeting):
    """(label, address, beginnings of the addresses that lie under it)."""
    yield _("Today"), "/staff/", ()
    if meeting is not None:
        code = meeting.code
        yield _("Registrations"), f"/staff/registrations/{code}", ("/staff/registration",)
        yield _("Walk-in desk"), f"/staff/registrations/{code}/walk-in", ()
        yield _("Groups"), f"/staff/groups/{code}", ()
        yield _("Waiting lists"), f"/staff/waiting/{code}", ()
        yield _("Invitations"), f"/staff/invitations/{code}", ()
        yield _("Reports"), f"/staff/reports/{code}", ("/staff/reports",)
        yield _("Orders"), "/staff/orders", ("/staff/order",)
        yield _("Prices and questions"), f"/staff/prices/{code}", ("/staff/prices",)
        yield _("Exhibitors"), f"/staff/exhibitors/{code}", ("/staff/exhibitors",)
        yield _("Proofs"), f"/staff/proofs/{code}", ("/staff/proofs", "/staff/income-tiers")
        yield _("Visa letters"), f"/staff/visa/{code}", ("/staff/visa",)
        yield _("Programme"), f"/staff/schedule/{code}", ("/staff/schedule",)
        yield _("Badges"), f"/staff/badges/{code}", ("/staff/badges",)
        yield _("Check-in"), "/door/", ("/door",)
    yield _("Members"), "/staff/members", ()
    yield _("Letters"), "/staff/mail/", ()
    yield _("Bank"), "/staff/bank", ("/staff/bank", "/staff/transfers")
    yield _("Invoices"), "/staff/documents", ()
    yield _("Open items"), "/staff/dunning", ()
    yield _("Payments to approve"), "/staff/approvals", ()
    yield _("Books"), "/staff/money/books", ("/staff/money/accounts",)
    yield (
        _("Payouts"),
        "/staff/money/payouts",
        ("/staff/money/payout", "/staff/money/balance", "/staff/money/row", "/staff/money/missing"),
    )
    yield _("Disputes"), "/staff/disputes", ("/staff/dispute",)
    yield _("Messages from Stripe"), "/staff/events", ("/staff/calls",)
    yield _("Meetings"), "/staff/meetings/", ()
    yield _("Pages"), "/staff/pages", ()
    yield _("Society"), "/staff/society", ()
    yield _("Accounts"), "/staff/accounts/", ()
    yield _("Consent"), "/staff/consent", ()


def _nearest(entries):
    """The entry under which this page lies: the one with the longest beginning of its address."""
    found, longest = None, 0
    for _label, href, under in entries:
        for beginning in (href, *under):
            matches = request.path == href if href == "/staff/" else request.path.startswith(beginning)
            if matches and len(beginning) > longest:
                found, longest = href, len(beginning)
    return found
