"""Last month's books are closed by finance; the present month is open."""

from conference import books, people
from conference.demo.stories import FINANCE
from conference.kernel import transaction


def close_last_month(now):
    """Close the month before `now`, once nothing more is booked into it."""
    with transaction():
        month = books.period(books.month_of(now)).before
        books.close(month, by=people.by_email(FINANCE), now=now)
