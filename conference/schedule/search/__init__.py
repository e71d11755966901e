"""Searching what is released: words, questions, entries in the database, and where in an entry something was found."""
