"""The page of a group: its seats under a view and a search, its orders, what can be done; and the same for spreadsheets."""

from flask import render_template, request
from flask_login import current_user

from conference import audit, registration
from conference.kernel import clean_line, clock
from conference.registration import exhibitors, groups
from conference.web import Page, absolute_url, page_number

COLUMNS = (
    "name", "email", "category", "days", "mode", "add_ons", "grant", "state", "declined", "price", "currency", "order",
    "data_complete",
)  # fmt: skip


def show_group(found, *, link_form=None, unnamed_form=None, refusal=None):
    """The group's page, with what did not go through."""
    seats, orders = groups.seats_of(found), groups.orders_of(found)
    asked = asked_for()
    paid, due = groups.money_of(found)
    shown, is_own = groups.narrowed(seats, **asked), found.coordinator_id == current_user.person.id
    return render_template(
        "checkout/groups/group.html",
        group=found,
        meeting=found.meeting,
        seats=seats,
        page=_page(shown),
        asked=asked,
        kept={name: value for name, value in asked.items() if value},
        counts=groups.counts(seats),
        paid=paid,
        due=due,
        orders=orders,
        about=_about(orders),
        rosters=groups.rosters_of(found),
        join_address=_join_address(found),
        link_form=link_form or groups.LinkForm(formdata=None),
        booth=_booth(found, unnamed_form),
        refusal=refusal,
        may_remind=groups.may_remind(found, clock.now()),
        is_own=is_own,
        happenings=[] if is_own else audit.happenings(audit.stories_of([found], limit=50)),
        **words_of(found.meeting),
    )


def _booth(found, form):
    """What the page shows of an exhibitor's allotment; None for any other group."""
    exhibitor = exhibitors.queries.of_group(found)
    if exhibitor is None:
        return None
    return {
        "exhibitor": exhibitor,
        "standing": exhibitors.standing_of(exhibitor, clock.now()),
        "rule": exhibitors.words.rule_in_words(exhibitor.kind),
        "names_until": exhibitors.words.names_until(exhibitor.kind, found.meeting),
        "form": form or groups.UnnamedForm(formdata=None),
    }


def asked_for():
    """The view and the search that the address asks for."""
    view = request.args.get("view", "")
    return {"view": view if view in groups.views() else "", "text": clean_line(request.args.get("text", ""))[:200]}


def words_of(meeting):
    """What the choices of seats are called."""
    return {
        "add_ons": {each.code: each.title for each in registration.add_ons_of(meeting, all_of_them=True)},
        "mode_name": registration.mode_name,
        "span_name": registration.span_name,
    }


def table_of(found, seats):
    """(header, rows) of seats as their payer may take them along; amounts as Money."""
    titles = words_of(found.meeting)["add_ons"]
    return COLUMNS, [_row(each, titles) for each in seats]


def _row(each, titles):
    seat, is_paid = each.seat, each.state is groups.SeatState.PAID
    choice = (seat.category.name, registration.span_name(seat.span), registration.mode_name(seat.mode))
    add_ons = "; ".join(titles.get(code, code) for code in each.add_ons)
    stands = each.state in (groups.SeatState.HELD, groups.SeatState.PAID)
    price = (each.amount, each.amount.currency) if each.amount is not None else (None, "")
    order = each.order_ref if stands else ""
    done = ("yes" if each.is_complete else "no") if is_paid else ""
    declined = "yes" if each.is_declined else ""
    return (seat.name, seat.email, *choice, add_ons, seat.grant, str(each.state), declined, *price, order, done)


def _page(shown):
    per_page = Page(items=[], number=1, total=0).per_page
    number = min(page_number(), max(1, -(-len(shown) // per_page)))
    return Page(items=shown[(number - 1) * per_page : number * per_page], number=number, total=len(shown))


def _about(orders):
    """{order id: what was changed by it}; an order that is none of a change has no entry."""
    found = registration.changes.changes_by_order([order.id for order in orders])
    return {key: registration.changes.change_in_words(change) for key, change in found.items()}


def _join_address(found):
    if not found.join_ref:
        return ""
    return absolute_url("checkout.join_group", code=found.meeting.code, join_ref=found.join_ref)
