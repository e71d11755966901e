"""When dues are charged to a saved card by themselves: days and steps as values. All days are the society's."""

from datetime import timedelta
from enum import StrEnum

DAY = timedelta(days=1)
CHARGED_BEFORE = 7 * DAY  # the membership's last day, so that what is declined is tried again before it ends
NOTICES = (30 * DAY, 7 * DAY)  # before the charge: a letter with amount, date and card
LEAST_NOTICE = 7 * DAY  # nothing is charged that was not announced so long before
RETRIES = (3 * DAY, 3 * DAY)  # after the first and the second decline; the third is the last
PAY_WITHIN = 14 * DAY  # so long an order stays open at least, to be paid by its member


class RenewalState(StrEnum):
    """One renewal's life, from a month before it is charged."""

    PLANNED = "planned"  # to be announced, or announced anew as the price has changed
    TOLD = "told"
    TRYING = "trying"  # an order stands and its card is charged, or was declined and is tried again
    PAID = "paid"
    TO_PAY = "to_pay"  # the member must pay by themselves, and was written to
    GIVEN_UP = "given_up"  # declined for the last time, or not on offer any more; the member was written to
    STOPPED = "stopped"  # its agreement was withdrawn
    MOOT = "moot"  # the member has renewed another way


UNFINISHED = (RenewalState.PLANNED, RenewalState.TOLD, RenewalState.TRYING)


class Why(StrEnum):
    """Why a member must pay by themselves."""

    AUTHENTICATION = "authentication"
    EXPIRED = "expired"
    NO_CARD = "no_card"


def is_near(ends, on):
    """Whether a term that ends on a day is renewed by itself soon, so that its member is to be told."""
    return on >= ends - CHARGED_BEFORE - NOTICES[0]


def charge_day(ends, told_on):
    """The day on which a renewal is charged that is announced on `told_on`."""
    return max(ends - CHARGED_BEFORE, told_on + LEAST_NOTICE)


def is_long_past(charge_on, on):
    """Whether the day that was announced for a charge is so long over that its member does not expect it any more."""
    return on > charge_on + LEAST_NOTICE


def is_time_for_notice(number, charge_on, told_on, on):
    """Whether the notice of this number (from 0) is due: not right after the one before it, and not on the day of the charge."""
    if number >= len(NOTICES) or on >= charge_on:
        return False
    if number and told_on is not None and on < told_on + LEAST_NOTICE:
        return False
    return on >= charge_on - NOTICES[number]


def next_try(tries, on):
    """The day of the next try after `tries` were declined, the last of them today; None when that was the last."""
    return on + RETRIES[tries - 1] if tries <= len(RETRIES) else None


def open_until(grace_until, on):
    """The last day on which the order of a renewal can be paid."""
    return max(grace_until, on + PAY_WITHIN)
