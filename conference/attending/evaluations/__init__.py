"""Evaluations of sessions: one answer of each person, sealed against the desk, counted from three answers on."""
