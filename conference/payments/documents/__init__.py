"""Documents of money: invoices, credit notes and pro-formas, with numbers that have no gap, kept as they were issued.

They are told what a line is by those who sold it (About, Told) and whom they are made out to (Buyer). What ends of an invoiced order
is credited by itself, in the transaction in which it ends.
"""

from conference.payments.documents import entry_documents, letters, queries, words
from conference.payments.documents.following import behind, follow_order, to_be_followed
from conference.payments.documents.forms import BillToForm, language_choices
from conference.payments.documents.issuing import correct, issue, pro_forma
from conference.payments.documents.models import (
    BillTo,
    Document,
    DocumentPdf,
    DocumentTax,
    Invoiced,
    Seller,
    Series,
    TaxRate,
    TaxShare,
)
from conference.payments.documents.numbering import gaps
from conference.payments.documents.recount import differences
from conference.payments.documents.rendering import is_readable_by_machines, kept, render
from conference.payments.documents.rules import Buyers, Category, DocumentKind, Style, is_pattern, number_in, series_of
from conference.payments.documents.settings import (
    add_rate,
    change_rate,
    remember_bill_to,
    remove_rate,
    save_seller,
)
from conference.payments.documents.standing import has_more
from conference.payments.documents.tax_numbers import letters_of, normal_bic, normal_iban, normal_tax_id, state_of
from conference.payments.documents.told import About, Buyer, Told

__all__ = [
    "About",
    "BillTo",
    "BillToForm",
    "Buyer",
    "Buyers",
    "Category",
    "Document",
    "DocumentKind",
    "DocumentPdf",
    "DocumentTax",
    "Invoiced",
    "Seller",
    "Series",
    "Style",
    "TaxRate",
    "TaxShare",
    "Told",
    "add_rate",
    "behind",
    "change_rate",
    "correct",
    "differences",
    "follow_order",
    "gaps",
    "has_more",
    "is_pattern",
    "is_readable_by_machines",
    "issue",
    "kept",
    "language_choices",
    "letters",
    "letters_of",
    "entry_documents",
    "normal_bic",
    "normal_iban",
    "normal_tax_id",
    "number_in",
    "pro_forma",
    "queries",
    "remember_bill_to",
    "remove_rate",
    "render",
    "save_seller",
    "series_of",
    "state_of",
    "to_be_followed",
    "words",
]
