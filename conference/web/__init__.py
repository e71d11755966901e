"""The web itself: who may open a page, errors, headers, forms, paging, filters. No tables."""

from conference.web import charts
from conference.web.access import administrator, allow, anyone, signed_in, staff, staff_any
from conference.web.assets import accent_from, page_files, script_file
from conference.web.context import add_context, locale
from conference.web.csv_export import csv_response, defused
from conference.web.filters import date_range, day, language, money, time_of_day, when
from conference.web.forms import Form, refuse_into, refuse_stale
from conference.web.headers import allow_frame, allow_own_frame, allow_payment_origin
from conference.web.origin import from_elsewhere
from conference.web.paging import Page, Sorted, page_number, paginate
from conference.web.setup_web import guard, prepare
from conference.web.urls import absolute_url, safe_next
from conference.web.xlsx_export import xlsx_response

__all__ = [
    "Form",
    "Page",
    "Sorted",
    "absolute_url",
    "accent_from",
    "add_context",
    "administrator",
    "allow",
    "allow_frame",
    "allow_own_frame",
    "allow_payment_origin",
    "anyone",
    "charts",
    "csv_response",
    "date_range",
    "day",
    "defused",
    "from_elsewhere",
    "guard",
    "language",
    "locale",
    "money",
    "page_files",
    "page_number",
    "paginate",
    "prepare",
    "refuse_into",
    "refuse_stale",
    "safe_next",
    "script_file",
    "signed_in",
    "staff",
    "staff_any",
    "time_of_day",
    "when",
    "xlsx_response",
]
