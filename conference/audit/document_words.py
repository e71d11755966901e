"""The trail's words about invoices, credit notes, who sells and rates of tax."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "added a rate of tax": _l("Rate of tax added"),
    "changed a rate of tax": _l("Rate of tax changed"),
    "exported documents": _l("List of documents downloaded"),
    "exported orders": _l("List of orders downloaded"),
    "issued credit_note": _l("Credit note issued"),
    "issued invoice": _l("Invoice issued"),
    "issued pro_forma": _l("Pro-forma invoice made"),
    "saved the seller": _l("Seller on documents changed"),
    "took away a rate of tax": _l("Rate of tax taken away"),
}
FIELDS = {
    "bank": _l("bank"),
    "bic": _l("BIC"),
    "buyers": _l("for which customers"),
    "credit_pattern": _l("numbers of credit notes"),
    "digits": _l("digits of numbers"),
    "sends_letters": _l("sends documents by letter"),
    "embeds": _l("with an invoice for machines inside"),
    "footer": _l("line at the foot"),
    "hundredths": _l("rate, in hundredths of a percent"),
    "iban": _l("IBAN"),
    "invoice_pattern": _l("numbers of invoices"),
    "item": _l("only for"),
    "number": _l("number"),
    "postcode": _l("postcode"),
    "registration": _l("registration"),
    "style": _l("how tax is shown"),
    "tax_id": _l("tax number"),
}
VALUES = {
    "abroad": _l("customers with a tax number in another country"),
    "anyone": _l("everybody"),
    "business": _l("customers with a tax number"),
    "exclusive": _l("without it in each line, added below"),
    "inclusive": _l("with it in each line"),
}
