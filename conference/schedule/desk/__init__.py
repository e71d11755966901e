"""The desk's pages for what was submitted: abstracts, kinds of presentations, embargoes, disclosures, the whole programme."""

from conference.schedule.desk import (
    abstracts,
    disclosure_pages,
    lists,
    presenting_pages,
    rules_pages,
    whole_pages,
)
from conference.schedule.desk.blueprint import bp

__all__ = ["abstracts", "bp", "disclosure_pages", "lists", "presenting_pages", "rules_pages", "whole_pages"]
