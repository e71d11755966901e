"""Registration for a meeting: categories and their price matrix, places, add-ons, the form, and each person's registration.

A person has one registration per meeting. It begins as a draft that keeps whatever was typed; an order holds its places
and freezes its price (checkout); paid, it is confirmed. What the meeting asks is in `form`. Prices are read with `offer_for`, decided by `rules.quote`.
"""

from conference.registration import form, waiting
from conference.registration.actions import (
    answer,
    cancel,
    cancel_booking,
    choose,
    hold,
    keep,
    redeem,
    release,
    retake,
    set_ribbons,
    start,
)
from conference.registration.changes.actions import ask as ask_change
from conference.registration.changes.actions import do as do_change
from conference.registration.changes.actions import let_go as let_change_go
from conference.registration.changes.editing import set_steps
from conference.registration.changes.models import Change, ChangeStep
from conference.registration.changes.queries import change_of, changes_of, kept_discount, open_change, step_rows
from conference.registration.changes.queries import steps_of as change_steps
from conference.registration.changes.rules import ASKED as CHANGES_ASKED
from conference.registration.changes.rules import ChangeState, step_for
from conference.registration.changes.rules import Kind as ChangeKind
from conference.registration.changes.rules import Step as ChangeStepRule
from conference.registration.changes.rules import difference as change_difference
from conference.registration.changes.rules import fee as change_fee
from conference.registration.changes.rules import kept as kept_of_change
from conference.registration.changes.rules import split as split_change
from conference.registration.changes.words import (
    change_in_words,
    kind_name,
    not_any_more,
    policy_in_words,
    step_in_words,
)
from conference.registration.choosing import OnSale, check_kept, on_sale, refuse_clashes
from conference.registration.code_models import CodeUse, DiscountCode
from conference.registration.codes import give_back_part
from conference.registration.discounts import Effect, NotRedeemable, Redeemed, Scope, difference_left
from conference.registration.discounts import typed as typed_code
from conference.registration.editing import (
    add,
    add_codes,
    cells_of,
    cells_version,
    change,
    change_code,
    publish,
    resize,
    set_prices,
)
from conference.registration.form import (
    Answer,
    Question,
    answer_clause,
    answers_of,
    ask,
    filterable_values,
    questions_of,
    when,
)
from conference.registration.models import (
    AddOn,
    Booking,
    Category,
    ConductCode,
    Place,
    Pool,
    Price,
    Registration,
)
from conference.registration.offers import Offer, dues_line, offer_for, wish_of
from conference.registration.offers import price as price_of
from conference.registration.pricing.actions import set_policy
from conference.registration.pricing.queries import policy_of
from conference.registration.pricing.rules import Lapse, Needs, Policy, PriceDate, price_is_over
from conference.registration.queries import (
    add_ons_by_id,
    add_ons_of,
    by_badge_code,
    by_id,
    by_ref,
    categories_of,
    category_by_code,
    conduct_code_id_of,
    conduct_code_of,
    pools_for,
    pools_of,
    prices_of,
    registration_in,
    registrations_of,
)
from conference.registration.recount import miscounted
from conference.registration.rules import (
    WHOLE,
    Cell,
    Mode,
    NotSold,
    SoldOut,
    State,
    Wish,
    cheapest_cell,
    clashes,
    spans_of,
)
from conference.registration.setting_up import (
    add_category,
    add_code,
    add_pool,
    new_meeting,
    offer_add_on,
    publish_conduct_code,
    set_price,
)
from conference.registration.words import mode_name, span_name, step_names

__all__ = [
    "AddOn",
    "Answer",
    "Booking",
    "CHANGES_ASKED",
    "Category",
    "Cell",
    "Change",
    "ChangeKind",
    "ChangeState",
    "ChangeStep",
    "ChangeStepRule",
    "CodeUse",
    "ConductCode",
    "DiscountCode",
    "Effect",
    "Lapse",
    "Mode",
    "Needs",
    "NotRedeemable",
    "NotSold",
    "Offer",
    "OnSale",
    "Place",
    "Policy",
    "Pool",
    "Price",
    "PriceDate",
    "Question",
    "Redeemed",
    "Registration",
    "Scope",
    "SoldOut",
    "State",
    "WHOLE",
    "Wish",
    "add",
    "add_category",
    "add_code",
    "add_codes",
    "add_ons_by_id",
    "add_ons_of",
    "add_pool",
    "answer",
    "answer_clause",
    "answers_of",
    "ask",
    "ask_change",
    "by_badge_code",
    "by_id",
    "by_ref",
    "cancel",
    "cancel_booking",
    "categories_of",
    "category_by_code",
    "cells_of",
    "cells_version",
    "change",
    "change_code",
    "change_difference",
    "change_fee",
    "change_in_words",
    "change_of",
    "change_steps",
    "changes_of",
    "cheapest_cell",
    "check_kept",
    "choose",
    "clashes",
    "conduct_code_id_of",
    "conduct_code_of",
    "difference_left",
    "do_change",
    "dues_line",
    "filterable_values",
    "form",
    "give_back_part",
    "hold",
    "keep",
    "kept_discount",
    "kept_of_change",
    "kind_name",
    "let_change_go",
    "miscounted",
    "mode_name",
    "new_meeting",
    "not_any_more",
    "offer_add_on",
    "offer_for",
    "on_sale",
    "open_change",
    "policy_in_words",
    "pools_for",
    "price_is_over",
    "pools_of",
    "price_of",
    "policy_of",
    "prices_of",
    "publish",
    "publish_conduct_code",
    "questions_of",
    "redeem",
    "refuse_clashes",
    "registration_in",
    "registrations_of",
    "release",
    "resize",
    "retake",
    "set_policy",
    "set_price",
    "set_prices",
    "set_ribbons",
    "set_steps",
    "span_name",
    "spans_of",
    "split_change",
    "start",
    "step_for",
    "step_in_words",
    "step_names",
    "step_rows",
    "typed_code",
    "when",
    "waiting",
    "wish_of",
]
