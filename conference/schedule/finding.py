"""What an abstract is found by at the desk: its words without case and accents, kept in its row."""

from sqlalchemy import select

from conference.kernel import db, fold
from conference.schedule import draft
from conference.schedule.models import Abstract, Author


def folded(row):
    """The text of an abstract, its authors loaded, in which the desk searches."""
    words = [f"#{row.number}", row.title, row.award, *row.topics]
    for author in row.authors:
        words.append(author.contributor.name)
        words += [f"{place.institution} {place.department} {place.city}" for place in author.affiliations]
    return fold(" ".join(dict.fromkeys(words)))


def fold_anew(contributor):
    """Have the abstracts of somebody found by the name that they have now."""
    theirs = select(Author.abstract_id).where(Author.contributor_id == contributor.id)
    rows = db.session.scalars(select(Abstract).where(Abstract.id.in_(theirs)).options(*draft.with_authors(Abstract)))
    for row in rows:
        row.folded = folded(row)


def matching(text):
    """The clause for abstracts in which each word of a text occurs."""
    return [Abstract.folded.contains(word, autoescape=True) for word in fold(text).split()[:8]]
