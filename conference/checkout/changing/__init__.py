"""Changing a registration that is paid: an instant quote, confirmed, and then done at once or when the rest is paid.

A sold line is never edited. Lines that give way are ended; a new order sells what comes instead, with the fee as a line of its own
and what was paid before as credits; the rest is paid, or goes back to the payments that brought it.
"""
