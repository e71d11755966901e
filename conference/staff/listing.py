"""The list of registrations: what is wished for in the address, as one SELECT."""

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from conference.kernel import db
from conference.people import Person
from conference.registration import CodeUse, DiscountCode, Registration
from conference.staff import answers
from conference.staff.clauses import clauses_of
from conference.staff.columns import columns_of
from conference.staff.wishes import wish_of


class Listing:
    """A wish for a meeting's registrations with all that it may show: its columns, and the questions that may be listed."""

    def __init__(self, meeting, args, *, with_answers):
        self.meeting = meeting
        self.questions = answers.asked_of(meeting) if with_answers else []
        self.columns = columns_of(self.questions)
        self.wish = wish_of(args, columns=self.columns, answers=[each.code for each in self.questions])

    @property
    def shown(self):
        """The columns that were chosen, in order."""
        return [self.columns[key] for key in self.wish.columns]

    def registrations(self):
        """An ordered SELECT of registrations with person and category, as wished."""
        entities = contains_eager(Registration.person), contains_eager(Registration.category)
        return self._ordered(self._joined(select(Registration)).options(*entities).where(*self._clauses()))

    def some(self, keys):
        """The registrations with these keys, as `registrations` loads them, by key."""
        entities = contains_eager(Registration.person), contains_eager(Registration.category)
        statement = self._joined(select(Registration)).options(*entities).where(Registration.id.in_(keys))
        return {entry.id: entry for entry in db.session.scalars(statement)}

    def keys(self):
        """The keys of all registrations that are wished for, in the order of the list."""
        return list(db.session.scalars(self._ordered(self._joined(select(Registration.id)).where(*self._clauses()))))

    def ids(self, *clauses):
        """The keys of the registrations that are wished for and for which all `clauses` hold, in the order of entering."""
        return self._all_of(Registration.id, clauses)

    def refs(self, *clauses):
        """As `ids`, their references."""
        return self._all_of(Registration.ref, clauses)

    def counts_by_state(self):
        """{state: how many the other filters let through}."""
        statement = self._joined(select(Registration.state, func.count())).where(*self._clauses(without_state=True))
        return dict(db.session.execute(statement.group_by(Registration.state)).all())

    def _all_of(self, column, clauses):
        statement = self._joined(select(column)).where(*self._clauses(), *clauses)
        return list(db.session.scalars(statement.order_by(Registration.id)))

    def _ordered(self, statement):
        column = self.columns[self.wish.column]
        if column.beside:
            told = column.beside[0]().subquery()
            statement = statement.outerjoin(told, told.c.entry_id == Registration.id)
            expressions = (told.c[column.beside[1]],)
        else:
            found = column.order()
            expressions = found if isinstance(found, tuple) else (found,)
        turned = (each.desc() if self.wish.is_descending else each.asc() for each in expressions)
        return statement.order_by(*(each.nulls_last() for each in turned), Registration.id.desc())

    def _clauses(self, **keywords):
        return clauses_of(self.meeting, self.wish, self.questions, **keywords)

    def _joined(self, statement):
        return statement.join(Registration.person).outerjoin(Registration.category)


def ids_in(meeting):
    """A SELECT of the keys of all registrations of a meeting."""
    return select(Registration.id).where(Registration.meeting_id == meeting.id)


def countries(meeting):
    """The country codes of those registered, in order."""
    statement = select(Person.country).join(Registration, Registration.person_id == Person.id)
    statement = statement.where(Registration.meeting_id == meeting.id, Person.country != "")
    return list(db.session.scalars(statement.distinct().order_by(Person.country)))


def codes_used(meeting):
    """The codes that registrations of the meeting have used, in order; those of invitations are one person's each, and left out."""
    statement = select(DiscountCode.code).join(CodeUse, CodeUse.code_id == DiscountCode.id)
    return list(
        db.session.scalars(
            statement.where(DiscountCode.meeting_id == meeting.id, DiscountCode.person_id.is_(None))
            .distinct()
            .order_by(DiscountCode.code)
        )
    )
