"""Changing a registration that is paid: what it costs by dated tables, and the change itself, from asked to done.

Money is not decided here: checkout asks `rules` for fees, writes the order, and calls `actions` when it is settled.
"""
