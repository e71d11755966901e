"""From basket to order to settled: the one place that knows both what a meeting sells and what dues are.

`place` claims the places and freezes the prices; Stripe says whether it was paid; `settle` gives everything once, or sends
the money back. Whatever is lost on the way (a message, a worker, a browser) is found again by the sweep in jobs.
"""

from conference.checkout import (
    approving,
    bank_details,
    banking,
    disputes,
    dunning,
    invoicing,
    kept_papers,
    marking,
    proving,
    renewals,
    transferring,
    visas,
)
from conference.checkout.bank_jobs import close_page_of
from conference.checkout.change_form import change_form, wish_typed
from conference.checkout.changing.asking import cancel, change, change_on_behalf, reprice
from conference.checkout.changing.quoting import Quoted, quote_cancel, quote_change, wish_now
from conference.checkout.changing.sold import lines_of, orders_about
from conference.checkout.changing.substituting import quote_substitute, substitute
from conference.checkout.changing.together import move, quote_cancels, quote_move
from conference.checkout.declining import accept as accept_seat
from conference.checkout.declining import decline as decline_seat
from conference.checkout.declining import put_back as put_back_seat
from conference.checkout.declining import take_out as take_out_seat
from conference.checkout.documents import pdf_response
from conference.checkout.entering import (
    PERSON_COLUMNS,
    AlreadyRegistered,
    MaybeKnown,
    doubles_of,
    enter_guests,
    enter_one,
    foretell_entry,
    held_until,
    try_entry,
)
from conference.checkout.giving import line_ref
from conference.checkout.group_orders import GroupQuote, place_group
from conference.checkout.group_orders import quote as quote_group
from conference.checkout.holding import hold_longer, let_go
from conference.checkout.import_file import COLUMNS, read_rows
from conference.checkout.importing import Done, import_rows
from conference.checkout.inviting import apply_invitation, quote_applied
from conference.checkout.lapsing import lapse_if_due
from conference.checkout.mails import again as send_confirmation_again
from conference.checkout.mails import to_pay_again as send_payment_link
from conference.checkout.paper_rules import PaperKind
from conference.checkout.paying import close_and_look
from conference.checkout.placing import place, place_dues, place_guests, place_imported, redeem
from conference.checkout.queries import (
    entry_id_of,
    is_for_guests,
    is_for_others,
    lines_about,
    meeting_in,
    registration_in,
    registrations_in,
)
from conference.checkout.refunding import end_lines_and_refund, price_of, refuse_left_behind
from conference.checkout.returning import of_orders as refunds_of_orders
from conference.checkout.settling import settle, settle_free, settle_paid_by_hand
from conference.checkout.taking_back import take_back
from conference.checkout.touched import Made, touched_since
from conference.checkout.undoing import kept_back, undo_import
from conference.checkout.unparking import return_parked, settle_parked, surplus, take_note_away, write_off_missing

__all__ = [
    "AlreadyRegistered",
    "apply_invitation",
    "approving",
    "COLUMNS",
    "Done",
    "GroupQuote",
    "Made",
    "MaybeKnown",
    "PERSON_COLUMNS",
    "PaperKind",
    "bank_details",
    "banking",
    "close_page_of",
    "Quoted",
    "accept_seat",
    "cancel",
    "change",
    "change_form",
    "change_on_behalf",
    "close_and_look",
    "decline_seat",
    "disputes",
    "doubles_of",
    "dunning",
    "end_lines_and_refund",
    "enter_guests",
    "enter_one",
    "entry_id_of",
    "foretell_entry",
    "held_until",
    "hold_longer",
    "invoicing",
    "kept_papers",
    "import_rows",
    "kept_back",
    "is_for_guests",
    "is_for_others",
    "lapse_if_due",
    "let_go",
    "line_ref",
    "lines_of",
    "orders_about",
    "lines_about",
    "marking",
    "meeting_in",
    "move",
    "pdf_response",
    "place",
    "place_group",
    "place_dues",
    "place_guests",
    "place_imported",
    "price_of",
    "proving",
    "put_back_seat",
    "quote_applied",
    "quote_cancel",
    "quote_cancels",
    "quote_change",
    "quote_substitute",
    "quote_group",
    "quote_move",
    "read_rows",
    "redeem",
    "refunds_of_orders",
    "renewals",
    "refuse_left_behind",
    "registration_in",
    "reprice",
    "registrations_in",
    "return_parked",
    "send_confirmation_again",
    "send_payment_link",
    "settle",
    "settle_free",
    "settle_paid_by_hand",
    "settle_parked",
    "substitute",
    "surplus",
    "take_back",
    "try_entry",
    "take_note_away",
    "take_out_seat",
    "touched_since",
    "transferring",
    "undo_import",
    "visas",
    "wish_now",
    "write_off_missing",
    "wish_typed",
]
