"""The desk's pages for what was submitted: abstracts, kinds of presentations, embargoes, disclosures, the whole programme."""

from conference.schedule.abstracts import (
    disclosure_pages,
    lists,
    pages,
    presenting_pages,
    rules_pages,
    whole_pages,
)
from conference.schedule.abstracts.blueprint import bp

__all__ = ["bp", "disclosure_pages", "lists", "pages", "presenting_pages", "rules_pages", "whole_pages"]
