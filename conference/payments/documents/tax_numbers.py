"""Numbers of taxpayers and of bank accounts, checked by their form alone: nobody is asked whether they exist."""

from flask_babel import gettext as _
from stdnum import bic, iban
from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from conference.kernel import Refusal

# Kinds of numbers of value added, sales or income tax that a country may have, by their names in python-stdnum.
_NAMES = ("vat", "ein", "tin", "gst", "abn", "businessid", "cif", "ntr", "uid", "brn", "corporate_number", "cnpj", "rfc", "rut", "cuit", "inn")  # fmt: skip
_MOST = 40
# Greece writes EL before its numbers, Northern Ireland XI (Directive 2006/112/EC, article 215).
_UNION = vat.MEMBER_STATES | {"el", "xi"}


def normal_tax_id(text, country):
    """A tax number as it is printed: of the European Union in its normal form, of another country as its own rule writes it.

    Empty for none. Refusal at `tax_id` when it cannot be one. Outside the Union the country's own rule comes first: its numbers may begin
    with the letters of a member state. Where no rule is known, letters, digits and separators are taken as they are.
    """
    plain = " ".join(text.split())
    if not plain:
        return ""
    if (
        len(plain) > _MOST
        or not all(each.isalnum() or each in " -./" for each in plain)
        or not any(map(str.isdigit, plain))
    ):
        raise _refusal()
    compact = plain.replace(" ", "").replace("-", "").replace(".", "").upper()
    if country.lower() in vat.MEMBER_STATES:
        has_state = compact[:2].lower() in _UNION
        return _checked(compact if has_state else letters_of(country) + compact)
    rules = [module for name in _NAMES if (module := get_cc_module(country.lower(), name))] if country else []
    own = None if compact.startswith("XI") else _by_one_of(rules, plain)
    if own:
        return (
            f"GB{own.replace(' ', '')}" if country == "GB" else own
        )  # its numbers of value added tax name their country
    if compact[:2].lower() in _UNION:
        return _checked(compact)
    if rules:
        raise _refusal()
    return plain


def state_of(tax_id):
    """The letters of the state of the Union whose number of value added tax this is, such as "EL"; "" when it is none."""
    return tax_id[:2] if tax_id[:2].lower() in _UNION and tax_id[2:].isalnum() else ""


def letters_of(country):
    """The letters that a country writes before its numbers of value added tax."""
    return "EL" if country == "GR" else country


def normal_iban(text):
    """An IBAN in groups of four, empty for none; Refusal at `iban` when its check digits are wrong."""
    try:
        return iban.format(iban.validate(text)) if text.strip() else ""
    except ValidationError:
        raise Refusal(_("This is not an IBAN: check its digits."), field="iban") from None


def normal_bic(text):
    """A BIC, empty for none; Refusal at `bic` when it cannot be one."""
    try:
        return bic.validate(text) if text.strip() else ""
    except ValidationError:
        raise Refusal(_("This is not a BIC: it has 8 or 11 letters and digits."), field="bic") from None


def _by_one_of(rules, text):
    """The number as the first of some rules writes it that takes it; None when none does."""
    for module in rules:
        try:
            valid = module.validate(text)
        except ValidationError:
            continue
        return module.format(valid) if hasattr(module, "format") else valid
    return None


def _checked(text):
    """A number of the European Union in its normal form."""
    try:
        return vat.validate(text)
    except ValidationError:
        raise _refusal() from None


def _refusal():
    return Refusal(
        _("This cannot be a tax number of that country: check its digits, or leave it empty."), field="tax_id"
    )
