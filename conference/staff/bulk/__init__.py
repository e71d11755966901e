"""What is done to many registrations at once: first said of whom and of whom not, then done by the worker one after the other.

Each act is a file of `acts`; `rules` says what a plan of it is, `engine` begins it and does it, each registration in a
transaction of its own, so that a closed page, a killed worker or two workers change nothing of what comes out.
"""
