"""What finance staff may type about bank accounts, statements and lines."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from conference.kernel import Money, Refusal, parse_minor
from conference.payments import bank
from conference.web import Form

ENCODINGS = (("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("iso-8859-15", "ISO 8859-15"), ("utf-16", "UTF-16"))
_EXAMPLES = {"%d.%m.%Y": "31.12.2028", "%d.%m.%y": "31.12.28", "%d/%m/%Y": "31/12/2028", "%m/%d/%Y": "12/31/2028",
             "%Y-%m-%d": "2028-12-31", "%d-%m-%Y": "31-12-2028", "%Y%m%d": "20281231"}  # fmt: skip
_WHOM = (("nobody", _l("Nobody")), ("groups", _l("Groups only")), ("all", _l("Everybody")))
_DELIMITERS = {
    "semicolon": _l("Semicolons"),
    "comma": _l("Commas"),
    "tab": _l("Tabulators"),
    "bar": _l("Vertical bars"),
}
MAPPED = ("delimiter", "encoding", "date_format", "decimal", *bank.csv_file.COLUMNS)


class AccountForm(Form):
    """A bank account: what payers see, and how its CSV files are read (fields `csv_…`); `version` is the one that was opened."""

    name = StringField(_l("Name"), [DataRequired(_l("Give the account a name.")), Length(max=120)], description=_l("For the desk, such as “Current account”."))  # fmt: skip
    holder = StringField(_l("Account holder"), [Length(max=200)])
    currency = StringField(_l("Currency"), [DataRequired(_l("Say in which currency it is.")), Length(max=3)], description=_l("Three letters, such as EUR."))  # fmt: skip
    iban = StringField(_l("IBAN"), [Length(max=50)], description=_l("Empty where the country has none."))
    bic = StringField(_l("BIC"), [Length(max=15)])
    details = TextAreaField(_l("More for payers"), [Length(max=1000)], description=_l("The bank’s name and address, a routing number: whatever a transfer needs."))  # fmt: skip
    books_exact = BooleanField(_l("Book by itself what agrees in reference, amount and currency"))
    is_closed = BooleanField(_l("This account is closed: nobody is asked to pay into it"))
    csv_delimiter = SelectField(_l("Columns are parted by"), [InputRequired()], choices=[SelectChoice(*each) for each in _DELIMITERS.items()])  # fmt: skip
    csv_encoding = SelectField(_l("Encoding"), [InputRequired()], choices=[SelectChoice(*each) for each in ENCODINGS])
    csv_date_format = SelectField(_l("Days are written like"), [InputRequired()], choices=[SelectChoice(*each) for each in _EXAMPLES.items()])  # fmt: skip
    csv_decimal = SelectField(_l("Amounts are written like"), [InputRequired()], choices=[SelectChoice("comma", "1.234,56"), SelectChoice("point", "1,234.56")])  # fmt: skip
    csv_date = StringField(_l("Column of the day"), [Length(max=100)], description=_l("As it is named in the file. Empty: no CSV files are read."))  # fmt: skip
    csv_amount = StringField(_l("Column of the amount"), [Length(max=100)], description=_l("With a sign. Empty where there are two columns:"))  # fmt: skip
    csv_credit = StringField(_l("Column of money in"), [Length(max=100)])
    csv_debit = StringField(_l("Column of money out"), [Length(max=100)])
    csv_text = StringField(_l("Column of the text"), [Length(max=300)], description=_l("Several may be joined with +."))
    csv_name = StringField(_l("Column of the other side’s name"), [Length(max=100)])
    csv_iban = StringField(_l("Column of the other side’s account"), [Length(max=100)])
    csv_id = StringField(_l("Column of the bank’s own reference"), [Length(max=100)], description=_l("It tells two equal payments of a day apart."))  # fmt: skip
    csv_currency = StringField(_l("Column of the currency"), [Length(max=100)])
    version = IntegerField(default=0, widget=HiddenInput())

    def validate_csv_date(self, field):
        """Who names the day's column names one of an amount too."""
        if field.data and not (self.csv_amount.data or self.csv_credit.data):
            self.csv_amount.errors = [*self.csv_amount.errors, str(_l("Say in which column the amount is."))]

    def validate(self, **keywords):
        return super().validate(**keywords) and not self.csv_amount.errors

    @classmethod
    def showing(cls, account):
        """The form of an account that is there."""
        return cls(obj=account, data={f"csv_{name}": account.mapping.get(name, "") for name in MAPPED})

    @property
    def mapping(self):
        """How CSV files are read."""
        return {name: self[f"csv_{name}"].data or "" for name in MAPPED}

    @property
    def facts(self):
        """What is known of the account, as bank.add takes it."""
        names = ("name", "holder", "iban", "bic", "details", "books_exact", "is_closed")
        facts = {name: self[name].data for name in names}
        return {**facts, "currency": self.currency.data.upper(), "mapping": self.mapping}


class SampleForm(Form):
    """A file of which the first rows are looked at."""

    file = FileField(_l("A CSV file of this account"), id="sample-file")


class StatementForm(Form):
    """A file of an account."""

    account = SelectField(_l("Account"), [InputRequired(_l("Choose an account."))])
    file = FileField(_l("File"), [InputRequired(_l("Choose a file."))])

    def of(self, accounts):
        """The form for these accounts."""
        self.account.choices = [SelectChoice(each.ref, f"{each.name} ({each.currency})") for each in accounts]
        return self


class MatchForm(Form):
    """How much of a line pays which order."""

    order = StringField(_l("Order"), [DataRequired(_l("Choose an order.")), Length(max=32)])
    amount = StringField(_l("Amount"), [DataRequired(_l("Say how much.")), Length(max=30)])

    def money(self, currency):
        """What was typed, as Money: any that a bank may send; Refusal at the field when it is no amount."""
        try:
            return Money(parse_minor(self.amount.data, currency, charged=False), currency)
        except Refusal as refusal:
            refusal.field = "amount"
            raise


class ReasonForm(Form):
    """Why something is done to a line; it is kept with it."""

    reason = StringField(_l("Why"), [DataRequired(_l("Say why: it is kept with the line.")), Length(max=300)])


class TransferTermsForm(Form):
    """How a meeting takes transfers; `version` is the one that was opened, 0 where nothing was decided yet."""

    whom = RadioField(
        _l("Who may pay by bank transfer"), [InputRequired()], choices=[SelectChoice(*each) for each in _WHOM]
    )
    days = IntegerField(_l("Days to pay"), [InputRequired(), NumberRange(1, 60, _l("From 1 to 60 days."))])
    days_before = IntegerField(
        _l("Last day, days before the meeting"),
        [InputRequired(), NumberRange(0, 365, _l("From 0 to 365 days."))],
        description=_l("No transfer is to be sent later than so many days before the first day."),
    )
    grace_days = IntegerField(
        _l("Days of grace"),
        [InputRequired(), NumberRange(0, 14, _l("From 0 to 14 days."))],
        description=_l("So long the places are held beyond the last day, as banks take their time."),
    )
    version = IntegerField(default=0, widget=HiddenInput())

    @property
    def facts(self):
        """What was decided, without the version."""
        return {name: value for name, value in self.data.items() if name != "version"}
