"""The trail's words about reminders of what is not paid, last days and pauses."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "decided on reminders": _l("How the society reminds of what is not paid"),
    "decided on reminders for": _l("How a meeting reminds of what is not paid"),
    "gave more days to": _l("Last day to pay moved"),
    "knows a bank account until": _l("Bank account said to be complete"),
    "left reminders to the society for": _l("Reminders as the society has them"),
    "paused the dunning of": _l("Reminders paused"),
    "reminded of": _l("Reminded of what is not paid"),
    "resumed the dunning of": _l("Reminders go on"),
}
FIELDS = {
    "bank_days": _l("days of which the bank need not be known"),
    "by_hand": _l("sent by hand"),
    "complete_until": _l("complete until"),
    "days_to_pay": _l("days to pay after the last notice"),
    "is_on": _l("switched on"),
    "last_day_to_pay": _l("last day to pay"),
    "paused_until": _l("paused until"),
    "release": _l("places are given back by"),
    "step": _l("step"),
    "step first": _l("days to the first reminder"),
    "step friendly": _l("days of the friendly reminder"),
    "step last": _l("days to the last notice"),
    "step second": _l("days to the second reminder"),
    "text of first": _l("text of the first reminder"),
    "text of friendly": _l("text of the friendly reminder"),
    "text of last": _l("text of the last notice"),
    "text of second": _l("text of the second reminder"),
}
VALUES = {
    "itself": _l("the system"),
    "step:first": _l("first reminder"),
    "step:friendly": _l("friendly reminder"),
    "step:last": _l("last notice"),
    "step:second": _l("second reminder"),
}
