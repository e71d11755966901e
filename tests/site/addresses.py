"""Every address of the application, filled with real values, and what everybody may expect of it."""

from dataclasses import dataclass

from tests.site.people import roles_of


@dataclass(frozen=True)
class Address:
    """One route: its endpoint and the path that a browser asks for."""

    endpoint: str
    path: str


# To others than Ada there is no such thing.
ADAS = {
    "badges.guest",
    "badges.mine",
    "badges.paper",
    "badges.picture",
    "checkout.answers",
    "checkout.calendar",
    "checkout.cancel",
    "checkout.change",
    "checkout.check_change",
    "checkout.guest",
    "checkout.my_calendar",
    "checkout.came_back",
    "checkout.ask_correction",
    "checkout.ask_invoice",
    "checkout.document",
    "checkout.order",
    "checkout.proof",
    "checkout.proof_file",
    "checkout.receipt",
    "checkout.substitute",
    "checkout.waiting_place",
    "checkout.ask_visa",
    "checkout.visa",
    "checkout.visa_letter",
    "checkout.visa_refused",
}
# Ada pays for a group; the registration desk acts on its behalf.
PAYERS = {
    "badges.group_paper",
    "badges.of_group",
    "checkout.collecting_list",
    "checkout.edit_seat",
    "checkout.end_seat",
    "checkout.give_seat",
    "checkout.group",
    "checkout.group_account",
    "checkout.group_details",
    "checkout.group_seat",
    "checkout.group_seat_receipt",
    "checkout.group_statement",
    "checkout.new_roster",
    "checkout.new_seat",
    "checkout.quote_group",
    "checkout.roster",
    "checkout.seats_as_csv",
    "checkout.seats_as_workbook",
}
# She has put Dov down, and he alone says that it is not for him.
DOVS = {"checkout.decline_seat"}
# So it is with a view that somebody at the registration desk keeps for themselves.
THE_DESKS = {"staff.saved_view"}
# Who is signed in has no use for these.
FOR_STRANGERS = {"accounts.code", "accounts.password_sign_in", "accounts.sign_in", "accounts.sign_up"}
# Ben has begun to register in the category of hers, and has a page of his own for it.
BENS_TOO = {("checkout.proof", "ben")}
# Ben has begun to register; others are led to where they stand.
BENS = {"checkout.review", "registration.choice", "registration.price", "registration.questions"}
# Ada and Ben may bring guests.
HOSTS = {"checkout.guest_price", "checkout.guests", "checkout.new_guest"}
# They lead everybody on, at least as long as no code was asked for.
LEADING = {
    "accounts.address_code",
    "accounts.code",
    "accounts.confirm_code",
    "checkout.came_back",
    "checkout.card_given",
    "checkout.check_change",
    "checkout.mine",
    "checkout.seat",
    "checkout.seat_receipt",
    "registration.start",
    "schedule.sessions",
    "schedule_staff.start",
    "staff.check_change",
    "staff.start_bulk",
}


# Ada, who is registered, is sent to the recording; others are told for whom it is.
SENT_ON = {"attending.watch"}
# Tables of tests are made from the models rather than by migrations, and this address says so.
UNREADY = {"operations.ready"}


def of_method(site, method):
    """An Address for every route that takes a method."""
    rules = [rule for rule in site.app.url_map.iter_rules() if method in rule.methods and not lacking(site, rule)]
    return [filled(site, rule) for rule in sorted(rules, key=lambda rule: (rule.rule, rule.endpoint))]


def lacking(site, rule):
    """The arguments of a route for which no value is known."""
    return {name for name in rule.arguments if site.value(rule.endpoint, name) is None}


def filled(site, rule, **others):
    """The route with real values, but for `others`."""
    adapter = site.app.url_map.bind("localhost")
    values = {name: site.value(rule.endpoint, name) for name in rule.arguments} | others
    return Address(rule.endpoint, adapter.build(rule.endpoint, values))


def is_open(site, endpoint, name):
    """Whether the access rule of a view lets somebody in."""
    return bool(site.app.view_functions[endpoint].allowed(Visitor(name)))


def expected(site, endpoint, name):
    """The status that somebody's GET of an address must have."""
    if not is_open(site, endpoint, name):
        return 303 if name == "stranger" else 403
    if endpoint in ADAS and name != "ada" and (endpoint, name) not in BENS_TOO:
        return 404
    if endpoint in PAYERS and name != "ada" and not roles_of(name) & {"registration", "administrator"}:
        return 404
    if endpoint in DOVS and name != "dov":
        return 404
    if endpoint in THE_DESKS and name != "registration":
        return 404
    if endpoint in SENT_ON:
        return 302 if name == "ada" else 403
    if endpoint in UNREADY:
        return 503
    led_on = (
        endpoint in LEADING
        or (endpoint in FOR_STRANGERS and name != "stranger")
        or (endpoint in BENS and name != "ben")
        or (endpoint in HOSTS and name not in ("ada", "ben"))
    )
    return 303 if led_on else 200


class Visitor:
    """What an access rule sees of somebody."""

    def __init__(self, name):
        self.is_authenticated = name != "stranger"
        self.roles = roles_of(name)
