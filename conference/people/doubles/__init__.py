"""The same person twice: found before somebody new is entered, by address, ORCID iD and name, with institution and country as weight."""

from conference.people.doubles.queries import Double, doubles_among, doubles_of
from conference.people.doubles.rules import Kind, Known, Match, compare, marks_of

__all__ = ["Double", "Kind", "Known", "Match", "compare", "doubles_among", "doubles_of", "marks_of"]
